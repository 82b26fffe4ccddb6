import type { SameCauseReason } from './score.ts';

/** A matter that may have the same cause. */
export interface Candidate {
  readonly id: string;
  /** 0 … 1 */
  readonly score: number;
  /** So likely that a person should be asked before another report is filed. */
  readonly isStrong: boolean;
  readonly reasons: readonly SameCauseReason[];
}

interface Ranked {
  readonly id: string;
  readonly score: number;
  readonly reportedAt: number;
}

/** The best few, best first; of equal scores the newest report, then the lower number. */
export class BestCandidates<Item extends Ranked> {
  readonly #limit: number;
  readonly #items: Item[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** A score below this one cannot get in any more. */
  lowest(): number {
    return this.#items.length < this.#limit ? 0 : (this.#items.at(-1)?.score ?? Number.POSITIVE_INFINITY);
  }

  add(item: Item): void {
    const at = this.#items.findIndex((other) => comesBefore(item, other));
    if (at < 0) this.#items.push(item);
    else this.#items.splice(at, 0, item);
    if (this.#items.length > this.#limit) this.#items.pop();
  }

  list(): readonly Item[] {
    return this.#items;
  }
}

function comesBefore(one: Ranked, other: Ranked): boolean {
  if (one.score !== other.score) return one.score > other.score;
  if (one.reportedAt !== other.reportedAt) return one.reportedAt > other.reportedAt;
  return one.id < other.id;
}
