import type { CaseState } from '#domain/case/state.ts';

/** What memory knows of one case: all of it lies under one key. */
export interface KnownCase {
  state: CaseState;
  /** Of every entry that changed the case. */
  readonly sequences: number[];
  list: CaseList | null;
  before: KnownCase | null;
  after: KnownCase | null;
}

/** Cases in the order in which they came; each is in one list at most, and adding and removing cost the same at any length. */
export class CaseList {
  #first: KnownCase | null = null;
  #last: KnownCase | null = null;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get first(): KnownCase | null {
    return this.#first;
  }

  /** Puts a case at the end, out of the list it was in. */
  add(known: KnownCase): void {
    known.list?.remove(known);
    known.list = this;
    known.before = this.#last;
    if (this.#last === null) this.#first = known;
    else this.#last.after = known;
    this.#last = known;
    this.#size += 1;
  }

  /** Takes out a case that is in this list. */
  remove(known: KnownCase): void {
    const { before, after } = known;
    if (before === null) this.#first = after;
    else before.after = after;
    if (after === null) this.#last = before;
    else after.before = before;
    known.list = null;
    known.before = null;
    known.after = null;
    this.#size -= 1;
  }

  *states(): Generator<CaseState> {
    for (let known = this.#first; known !== null; known = known.after) yield known.state;
  }

  *cases(): Generator<KnownCase> {
    for (let known = this.#first; known !== null; known = known.after) yield known;
  }
}
