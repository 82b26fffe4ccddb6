import { expect, test } from 'vitest';
import { instant } from '#domain/base/instant.ts';
import { atHour, cityTime } from './city-time.ts';

test('the city reads Beijing time: 2026-11-24 is a Tuesday, and its day begins at 16:00 UTC', () => {
  const early = instant(Date.UTC(2026, 10, 23, 16));
  expect(cityTime(early)).toMatchObject({ weekday: 1, hour: 0 });
  expect(cityTime(instant(early - 1))).toMatchObject({ weekday: 0, hour: 23 });
  expect(atHour(instant(Date.UTC(2026, 10, 24, 15, 59)), 7.5)).toBe(Date.UTC(2026, 10, 23, 23, 30));
});
