/** Drawn frames are counted once a second; after so many seconds without one the picture stands still. */
export const MISSED_BEATS = 8;

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
