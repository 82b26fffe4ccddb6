import { MINUTE_MS } from '#domain/base/instant.ts';
import type { Scheduler } from '#host/ports/clock.ts';

/** A checkpoint is written at most this often, or after so many entries (live-and-storage.md PJ3). */
export const CHECKPOINT_INTERVAL_MS = 15 * MINUTE_MS;
export const CHECKPOINT_ENTRIES = 20_000;

/**
 * Says when a checkpoint is due. The number of entries grows to a quarter of what the last checkpoint held: all
 * checkpoints of a long import together then write about five times the last one.
 */
export class CheckpointTiming {
  readonly #scheduler: Scheduler;
  readonly #onElapsed: () => void;
  #saved = 0;
  #hasElapsed = false;
  #cancel: (() => void) | null = null;

  /** `onElapsed` is called when the interval has passed with unsaved changes. */
  constructor(scheduler: Scheduler, onElapsed: () => void) {
    this.#scheduler = scheduler;
    this.#onElapsed = onElapsed;
  }

  /** A checkpoint at this sequence was read, written or tried: the interval begins anew with the next change. */
  restart(sequence: number): void {
    this.stop();
    this.#saved = sequence;
    this.#hasElapsed = false;
  }

  /** To be asked whenever the sequence has moved on. */
  isDue(sequence: number): boolean {
    const unsaved = sequence - this.#saved;
    if (unsaved <= 0) return false;
    this.#cancel ??= this.#scheduler.after(CHECKPOINT_INTERVAL_MS, () => {
      this.#hasElapsed = true;
      this.#onElapsed();
    });
    return this.#hasElapsed || unsaved >= Math.max(CHECKPOINT_ENTRIES, this.#saved / 4);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
