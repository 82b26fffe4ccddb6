/** Items in the order of a moment. Adding what is newest, as most are, takes no search. */
export class TimeList<Item> {
  /** Apart from the items, so that a search touches numbers that lie side by side and nothing else. */
  readonly #moments: number[] = [];
  readonly #items: Item[] = [];

  get size(): number {
    return this.#items.length;
  }

  add(moment: number, item: Item): void {
    const last = this.#moments.at(-1);
    const at = last === undefined || last <= moment ? this.#moments.length : this.#firstFrom(moment);
    this.#moments.splice(at, 0, moment);
    this.#items.splice(at, 0, item);
  }

  remove(moment: number, item: Item): void {
    const at = this.#items.indexOf(item, this.#firstFrom(moment));
    if (at < 0) return;
    this.#moments.splice(at, 1);
    this.#items.splice(at, 1);
  }

  /** Calls `visit` for each item of moments from `from`, included, to `to`, excluded. */
  between(from: number, to: number, visit: (item: Item) => void): void {
    const end = this.#firstFrom(to);
    for (let at = this.#firstFrom(from); at < end; at += 1) {
      const item = this.#items[at];
      if (item !== undefined) visit(item);
    }
  }

  #firstFrom(moment: number): number {
    let low = 0;
    let high = this.#moments.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#moments[middle] ?? 0) >= moment) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
