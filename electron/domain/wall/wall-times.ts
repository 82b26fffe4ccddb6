import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/base/instant.ts';

/** Minutes since midnight in Beijing, 0 … 1,439; `from` may lie after `to`: the night then goes over midnight. */
export interface NightHours {
  readonly from: number;
  readonly to: number;
}

const BEIJING_MS = 8 * HOUR_MS;
const SHIFT_EVERY_MS = 5 * MINUTE_MS;
const SWAP_EVERY_MS = 4 * HOUR_MS;

/** The quietest hour of a city's night, in which walls reload (W12): 03:00 in Beijing, and one display a minute. */
const RELOAD_MINUTE = 3 * 60;

function minuteOf(now: number): number {
  return Math.floor(((((now + BEIJING_MS) % DAY_MS) + DAY_MS) % DAY_MS) / MINUTE_MS);
}

export function isNight({ from, to }: NightHours, now: number): boolean {
  const minute = minuteOf(now);
  return from <= to ? from <= minute && minute < to : minute >= from || minute < to;
}

/** `06:30` */
export function timeOfMinute(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/**
 * How far the picture stands off its place, pixels to the right and down (W11): another place every five minutes, one to four pixels
 * away each way, back where it began after 16 places.
 */
export function burnInShift(now: number): readonly [dx: number, dy: number] {
  const place = Math.floor(now / SHIFT_EVERY_MS) % 16;
  return [1 + (place % 4), 1 + Math.floor(place / 4)];
}

/** Head and foot change places every four hours of the day, so that neither stands anywhere for long. */
export function isSwapped(now: number): boolean {
  return Math.floor((now + BEIJING_MS) / SWAP_EVERY_MS) % 2 === 1;
}

/**
 * When a page that began at `startedAt` reloads: the first 03:00 in Beijing that comes more than an hour later, and one
 * minute later for each display before it, so that they do so one after another.
 */
export function reloadAt(startedAt: number, place: number): number {
  const day = Math.floor((startedAt + HOUR_MS + BEIJING_MS) / DAY_MS) * DAY_MS - BEIJING_MS;
  const at = day + (RELOAD_MINUTE + place) * MINUTE_MS;
  return at > startedAt + HOUR_MS ? at : at + DAY_MS;
}
