import type { CaseChange, CaseRow } from '#contract/cases.ts';
import { recordKinds, type CaseStateName, type RecordKind } from '#domain/case/lifecycle.ts';
import type { Areas } from './areas.ts';
import { LevelTally, type LevelCounts } from './level-tally.ts';

/** What one batch changed. `isReset`: everything was replaced. */
export interface CaseDelta {
  readonly isReset: boolean;
  readonly upserts: readonly CaseRow[];
  readonly removed: readonly string[];
}

/**
 * The open cases as the host streams them, with counts kept as folds: a batch costs what it changes, not what is held.
 *
 * 1. `newest` is in the order of lists: latest report first, then the higher number.
 * 2. The counts (`countOf`, `supervisedOf`, `byArea`) are always those of `rows`.
 */
export class LiveCases {
  readonly #areas: Areas;
  readonly #rows = new Map<string, CaseRow>();
  readonly #byState = { case: new Map<CaseStateName, number>(), ticket: new Map<CaseStateName, number>() };
  readonly #supervised = new Map<RecordKind, number>();
  readonly #byArea = new Map<string, number>();
  readonly #levels = new LevelTally();
  readonly #listeners = new Set<(delta: CaseDelta) => void>();
  #newest: CaseRow[] = [];
  #version = 0;
  #isComplete = false;
  #sequence = 0;

  constructor(areas: Areas) {
    this.#areas = areas;
  }

  get rows(): ReadonlyMap<string, CaseRow> {
    return this.#rows;
  }

  get newest(): readonly CaseRow[] {
    return this.#newest;
  }

  /** Open cases or tickets in a state; of both kinds when `record` is null. */
  countOf(state: CaseStateName, record: RecordKind | null): number {
    return kindsOf(record).reduce((sum, kind) => sum + (this.#byState[kind].get(state) ?? 0), 0);
  }

  /** Those under a supervision 督办 that waits for its answer. */
  supervisedOf(record: RecordKind | null): number {
    return kindsOf(record).reduce((sum, kind) => sum + (this.#supervised.get(kind) ?? 0), 0);
  }

  /** All open ones of a kind, or of both. */
  sizeOf(record: RecordKind | null): number {
    return record === null ? this.#rows.size : sumOf(this.#byState[record]);
  }

  /** Open cases in each area of every level, by code; areas without any are absent. */
  get byArea(): ReadonlyMap<string, number> {
    return this.#byArea;
  }

  /** Open cases by attention level at `now`, the host's time. */
  levelsAt(now: number): LevelCounts {
    return this.#levels.at(now);
  }

  /** The time that counts went back: levels that had been reached may be open again. */
  timeWentBack(): void {
    this.#levels.readAgain();
  }

  /** Goes up with every batch. */
  get version(): number {
    return this.#version;
  }

  /** False until the first snapshot is whole. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Journal sequence of the last batch. */
  get sequence(): number {
    return this.#sequence;
  }

  reset(): void {
    this.#rows.clear();
    for (const kind of recordKinds) this.#byState[kind].clear();
    this.#supervised.clear();
    this.#byArea.clear();
    this.#levels.clear();
    this.#newest = [];
    this.#isComplete = false;
    this.#tell({ isReset: true, upserts: [], removed: [] });
  }

  apply(items: readonly CaseChange[], about: { readonly sequence: number; readonly isComplete: boolean }): CaseDelta {
    const upserts: CaseRow[] = [];
    const removed: string[] = [];
    const fresh: CaseRow[] = [];
    const gone: CaseRow[] = [];
    // A resumed stream may bring several changes of one case: only the last counts.
    const latest = new Map(items.map((item) => [item.kind === 'upsert' ? item.row.id : item.id, item]));
    for (const item of latest.values()) {
      if (item.kind === 'upsert') {
        const before = this.#rows.get(item.row.id);
        if (before === undefined) fresh.push(item.row);
        else if (newestFirst(before, item.row) === 0) this.#replace(before, item.row);
        else {
          this.#tally(before, -1);
          gone.push(before);
          fresh.push(item.row);
        }
        this.#rows.set(item.row.id, item.row);
        this.#tally(item.row, 1);
        upserts.push(item.row);
        continue;
      }
      const ended = this.#rows.get(item.id);
      if (ended === undefined) continue;
      this.#rows.delete(item.id);
      this.#tally(ended, -1);
      gone.push(ended);
      removed.push(item.id);
    }
    this.#takeOut(gone);
    this.#insert(fresh);
    this.#sequence = about.sequence;
    if (about.isComplete) this.#isComplete = true;
    const delta = { isReset: false, upserts, removed };
    this.#tell(delta);
    return delta;
  }

  onDelta(listener: (delta: CaseDelta) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #replace(before: CaseRow, after: CaseRow): void {
    this.#tally(before, -1);
    this.#newest[this.#placeOf(before)] = after;
  }

  /** A jump through the past takes thousands out at once: one walk; a delta takes a few. */
  #takeOut(gone: readonly CaseRow[]): void {
    if (gone.length > 64) {
      const all = new Set(gone);
      this.#newest = this.#newest.filter((row) => !all.has(row));
      return;
    }
    for (const row of gone) this.#newest.splice(this.#placeOf(row), 1);
  }

  /** A snapshot brings thousands at once: sorted in one go; a delta brings a few: put in their places. */
  #insert(fresh: readonly CaseRow[]): void {
    if (fresh.length > 64) {
      this.#newest = [...this.#newest, ...fresh].sort(newestFirst);
      return;
    }
    for (const row of fresh) this.#newest.splice(this.#placeOf(row), 0, row);
  }

  /** Where the row stands, or would stand, in `newest`. */
  #placeOf(row: CaseRow): number {
    let [low, high] = [0, this.#newest.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#newest[middle];
      if (other !== undefined && newestFirst(other, row) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #tally(row: CaseRow, by: 1 | -1): void {
    if (by === 1) this.#levels.add(row);
    else this.#levels.remove(row);
    add(this.#byState[row.record], row.state, by);
    if (row.openSupervisions > 0) add(this.#supervised, row.record, by);
    for (const area of this.#areas.path(row.gridCode)) add(this.#byArea, area.code, by);
  }

  #tell(delta: CaseDelta): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener(delta);
  }
}

/** The order of lists, the same as that of `cases.list`. */
export function newestFirst(a: CaseRow, b: CaseRow): number {
  if (a.reportedAt !== b.reportedAt) return b.reportedAt - a.reportedAt;
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0;
}

function kindsOf(record: RecordKind | null): readonly RecordKind[] {
  return record === null ? recordKinds : [record];
}

function sumOf(counts: ReadonlyMap<unknown, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

function add<Key>(counts: Map<Key, number>, key: Key, by: number): void {
  const next = (counts.get(key) ?? 0) + by;
  if (next === 0) counts.delete(key);
  else counts.set(key, next);
}
