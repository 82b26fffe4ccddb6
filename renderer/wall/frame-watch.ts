/** After so many seconds without a drawn frame the picture stands still; a machine without a graphics card may need some for one. */
export const MISSED_BEATS = 30;

/**
 * Whether a page has stopped drawing, told from the beats that reach somebody who still runs. A page that is hidden draws nothing,
 * and is not at fault.
 */
export class FrameWatch {
  #missed = 0;
  #isHidden = false;

  beat(isHidden: boolean): void {
    this.#missed = 0;
    this.#isHidden = isHidden;
  }

  /** A second has passed. @returns whether the page must be reloaded; once for each standstill */
  second(): boolean {
    if (this.#isHidden) return false;
    this.#missed += 1;
    return this.#missed === MISSED_BEATS;
  }
}

const RELOADS = 3;
const WITHIN_MS = 10 * 60_000;

/**
 * Reloads of the last ten minutes with the one that is wanted now; null when that would be one too many: what three reloads did
 * not mend, a fourth does not.
 *
 * @param past when the page was reloaded, this machine's time
 */
export function withReload(past: readonly number[], now: number): readonly number[] | null {
  const recent = past.filter((at) => now - at < WITHIN_MS && at <= now);
  return recent.length >= RELOADS ? null : [...recent, now];
}
