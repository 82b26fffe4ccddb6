import { expect, test } from 'vitest';
import { FrameWatch, MISSED_BEATS, withReload } from './frame-watch.ts';

const seconds = (watch: FrameWatch, count: number) => Array.from({ length: count }, () => watch.second());

test('a page that draws is left alone', () => {
  const watch = new FrameWatch();
  for (let second = 0; second < 60; second += 1) {
    watch.beat(false);
    expect(watch.second()).toBe(false);
  }
});

test('a page that draws no more is reloaded once', () => {
  const watch = new FrameWatch();
  watch.beat(false);
  expect(seconds(watch, 3 * MISSED_BEATS).filter(Boolean)).toEqual([true]);
});

test('a hidden page need not draw', () => {
  const watch = new FrameWatch();
  watch.beat(true);
  expect(seconds(watch, 2 * MISSED_BEATS).some(Boolean)).toBe(false);
});

test('three reloads within ten minutes are enough', () => {
  const minute = 60_000;
  let past: readonly number[] = [];
  for (const at of [0, 1, 2]) past = withReload(past, at * minute) ?? [];
  expect(past).toEqual([0, minute, 2 * minute]);
  expect(withReload(past, 3 * minute)).toBeNull();
  expect(withReload(past, 10 * minute)).toEqual([minute, 2 * minute, 10 * minute]);
});
