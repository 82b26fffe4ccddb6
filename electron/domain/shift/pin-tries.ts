import { MINUTE_MS, plus, type Instant } from '#domain/base/instant.ts';

/** Longest that wrong PINs shut a person out (security.md S2). */
const LONGEST_MS = 60 * MINUTE_MS;

/** What a site sets: so many wrong PINs in a row, and for how long none is looked at then. */
export interface PinRules {
  readonly tries: number;
  readonly blockMinutes: number;
}

/** Until when PINs of a person are refused after one more wrong one, `count` with it; each further round doubles, up to an hour. */
export function blockedUntil(count: number, at: Instant, { tries, blockMinutes }: PinRules): Instant | null {
  if (count % tries !== 0) return null;
  const rounds = count / tries;
  return plus(at, Math.min(blockMinutes * MINUTE_MS * 2 ** (rounds - 1), LONGEST_MS));
}
