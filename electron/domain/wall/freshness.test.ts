import { expect, test } from 'vitest';
import { freshness } from './freshness.ts';

const period = 60_000;
const at = 1_000_000;

test.each([
  [0, 'fresh', 0],
  [2 * period, 'fresh', 0],
  [2 * period + 1, 'late', 2],
  [5 * period, 'late', 5],
  [5 * period + 1, 'old', 5],
])('after %s ms data are %s by %s minutes', (age, state, lateMinutes) => {
  expect(freshness(at, period, at + age, false)).toEqual({ state, lateMinutes });
});

test('a source that is down makes its data old at once, and so does having none', () => {
  expect(freshness(at, period, at, true).state).toBe('old');
  expect(freshness(null, period, at, false).state).toBe('old');
});
