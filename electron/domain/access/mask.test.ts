import { expect, test } from 'vitest';
import { maskName, maskPersonalNumbers, maskPhone } from './mask.ts';

test.each([
  ['请回电13812345678，谢谢', '请回电138******78，谢谢'],
  ['电话 138 1234 5678', '电话 138********78'],
  ['+8613812345678', '+8613812345678'.replace('13812345678', '138******78')],
  ['座机010-12345678转2', '座机010*******78转2'],
  ['身份证11011319900101123X', '身份证110*************3X'],
  ['身份证110113199001011234', '身份证110*************34'],
])('%s', (text, masked) => {
  expect(maskPersonalNumbers(text)).toBe(masked);
});

test.each([
  '网格110113001008002的井盖破损',
  '案件20261124000001',
  '坐标116.650000, 40.130000',
  '坐标116.65138123456789',
  '2026-11-24 08:00:00',
  '路灯编号10300010005556700',
  '12345热线',
])('%s stays', (text) => {
  expect(maskPersonalNumbers(text)).toBe(text);
});

test.each([
  ['王小明', '王**'],
  ['欧阳修', '欧**'],
  ['𠮷田', '𠮷**'],
  ['Wang', 'W**'],
  ['', ''],
])('name %s is shown as %s', (name, masked) => {
  expect(maskName(name)).toBe(masked);
});

test.each([
  ['13812341234', '138****1234'],
  ['01069441234', '010****1234'],
  ['69441234', '694*1234'],
  ['12345', '***45'],
  ['', ''],
])('phone %s is shown as %s', (phone, masked) => {
  expect(maskPhone(phone)).toBe(masked);
});
