import type { Handover, LocatedCases, ProjectedCase } from '#host/ports/projection.ts';

/** Part of a handover. The sequence comes with its last part: before that the position must not move. */
export interface Slice {
  readonly rows: readonly ProjectedCase[];
  /** As in {@link Handover}. */
  readonly past: readonly ProjectedCase[];
  readonly packed?: LocatedCases;
  readonly sequence: number | null;
}

interface Waiting {
  readonly projected: ProjectedCase;
  readonly isPast: boolean;
}

/**
 * What was handed over and waits for the worker. While it waits, a later row of the same case takes the place of the
 * earlier one: several handovers become one, up to the last sequence.
 */
export class HandoverQueue {
  readonly #sliceRows: number;
  #current: readonly Waiting[] = [];
  #currentEnd: number | null = null;
  #done = 0;
  #packs: LocatedCases[] = [];
  readonly #next = new Map<string, Waiting>();
  #nextPacks: LocatedCases[] = [];
  #nextEnd: number | null = null;

  constructor(sliceRows: number) {
    this.#sliceRows = sliceRows;
  }

  /** Rows that wait. */
  get size(): number {
    return this.#current.length - this.#done + this.#next.size;
  }

  get isEmpty(): boolean {
    return this.#currentEnd === null && this.#nextEnd === null;
  }

  add({ rows, past = [], packed = [], sequence }: Handover): void {
    this.#nextPacks.push(...packed);
    for (const projected of past) this.#next.set(projected.row.id, { projected, isPast: true });
    for (const projected of rows) this.#next.set(projected.row.id, { projected, isPast: false });
    this.#nextEnd = sequence;
  }

  /** The next rows to send, or null when nothing waits. */
  take(): Slice | null {
    if (this.#currentEnd === null) this.#startNext();
    if (this.#currentEnd === null) return null;
    const packed = this.#packs.shift();
    if (packed !== undefined) return { rows: [], past: [], packed, sequence: this.#endIfTaken() };
    const taken = this.#current.slice(this.#done, this.#done + this.#sliceRows);
    this.#done += taken.length;
    const rows = taken.filter(({ isPast }) => !isPast).map(({ projected }) => projected);
    const past = taken.filter(({ isPast }) => isPast).map(({ projected }) => projected);
    return { rows, past, sequence: this.#endIfTaken() };
  }

  clear(): void {
    this.#next.clear();
    this.#nextPacks = [];
    this.#nextEnd = null;
    this.#packs = [];
    this.#current = [];
    this.#currentEnd = null;
    this.#done = 0;
  }

  /** The sequence of what is being taken if that was its last part, else null. */
  #endIfTaken(): number | null {
    if (this.#packs.length > 0 || this.#done < this.#current.length) return null;
    const sequence = this.#currentEnd;
    this.#current = [];
    this.#currentEnd = null;
    this.#done = 0;
    return sequence;
  }

  #startNext(): void {
    this.#current = [...this.#next.values()];
    this.#packs = this.#nextPacks;
    this.#currentEnd = this.#nextEnd;
    this.#next.clear();
    this.#nextPacks = [];
    this.#nextEnd = null;
  }
}
