interface Noted<Item> {
  readonly sequence: number;
  readonly item: Item;
}

/** The last changes, so that a client that was away for a moment gets only what it missed. */
export class ChangeRing<Item> {
  readonly #capacity: number;
  #noted: Noted<Item>[] = [];
  /** Everything after this sequence is here. */
  #floor: number;

  constructor(capacity: number, floor: number) {
    this.#capacity = capacity;
    this.#floor = floor;
  }

  note(sequence: number, item: Item): void {
    this.#noted.push({ sequence, item });
    // Cut in large steps: cutting one by one would move the whole list each time.
    if (this.#noted.length <= this.#capacity * 2) return;
    const cut = this.#noted.length - this.#capacity;
    this.#floor = this.#noted[cut - 1]?.sequence ?? this.#floor;
    this.#noted = this.#noted.slice(cut).filter((one) => one.sequence > this.#floor);
  }

  /** Items after `sequence`, oldest first; null when some of them are gone. */
  since(sequence: number): readonly Item[] | null {
    if (sequence < this.#floor) return null;
    let first = this.#noted.length;
    while (first > 0 && (this.#noted[first - 1]?.sequence ?? 0) > sequence) first -= 1;
    return this.#noted.slice(first).map((one) => one.item);
  }
}
