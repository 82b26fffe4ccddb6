import { DAY_MS, HOUR_MS } from '#domain/base/instant.ts';

/** Beijing has UTC+8 all year. */
const ZONE_MS = 8 * HOUR_MS;

/** The last moment up to and with `now` at which the clock showed `dailyAt` (`HH:MM`) in Beijing. */
export function lastTimeAt(dailyAt: string, now: number): number {
  const [hours = 0, minutes = 0] = dailyAt.split(':').map(Number);
  const day = Math.floor((now + ZONE_MS) / DAY_MS) * DAY_MS - ZONE_MS;
  const today = day + hours * HOUR_MS + (minutes * HOUR_MS) / 60;
  return today <= now ? today : today - DAY_MS;
}

/** The next one after `now`. */
export function nextTimeAt(dailyAt: string, now: number): number {
  return lastTimeAt(dailyAt, now) + DAY_MS;
}
