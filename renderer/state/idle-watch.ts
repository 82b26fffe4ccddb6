const KEY = 'grid-command-last-input';
/** The other windows hear of input at most so often. */
const TELL_MS = 5_000;

/** How long nobody has typed or pointed at any window of this desk: the windows tell each other by what they share. */
export class IdleWatch {
  readonly #shared: Pick<Storage, 'getItem' | 'setItem'>;
  readonly #now: () => number;
  #last: number;
  #told = -Infinity;

  constructor(shared: Pick<Storage, 'getItem' | 'setItem'>, now: () => number) {
    this.#shared = shared;
    this.#now = now;
    this.#last = now();
  }

  /** Somebody typed or pointed. */
  touch(): void {
    this.#last = this.#now();
    if (Math.abs(this.#last - this.#told) < TELL_MS) return;
    this.#told = this.#last;
    this.#shared.setItem(KEY, String(this.#last));
  }

  /** Milliseconds; what another window told of the future, by a clock that was set since, counts for nothing. */
  idleMs(): number {
    const now = this.#now();
    const told = Number(this.#shared.getItem(KEY) ?? 0);
    const last = told <= now && told > this.#last ? told : this.#last;
    return Math.max(0, now - last);
  }
}
