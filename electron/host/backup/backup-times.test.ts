import { expect, test } from 'vitest';
import { lastTimeAt, nextTimeAt } from './backup-times.ts';

const beijing = (text: string) => Date.parse(`${text}+08:00`);

test.each([
  ['2026-11-24T02:30:00', '2026-11-24T02:30:00', '2026-11-25T02:30:00'],
  ['2026-11-24T02:29:59', '2026-11-23T02:30:00', '2026-11-24T02:30:00'],
  ['2026-11-24T00:10:00', '2026-11-23T02:30:00', '2026-11-24T02:30:00'],
  ['2026-11-24T23:59:00', '2026-11-24T02:30:00', '2026-11-25T02:30:00'],
])('at %s the last 02:30 was %s, the next is %s', (now, last, next) => {
  expect(lastTimeAt('02:30', beijing(now))).toBe(beijing(last));
  expect(nextTimeAt('02:30', beijing(now))).toBe(beijing(next));
});
