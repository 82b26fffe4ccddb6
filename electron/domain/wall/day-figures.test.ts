import { expect, test } from 'vitest';
import { BINS, binOf, dayStart, LEAST_BAND_DAYS, usualBand } from './day-figures.ts';

const at = Date.parse('2026-11-24T00:25:00+08:00');

test('a bin is ten minutes of a day in Beijing', () => {
  expect(binOf(at).bin).toBe(2);
  expect(binOf(at - 30 * 60_000)).toEqual({ day: binOf(at).day - 1, bin: BINS - 1 });
  expect(dayStart(at)).toBe(Date.parse('2026-11-24T00:00:00+08:00'));
});

test('the usual band leaves out the lowest and the highest tenth', () => {
  const days = Array.from({ length: 11 }, (_, day) => Array.from({ length: BINS }, () => day * 10));
  const { low, high } = usualBand(days);
  expect([low[0], high[0]]).toEqual([10, 90]);
});

test('too few days make no band, bin by bin', () => {
  const days = Array.from({ length: LEAST_BAND_DAYS }, (_, day) =>
    Array.from({ length: BINS }, (__, bin) => (day === 0 && bin === 5 ? null : 7)),
  );
  const { low, high } = usualBand(days);
  expect([low[4], low[5], high[5]]).toEqual([7, null, null]);
  expect(usualBand(days.slice(1)).low.every((value) => value === null)).toBe(true);
});
