import { expect, test } from 'vitest';
import { steadyBeats, usualLimits, WallWatch } from './wall-watch.ts';

const MINUTE = 60_000;
const { silentMs, loadMs } = usualLimits;

function beaten(watch: WallWatch, from: number, until: number): void {
  for (let at = from; at <= until; at += 1_000) watch.beat(at);
}

test('a page that beats is left alone; after three missed beats it is loaded again', () => {
  const watch = new WallWatch(usualLimits, 0);
  beaten(watch, 1_000, 10_000);
  expect(watch.look(10_000 + silentMs)).toBe('fine');
  expect(watch.look(10_001 + silentMs)).toBe('reload');
});

test('a page that is being loaded has its time, and no more', () => {
  const watch = new WallWatch(usualLimits, 0);
  expect(watch.look(loadMs)).toBe('fine');
  expect(watch.look(loadMs + 1)).toBe('reload');
  expect(watch.look(loadMs + 2)).toBe('fine');
});

test('one that draws its first frames and then builds its map has that time as well', () => {
  const watch = new WallWatch(usualLimits, 0);
  beaten(watch, 1_000, (steadyBeats - 1) * 1_000);
  expect(watch.look(loadMs)).toBe('fine');
  watch.beat(loadMs);
  expect(watch.look(loadMs + silentMs + 1)).toBe('reload');
});

test('a page that loads itself anew may be silent meanwhile', () => {
  const watch = new WallWatch(usualLimits, 0);
  watch.beat(1_000);
  watch.loading(2_000);
  expect(watch.look(2_000 + silentMs + 1)).toBe('fine');
});

test('after three reloads without a healthy minute it is given up, once, and stays so', () => {
  const watch = new WallWatch(usualLimits, 0);
  const verdicts = [1, 11, 21, 31, 41].map((minute) => {
    beaten(watch, minute * MINUTE - 30_000, minute * MINUTE - 1_000);
    return watch.ended(minute * MINUTE);
  });
  expect(verdicts).toEqual(['reload', 'reload', 'reload', 'give_up', 'fine']);
  expect(watch.hasGivenUp).toBe(true);
  expect(watch.look(99 * MINUTE)).toBe('fine');
});

test('healthy minutes between them give the reloads back after ten minutes', () => {
  const watch = new WallWatch(usualLimits, 0);
  for (const minute of [2, 7, 11, 13, 18, 22]) {
    beaten(watch, minute * MINUTE - 61_000, minute * MINUTE - 1_000);
    expect(watch.ended(minute * MINUTE)).toBe('reload');
  }
  beaten(watch, 22 * MINUTE + 1_000, 23 * MINUTE + 1_000);
  expect(watch.ended(22.5 * MINUTE)).toBe('give_up');
});
