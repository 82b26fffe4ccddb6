import { expect, test } from 'vitest';
import { normalPhone } from './phone.ts';

test.each([
  ['138 1234 1234', '13812341234'],
  ['+86-138-1234-1234', '13812341234'],
  ['008613812341234', '13812341234'],
  ['８６１３８１２３４１２３４', '13812341234'],
  ['(010) 6944-1234', '01069441234'],
  ['86 010 69441234', '01069441234'],
  ['69441234', '69441234'],
  ['12345', '12345'],
  ['86123456', '86123456'],
])('%s is the number %s', (text, digits) => {
  expect(normalPhone(text)).toBe(digits);
});

test.each(['', '1234', '1234567890123456', '没有', '1381234123x', '138/1234/1234'])('%s is no number', (text) => {
  expect(normalPhone(text)).toBeNull();
});
