import { expect, test } from 'vitest';
import { Random } from '#domain/base/random.ts';
import { hotSpots, netOf, type NetArea } from './hot-spots.ts';

const WIDTH = 20;
const areas: readonly NetArea[] = Array.from({ length: WIDTH * WIDTH }, (_, at) => ({
  code: `${at}`,
  lon: 116 + (at % WIDTH) * 0.01,
  lat: 40 + Math.floor(at / WIDTH) * 0.0077,
}));
const net = netOf(areas);

function counts(random: Random, mean: (area: number) => number): Float64Array {
  return Float64Array.from(areas, (_, area) => {
    let count = 0;
    for (let time = random.exponential(1); time < mean(area); time += random.exponential(1)) count += 1;
    return count;
  });
}

test('the neighbourhood of an area are itself and the eight around it, at the edge the nearest', () => {
  expect([...(net.near[21] ?? [])].sort((a, b) => a - b)).toEqual([0, 1, 2, 20, 21, 22, 40, 41, 42]);
  expect(net.near.every((near) => near.length === 9)).toBe(true);
});

test('where everything is alike hardly a window has a hot spot, and the edge has no more than its share', () => {
  const random = new Random(1);
  let [windows, atEdge, all] = [0, 0, 0];
  const rounds = 200;
  for (let round = 0; round < rounds; round += 1) {
    const spots = hotSpots(net, [counts(random, () => 4)], 0.05);
    windows += spots.length > 0 ? 1 : 0;
    for (const { areas: hot } of spots) {
      for (const area of hot) {
        all += 1;
        if (area % WIDTH === 0 || area % WIDTH === WIDTH - 1 || area < WIDTH || area >= WIDTH * (WIDTH - 1))
          atEdge += 1;
      }
    }
  }
  expect(windows / rounds).toBeLessThan(0.12);
  // Where 76 of 400 areas are.
  expect(atEdge).toBeLessThanOrEqual(Math.max(5, all * 0.4));
});

test('a hot square is one spot with its areas, and is new or stays', () => {
  const random = new Random(2);
  const square = new Set([105, 106, 107, 125, 126, 127, 145, 146, 147]);
  const calm = () => counts(random, () => 4);
  const hot = () => counts(random, (area) => (square.has(area) ? 16 : 4));
  const [spot, ...others] = hotSpots(net, [calm(), calm(), calm(), hot()], 0.05);
  expect(others).toEqual([]);
  expect(spot?.windows).toBe(1);
  expect(spot?.areas[0]).toBe(126);
  expect([...square].every((area) => spot?.areas.includes(area))).toBe(true);
  expect(spot?.seen).toBeGreaterThan((spot?.expected ?? 0) * 1.5);
  expect(hotSpots(net, [calm(), hot(), hot(), hot()], 0.05)[0]?.windows).toBe(3);
});

test('nothing is hot where nothing differs, or where there are too few areas', () => {
  expect(hotSpots(net, [new Float64Array(areas.length).fill(3)], 0.05)).toEqual([]);
  expect(hotSpots(net, [], 0.05)).toEqual([]);
  const lonely = new Float64Array(areas.length);
  lonely[210] = 20;
  expect(hotSpots(net, [lonely], 0.05)).toEqual([]);
  const few = netOf(areas.slice(0, 5));
  expect(hotSpots(few, [Float64Array.of(1, 50, 1, 1, 1)], 0.05)).toEqual([]);
});

test('one or two reports in a sparse net are no spot, three beside each other may be', () => {
  const random = new Random(3);
  const seen = Array.from({ length: 300 }, () =>
    hotSpots(net, [counts(random, (area) => (area === 346 ? 3 : 0.13))], 0.2).map((spot) => spot.seen),
  ).flat();
  expect(seen.length).toBeGreaterThan(20);
  expect(Math.min(...seen)).toBe(3);
});
