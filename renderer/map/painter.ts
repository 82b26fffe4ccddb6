import { RepaintBudget } from './repaint-budget.ts';

/** What a painter paints on. */
export interface Canvas {
  /** Resolves in the frame that paints the whole picture next. */
  painted(): Promise<void>;
  /** Resolves when what was laid out in the background is drawn too. */
  settled(): Promise<void>;
  /** Resolves when the graphics process is done. */
  finished(): Promise<void>;
}

export interface PainterActs {
  /** Null while there is nothing to paint on. */
  canvas(): Canvas | null;
  /** Gives the picture its new data. `hasTime`: slow parts may be renewed as well. @returns whether any was */
  prepare(hasTime: boolean): boolean;
  /** The frame with that data is being presented. */
  shown(): void;
  now(): number;
  after(delayMs: number, task: () => void): () => void;
}

/** Slow parts (names with counts) are renewed at most this often, milliseconds. */
const SLOW_EVERY_MS = 4_000;
/** … and take at most one in so many of the time. */
const SLOW_SHARE = 60;

/**
 * Decides when the whole picture is painted: at once when it is forced, else within the {@link RepaintBudget}. One
 * painting at a time; what is asked for meanwhile comes after it.
 */
export class Painter {
  readonly #acts: PainterActs;
  readonly #budget = new RepaintBudget();
  #cancel: (() => void) | null = null;
  #isPainting = false;
  /** The picture is presented, its cost is not known yet: only a forced one may follow now. */
  #isMeasuring = false;
  #isDue = false;
  #isForced = false;
  #slowAt = -Infinity;
  #slowCostMs = 0;
  #round = 0;
  #count = 0;

  constructor(acts: PainterActs) {
    this.#acts = acts;
  }

  /** Whole pictures painted so far. */
  get count(): number {
    return this.#count;
  }

  /** What the last one took until the graphics process was done, milliseconds. */
  get lastMs(): number {
    return this.#budget.costMs;
  }

  request(isForced: boolean): void {
    this.#isDue = true;
    this.#isForced ||= isForced;
    if (this.#isPainting || this.#acts.canvas() === null) return;
    if (this.#isMeasuring && !this.#isForced) return;
    const waitMs = this.#isForced ? 0 : this.#budget.waitAt(this.#acts.now());
    if (this.#cancel !== null) {
      if (waitMs > 0) return;
      this.#cancel();
    }
    this.#cancel = this.#acts.after(waitMs, () => {
      this.#cancel = null;
      void this.#paint();
    });
  }

  /** Forgets a painting that is going on: what it was painted on is gone. */
  drop(): void {
    this.#round += 1;
    this.#isPainting = false;
    this.#isMeasuring = false;
    this.#cancel?.();
    this.#cancel = null;
  }

  async #paint(): Promise<void> {
    const canvas = this.#acts.canvas();
    if (canvas === null || this.#isPainting) return;
    this.#round += 1;
    const round = this.#round;
    const startedAt = this.#acts.now();
    const hasTime =
      this.#isForced || startedAt - this.#slowAt >= Math.max(SLOW_EVERY_MS, this.#slowCostMs * SLOW_SHARE);
    this.#isPainting = true;
    this.#isMeasuring = true;
    this.#isDue = false;
    this.#isForced = false;
    this.#count += 1;
    this.#budget.started(startedAt);
    const isSlow = this.#acts.prepare(hasTime);
    await canvas.painted();
    if (round !== this.#round) return;
    this.#isPainting = false;
    this.#acts.shown();
    if (this.#isForced) {
      this.request(false);
      return;
    }
    await canvas.finished();
    if (round !== this.#round) return;
    this.#budget.ended(this.#acts.now());
    if (isSlow) {
      await canvas.settled();
      await canvas.finished();
      if (round !== this.#round) return;
      this.#slowAt = this.#acts.now();
      this.#slowCostMs = this.#slowAt - startedAt;
    }
    this.#isMeasuring = false;
    if (this.#isDue) this.request(false);
  }
}
