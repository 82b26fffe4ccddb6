/** From the first to the last moment, both included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A span that grows with what is put in, and never shrinks. */
export class Bounds {
  #span: Span | null;

  constructor(span: Span | null = null) {
    this.#span = span;
  }

  get span(): Span | null {
    return this.#span;
  }

  include(at: number): void {
    const span = this.#span;
    if (span === null) this.#span = { from: at, to: at };
    else if (at < span.from || at > span.to) {
      this.#span = { from: Math.min(span.from, at), to: Math.max(span.to, at) };
    }
  }
}
