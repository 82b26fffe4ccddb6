/** A moment in time: milliseconds since 1970-01-01T00:00:00Z, an integer. */
export type Instant = number & { readonly __brand: 'Instant' };

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** @throws RangeError if `epochMs` is not a finite number */
export function instant(epochMs: number): Instant {
  if (!Number.isFinite(epochMs)) throw new RangeError(`not a moment in time: ${epochMs}`);
  return Math.trunc(epochMs) as Instant;
}

export function plus(at: Instant, ms: number): Instant {
  return instant(at + ms);
}
