import { expect, test } from 'vitest';
import { nightOf, numberOf, pitchFrom } from './wall-draft.ts';

test('hours of the night as people write them', () => {
  expect(nightOf('22:00-06:30')).toEqual({ from: 1_320, to: 390 });
  expect(nightOf(' 0:00 至 5:00 ')).toEqual({ from: 0, to: 300 });
  expect(nightOf('')).toBeNull();
  for (const text of ['22-6', '25:00-06:00', '22:60-06:00', 'abends']) expect(nightOf(text), text).toBeUndefined();
});

test('the width of a pixel, or the diagonal of the screen', () => {
  expect(pitchFrom('1.25', null, null)).toBe(1.25);
  expect(pitchFrom('55"', 1_920, 1_080)).toBeCloseTo(0.634, 3);
  expect(pitchFrom('55英寸', 1_920, 1_080)).toBeCloseTo(0.634, 3);
  for (const text of ['', '0', 'x', '55"']) expect(pitchFrom(text, null, null), text).toBeUndefined();
});

test('numbers within their bounds', () => {
  expect(numberOf('15', 1, 1_440)).toBe(15);
  for (const text of ['', '0', '1441', '1,5']) expect(numberOf(text, 1, 1_440), text).toBeUndefined();
});
