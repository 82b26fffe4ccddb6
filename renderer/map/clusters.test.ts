import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clusterCases, clusterRadius, type ClusterPoint } from './clusters.ts';

const reach = { lon: 0.02, lat: 0.02 };
const point = (id: number, lon: number, lat: number, level: ClusterPoint['level'] = null): ClusterPoint => ({
  id: String(id),
  lon,
  lat,
  level,
});

test('heaps become clusters with their number, middle and gravest level; what lies alone stays', () => {
  const { clusters, singles } = clusterCases(
    [
      point(1, 116.6, 40.1),
      point(2, 116.602, 40.1, 3),
      point(3, 116.601, 40.103, 2),
      point(4, 116.7, 40.1, 1),
      point(5, 116.8, 40.2),
      point(6, 116.8, 40.2),
    ],
    reach,
  );
  expect(clusters.map(({ count, level }) => [count, level])).toEqual([
    [3, 2],
    [2, null],
  ]);
  expect(clusters[0]?.lon).toBeCloseTo(116.601, 9);
  expect(clusters[0]?.bounds).toEqual([116.6, 40.1, 116.602, 40.103]);
  expect([...singles]).toEqual(['4']);
});

const places = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 200 }), fc.constantFrom(null, 1, 2, 3, 4)),
  { maxLength: 200 },
);
const pointsOf = (drawn: readonly (readonly [number, number, ClusterPoint['level']])[]) =>
  drawn.map(([x, y, level], id) => point(id, 116.5 + x / 1_000, 40 + y / 1_000, level));

test('every case is counted once, no level is lost, and the order they come in does not matter', () => {
  fc.assert(
    fc.property(places, (drawn) => {
      const points = pointsOf(drawn);
      const { clusters, singles } = clusterCases(points, reach);
      expect(clusters.reduce((sum, { count }) => sum + count, 0) + singles.size).toBe(points.length);
      const gravest = (levels: readonly ClusterPoint['level'][]) => Math.min(9, ...levels.map((level) => level ?? 9));
      const alone = points.filter(({ id }) => singles.has(id));
      expect(gravest([...clusters, ...alone].map(({ level }) => level))).toBe(
        gravest(points.map(({ level }) => level)),
      );
      const other = clusterCases(points.toReversed(), reach);
      expect(other.singles).toEqual(singles);
      expect(other.clusters.map(({ count }) => count)).toEqual(clusters.map(({ count }) => count));
    }),
    { numRuns: 60 },
  );
});

test('a case lies no farther from the middle of its cluster than the reach allows', () => {
  fc.assert(
    fc.property(places, (drawn) => {
      for (const { bounds } of clusterCases(pointsOf(drawn), reach).clusters) {
        expect(bounds[2] - bounds[0]).toBeLessThanOrEqual(reach.lon * 2.7);
        expect(bounds[3] - bounds[1]).toBeLessThanOrEqual(reach.lat * 2.7);
      }
    }),
    { numRuns: 60 },
  );
});

test('a disc grows with its number, and not without end', () => {
  expect(clusterRadius(2)).toBeLessThan(clusterRadius(100));
  expect(clusterRadius(1e9)).toBe(22);
});
