import { expect, test } from 'vitest';
import { Random } from '#domain/base/random.ts';
import { repeats, type PlacedReport, type Repeat } from './repeats.ts';
import { finish } from './steps.ts';

const rules = { metres: 50, least: 3 };
/** Metres east and north of a corner. */
const at = (key: number, east: number, north: number, classCode = 1): PlacedReport => ({
  ...{ key, classCode, day: 20_000 + key },
  lon: 116.65 + east / (111_320 * Math.cos((40.13 * Math.PI) / 180)),
  lat: 40.13 + north / 111_320,
});
const keys = (found: readonly Repeat[]) => found.map(({ reports }) => reports.map(({ key }) => key));

test('the same class at the same place, and neither another class nor another place', () => {
  const reports = [at(1, 0, 0), at(2, 30, 20), at(3, -20, 30), at(4, 10, 0, 2), at(5, 70, 0), at(6, 900, 0)];
  expect(keys(finish(repeats(reports, rules)))).toEqual([[1, 2, 3]]);
  expect(finish(repeats(reports, { ...rules, least: 4 }))).toEqual([]);
  expect(finish(repeats(reports, { ...rules, metres: 0 }))).toEqual([]);
});

test('places along a street stay places: each has what lies around it, no report is in two', () => {
  const street = Array.from({ length: 30 }, (_, index) => at(index, index * 20, 0));
  const found = finish(repeats(street, rules));
  const all = keys(found).flat();
  expect(new Set(all).size).toBe(all.length);
  for (const { reports } of found) expect(reports.length).toBeLessThanOrEqual(5);
  expect(found.length).toBeGreaterThan(3);
});

test('of reports at random exactly those are in places that a look at all pairs allows', () => {
  const random = new Random(4);
  const reports = Array.from({ length: 400 }, (_, key) =>
    at(key, random.next() * 1_500, random.next() * 1_500, random.integer(1, 2)),
  );
  const east = (one: PlacedReport) => one.lon * 111_320 * Math.cos((40.13 * Math.PI) / 180);
  const around = (one: PlacedReport) =>
    reports.filter(
      (other) =>
        other.classCode === one.classCode &&
        Math.hypot(east(one) - east(other), (one.lat - other.lat) * 111_320) <= rules.metres + 0.01,
    ).length;
  const found = finish(repeats(reports, rules));
  expect(found.length).toBeGreaterThan(5);
  for (const { reports: own } of found) {
    expect(own.length).toBeGreaterThanOrEqual(rules.least);
    expect(Math.max(...own.map(around))).toBeGreaterThanOrEqual(own.length);
  }
  // The place with most around it is the first.
  expect(found[0]?.reports.length).toBe(Math.max(...reports.map(around)));
});
