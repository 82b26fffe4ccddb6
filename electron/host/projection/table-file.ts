import type { Database, SqlJsStatic, SqlValue, Statement } from 'sql.js';
import type { CaseFilter, CaseRow } from '#contract/cases.ts';
import { required } from '#domain/base/assert-never.ts';
import type { CaseStateName, RecordKind } from '#domain/case/lifecycle.ts';
import type { SameCauseFacts } from '#domain/same-cause/facts.ts';
import type { ProjectedCase } from '#host/ports/projection.ts';
import { Bounds, type Span } from './bounds.ts';
import { Counters, type Counter } from './counters.ts';
import type { PageEnd } from './cursor.ts';
import { FileRoom } from './file-room.ts';
import { endOf, factsOf, rowOf, valuesOf, yearOf } from './materialize.ts';
import type { EndedEnd } from './messages.ts';
import { countQuery, endedQuery, listQuery, type Query } from './queries.ts';
import {
  allColumns,
  deleteCase,
  MAX_BYTES,
  pragmasOf,
  schemas,
  selectBytes,
  selectCounts,
  selectFound,
  selectNewest,
  selectPlaces,
  selectSequences,
  selectStored,
  transaction,
  upsertCase,
  type FileKind,
} from './schema.ts';

/** What is known of a file without opening it. */
export interface FileFacts {
  readonly counters: readonly Counter[];
  /** Moments of the reports, and of the endings; wide enough for every row, null as long as there is none. */
  readonly reported: Span | null;
  readonly ended: Span | null;
}

/** What is stored of a case: enough to see which of two rows is newer, and where it is counted. */
export interface Found {
  readonly sequence: number;
  readonly state: CaseStateName;
  readonly record: RecordKind;
  readonly year: string;
}

/**
 * One database: the open cases, or the ended ones of a year. It and the classes on top of it are the only places that run
 * SQL. Every method is synchronous; statements other than those for one case are freed where they are made.
 */
export class TableFile {
  readonly kind: FileKind;
  readonly counters: Counters;
  readonly reported: Bounds;
  readonly ended: Bounds;
  readonly #database: Database;
  readonly #room: FileRoom;
  readonly #upsert: Statement;
  readonly #find: Statement;
  readonly #delete: Statement;
  #isChanging = false;
  #bytes = 0;

  private constructor(database: Database, room: FileRoom, kind: FileKind, facts: FileFacts | null) {
    this.#database = database;
    this.#room = room;
    this.kind = kind;
    this.counters = new Counters(facts?.counters);
    this.reported = new Bounds(facts?.reported);
    this.ended = new Bounds(facts?.ended);
    this.#upsert = database.prepare(upsertCase);
    this.#find = database.prepare(selectFound);
    this.#delete = database.prepare(deleteCase);
    this.#measure();
  }

  static empty(engine: SqlJsStatic, kind: FileKind): TableFile {
    const database = new engine.Database();
    try {
      database.exec(pragmasOf[kind]);
      database.exec(schemas[kind]);
      return TableFile.fromImage(engine, database.export(), kind, null);
    } finally {
      database.close();
    }
  }

  /** `facts` null: it holds no case. @throws the engine's error for what is no database of this schema */
  static fromImage(engine: SqlJsStatic, image: Uint8Array, kind: FileKind, facts: FileFacts | null): TableFile {
    const room = new FileRoom(image.length, MAX_BYTES);
    const database = new engine.Database(room.holding(image));
    try {
      database.exec(pragmasOf[kind]);
      return new TableFile(database, room, kind, facts);
    } catch (cause) {
      database.close();
      room.free();
      throw cause;
    }
  }

  /** Bytes of the database, which lie in memory; as they were after the last change. */
  get bytes(): number {
    return this.#bytes;
  }

  get facts(): FileFacts {
    return { counters: this.counters.list(), reported: this.reported.span, ended: this.ended.span };
  }

  find(id: string): Found | null {
    this.#find.bind([id]);
    const values = this.#find.step() ? this.#find.get() : null;
    this.#find.reset();
    if (values === null) return null;
    const [sequence, state, record, year] = values;
    return { sequence: Number(sequence), state, record, year } as Found;
  }

