import fc from 'fast-check';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aDistrict } from '#tests/builders/district.ts';
import { defaultDistrict, loadDistrict } from '#host/district/load-district.ts';
import { Random } from '#domain/base/random.ts';
import type { Area, Position } from './district.ts';
import { buildLocator } from './locate.ts';

const shunyi = await loadDistrict(defaultDistrict(resolve(import.meta.dirname, '../../../resources')));
const grids = shunyi.areas.district.levels.at(-1) ?? [];

/** Which areas hold the point, by walking every edge of every area: the rule itself, without any index. */
function bruteForce(areas: readonly Area[], lon: number, lat: number): readonly string[] {
  const near = areas.filter(
    ({ bounds }) => lon >= bounds[0] && lat >= bounds[1] && lon <= bounds[2] && lat <= bounds[3],
  );
  return near
    .filter((area) => area.polygons.flat().reduce((inside, ring) => inside !== crosses(ring), false))
    .map((area) => area.code);

  function crosses(ring: readonly Position[]): boolean {
    let isOdd = false;
    for (let at = 1; at < ring.length; at += 1) {
      const [first, second] = [ring[at - 1] as Position, ring[at] as Position];
      const [south, north] = first[1] < second[1] ? [first, second] : [second, first];
      if (lat < south[1] || lat >= north[1]) continue;
      if (lon < south[0] + ((north[0] - south[0]) * (lat - south[1])) / (north[1] - south[1])) isOdd = !isOdd;
    }
    return isOdd;
  }
}

describe('the default district', () => {
  test('10,000 random points agree with brute force, and fall in one grid or none', () => {
    const random = new Random(20261124);
    let inside = 0;
    for (let count = 0; count < 10_000; count += 1) {
      const lon = 116.44 + random.next() * 0.56;
      const lat = 40 + random.next() * 0.32;
      const expected = bruteForce(grids, lon, lat);
      expect(expected.length).toBeLessThanOrEqual(1);
      expect(shunyi.locate(lon, lat)).toBe(expected[0] ?? null);
      inside += expected.length;
    }
    expect(inside).toBeGreaterThan(4_000);
  });

  test('every vertex and edge middle lies in at most one grid, and in exactly one away from the outer border', () => {
    const outer = new Set(shunyi.areas.district.levels[0]?.[0]?.polygons.flat(2).map(String));
    for (const grid of grids.filter((_, index) => index % 7 === 0)) {
      const ring = grid.polygons[0]?.[0] ?? [];
      for (const [at, a] of ring.slice(1).entries()) {
        const b = ring[at] as Position;
        const middle: Position = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
        const isInner = !outer.has(String(a)) && !outer.has(String(b));
        for (const point of [a, middle]) {
          const found = shunyi.locate(point[0], point[1]);
          expect(bruteForce(grids, point[0], point[1]), String(point)).toEqual(found === null ? [] : [found]);
          if (isInner) expect(found, String(point)).not.toBeNull();
        }
      }
    }
  });
});

test('edges belong to one side only; outside is null; bad numbers are null', () => {
  const { locate } = buildLocator(aDistrict().levels[3] ?? []);
  expect(locate(116.5, 40.5)).toBe('9112');
  expect(locate(116, 40)).toBe('9111');
  expect([locate(118, 40.5), locate(116.2, 41), locate(115, 40.5), locate(NaN, 40)]).toEqual([null, null, null, null]);
  expect(buildLocator([]).locate(116, 40)).toBeNull();
});

test('a hole is not inside, an island within it is its own area', () => {
  const ring = (size: number): readonly Position[] => [
    [-size, -size],
    [size, -size],
    [size, size],
    [-size, size],
    [-size, -size],
  ];
  const base = { name: '', level: 1, parent: null, kind: '', labelPoint: [0, 0] as const };
  const areas: readonly Area[] = [
    { ...base, code: 'ring', polygons: [[ring(3), ring(2)]], bounds: [-3, -3, 3, 3] },
    { ...base, code: 'island', polygons: [[ring(1)]], bounds: [-1, -1, 1, 1] },
  ];
  const { locate } = buildLocator(areas);
  fc.assert(
    fc.property(
      fc.double({ min: -3.5, max: 3.5, noNaN: true }),
      fc.double({ min: -3.5, max: 3.5, noNaN: true }),
      (lon, lat) => {
        expect(locate(lon, lat)).toBe(bruteForce(areas, lon, lat)[0] ?? null);
      },
    ),
    { seed: 7, numRuns: 2_000 },
  );
});

test('where outlines overlap, the first in the list has the point', () => {
  const square = (code: string, west: number): Area => ({
    code,
    name: '',
    level: 1,
    parent: null,
    kind: '',
    labelPoint: [0, 0],
    bounds: [west, 0, west + 10, 10],
    polygons: [
      [
        [
          [west, 0],
          [west + 10, 0],
          [west + 10, 10],
          [west, 10],
          [west, 0],
        ],
      ],
    ],
  });
  const { locate } = buildLocator([square('first', 0), square('second', 5)]);
  expect([locate(2, 5), locate(7, 5), locate(12, 5)]).toEqual(['first', 'first', 'second']);
  expect(buildLocator([square('second', 5), square('first', 0)]).locate(7, 5)).toBe('second');
});
