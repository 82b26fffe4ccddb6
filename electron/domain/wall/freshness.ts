import { MINUTE_MS } from '#domain/base/instant.ts';

/** `fresh`, `late` (hatched, with the delay in minutes), `old` (grey, struck clock, nothing extrapolated): W8. */
export interface Freshness {
  readonly state: 'fresh' | 'late' | 'old';
  readonly lateMinutes: number;
}

const LATE_PERIODS = 2;
const OLD_PERIODS = 5;

/**
 * @param at when the data were true, epoch milliseconds; null: there never were any
 * @param periodMs how often they come when all is well
 * @param isDown whether their source is known to be down
 */
export function freshness(at: number | null, periodMs: number, now: number, isDown: boolean): Freshness {
  if (at === null) return { state: 'old', lateMinutes: 0 };
  const age = Math.max(0, now - at);
  const lateMinutes = Math.max(1, Math.floor(age / MINUTE_MS));
  if (isDown || age > OLD_PERIODS * periodMs) return { state: 'old', lateMinutes };
  return age > LATE_PERIODS * periodMs ? { state: 'late', lateMinutes } : { state: 'fresh', lateMinutes: 0 };
}
