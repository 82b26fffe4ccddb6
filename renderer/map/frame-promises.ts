/**
 * Promises of presented frames. A frame counts as presented when the browser asks for the one after it. Pages that are
 * not shown get no frames: there the promises resolve at once, also those that were waited for when the page was hidden.
 */
export class FramePromises {
  readonly #drawNow: () => void;
  #isAsked = false;
  #next: (() => void)[] = [];
  #later: (() => void)[] = [];
  #painting: (() => void)[] = [];
  readonly #shownOrHidden = () => {
    if (document.hidden) this.settle();
  };

  /** `drawNow` is called in the frame. */
  constructor(drawNow: () => void) {
    this.#drawNow = drawNow;
    document.addEventListener('visibilitychange', this.#shownOrHidden);
  }

  /** Asks for a frame. */
  draw(): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    requestAnimationFrame(() => {
      this.#isAsked = false;
      const drawn = this.#next.splice(0);
      this.#drawNow();
      if (drawn.length > 0) requestAnimationFrame(() => resolveAll(drawn));
    });
  }

  /** Resolves after the next frame was presented. */
  afterNext(): Promise<void> {
    if (document.hidden) return Promise.resolve();
    this.draw();
    return new Promise((resolve) => void this.#next.push(resolve));
  }

  /** Resolves after a picture was presented whose painting begins later than now. */
  afterPicture(): Promise<void> {
    if (document.hidden) return Promise.resolve();
    return new Promise((resolve) => void this.#later.push(resolve));
  }

  beginPicture(): void {
    this.#painting.push(...this.#later.splice(0));
  }

  /** To be called in the frame that paints it. */
  endPicture(): void {
    const drawn = this.#painting.splice(0);
    if (drawn.length > 0) requestAnimationFrame(() => resolveAll(drawn));
  }

  close(): void {
    document.removeEventListener('visibilitychange', this.#shownOrHidden);
    this.settle();
  }

  /** What is waited for will not be drawn. */
  settle(): void {
    resolveAll([...this.#next.splice(0), ...this.#later.splice(0), ...this.#painting.splice(0)]);
  }
}

function resolveAll(waiting: readonly (() => void)[]): void {
  for (const resolve of waiting) resolve();
}
