import { expect, test } from 'vitest';
import { countForces, type ForceField } from './force-field.ts';
import { forceAt, forceRadius } from './force-layer.ts';
import { LocalMercator } from './local-mercator.ts';

const mercator = new LocalMercator(116.7, 40.1);
const scale = (512 * 2 ** 13) / 360;
const camera = { x: 400, y: 300, scale };
const pixelOf = (lon: number, lat: number) => [400 + (lon - 116.7) * scale, 300 + mercator.down(lat) * scale] as const;

test('the nearest within reach is found, and nothing beyond it', () => {
  const positions = new Float64Array([116.71, 40.11, 116.7105, 40.11, 116.8, 40.2, NaN, NaN]);
  const field: ForceField = { count: 4, positions, kinds: new Uint8Array(4), ages: new Uint8Array(4) };
  const [x, y] = pixelOf(116.71, 40.11);
  expect(forceAt(field, mercator, camera, x + 1, y - 1)).toBe(0);
  expect(forceAt(field, mercator, camera, x + 5, y)).toBe(1);
  expect(forceAt(field, mercator, camera, x, y + 9.5)).toBeUndefined();
  expect(forceAt(field, mercator, camera, ...pixelOf(116.8, 40.2))).toBe(2);
  expect(forceAt({ ...field, count: 2 }, mercator, camera, ...pixelOf(116.8, 40.2))).toBeUndefined();
});

test('kinds that are there are counted with their ages', () => {
  const kinds = new Uint8Array([0, 0, 2, 2, 2, 9]);
  const ages = new Uint8Array([0, 1, 2, 2, 0, 0]);
  expect(countForces({ count: 6, positions: new Float64Array(12), kinds, ages })).toEqual([
    { kind: 'gridStaff', count: 2, old: 1, silent: 0 },
    { kind: 'vehicle', count: 3, old: 0, silent: 2 },
  ]);
});

test('the denser they stand the smaller they are', () => {
  expect([0.001, 0.005, 0.02, 0.5].map(forceRadius)).toEqual([4, 2.6, 1.6, 1.2]);
});
