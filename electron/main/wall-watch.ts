/** How long a page may be silent, and how long until it draws steadily after it was loaded. Milliseconds. */
export interface WatchLimits {
  readonly silentMs: number;
  readonly loadMs: number;
}

/** Beats are due once a second; after three that are missed the picture stands still (W6). */
export const usualLimits: WatchLimits = { silentMs: 3_500, loadMs: 60_000 };

/**
 * Without a graphics card: the processor may take many seconds for a frame of a wall of several 4K displays, and a reload makes it
 * take longer.
 */
export const softwareLimits: WatchLimits = { silentMs: 30_000, loadMs: 180_000 };

/** A page draws one frame, then reads the district and builds its map: only then it is steady. */
export const steadyBeats = 10;
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
  readonly #limits: WatchLimits;
  #reloadsAt: readonly number[] = [];
  #dueBy: number;
  #loadedBy: number;
  #beats = 0;
  #healthySince: number | null = null;
  #lastBeat = 0;
  #hasGivenUp = false;

  constructor(limits: WatchLimits, now: number) {
    this.#limits = limits;
    this.#loadedBy = now + limits.loadMs;
    this.#dueBy = this.#loadedBy;
  }

  get hasGivenUp(): boolean {
    return this.#hasGivenUp;
  }

  /** The page is loaded anew, of itself or by us. */
  loading(now: number): void {
    this.#loadedBy = now + this.#limits.loadMs;
    this.#dueBy = this.#loadedBy;
    this.#beats = 0;
    this.#healthySince = null;
  }

  beat(now: number): void {
    this.#healthySince ??= now;
    this.#lastBeat = now;
    this.#beats += 1;
    const next = now + this.#limits.silentMs;
    this.#dueBy = this.#beats < steadyBeats ? Math.max(next, this.#loadedBy) : next;
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
