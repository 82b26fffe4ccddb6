import { expect, test } from 'vitest';
import { heatOf, heatStrength } from './heat.ts';

test('cases with a place are counted, with the time they span', () => {
  const rows = [
    { lon: 116.1, lat: 40, reportedAt: 30 },
    { lon: null, lat: null, reportedAt: 1 },
    { lon: 116.2, lat: 40.1, reportedAt: 10 },
  ];
  const { points, cases, reported } = heatOf(rows);
  expect({ cases, reported }).toEqual({ cases: 2, reported: [10, 30] });
  expect(points.features[0]?.geometry.coordinates).toEqual([
    [116.1, 40],
    [116.2, 40.1],
  ]);
  expect(heatOf([])).toMatchObject({ cases: 0, reported: null });
});

test('the more cases lie together, the less one of them weighs', () => {
  expect(heatStrength([])).toBe(0.4);
  expect(heatStrength([1, 1, 2])).toBe(0.4);
  const crowded = [...Array.from({ length: 98 }, () => 3), 60, 60];
  expect(heatStrength(crowded)).toBeCloseTo(3 / 60, 6);
});
