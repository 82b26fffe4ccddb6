import type { ProjectedCase } from '#host/ports/projection.ts';
import { HandoverQueue, type Slice } from './handover-queue.ts';
import type { OpenSlice } from './messages.ts';

/** What of the open cases goes to the worker next: part of all of them, or what changed since they were told. */
export type OpenWork =
  | ({ readonly type: 'open' } & OpenSlice)
  | ({ readonly type: 'apply' } & Slice & { readonly sequence: null });

export interface OpenFeedOptions {
  /** All open cases, each as it is when it is reached. */
  readonly openRows: () => Iterable<ProjectedCase>;
  /** Newest entry that may be in them. */
  readonly sequence: () => number;
  readonly sliceRows: number;
  /** More changed rows than these do not wait: all open cases are told again instead. */
  readonly maxWaiting: number;
}

/**
 * Keeps the open cases in the tables up to date while the archive is far behind: first all of them, then every change. A
 * row that the replay brings later never goes over a newer one, so the two need no order.
 */
export class OpenFeed {
  readonly #options: OpenFeedOptions;
  readonly #changed: HandoverQueue;
  #left: Iterator<ProjectedCase> | null;
  #isFirst = true;

  constructor(options: OpenFeedOptions) {
    this.#options = options;
    this.#changed = new HandoverQueue(options.sliceRows);
    this.#left = options.openRows()[Symbol.iterator]();
  }

  /** Everything was taken. */
  get isEmpty(): boolean {
    return this.#left === null && this.#changed.isEmpty;
  }

  add(rows: readonly ProjectedCase[], sequence: number): void {
    const { maxWaiting, openRows } = this.#options;
    if (this.#changed.size + rows.length <= maxWaiting) return this.#changed.add({ rows, sequence });
    this.#changed.clear();
    this.#left = openRows()[Symbol.iterator]();
    this.#isFirst = true;
  }

  take(): OpenWork | null {
    if (this.#left !== null) return this.#takeOpen(this.#left);
    const slice = this.#changed.take();
    return slice === null ? null : { type: 'apply', rows: slice.rows, past: [], sequence: null };
  }

  #takeOpen(left: Iterator<ProjectedCase>): OpenWork {
    const { sliceRows, sequence } = this.#options;
    const rows: ProjectedCase[] = [];
    let isLast = false;
    while (rows.length < sliceRows && !isLast) {
      const next = left.next();
      if (next.done === true) isLast = true;
      else rows.push(next.value);
    }
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    if (isLast) this.#left = null;
    return { type: 'open', rows, sequence: sequence(), isFirst, isLast };
  }
}
