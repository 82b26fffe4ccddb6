/** Beats are due once a second; after three that are missed the picture stands still (W6). */
export const silentAfterMs = 3_500;

/**
 * The same without a graphics card: the software of a wall of three 4K displays may take seconds for one frame, and a reload makes
 * it take longer.
 */
export const silentInSoftwareMs = 20_000;

/** A page that is being loaded has not drawn yet. */
export const loadLimitMs = 60_000;
const reloads = 3;
const withinMs = 10 * 60_000;
const healthyMs = 60_000;

/** What is to be done about a page: `give_up` shows a page that stands still and says so, and is said once. */
export type Verdict = 'fine' | 'reload' | 'give_up';

/**
 * Watches over one page of the wall by its beats, each out of a drawn frame. Three reloads in ten minutes; earlier ones are
 * forgotten only if the page was well for a minute: what three reloads did not mend, a fourth does not. Times are milliseconds
 * of one steady clock.
 */
export class WallWatch {
  readonly #silentMs: number;
  #reloadsAt: readonly number[] = [];
  #dueBy: number;
  #healthySince: number | null = null;
  #lastBeat = 0;
  #hasGivenUp = false;

  constructor(silentMs: number, now: number) {
    this.#silentMs = silentMs;
    this.#dueBy = now + loadLimitMs;
  }

  get hasGivenUp(): boolean {
    return this.#hasGivenUp;
  }

  /** The page is loaded anew, of itself or by us. */
  loading(now: number): void {
    this.#dueBy = now + loadLimitMs;
    this.#healthySince = null;
  }

  beat(now: number): void {
    this.#healthySince ??= now;
    this.#lastBeat = now;
    this.#dueBy = now + this.#silentMs;
  }

  /** A look, once a second. */
  look(now: number): Verdict {
    return this.#hasGivenUp || now <= this.#dueBy ? 'fine' : this.ended(now);
  }

  /** The page's process has ended, or its picture stands still. */
  ended(now: number): Verdict {
    if (this.#hasGivenUp) return 'fine';
    const wasHealthy = this.#healthySince !== null && this.#lastBeat - this.#healthySince >= healthyMs;
    if (wasHealthy) this.#reloadsAt = this.#reloadsAt.filter((at) => now - at < withinMs);
    this.loading(now);
    if (this.#reloadsAt.length >= reloads) {
      this.#hasGivenUp = true;
      return 'give_up';
    }
    this.#reloadsAt = [...this.#reloadsAt, now];
    return 'reload';
  }
}
