import { expect, test } from 'vitest';
import { plantedYears } from '#tests/builders/planted-years.ts';
import { findBursts, findRepeats, findSpots, pastDays, SPOT_DAYS } from './foresee.ts';
import { netOf } from './hot-spots.ts';
import { finish } from './steps.ts';

const size = { townships: 8, gridsOfTownship: 49, classes: 20, reportsPerDay: 120 };
const rules = { falseAlarms: 0.5, least: 3, growth: 0.5 };

test('a burst names its cases, what was expected, how surprising it is and how far off the baseline was', () => {
  const { book, until, bursts } = plantedYears({ ...size, seed: 8, days: 500, burstWeeks: 1, hotSquares: 0 });
  const [planted] = bursts;
  const burst = finish(findBursts(book, until, rules)).find(({ of }) => of === planted?.grid);
  expect(burst).toMatchObject({ level: 'grid', classKey: planted?.classKey });
  expect(burst?.seen).toBeGreaterThanOrEqual(planted?.extra ?? 0);
  expect(burst?.cases.length).toBe(burst?.seen);
  expect(new Set(burst?.cases).size).toBe(burst?.seen);
  expect(burst?.chance).toBeLessThan(1e-4);
  expect(burst?.backTest?.weeks).toBe(12);
  // What was not there yet is no burst; the same days give the same answer.
  expect(finish(findBursts(book, until - 7, rules)).find(({ of }) => of === planted?.grid)).toBeUndefined();
  expect(finish(findBursts(book, until, rules))).toEqual(finish(findBursts(book, until, rules)));
});

test('with less than four weeks of a past nothing is a burst; with little more a grid is compared with what there is', () => {
  const young = (days: number) => plantedYears({ ...size, seed: 11, days, burstWeeks: 1, hotSquares: 0 });
  const [newborn, month] = [young(30), young(50)];
  expect(pastDays(newborn.book, newborn.until)).toBe(23);
  expect(finish(findBursts(newborn.book, newborn.until, rules))).toEqual([]);
  expect(pastDays(month.book, month.until)).toBe(43);
  const bursts = finish(findBursts(month.book, month.until, rules));
  expect(bursts.map(({ of }) => of)).toContain(month.bursts[0]?.grid);
  expect(bursts.length).toBeLessThan(4);
});

test('squares that grew hot are found as spots with their cases, and nothing else is hot', () => {
  const { book, until, hot, areas } = plantedYears({ ...size, seed: 9, days: 200, burstWeeks: 0, hotSquares: 2 });
  const net = netOf(areas);
  const spots = finish(findSpots(book, net, until, 0.05));
  expect(spots.length).toBe(2);
  for (const square of hot) {
    const spot = spots.find(({ areas: codes }) => codes.some((code) => square.includes(code)));
    expect(square.filter((code) => spot?.areas.includes(code)).length).toBeGreaterThanOrEqual(7);
    expect(spot?.windows).toBe(1);
    expect(spot?.cases.length).toBe(spot?.seen);
    expect(spot?.classes.reduce((sum, { count }) => sum + count, 0)).toBe(spot?.seen);
  }
  expect(finish(findSpots(book, net, until - SPOT_DAYS, 0.05))).toEqual([]);
});

test('a repeat is of the days asked for, and of a place where something came within the week', () => {
  const { book, until } = plantedYears({ ...size, seed: 10, days: 60, burstWeeks: 0, hotSquares: 0 });
  const found = finish(findRepeats(book, until, 30, { metres: 50, least: 2 }));
  expect(found.length).toBeGreaterThan(0);
  const day = (back: number) =>
    Number(new Date((until - back) * 86_400_000).toISOString().slice(0, 10).replaceAll('-', ''));
  for (const { cases } of found) {
    expect(cases.length).toBeGreaterThanOrEqual(2);
    expect(Number(cases[0]?.slice(0, 8))).toBeGreaterThanOrEqual(day(30));
    expect(Number(cases.at(-1)?.slice(0, 8))).toBeGreaterThanOrEqual(day(7));
  }
  expect(finish(findRepeats(book, until, 1, { metres: 50, least: 2 })).length).toBeLessThan(found.length);
});
