/** So many looks at the host's clock make a median: one that came late does not move it. */
const LOOKS = 5;

/**
 * The host's time between two beats (W9): this machine's steady time plus the median of the last offsets, so that all pages of a
 * wall show the same second whatever their own clocks say.
 */
export class HostClock {
  readonly #steady: () => number;
  readonly #offsets: number[] = [];

  /** @param steady milliseconds that only go forward, from any beginning */
  constructor(steady: () => number) {
    this.#steady = steady;
  }

  /** A beat with the host's time has just come. */
  note(hostTime: number): void {
    this.#offsets.push(hostTime - this.#steady());
    if (this.#offsets.length > LOOKS) this.#offsets.shift();
  }

  /** Null before the first beat. */
  now(): number | null {
    const sorted = [...this.#offsets].sort((a, b) => a - b);
    const middle = sorted[Math.floor(sorted.length / 2)];
    return middle === undefined ? null : Math.round(this.#steady() + middle);
  }
}
