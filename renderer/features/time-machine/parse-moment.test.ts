import { expect, test } from 'vitest';
import { parseMoment } from './parse-moment.ts';

const near = Date.parse('2026-11-24T15:00:00+08:00');
const iso = (text: string) => {
  const at = parseMoment(text, near);
  return at === null ? null : new Date(at + 8 * 3_600_000).toISOString().slice(0, 19);
};

test.each([
  ['2026-11-23 09:30:15', '2026-11-23T09:30:15'],
  ['2026/11/3 9:05', '2026-11-03T09:05:00'],
  ['11-23 23:59', '2026-11-23T23:59:00'],
  [' 09：30 ', '2026-11-24T09:30:00'],
  ['2025-12-31', '2025-12-31T00:00:00'],
  ['2026-11-23T00:10', '2026-11-23T00:10:00'],
])('%s is a moment of Beijing', (text, expected) => expect(iso(text)).toBe(expected));

test.each(['', 'yesterday', '2026-02-30 10:00', '25:00', '10:60', '2026-13-01', '9', '2026-11'])('%s is none', (text) =>
  expect(iso(text)).toBeNull(),
);
