import { expect, test } from 'vitest';
import { leastSizes, pitchOf } from './legibility.ts';

/** Rows of the table in desk-wall-briefing.md §5.1: pitch in mm, distance in m, then pixels. */
test.each([
  [0.155, 0.65, 30, 40, 27],
  [0.63, 5, 56, 76, 51],
  [0.63, 8, 89, 121, 81],
  [0.9, 5, 39, 53, 36],
  [0.9, 8, 62, 85, 57],
  [1.25, 5, 28, 38, 26],
  [1.25, 8, 45, 61, 41],
  [1.25, 12, 67, 92, 62],
  [1.8, 8, 31, 43, 29],
  [1.8, 12, 47, 64, 43],
])('%s mm at %s m: text %s, figures %s, digits %s pixels', (pitchMm, seatM, han, figure, digit) => {
  const sizes = leastSizes(pitchMm, seatM);
  expect(Math.abs(sizes.han - han)).toBeLessThanOrEqual(1);
  expect(Math.abs(sizes.figure - figure)).toBeLessThanOrEqual(1);
  expect(Math.abs(sizes.digit - digit)).toBeLessThanOrEqual(1);
});

test('nobody gets 汉字 that lose their strokes, however near they sit', () => {
  expect(leastSizes(1.8, 1).han).toBe(16);
});

test('the pixel of a screen follows from its diagonal', () => {
  expect(pitchOf(27, 3_840, 2_160)).toBeCloseTo(0.1557, 3);
  expect(pitchOf(55, 1_920, 1_080)).toBeCloseTo(0.634, 3);
});
