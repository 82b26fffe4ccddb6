import type { SqlJsStatic } from 'sql.js';
import type { CaseCount, CaseFilter, CasePage, CaseRow } from '#contract/cases.ts';
import { isOpen } from '#domain/case/lifecycle.ts';
import type { Head } from '#host/ports/journal.ts';
import type { ProjectedCase } from '#host/ports/projection.ts';
import type { CheckpointFolder, Manifest } from './checkpoint-folder.ts';
import { encodeCursor, type PageEnd } from './cursor.ts';
import type { Slice } from './handover-queue.ts';
import { yearOf } from './materialize.ts';
import type { Discarded, EndedEnd, EndedPage, OpenSlice } from './messages.ts';
import { unpackCases } from './packed-cases.ts';
import { fitsCounter, intervalOf, isCounted, isEndedOnly, isOpenOnly } from './queries.ts';
import { schemaHash } from './schema.ts';
import { TableFile, type Found } from './table-file.ts';
import { shelfLimits, YearShelf, type ShelfLimits } from './year-shelf.ts';

export interface TablesOptions {
  readonly engine: SqlJsStatic;
  readonly folder: CheckpointFolder;
  readonly journalId: string;
  readonly limits?: ShelfLimits;
}

/** An answer that may take long: other work may be done whenever it pauses. */
export type Steps<Answer> = Generator<undefined, Answer, undefined>;

/**
 * All cases: one file of those that are open, and one of those that have ended for each year.
 *
 * 1. A case is in one file: the open ones, or those of the year of its number, whatever year it ends in.
 * 2. A row never goes over a newer one.
 * 3. What is asked goes to the open file alone if it can, and else from year to year. A year is asked together with the
 *    open cases of that year, in one step: a case that moves between the two meanwhile is neither missed nor told twice.
 */
export class CaseTables {
  readonly #options: TablesOptions;
  readonly #open: TableFile;
  readonly #shelf: YearShelf;
  #position: Head;
  /** As it lies on the disk; null if it was never written or changed since. */
  #openFile: Manifest['open'] | null;
  /** The newest change that is in the tables: above the position while the open cases are ahead of the archive. */
  #newest = 0;
  /** Open cases that the host has not told of yet, while it tells of all. */
  #untold: Set<string> | null = null;

  private constructor(options: TablesOptions, open: TableFile, manifest: Manifest | null) {
    this.#options = options;
    this.#open = open;
    this.#openFile = manifest?.open ?? null;
    this.#position = manifest ?? { sequence: 0, hash: options.journalId };
    this.#shelf = new YearShelf(options.engine, options.folder, manifest?.years ?? {}, options.limits ?? shelfLimits);
  }

  /** Empty tables at sequence 0, whose hash is the journal's id. */
  static empty(options: TablesOptions): CaseTables {
    return new CaseTables(options, TableFile.empty(options.engine, 'open'), null);
  }

  /** The tables of a checkpoint; a word if they can't be used. The files of years are examined when they are opened. */
  static of(options: TablesOptions, manifest: Manifest): CaseTables | Discarded {
    if (manifest.schemaHash !== schemaHash) return 'other_schema';
    if (manifest.journalId !== options.journalId) return 'other_journal';
    const image = options.folder.read(manifest.open);
    if (image === null) return 'damaged';
    try {
      return new CaseTables(options, TableFile.fromImage(options.engine, image, 'open', manifest.open), manifest);
    } catch {
      return 'damaged';
    }
  }

  get sequence(): number {
    return this.#position.sequence;
  }

