import { DAY_MS, HOUR_MS, instant, plus, type Instant } from '#domain/base/instant.ts';

/** Beijing time, UTC+8 all year. */
const OFFSET_MS = 8 * HOUR_MS;

/** The moment as the city's clocks show it: days since 1970, Monday 0 … Sunday 6, hour 0 … 23. */
export interface CityTime {
  readonly day: number;
  readonly weekday: number;
  readonly hour: number;
}

export function cityTime(at: Instant): CityTime {
  const local = at + OFFSET_MS;
  const day = Math.floor(local / DAY_MS);
  // 1970-01-01 was a Thursday.
  return { day, weekday: (day + 3) % 7, hour: Math.floor((local - day * DAY_MS) / HOUR_MS) };
}

/** That hour of the city's day that `at` lies in; `hour` may have a fraction. */
export function atHour(at: Instant, hour: number): Instant {
  return plus(startOfDay(cityTime(at).day), hour * HOUR_MS);
}

export function startOfDay(day: number): Instant {
  return instant(day * DAY_MS - OFFSET_MS);
}
