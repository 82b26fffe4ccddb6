import { expect, test } from 'vitest';
import { linkCameras } from './link-cameras.ts';
import type { CameraPlace } from './map-scene.ts';

/** A map that is moved by hand or by another. */
class Camera {
  readonly listeners = new Set<() => void>();
  at: CameraPlace | null;
  jumps = 0;

  constructor(at: CameraPlace | null) {
    this.at = at;
  }

  place = () => this.at;
  onMove = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  /** As maplibre: every jump is a move. */
  jumpTo = (place: CameraPlace) => {
    this.jumps += 1;
    this.move(place);
  };
  move(place: CameraPlace): void {
    this.at = place;
    for (const listener of this.listeners) listener();
  }
}

const whole: CameraPlace = { center: [116.7, 40.1], zoom: 9 };
const near: CameraPlace = { center: [116.6, 40.2], zoom: 13 };
const other: CameraPlace = { center: [116.8, 40.0], zoom: 12 };

test('the second map begins where the first is, then each follows the other, once for each move', () => {
  const [first, second] = [new Camera(near), new Camera(null)];
  const stop = linkCameras(first, second);
  second.move(whole);
  expect([first.at, second.at]).toEqual([near, near]);
  expect(first.jumps).toBe(0);
  second.move(other);
  expect([first.at, first.jumps]).toEqual([other, 1]);
  first.move(whole);
  expect(second.at).toEqual(whole);
  expect(first.jumps).toBe(1);
  stop();
  first.move(near);
  expect(second.at).toEqual(whole);
  expect([first.listeners.size, second.listeners.size]).toEqual([0, 0]);
});

test('a first map that cannot draw moves nothing', () => {
  const [first, second] = [new Camera(null), new Camera(whole)];
  linkCameras(first, second);
  second.move(near);
  expect([first.at, second.at, second.jumps]).toEqual([null, near, 0]);
});
