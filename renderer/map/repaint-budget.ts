/** The whole picture may be painted at most this share of the time because of cases that changed. */
const SHARE = 0.03;

/**
 * When the whole picture may be painted again. Measured: a picture that took 3 ms may come back after 100 ms, one that
 * took 150 ms (no graphics card, 50,000 points) after 5 s. What changed in between is drawn at once on a canvas of its
 * own above (`FreshCanvas`), so nobody waits for it; but while the whole picture is painted everybody does.
 */
export class RepaintBudget {
  #startedAt = 0;
  #endedAt = 0;
  #costMs = 0;

  /** Milliseconds until the next painting may start; 0 now. */
  waitAt(now: number): number {
    return Math.max(0, this.#endedAt + this.#costMs * (1 / SHARE - 1) - now);
  }

  /** What the last painting took, milliseconds. */
  get costMs(): number {
    return this.#costMs;
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
