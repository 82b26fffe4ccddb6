/** A task that runs at once, but not again before a time has passed; what is asked for meanwhile is run once after it. */
export class Pace {
  readonly #everyMs: number;
  readonly #now: () => number;
  readonly #after: (delayMs: number, task: () => void) => () => void;
  readonly #task: () => void;
  #lastAt = -Infinity;
  #cancel: (() => void) | null = null;

  constructor(
    everyMs: number,
    clock: { readonly now: () => number; readonly after: (delayMs: number, task: () => void) => () => void },
    task: () => void,
  ) {
    this.#everyMs = everyMs;
    this.#now = clock.now;
    this.#after = clock.after;
    this.#task = task;
  }

  ask(): void {
    if (this.#cancel !== null) return;
    const waitMs = this.#lastAt + this.#everyMs - this.#now();
    if (waitMs <= 0) return this.#run();
    this.#cancel = this.#after(waitMs, () => {
      this.#cancel = null;
      this.#run();
    });
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #run(): void {
    this.#lastAt = this.#now();
    this.#task();
  }
}
