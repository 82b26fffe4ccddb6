import { expect, test } from 'vitest';
import { LocalMercator } from './local-mercator.ts';

/** Pixels of a degree of longitude at zoom 18. */
const SCALE = (512 * 2 ** 18) / 360;
const exact = (lat: number) => -(180 / Math.PI) * Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));

test('within half a degree it is a thousandth of a pixel off at zoom 18', () => {
  const mercator = new LocalMercator(116.7, 40.1);
  for (let north = -0.5; north <= 0.5; north += 0.05) {
    const wanted = exact(40.1 + north) - exact(40.1);
    expect(Math.abs(mercator.down(40.1 + north) - wanted) * SCALE).toBeLessThan(0.02);
  }
});

test('what changed is told as a range, what did not is not', () => {
  const mercator = new LocalMercator(116, 40);
  const out = new Float32Array(8).fill(NaN);
  const places = new Float64Array([116, 40, 116.1, 40.1, 116.2, 40.2, 116.3, 40.3]);
  expect(mercator.write(places, 4, out)).toEqual([0, 3]);
  expect(mercator.write(places, 4, out)).toBeNull();
  expect(out[2]).toBeCloseTo(0.1, 6);
  expect(out[3]).toBeCloseTo(mercator.down(40.1), 6);
  places[3] = 40.11;
  places[4] = 116.21;
  expect(mercator.write(places, 4, out)).toEqual([1, 2]);
});

test('what is no place lies far outside, and stays there', () => {
  const mercator = new LocalMercator(116, 40);
  const out = new Float32Array(4).fill(NaN);
  const places = new Float64Array([NaN, NaN, Infinity, 40]);
  expect(mercator.write(places, 2, out)).toEqual([0, 1]);
  expect([...out]).toEqual([90, 90, 90, 90]);
  expect(mercator.write(places, 2, out)).toBeNull();
});
