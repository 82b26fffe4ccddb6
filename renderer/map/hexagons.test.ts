import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hexCells, hexWidth } from './hexagons.ts';
import { shrinkAt } from './district-shapes.ts';

const LAT = 40.13;
const metersBetween = (a: readonly [number, number], b: readonly [number, number]) =>
  Math.hypot((a[0] - b[0]) * shrinkAt(LAT), a[1] - b[1]) * 111_320;

test.each([
  [85, 2_000],
  [20, 500],
  [9, 200],
])('at %f m a pixel a hexagon is %f m wide', (metersPerPixel, width) => {
  expect(hexWidth(metersPerPixel)).toBe(width);
});

test('a hexagon is as wide as the legend says', () => {
  const [cell] = hexCells([{ lon: 116.65, lat: LAT }], 500, LAT);
  const ring = cell?.ring ?? [];
  const lons = ring.map(([lon]) => lon);
  expect((Math.max(...lons) - Math.min(...lons)) * shrinkAt(LAT) * 111_320).toBeCloseTo(500, 3);
  for (const [index, corner] of ring.slice(0, 6).entries()) {
    expect(metersBetween(corner, ring[index + 1] ?? [0, 0])).toBeCloseTo(500 / Math.sqrt(3), 3);
  }
  expect(ring[6]).toEqual(ring[0]);
});

test('every point is counted once, in a hexagon that holds it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 4_000 }), fc.integer({ min: 0, max: 3_000 })), { maxLength: 60 }),
      (places) => {
        const points = places.map(([x, y]) => ({ lon: 116.5 + x / 10_000, lat: 40 + y / 10_000 }));
        const cells = hexCells(points, 1_000, LAT);
        expect(cells.reduce((sum, { count }) => sum + count, 0)).toBe(points.length);
        for (const { lon, lat } of points) {
          const isIn = cells.some(({ ring }) => {
            const middle: [number, number] = [
              ring.slice(0, 6).reduce((sum, [x]) => sum + x, 0) / 6,
              ring.slice(0, 6).reduce((sum, [, y]) => sum + y, 0) / 6,
            ];
            return metersBetween(middle, [lon, lat]) <= 1_000 / Math.sqrt(3) + 1e-6;
          });
          expect(isIn).toBe(true);
        }
      },
    ),
    { numRuns: 40 },
  );
});

test('cases without a place are in no hexagon', () => {
  expect(hexCells([{ lon: null, lat: null }], 500, LAT)).toEqual([]);
});
