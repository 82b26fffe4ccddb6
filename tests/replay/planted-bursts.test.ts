import { expect, test } from 'vitest';
import { findBursts } from '#domain/foresight/foresee.ts';
import { finish } from '#domain/foresight/steps.ts';
import { plantedYears } from '#tests/builders/planted-years.ts';

const size = { townships: 8, gridsOfTownship: 49, classes: 20, reportsPerDay: 120 };
const rules = { falseAlarms: 0.5, least: 3, growth: 0.5 };

test('bursts that were put into simulated years are found, and little else is', () => {
  const weeks = 52;
  const {
    book,
    until,
    bursts: planted,
    reports,
  } = plantedYears({
    ...{ ...size, seed: 7, days: 1_100, burstWeeks: weeks, hotSquares: 0 },
  });
  let [hits, found, right] = [0, 0, 0];
  planted.forEach((own, week) => {
    const bursts = finish(findBursts(book, until - week * 7, rules));
    const isIt = ({ of, classKey }: { readonly of: string; readonly classKey: string }) =>
      classKey === own.classKey && (of === own.grid || of === own.grid.slice(0, 3));
    hits += bursts.some(isIt) ? 1 : 0;
    found += bursts.length;
    right += bursts.filter(isIt).length;
  });
  const [recall, precision] = [hits / weeks, right / found];
  process.stdout.write(
    `bursts of 5 to 12 among ${reports} reports, ${weeks} weeks: recall ${recall.toFixed(3)}, precision ${precision.toFixed(3)}, ` +
      `false alarms a week ${((found - right) / weeks).toFixed(3)} of ${rules.falseAlarms} allowed\n`,
  );
  expect(recall).toBeGreaterThan(0.85);
  expect(precision).toBeGreaterThan(0.75);
  expect((found - right) / weeks).toBeLessThanOrEqual(rules.falseAlarms);
});
