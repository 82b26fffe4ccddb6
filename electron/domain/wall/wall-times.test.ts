import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/base/instant.ts';
import { burnInShift, isNight, isSwapped, reloadAt, timeOfMinute } from './wall-times.ts';

const beijing = (text: string) => Date.parse(`${text}:00+08:00`);

test('a night may go over midnight or not', () => {
  const over = { from: 22 * 60, to: 6 * 60 };
  const within = { from: 0, to: 5 * 60 };
  expect(['2026-11-24T23:00', '2026-11-24T12:00'].map((at) => isNight(over, beijing(at)))).toEqual([true, false]);
  expect(['2026-11-24T04:59', '2026-11-24T05:00'].map((at) => isNight(within, beijing(at)))).toEqual([true, false]);
  expect(timeOfMinute(390)).toBe('06:30');
});

test('the picture moves by one to four pixels every five minutes, through sixteen places', () => {
  const from = beijing('2026-11-24T00:00');
  const places = Array.from({ length: 16 }, (_, at) => burnInShift(from + at * 5 * MINUTE_MS));
  expect(new Set(places.map(String)).size).toBe(16);
  expect(places.flat().every((pixels) => pixels >= 1 && pixels <= 4)).toBe(true);
  expect(burnInShift(from + 5 * MINUTE_MS - 1)).toEqual(burnInShift(from));
});

test('head and foot change places every four hours', () => {
  const day = beijing('2026-11-24T00:00');
  const hours = Array.from({ length: 24 }, (_, hour) => isSwapped(day + hour * HOUR_MS));
  expect(hours.filter((swapped, at) => at > 0 && swapped !== hours[at - 1]).length).toBe(5);
  expect(hours[0]).toBe(hours[3]);
  expect(hours[3]).not.toBe(hours[4]);
});

test('a page reloads at the next three o’clock, displays a minute apart, and not within its first hour', () => {
  expect(reloadAt(beijing('2026-11-24T10:00'), 0)).toBe(beijing('2026-11-25T03:00'));
  expect(reloadAt(beijing('2026-11-24T10:00'), 2)).toBe(beijing('2026-11-25T03:02'));
  expect(reloadAt(beijing('2026-11-24T01:00'), 0)).toBe(beijing('2026-11-24T03:00'));
  expect(reloadAt(beijing('2026-11-24T02:30'), 0)).toBe(beijing('2026-11-25T03:00'));
  expect(reloadAt(beijing('2026-11-24T03:00'), 0) - beijing('2026-11-24T03:00')).toBe(DAY_MS);
});
