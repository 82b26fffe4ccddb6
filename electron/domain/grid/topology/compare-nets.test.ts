import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultDistrict, loadDistrict } from '#host/district/load-district.ts';
import { metresPerDegree } from '../coordinates/metres.ts';
import type { Position } from '../district.ts';
import { compareNets, type ComparedArea, type NetChange } from './compare-nets.ts';

/** Squares of 100 m in a row from the west: `A`, `B`, `C`, `D`. */
const scale = metresPerDegree(40);
const at = (x: number, y: number): Position => [116 + x / scale.lon, 40 + y / scale.lat];
const box = (west: number, east: number): readonly Position[] => [
  ...[at(west, 0), at(east, 0), at(east, 100), at(west, 100), at(west, 0)],
];
const area = (code: string, west: number, east: number, change: Partial<ComparedArea> = {}): ComparedArea => ({
  ...{ code, name: `${code}村`, parent: 'P', polygons: [[box(west, east)]] },
  ...change,
});
const row = [area('A', 0, 100), area('B', 100, 200), area('C', 200, 300), area('D', 300, 400)];

/** `kind before>after size` of each change, codes in the order of the nets. */
function told(before: readonly ComparedArea[], after: readonly ComparedArea[]): readonly string[] {
  const codes = (net: readonly ComparedArea[], places: readonly number[]) =>
    places.map((place) => net[place]?.code).join('+');
  return compareNets(before, after).map(
    (change: NetChange) =>
      `${change.kind} ${codes(before, change.before)}>${codes(after, change.after)} ${Math.round(change.squareMetres)}`,
  );
}

describe('between two nets', () => {
  test('the same net in another order has no change, and neither has one drawn a metre off', () => {
    expect(told(row, row.toReversed())).toEqual([]);
    const off = row.map((one) => ({
      ...one,
      polygons: one.polygons.map((rings) => rings.map((ring) => ring.map(([lon, lat]): Position => [lon + 1e-5, lat]))),
    }));
    expect(told(row, off)).toEqual([]);
  });

  test('a border that moved changes both sides, told with its strip', () => {
    const moved = [area('A', 0, 130), area('B', 130, 200), ...row.slice(2)];
    expect(told(row, moved)).toEqual(['moved A>A 3000', 'moved B>B 3000']);
    const [change] = compareNets(row, moved);
    // A strip of 30 × 100 m: twice its ground by the length around it.
    expect(change?.widthMetres).toBeCloseTo(23.08, 1);
    expect(change?.at?.[0]).toBeGreaterThan(at(100, 0)[0]);
    expect(change?.at?.[0]).toBeLessThan(at(130, 0)[0]);
    expect(change?.rings).toHaveLength(1);
  });

  test('split and merged, with the code kept or not', () => {
    expect(told(row, [area('A1', 0, 50), area('A2', 50, 100), ...row.slice(1)])).toEqual(['split A>A1+A2 10000']);
    expect(told(row, [area('A', 0, 50), area('A2', 50, 100), ...row.slice(1)])).toEqual(['split A>A+A2 10000']);
    expect(told(row, [area('N', 0, 200), ...row.slice(2)])).toEqual(['merged A+B>N 20000']);
    expect(told(row, [area('A', 0, 200), ...row.slice(2)])).toEqual(['merged A+B>A 20000']);
  });

  test('added, gone, renamed, given to another parent', () => {
    expect(told(row.slice(0, 3), row)).toEqual(['added >D 10000']);
    expect(told(row, row.slice(0, 3))).toEqual(['gone D> 10000']);
    expect(told(row, row.with(1, area('B', 100, 200, { name: '新村' })))).toEqual(['renamed B>B 0']);
    expect(told(row, row.with(1, area('B', 100, 200, { parent: 'Q' })))).toEqual(['reassigned B>B 0']);
  });

  test('an area without a shape, and empty nets, are no fault', () => {
    expect(told([], [])).toEqual([]);
    expect(told(row, row.with(3, { ...area('D', 300, 400), polygons: [] }))).toEqual(['moved D>D 10000']);
  });
});

test('the default district: planted changes of the finest level are found, and nothing else', async () => {
  const { areas } = await loadDistrict(defaultDistrict(resolve(import.meta.dirname, '../../../../resources')));
  const before = areas.district.levels.at(-1) ?? [];
  expect(compareNets(before, before)).toEqual([]);
  const [renamed, gone] = [before[700], before[1_400]];
  const after = before
    .filter(({ code }) => code !== gone?.code)
    .map((one) => (one.code === renamed?.code ? { ...one, name: '改名网格' } : one));
  expect(told(before, after)).toEqual([
    expect.stringMatching(new RegExp(`^gone ${gone?.code}> \\d+$`)),
    `renamed ${renamed?.code}>${renamed?.code} 0`,
  ]);
});
