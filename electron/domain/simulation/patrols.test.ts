import { expect, test } from 'vitest';
import { plus } from '#domain/base/instant.ts';
import type { ForceReport } from '#domain/forces/force.ts';
import { distanceMetres } from '#domain/same-cause/distance.ts';
import { morning } from '#tests/builders/cases.ts';
import { aCity } from '#tests/builders/city.ts';
import { Patrols } from './patrols.ts';

const minutes = 60;
const people = 400;

/** An hour and a half of reports, with the moment each was sent. */
function played(seed = 7): readonly { readonly report: ForceReport; readonly sentAt: number }[] {
  const patrols = new Patrols(aCity(), seed, morning, people);
  return Array.from({ length: 90 * minutes }, (_, second) => plus(morning, (second + 1) * 1_000)).flatMap((sentAt) =>
    patrols.takeDue(sentAt).map((report) => ({ report, sentAt })),
  );
}

const day = played();

function byPerson() {
  const all = new Map<string, { report: ForceReport; sentAt: number }[]>();
  for (const one of day) {
    const known = all.get(one.report.id);
    if (known === undefined) all.set(one.report.id, [one]);
    else known.push(one);
  }
  return all;
}

test('the same seed gives the same people on the same ways', () => {
  expect(played()).toEqual(day);
  expect(played(8)[0]?.report).not.toEqual(day[0]?.report);
});

test('every person reports about every half minute, and pseudonyms say no name', () => {
  expect(byPerson().size).toBe(people);
  expect(day.length / people / 180).toBeGreaterThan(0.93);
  expect(day.length / people / 180).toBeLessThan(1.02);
  expect([...byPerson().keys()].every((id) => /^(grid-staff|lane-steward|vehicle)-\d+$/.test(id))).toBe(true);
  expect(day.every(({ report }) => report.isDemo)).toBe(true);
});

test('three kinds, each with a unit of its own level', () => {
  const kinds = [...byPerson().values()].map(([first]) => first?.report.kind);
  const shareOf = (kind: string) => kinds.filter((one) => one === kind).length / people;
  expect(shareOf('grid_staff')).toBeCloseTo(0.6, 1);
  expect(shareOf('lane_steward')).toBeCloseTo(0.25, 1);
  expect(shareOf('vehicle')).toBeCloseTo(0.15, 1);
});

test('walkers walk, scooters ride, some stand; jumps above a kilometre are rare', () => {
  const paces = [...byPerson().values()].map((reports) => paceOf(reports.map(({ report }) => report)));
  const shareOf = (from: number, to: number) => paces.filter((pace) => pace >= from && pace < to).length / people;
  expect(shareOf(0, 0.5)).toBeGreaterThan(0.02);
  expect(shareOf(0, 0.5)).toBeLessThan(0.12);
  expect(shareOf(0.9, 1.5)).toBeGreaterThan(0.5);
  expect(shareOf(4.5, 7)).toBeGreaterThan(0.1);
  const steps = [...byPerson().values()].flatMap((reports) =>
    reports.slice(1).map(({ report }, index) => distanceMetres(reports[index]?.report ?? report, report)),
  );
  const jumps = steps.filter((metres) => metres > 1_000).length;
  expect(jumps).toBeGreaterThan(0);
  // Away and back again are two.
  expect(jumps).toBeLessThan(steps.length * 0.002 * 2 * 2);
});

test('some lose their line, and send up to forty positions at once when it is back', () => {
  const lumps = [...byPerson().values()].flatMap((reports) => {
    const sizes = new Map<number, number>();
    for (const { sentAt } of reports) sizes.set(sentAt, (sizes.get(sentAt) ?? 0) + 1);
    return [...sizes.values()].filter((size) => size > 3);
  });
  expect(lumps.length).toBeGreaterThan(10);
  expect(Math.max(...lumps)).toBeLessThanOrEqual(41);
});

test('one clock in a hundred is wrong, by a minute and a half at most', () => {
  const off = [...byPerson().values()].filter((reports) =>
    reports.some(({ report, sentAt }) => report.at > sentAt + 1_000),
  );
  expect(off.length).toBeGreaterThan(0);
  expect(off.length).toBeLessThan(people * 0.03);
  expect(Math.max(...day.map(({ report, sentAt }) => report.at - sentAt))).toBeLessThanOrEqual(90_000);
});

test('who rests sends nothing of the time between', () => {
  const patrols = new Patrols(aCity(), 7, morning, 20);
  patrols.rest(plus(morning, 3_600_000));
  expect(patrols.takeDue(plus(morning, 3_600_000))).toEqual([]);
  const sent = patrols.takeDue(plus(morning, 3_630_000));
  expect(sent.length).toBeGreaterThan(15);
  expect(sent.length).toBeLessThan(25);
});

/** Median metres a second between two reports. */
function paceOf(reports: readonly ForceReport[]): number {
  const paces = reports.slice(1).map((to, index) => {
    const from = reports[index] ?? to;
    return distanceMetres(from, to) / Math.max(1, (to.at - from.at) / 1_000);
  });
  return paces.sort((a, b) => a - b)[paces.length >> 1] ?? 0;
}
