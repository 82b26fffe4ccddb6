import fc from 'fast-check';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { defaultDistrict, loadDistrict } from '#host/district/load-district.ts';
import { DistrictShapes } from './district-shapes.ts';
import { boxRing, isInRing, lineMeters, ringArea, ringBounds, type MapPosition } from './region.ts';

const box = boxRing([116.6, 40.2], [116.8, 40.1]);

test('a box is the same from whichever corner it is drawn', () => {
  for (const ring of [box, boxRing([116.8, 40.1], [116.6, 40.2]), boxRing([116.6, 40.1], [116.8, 40.2])]) {
    expect(ringBounds(ring)).toEqual([116.6, 40.1, 116.8, 40.2]);
    expect([isInRing(ring, 116.7, 40.15), isInRing(ring, 116.9, 40.15), isInRing(ring, 116.7, 40.3)]).toEqual([
      true,
      false,
      false,
    ]);
  }
});

test('a lasso takes what it encloses, and not what lies in its bay', () => {
  const bay: MapPosition[] = [
    [0, 0],
    [4, 0],
    [4, 4],
    [3, 4],
    [3, 1],
    [1, 1],
    [1, 4],
    [0, 4],
  ];
  expect([isInRing(bay, 0.5, 3), isInRing(bay, 2, 0.5), isInRing(bay, 2, 3)]).toEqual([true, true, false]);
});

test('of two regions side by side exactly one holds a point on their common edge', () => {
  const places = fc.tuple(fc.integer({ min: 0, max: 10 }), fc.integer({ min: 0, max: 9 }));
  const west: MapPosition[] = [
    [0, 0],
    [6, 0],
    [4, 10],
    [0, 10],
  ];
  const east: MapPosition[] = [
    [10, 0],
    [10, 10],
    [4, 10],
    [6, 0],
  ];
  fc.assert(
    fc.property(places, ([lon, lat]) => {
      const held = [west, east].filter((ring) => isInRing(ring, lon, lat)).length;
      expect(held).toBe(lon < 10 ? 1 : 0);
    }),
  );
});

test('lengths and areas agree with known ones', () => {
  expect(
    lineMeters([
      [116.6, 40],
      [116.6, 41],
    ]),
  ).toBeCloseTo(111_195.08, 1);
  // One degree of longitude at 60° is half of one at the equator.
  const [atEquator, at60] = [0, 60].map((lat) =>
    lineMeters([
      [0, lat],
      [0.001, lat],
    ]),
  );
  expect((at60 ?? 0) / (atEquator ?? 1)).toBeCloseTo(0.5, 6);
  expect(
    lineMeters([
      [116.6, 40.1],
      [116.7, 40.1],
      [116.7, 40.2],
    ]),
  ).toBeCloseTo(8_505.5 + 11_119.5, 0);
  expect(ringArea(box) / 1e6).toBeCloseTo(17.0 * 11.1195, 0);
  expect(ringArea([...box].reverse())).toBeCloseTo(ringArea(box), 3);
  expect([lineMeters([[1, 2]]), ringArea([[1, 2]]), lineMeters([]), ringArea([])]).toEqual([0, 0, 0, 0]);
});

test('the default district has the area that its net was made with', async () => {
  const { map } = await loadDistrict(defaultDistrict(resolve(import.meta.dirname, '../../resources')));
  const shapes = new DistrictShapes(map);
  const [outer = []] = shapes.polygons(1, 'full')[0]?.rings ?? [];
  const measured = ringArea(outer.map(([lon, lat]): MapPosition => [lon, lat])) / 1e6;
  expect(Math.abs(measured - 1_019) / 1_019).toBeLessThan(0.01);
  expect(Math.abs(shapes.squareKm('110113') - measured) / measured).toBeLessThan(0.01);
});
