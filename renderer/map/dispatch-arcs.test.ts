import { expect, test } from 'vitest';
import type { CaseRow } from '#contract/cases.ts';
import { arcData, dispatchArcs, type ArcSight } from './dispatch-arcs.ts';

const now = 10_000_000;
const minutes = (count: number) => now - count * 60_000;
const row = (id: string, holderUnit: string | null, holderSince: number | null, lon: number | null = 116.7) =>
  ({ id, holderUnit, holderSince, lon, lat: lon === null ? null : 40.2 }) as CaseRow;
const rows = [
  row('old', 'u1', minutes(61)),
  row('new', 'u1', minutes(5)),
  row('newer', 'u2', minutes(1)),
  row('free', null, null),
  row('nowhere', 'u1', minutes(2), null),
  row('unknown', 'x', minutes(2)),
  row('ahead', 'u1', now + 1),
];
const sight: ArcSight = { rows, now, isOfUnit: null, placeOf: (unit) => (unit === 'x' ? undefined : [116.6, 40.1]) };
const ids = (change: Partial<ArcSight>) => dispatchArcs({ ...sight, ...change }).arcs.map(({ caseId }) => caseId);

test('of the last hour: what any unit got in it, newest first; without a place there is no arc', () => {
  expect(ids({})).toEqual(['newer', 'new']);
});

test('of one unit: all that it holds', () => {
  expect(ids({ isOfUnit: (unit) => unit === 'u1' })).toEqual(['ahead', 'new', 'old']);
});

test('very many are cut to the newest, and the whole number is told', () => {
  const many = Array.from({ length: 1_000 }, (_, index) => row(`c${index}`, 'u1', minutes(index / 20)));
  const { arcs, total } = dispatchArcs({ ...sight, rows: many });
  expect([arcs.length, total, arcs[0]?.caseId]).toEqual([400, 1_000, 'c0']);
});

test('an arc is one unbroken line from the unit to the case', () => {
  const { length, attributes } = arcData([{ caseId: 'a', from: [116.6, 40.1], to: [116.7, 40.2] }]);
  const { value } = attributes.getPosition;
  expect(length * 2).toBe(value.length);
  expect([...value.slice(0, 2)]).toEqual([116.6, 40.1]);
  expect([...value.slice(-2)]).toEqual([116.7, 40.2]);
  for (let at = 4; at < value.length; at += 4)
    expect([...value.slice(at, at + 2)]).toEqual([...value.slice(at - 2, at)]);
});
