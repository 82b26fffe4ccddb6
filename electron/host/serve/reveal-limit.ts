import type { Clock } from '#host/ports/clock.ts';

/** So many persons may be looked up by one account within an hour (security.md D2). */
export const REVEALS_PER_HOUR = 30;

const HOUR_MS = 3_600_000;

/** Counts reveals by account over the last hour; those of the journal count from the start on. */
export class RevealLimit {
  readonly #clock: Clock;
  readonly #moments = new Map<string, number[]>();

  constructor(clock: Clock, past: readonly { readonly principal: string; readonly at: number }[] = []) {
    this.#clock = clock;
    for (const { principal, at } of past) this.#of(principal).push(at);
  }

  /** Takes one of the hour's reveals; null when there is none left. The result gives it back, when nothing was shown. */
  take(principal: string): (() => void) | null {
    const moments = this.#of(principal);
    const now = this.#clock.now();
    const recent = moments.filter((at) => at > now - HOUR_MS);
    moments.splice(0, moments.length, ...recent);
    if (moments.length >= REVEALS_PER_HOUR) return null;
    moments.push(now);
    return () => void moments.splice(moments.lastIndexOf(now), 1);
  }

  #of(principal: string): number[] {
    const known = this.#moments.get(principal);
    if (known !== undefined) return known;
    const begun: number[] = [];
    this.#moments.set(principal, begun);
    return begun;
  }
}
