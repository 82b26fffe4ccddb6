import { Random } from '#domain/base/random.ts';
import type { Instant } from '#domain/base/instant.ts';
import { cityTime } from './city-time.ts';
import { seedOf } from './seed-of.ts';

/** A storm day in so many days; a judgement, live-and-storage.md §6 gives the storm's shape only. */
const DAYS_PER_STORM = 15;

/** Three hours of rain and wind (live-and-storage.md §6). */
const STORM_HOURS = 3;

/** Whether a storm passes over the city: drainage, trees and signs are then reported many times as often. */
export function isStorm(seed: number, at: Instant): boolean {
  const { day, hour } = cityTime(at);
  const firstHour = stormHour(seed, day);
  return firstHour !== null && hour >= firstHour && hour < firstHour + STORM_HOURS;
}

/** Hour of the city's day at which a storm begins, null on an ordinary day. */
export function stormHour(seed: number, day: number): number | null {
  const random = new Random(seedOf(seed, 'storm', day));
  return random.chance(1 / DAYS_PER_STORM) ? random.integer(11, 19) : null;
}
