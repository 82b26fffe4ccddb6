import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '#domain/base/instant.ts';
import { barHeights, momentAt, shareOf, spanOf, ticksOf } from './scrubber-scale.ts';

const from = Date.parse('2026-11-24T22:20:00+08:00');

test('a share of the bar and a moment are one, and both stay on the bar', () => {
  const span = spanOf({ first: from, last: from, sequence: 1, from, barMs: HOUR_MS, entries: [1, 0, 0, 2] });
  expect(span.to - span.from).toBe(4 * HOUR_MS);
  for (const share of [0, 0.25, 1]) expect(shareOf(span, momentAt(span, share))).toBe(share);
  expect([shareOf(span, from - 1), shareOf(span, from + DAY_MS), momentAt(span, 2)]).toEqual([0, 1, span.to]);
  expect(spanOf({ first: null, last: null, sequence: 0, from, barMs: HOUR_MS, entries: [] }).to).toBeGreaterThan(from);
});

test('ticks stand on whole hours and days of Beijing, never more than wanted, and name the day where it begins', () => {
  const night = ticksOf({ from, to: from + 4 * HOUR_MS }, 6);
  expect(night.map(({ label }) => label)).toEqual(['23:00', '11-25', '01:00', '02:00']);
  for (const days of [0.01, 0.3, 1, 5, 40, 400, 5_000]) {
    const ticks = ticksOf({ from, to: from + days * DAY_MS }, 6);
    expect(ticks.length, `${days} days`).toBeLessThanOrEqual(7);
    expect(ticks.length, `${days} days`).toBeGreaterThan(0);
  }
  expect(ticksOf({ from, to: from + 3 * DAY_MS }, 6).map(({ label }) => label)).toEqual(['11-25', '11-26', '11-27']);
});

test('bars are as high as their share of the highest; what is there can be seen', () => {
  expect(barHeights([0, 1, 50, 100])).toEqual([0, 0.08, 0.5, 1]);
  expect(barHeights([0, 0])).toEqual([0, 0]);
});
