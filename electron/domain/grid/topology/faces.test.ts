import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BorderNet } from './borders.ts';
import { facesOf } from './faces.ts';
import { innerPoint } from './inner-point.ts';
import { twiceArea, type LatticePoint } from './lattice.ts';

const STEP = 100_000;

/** Corners on a coarse raster, so that ends on borders, common pieces and doubled rings are frequent. */
const corner = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }));
const ring = fc
  .array(corner, { minLength: 3, maxLength: 6 })
  .map((corners): readonly LatticePoint[] => corners.map(([x, y]) => [x * STEP, y * STEP]));

function windingAround([x, y]: LatticePoint, points: readonly LatticePoint[]): number {
  let winding = 0;
  for (const [index, [x1, y1]] of points.entries()) {
    const [x2, y2] = points[(index + 1) % points.length] ?? [x1, y1];
    if (y1 > y === y2 > y || x >= x1 + ((x2 - x1) * (y - y1)) / (y2 - y1)) continue;
    winding += y2 > y1 ? 1 : -1;
  }
  return winding;
}

test('whatever rings are laid over one another: each point lies in one face, with the coverage of a recount', () => {
  fc.assert(
    fc.property(fc.array(ring, { minLength: 1, maxLength: 12 }), (rings) => {
      const net = new BorderNet();
      for (const [index, points] of rings.entries()) net.addRing(index, points);
      const { faces } = facesOf(net.vertices, net.cut());
      for (let x = 0; x < 9; x += 1) {
        for (let y = 0; y < 9; y += 1) {
          const point: LatticePoint = [x * STEP + 31_415.9, y * STEP + 27_182.8];
          const holding = faces.filter(
            ({ lines }) => lines.reduce((sum, line) => sum + windingAround(point, line), 0) !== 0,
          );
          const expected = rings.flatMap((points, index) => {
            const winding = windingAround(point, points);
            return winding === 0 ? [] : [[index, winding] as const];
          });
          expect(holding.length).toBeLessThanOrEqual(1);
          const found = [...(holding[0]?.coverage ?? [])].sort(([first], [second]) => first - second);
          expect(found).toEqual(expected);
        }
      }
      for (const { lines, twiceSteps } of faces) {
        expect(twiceSteps).toBeGreaterThan(0);
        expect(lines.reduce((sum, line) => sum + twiceArea(line), 0)).toBe(twiceSteps);
      }
    }),
    { seed: 51, numRuns: 300 },
  );
});

test('an inner point lies inside', () => {
  fc.assert(
    fc.property(ring, (points) => {
      const net = new BorderNet();
      net.addRing(0, points);
      for (const { lines } of facesOf(net.vertices, net.cut()).faces) {
        const inner = innerPoint(lines);
        expect(inner).not.toBeNull();
        expect(lines.reduce((sum, line) => sum + windingAround(inner ?? [0, 0], line), 0)).toBe(1);
      }
    }),
    { seed: 52, numRuns: 1_000 },
  );
});
