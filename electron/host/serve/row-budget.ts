import type { Clock } from '#host/ports/clock.ts';

/** 25,000 people that report every 30 s send 833 a second (live-and-storage.md §6), and all at once after a break. */
const ROWS_PER_SECOND = 1_000;
const MOST_AT_ONCE = 25_000;

/** So many positions may an account send: what is above is dropped and counted, the next one replaces it. */
export class RowBudget {
  readonly #clock: Clock;
  readonly #left = new Map<string, { rows: number; at: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How many of these rows may be looked at now. */
  take(principal: string, rows: number): number {
    const now = this.#clock.now();
    const before = this.#left.get(principal) ?? { rows: MOST_AT_ONCE, at: now };
    const regained = (Math.max(0, now - before.at) / 1_000) * ROWS_PER_SECOND;
    const available = Math.min(MOST_AT_ONCE, before.rows + regained);
    const taken = Math.min(rows, Math.floor(available));
    this.#left.set(principal, { rows: available - taken, at: now });
    return taken;
  }
}
