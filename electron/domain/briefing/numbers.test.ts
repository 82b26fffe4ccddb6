import { expect, test } from 'vitest';
import { countText, hoursText, median, momentWords, shareText, usualBand } from './numbers.ts';

test('counts and shares as offices write them; 0/0 is a dash', () => {
  expect([0, 999, 1_000, 18_201_336].map(countText)).toEqual(['0', '999', '1,000', '18,201,336']);
  expect(shareText({ n: 597, d: 601, value: 597 / 601 }, 2)).toBe('99.33 %');
  expect(shareText({ n: 0, d: 0, value: null })).toBe('—');
});

test('times stand in Beijing, and hours go on beyond a day', () => {
  expect(momentWords(Date.UTC(2026, 10, 22, 16, 0))).toBe('2026-11-23 00:00');
  expect([90_000_000, -4_200_000].map(hoursText)).toEqual(['25:00', '1:10']);
});

test('a usual band needs seven days; the middle of an even count is the lower one', () => {
  expect(usualBand([1, 2, 3, 4, 5, 6])).toBeNull();
  expect(usualBand(Array.from({ length: 28 }, (_, at) => 28 - at))).toEqual([3, 26]);
  expect([median([]), median([3]), median([4, 1, 3, 2])]).toEqual([null, 3, 2]);
});
