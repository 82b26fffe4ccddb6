import { expect, test } from 'vitest';
import { listTarget } from './list-target.ts';

test.each([
  ['ArrowDown', 3, 4],
  ['ArrowDown', 9, 9],
  ['ArrowDown', -1, 0],
  ['ArrowUp', 0, 0],
  ['PageDown', 3, 7],
  ['PageDown', 8, 9],
  ['PageUp', 2, 0],
  ['Home', 5, 0],
  ['End', 5, 9],
])('%s from %i of ten goes to %i', (key, from, to) => {
  expect(listTarget(key, from, 10, 4)).toBe(to);
});

test('other keys do not move, and nothing moves in an empty list', () => {
  expect([listTarget('Enter', 3, 10, 4), listTarget('End', -1, 0, 4)]).toEqual([null, null]);
});
