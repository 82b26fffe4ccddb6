import { expect, test } from 'vitest';
import { Random } from '#domain/base/random.ts';
import { backTest, expectedOf, fitBaseline } from './baseline.ts';

const FIRST = 19_000;

/** Counts of days whose mean is told. */
function countsOf(random: Random, days: number, mean: (day: number) => number) {
  const counts = Array.from({ length: days }, (_, at) => {
    let count = 0;
    for (let time = random.exponential(1); time < mean(FIRST + at); time += random.exponential(1)) count += 1;
    return count;
  });
  return { firstDay: FIRST, counts };
}

/** A weekend of half, a year that swings by 40 %. */
const rate = (day: number) => 20 * (day % 7 < 2 ? 0.5 : 1) * (1 + 0.4 * Math.cos((2 * Math.PI * day) / 365.25));

test('level, weekdays and season are those the counts were made of', () => {
  const days = 1_092;
  const baseline = fitBaseline(countsOf(new Random(5), days, rate), FIRST + days);
  for (let ahead = 0; ahead < 14; ahead += 1) {
    const day = FIRST + days + ahead;
    expect((baseline?.expected(day) ?? 0) / rate(day)).toBeCloseTo(1, 0);
    expect(Math.abs((baseline?.expected(day) ?? 0) / rate(day) - 1)).toBeLessThan(0.15);
  }
  expect(baseline?.dispersion).toBeLessThan(1.6);
});

test('a burst of the past moves the baseline by little', () => {
  const days = 400;
  const calm = countsOf(new Random(6), days, () => 5);
  const burst = {
    ...calm,
    counts: calm.counts.map((count, at) => (at >= days - 12 && at < days - 7 ? count + 40 : count)),
  };
  const until = FIRST + days;
  const [before, after] = [calm, burst].map((series) => {
    const baseline = fitBaseline(series, until);
    return baseline === null ? 0 : expectedOf(baseline, until, until + 7);
  });
  // Unguarded it would be some 27 more in the week.
  expect(after ?? 0).toBeLessThan((before ?? 0) * 1.25);
});

test('less than four weeks tell nothing; without two years there is no season', () => {
  const series = countsOf(new Random(7), 700, () => 3);
  expect(fitBaseline(series, FIRST + 27)).toBeNull();
  const baseline = fitBaseline(series, FIRST + 700);
  expect(baseline?.expected(FIRST + 700)).toBeCloseTo(baseline?.expected(FIRST + 700 + 182) ?? 0, 9);
  expect(backTest(series, FIRST + 20, 4)).toBeNull();
  expect(
    fitBaseline({ firstDay: FIRST, counts: Array.from({ length: 60 }, () => 0) }, FIRST + 60)?.expected(FIRST),
  ).toBe(0);
});

test('a back-test is nearer than the week of the year before, and says by how much', () => {
  const days = 1_092;
  const test = backTest(countsOf(new Random(8), days, rate), FIRST + days, 26);
  expect(test?.weeks).toBe(26);
  expect(test?.error).toBeLessThan((test?.naiveError ?? 0) * 0.9);
  // Nothing is nearer than the scatter of the counts themselves: 0.8 √mean.
  expect(test?.error).toBeGreaterThan(0.5 * Math.sqrt(test?.mean ?? 0));
});