  /** `before` is what {@link find} gives for the case. */
  put(projected: ProjectedCase, before: Found | null): void {
    const { row } = projected;
    this.#change();
    this.#upsert.run(valuesOf(projected));
    if (before !== null) this.counters.remove(before);
    this.counters.add({ state: row.state, record: row.record, year: yearOf(row.id) });
    this.reported.include(row.reportedAt);
    const endedAt = endOf(row);
    if (endedAt !== null) this.ended.include(endedAt);
  }

  remove(id: string, before: Found): void {
    this.#change();
    this.#delete.run([id]);
    this.counters.remove(before);
  }

  /** Ends the transaction that the first change began. */
  commit(): void {
    if (!this.#isChanging) return;
    this.#measure();
    this.#room.reserve(this.#bytes);
    this.#database.run(transaction.commit);
    this.#isChanging = false;
  }

  count(filter: CaseFilter, now: number, year: string | null): { readonly count: number; readonly open: number } {
    const [found] = this.#rows(countQuery(filter, now, { kind: this.kind, year }));
    const [count, open] = required(found, 'a count gives one row');
    return { count: Number(count), open: Number(open) };
  }

  list(filter: CaseFilter, now: number, limit: number, after: PageEnd | null, year: string | null): CaseRow[] {
    return this.#rows(listQuery(filter, now, limit, after, { kind: this.kind, year })).map(rowOf);
  }

  endedSince(since: number, limit: number, after: EndedEnd | null): SameCauseFacts[] {
    return this.#rows(endedQuery(since, limit, after)).map(factsOf);
  }

  sequencesOf(id: string): readonly number[] | null {
    const [found] = this.#rows({ sql: selectSequences, values: [id] });
    return found === undefined ? null : (JSON.parse(String(found[0])) as readonly number[]);
  }

  /** Moment of the newest report of a year; null if there is none. */
  newestOf(year: string): number | null {
    const newest = this.#rows({ sql: selectNewest, values: [year] })[0]?.[0];
    return newest === null || newest === undefined ? null : Number(newest);
  }

  /** What is stored of a case, by column, and its place in the file; null if there is none. */
  stored(id: string): { readonly place: number; readonly columns: Readonly<Record<string, SqlValue>> } | null {
    const [found] = this.#rows({ sql: selectStored, values: [id] });
    if (found === undefined) return null;
    const [place, ...values] = found;
    const columns = Object.fromEntries(allColumns.map((name, at) => [name, values[at] ?? null]));
    return { place: Number(place), columns };
  }

  /** Place in the file and id of every case, one after another. */
  *places(): Generator<readonly [place: number, id: string]> {
    const statement = this.#database.prepare(selectPlaces);
    try {
      while (statement.step()) {
        const [place, id] = statement.get();
        yield [Number(place), String(id)];
      }
    } finally {
      statement.free();
    }
  }

  /** The counters, counted anew from the rows. */
  recount(): readonly Counter[] {
    const counters = this.#rows({ sql: selectCounts, values: [] }).map(
      ([state, record, year, count]) => ({ state, record, year, count: Number(count) }) as Counter,
    );
    return new Counters(counters).list();
  }

  /** The database as the bytes of a file; no change may be under way. */
  image(): Uint8Array {
    return this.#database.export();
  }

  close(): void {
    this.#database.close();
    this.#room.free();
  }

  #change(): void {
    if (this.#isChanging) return;
    this.#database.run(transaction.begin);
    this.#isChanging = true;
  }

  #measure(): void {
    this.#bytes = Number(this.#rows({ sql: selectBytes, values: [] })[0]?.[0]);
  }

  #rows(query: Query): SqlValue[][] {
    const statement = this.#database.prepare(query.sql);
    try {
      statement.bind([...query.values]);
      const rows: SqlValue[][] = [];
      while (statement.step()) rows.push(statement.get());
      return rows;
    } finally {
      statement.free();
    }
  }
}
