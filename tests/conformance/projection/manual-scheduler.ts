import type { Scheduler } from '#host/ports/clock.ts';

/** Time that moves only when a test says so. */
export class ManualScheduler implements Scheduler {
  #now = 0;
  #tasks: { readonly at: number; readonly run: () => void }[] = [];

  after(delayMs: number, run: () => void): () => void {
    const task = { at: this.#now + delayMs, run };
    this.#tasks.push(task);
    return () => {
      this.#tasks = this.#tasks.filter((other) => other !== task);
    };
  }

  /** How long until the next task; null when none waits. */
  get nextInMs(): number | null {
    return this.#tasks.length === 0 ? null : Math.min(...this.#tasks.map((task) => task.at)) - this.#now;
  }

  advance(ms: number): void {
    this.#now += ms;
    const due = this.#tasks.filter((task) => task.at <= this.#now);
    this.#tasks = this.#tasks.filter((task) => task.at > this.#now);
    for (const task of due) task.run();
  }
}
