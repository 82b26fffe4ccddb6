/** The words of packed columns, each once: a column carries their places. */
export class PackedWords {
  readonly #words: string[] = [];
  readonly #places = new Map<string, number>();

  /** In the order in which they were first asked for. */
  get all(): string[] {
    return this.#words;
  }

  placeOf(word: string): number {
    const known = this.#places.get(word);
    if (known !== undefined) return known;
    this.#places.set(word, this.#words.length);
    return this.#words.push(word) - 1;
  }
}
