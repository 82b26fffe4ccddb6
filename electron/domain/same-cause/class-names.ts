import { textSimilarity } from './gram-table.ts';

/**
 * Numbers classes, since numbers are compared at once and keys letter by letter, and tells how similar the names of
 * two are; each pair is compared once. A district has a few hundred classes; they are never forgotten.
 */
export class ClassNames {
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];
  /** By the name asked for, then by number. */
  readonly #shares = new Map<string, number[]>();

  /** The number of a class; the first name seen with a key stays its name. */
  number(classKey: string, name: string): number {
    const known = this.#numbers.get(classKey);
    if (known !== undefined) return known;
    this.#names.push(name);
    this.#numbers.set(classKey, this.#names.length - 1);
    return this.#names.length - 1;
  }

  /** -1 for a class that has no number. */
  find(classKey: string | null): number {
    return (classKey === null ? undefined : this.#numbers.get(classKey)) ?? -1;
  }

  /** Similarity of a name with that of a class by number, 0 … 1; a name that is not known is similar to none. */
  sharesWith(name: string | null): (other: number) => number {
    if (name === null || name === '') return () => 0;
    const shares = this.#sharesOf(name);
    return (other) => (shares[other] ??= textSimilarity(name, this.#names[other] ?? ''));
  }

  #sharesOf(name: string): number[] {
    const known = this.#shares.get(name);
    if (known !== undefined) return known;
    // Drafts bring names that no class has.
    if (this.#shares.size > this.#names.length * 2 + 16) this.#shares.clear();
    const shares: number[] = [];
    this.#shares.set(name, shares);
    return shares;
  }
}
