/** The whole picture may be painted at most this share of the time because of cases that changed. */
const SHARE = 0.05;

/**
 * When the whole picture may be painted again. Measured: a picture that took 5 ms may come back after 100 ms, one that
 * took 200 ms (no graphics card, 50,000 points) after 4 s. What changed in between is drawn at once on a layer of its
 * own above ({@link FreshLayer}), so nobody waits for it.
 */
export class RepaintBudget {
  #startedAt = 0;
  #endedAt = 0;
  #costMs = 0;

  /** Milliseconds until the next painting may start; 0 now. */
  waitAt(now: number): number {
    return Math.max(0, this.#endedAt + this.#costMs * (1 / SHARE - 1) - now);
  }

  started(now: number): void {
    this.#startedAt = now;
  }

  /** Called when the graphics process has finished the picture. */
  ended(now: number): void {
    this.#endedAt = now;
    this.#costMs = Math.max(0, now - this.#startedAt);
  }
}
