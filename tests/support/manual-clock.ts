import { instant, plus, type Instant } from '#domain/base/instant.ts';
import type { Clock, Scheduler } from '#host/ports/clock.ts';

interface Planned {
  readonly at: number;
  readonly order: number;
  readonly task: () => void;
}

/**
 * A clock that stands still until it is advanced; planned tasks then run in order of their time. As on a machine, they wait
 * for time that passes, whatever the clock is set to meanwhile.
 */
export class ManualClock implements Clock, Scheduler {
  /** What passed since the beginning, as a machine counts it. */
  #elapsedMs = 0;
  /** What the clock showed then, as it is set now. */
  #start: Instant;
  #order = 0;
  readonly #planned = new Set<Planned>();
  #onPlanned: (() => void)[] = [];

  constructor(start: number) {
    this.#start = instant(start);
  }

  now(): Instant {
    return plus(this.#start, this.#elapsedMs);
  }

  elapsedMs(): number {
    return this.#elapsedMs;
  }

  after(delayMs: number, task: () => void): () => void {
    const planned = { at: this.#elapsedMs + Math.max(0, delayMs), order: (this.#order += 1), task };
    this.#planned.add(planned);
    for (const resolve of this.#onPlanned.splice(0)) resolve();
    return () => this.#planned.delete(planned);
  }

  /** Moves the time on and runs what falls due, tasks planned meanwhile included. */
  advance(ms: number): void {
    const end = this.#elapsedMs + ms;
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#planned.delete(next);
      this.#elapsedMs = Math.max(this.#elapsedMs, next.at);
      next.task();
    }
    this.#elapsedMs = end;
  }

  /** Resolves when a task is planned; at once if one is. */
  whenPlanned(): Promise<void> {
    if (this.#planned.size > 0) return Promise.resolve();
    return new Promise((resolve) => this.#onPlanned.push(resolve));
  }

  /** Sets the time without running anything: a machine's clock that jumps. */
  jumpTo(at: number): void {
    this.#start = instant(at - this.#elapsedMs);
  }

  #next(end: number): Planned | undefined {
    return [...this.#planned]
      .filter((planned) => planned.at <= end)
      .sort((a, b) => a.at - b.at || a.order - b.order)[0];
  }
}
