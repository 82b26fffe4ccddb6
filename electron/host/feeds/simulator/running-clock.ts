import { plus, type Instant } from '#domain/base/instant.ts';
import type { Clock } from '#host/ports/clock.ts';

/**
 * The simulator's clock: it runs `speed` times as fast as the host's, from `start` on, and stands still while the
 * simulator is paused or waits for the journal.
 */
export class RunningClock {
  readonly #host: Clock;
  readonly #start: Instant;
  readonly #speed: number;
  #elapsedMs = 0;
  #runningSince: number | null = null;

  constructor(host: Clock, start: Instant, speed: number) {
    this.#host = host;
    this.#start = start;
    this.#speed = speed;
  }

  run(): void {
    this.#runningSince ??= this.#host.now();
  }

  stop(): void {
    this.#elapsedMs = this.elapsedMs();
    this.#runningSince = null;
  }

  /** Milliseconds of the host during which it ran; a host's clock that is set back adds none. */
  elapsedMs(): number {
    if (this.#runningSince === null) return this.#elapsedMs;
    return this.#elapsedMs + Math.max(0, this.#host.now() - this.#runningSince);
  }

  /** What the simulated city's clocks show. */
  now(): Instant {
    return plus(this.#start, this.elapsedMs() * this.#speed);
  }
}