  /** The hash is that of the last checkpoint: it stays behind while the sequence moves on. */
  get position(): Head {
    return { sequence: this.#position.sequence, hash: this.#position.hash };
  }

  /** Whether they are exactly what the journal says at their position. */
  get isWhole(): boolean {
    return this.#newest <= this.sequence;
  }

  /** Bytes of all tables in memory. */
  get bytes(): number {
    return this.#open.bytes + this.#shelf.bytes();
  }

  /** Years in memory. */
  get openedYears(): readonly string[] {
    return this.#shelf.opened();
  }

  /** Without a sequence the position stays: more rows of the same handover follow. */
  apply({ rows, past, packed, sequence }: Slice): void {
    // By year, so that none is opened twice.
    for (const projected of byYear(past)) this.#putPast(projected);
    if (packed !== undefined) for (const projected of byYear(unpackCases(packed))) this.#putPast(projected);
    for (const projected of byYear(rows)) this.#put(projected, !isOpen(projected.row.state));
    this.#commit();
    if (sequence !== null) this.#position = { sequence, hash: this.#position.hash };
  }

  /** Takes part of all open cases. With the last part, those that were not told have ended; a replay tells of them. */
  applyOpen({ rows, sequence, isFirst, isLast }: OpenSlice): void {
    if (isFirst) this.#untold = new Set(Array.from(this.#open.places(), ([, id]) => id));
    this.#newest = Math.max(this.#newest, sequence);
    for (const projected of byYear(rows)) this.#put(projected, !isOpen(projected.row.state));
    if (isLast) {
      for (const id of this.#untold ?? []) {
        const found = this.#open.find(id);
        if (found !== null) this.#open.remove(id, found);
      }
      this.#untold = null;
      this.#openFile = null;
    }
    this.#commit();
  }

  *count(filter: CaseFilter, now: number): Steps<CaseCount> {
    const { sequence } = this;
    if (isCounted(filter)) return { ...this.#counted(filter), sequence };
    if (isOpenOnly(filter)) return { ...this.#open.count(filter, now, null), sequence };
    let count = 0;
    let open = 0;
    for (const [at, year] of this.#yearsOf(filter, null).entries()) {
      if (at > 0) yield;
      for (const tables of this.#filesOf(year, filter, null)) {
        const found = tables.count(filter, now, year);
        count += found.count;
        open += found.open;
      }
    }
    return { count, open, sequence };
  }

  *list(filter: CaseFilter, now: number, limit: number, after: PageEnd | null): Steps<CasePage> {
    const { sequence } = this;
    if (isOpenOnly(filter)) return pageOf(this.#open.list(filter, now, limit + 1, after, null), limit, sequence);
    let rows: CaseRow[] = [];
    let asked = 0;
    const left = new Set(this.#yearsOf(filter, after));
    while (left.size > 0) {
      const [year, newest] = this.#latest(left, filter, after);
      const last = rows[limit];
      if (last !== undefined && last.reportedAt > newest) break;
      if (asked > 0) yield;
      asked += 1;
      left.delete(year);
      for (const tables of this.#filesOf(year, filter, after)) {
        rows.push(...tables.list(filter, now, limit + 1, after, year));
      }
      rows = rows.sort(newestFirst).slice(0, limit + 1);
    }
    return pageOf(rows, limit, sequence);
  }

  sequencesOf(id: string): readonly number[] | null {
    return this.#open.sequencesOf(id) ?? this.#shelf.get(yearOf(id))?.sequencesOf(id) ?? null;
  }

  /** Years with cases that ended since a moment. */
  yearsEndedSince(since: number): readonly string[] {
    return this.#shelf.years().filter((year) => (this.#shelf.facts(year)?.ended?.to ?? -Infinity) >= since);
  }

  /** Of one year; newest end first. */
  endedSince(year: string, since: number, limit: number, after: EndedEnd | null): EndedPage {
    const facts = this.#shelf.get(year)?.endedSince(since, limit + 1, after) ?? [];
    const shown = facts.slice(0, limit);
    const last = shown.at(-1);
    const endedAt = last?.closedAt ?? null;
    const hasMore = facts.length > limit && last !== undefined && endedAt !== null;
    return { facts: shown, after: hasMore ? { endedAt, caseId: last.id } : null };
  }

  /** The file of the open cases, or that of a year; null if there is none. To be used at once. */
  file(of: 'open' | { readonly year: string }): TableFile | null {
    return of === 'open' ? this.#open : this.#shelf.get(of.year);
  }

  years(): readonly string[] {
    return this.#shelf.years();
  }

  /**
   * Writes the files that changed and makes a checkpoint of all; `hash` is that of the journal at their sequence.
   *
   * @throws the system's error
   */
  save(hash: string): void {
    const { folder, journalId } = this.#options;
    if (this.#openFile === null || !folder.has(this.#openFile)) {
      this.#openFile = { ...folder.write('open', this.#open.image()), ...this.#open.facts };
    }
    const manifest = {
      ...{ schemaHash, journalId, sequence: this.sequence, hash },
      ...{ open: this.#openFile, years: this.#shelf.save() },
    };
    folder.commit(manifest);
    this.#shelf.named();
    this.#position = { sequence: this.sequence, hash };
  }

  /** Whether a checkpoint of exactly these tables lies in the folder. */
  isSaved(): boolean {
    const { folder } = this.#options;
    return this.#openFile !== null && folder.has(this.#openFile) && folder.holds(this.sequence);
  }

  close(): void {
    this.#open.close();
    this.#shelf.close();
  }

  /** Of two rows with the same last entry the one that is there stays: it may come from memory. */
  #putPast(projected: ProjectedCase): void {
    const found = this.#findIn(projected.row.id);
    if (newestOf(found) < projected.row.sequence) this.#putOver(found, projected, true);
  }

  #put(projected: ProjectedCase, isEnded: boolean): void {
    const { id, sequence } = projected.row;
    this.#untold?.delete(id);
    const found = this.#findIn(id);
    if (newestOf(found) <= sequence) this.#putOver(found, projected, isEnded);
  }

  #findIn(id: string): FoundIn {
    const inOpen = this.#open.find(id);
    return { inOpen, inYear: inOpen === null ? (this.#shelf.get(yearOf(id))?.find(id) ?? null) : null };
  }

  #putOver({ inOpen, inYear }: FoundIn, projected: ProjectedCase, isEnded: boolean): void {
    const { id, sequence } = projected.row;
    const year = yearOf(id);
    this.#newest = Math.max(this.#newest, sequence);
    if (isEnded) {
      if (inOpen !== null) this.#removeOpen(id, inOpen);
      this.#shelf.change(year).put(projected, inYear);
    } else {
      if (inYear !== null) this.#shelf.change(year).remove(id, inYear);
      this.#open.put(projected, inOpen);
      this.#openFile = null;
    }
  }

  #removeOpen(id: string, found: Found): void {
    this.#open.remove(id, found);
    this.#openFile = null;
  }

  #commit(): void {
    this.#open.commit();
    this.#shelf.commit();
    this.#shelf.trim(null);
  }

  #counted(filter: CaseFilter): { readonly count: number; readonly open: number } {
    const files = [
      this.#open.facts,
      ...(isOpenOnly(filter) ? [] : this.years().map((year) => this.#shelf.facts(year))),
    ];
    const fitting = files.flatMap((facts) => facts?.counters ?? []).filter((counter) => fitsCounter(filter, counter));
    const sum = (counters: typeof fitting) => counters.reduce((total, { count }) => total + count, 0);
    return { count: sum(fitting), open: sum(fitting.filter(({ state }) => isOpen(state))) };
  }

  /** Years in which something may fit, in no order. */
  #yearsOf(filter: CaseFilter, after: PageEnd | null): readonly string[] {
    const open = isEndedOnly(filter) ? [] : this.#open.counters.years();
    const ended = this.#shelf.years().filter((year) => this.#mayHold(year, filter, after));
    return [...new Set([...open, ...ended])];
  }

  /** Whether a case of a year that has ended may fit; `after` is the end of the page before. */
  #mayHold(year: string, filter: CaseFilter, after: PageEnd | null): boolean {
    const span = this.#shelf.facts(year)?.reported;
    if (span === null || span === undefined) return false;
    const { from, to } = intervalOf(filter);
    return (
      (from === null || span.to >= from) &&
      (to === null || span.from < to) &&
      (after === null || span.from <= after.reportedAt)
    );
  }

  /** The files in which a case of a year may be. */
  #filesOf(year: string, filter: CaseFilter, after: PageEnd | null): readonly TableFile[] {
    const ended = this.#mayHold(year, filter, after) ? this.#shelf.get(year) : null;
    return [...(isEndedOnly(filter) ? [] : [this.#open]), ...(ended === null ? [] : [ended])];
  }

  /** The year with the newest report among some, and when that was at the latest. */
  #latest(years: ReadonlySet<string>, filter: CaseFilter, after: PageEnd | null): readonly [string, number] {
    let latest: readonly [string, number] = ['', -Infinity];
    for (const year of years) {
      const open = isEndedOnly(filter) ? null : this.#open.newestOf(year);
      const ended = this.#mayHold(year, filter, after) ? this.#shelf.facts(year)?.reported?.to : null;
      const newest = Math.max(open ?? -Infinity, ended ?? -Infinity);
      if (latest[0] === '' || newest > latest[1]) latest = [year, newest];
    }
    return latest;
  }
}

/** Where a case is stored now: in one of the two, or in none. */
interface FoundIn {
  readonly inOpen: Found | null;
  readonly inYear: Found | null;
}

/** 0 for a case that is not stored. */
function newestOf({ inOpen, inYear }: FoundIn): number {
  return (inOpen ?? inYear)?.sequence ?? 0;
}

function byYear(rows: readonly ProjectedCase[]): readonly ProjectedCase[] {
  if (rows.length < 2) return rows;
  return [...rows].sort((left, right) => Number(yearOf(left.row.id)) - Number(yearOf(right.row.id)));
}

function newestFirst(left: CaseRow, right: CaseRow): number {
  if (left.reportedAt !== right.reportedAt) return right.reportedAt - left.reportedAt;
  return left.id < right.id ? 1 : -1;
}

function pageOf(found: readonly CaseRow[], limit: number, sequence: number): CasePage {
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  const hasMore = found.length > limit && last !== undefined;
  return { rows, after: hasMore ? encodeCursor(last) : null, sequence };
}
