import { expect, test } from 'vitest';
import { FrameWatch, MISSED_BEATS } from './frame-watch.ts';

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
