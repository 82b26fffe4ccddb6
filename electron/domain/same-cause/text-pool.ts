import type { GramTable, Grams } from './gram-table.ts';

/** A gram that more texts than this hold does not tell them apart, and is not listed any more. */
const COMMON_FROM = 2_048;
const RAREST_GRAMS = 12;
const MOST_LISTED = 4_096;

/** Which texts, by a number of the caller's, hold a rare gram: an inverted index for matters without a place. */
export class TextPool {
  readonly #table: GramTable;
  /** By gram number; null once the gram has become common. */
  readonly #lists = new Map<number, number[] | null>();

  constructor(table: GramTable) {
    this.#table = table;
  }

  add(text: number, grams: Grams): void {
    for (const number of grams) {
      if (!this.#isListed(number)) continue;
      const list = this.#lists.get(number);
      if (list === null) continue;
      if (list === undefined) this.#lists.set(number, [text]);
      else if (list.length >= COMMON_FROM) this.#lists.set(number, null);
      else list.push(text);
    }
  }

  /** Called before the grams leave the table. */
  remove(text: number, grams: Grams): void {
    for (const number of grams) {
      const list = this.#lists.get(number);
      const at = list?.indexOf(text) ?? -1;
      const last = at < 0 ? undefined : list?.pop();
      if (list && last !== undefined && last !== text) list[at] = last;
      // The number may come to stand for another gram.
      if (list?.length === 0 || this.#table.count(number) <= 1) this.#lists.delete(number);
    }
  }

  /**
   * Texts that share at least `least` of the rarest of these grams; stops after about 4,096 listed ones. What is written everywhere finds nothing.
   */
  sharing(grams: Grams, least: number): readonly number[] {
    const rarest = [...new Set(grams)]
      .filter((number) => this.#lists.get(number))
      .sort((a, b) => this.#table.count(a) - this.#table.count(b))
      .slice(0, RAREST_GRAMS);
    const hits = new Map<number, number>();
    let looked = 0;
    for (const number of rarest) {
      for (const text of this.#lists.get(number) ?? []) hits.set(text, (hits.get(text) ?? 0) + 1);
      looked += this.#lists.get(number)?.length ?? 0;
      if (looked > MOST_LISTED) break;
    }
    return [...hits].filter(([, count]) => count >= Math.min(least, rarest.length)).map(([text]) => text);
  }

  /** A single character is no word. */
  #isListed(number: number): boolean {
    return this.#table.gram(number).length > 1;
  }
}
