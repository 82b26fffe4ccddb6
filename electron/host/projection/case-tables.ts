import type { Database, SqlJsStatic, SqlValue, Statement } from 'sql.js';
import type { CaseCount, CaseFilter, CasePage } from '#contract/cases.ts';
import { required } from '#domain/base/assert-never.ts';
import type { Head } from '#host/ports/journal.ts';
import type { ProjectedCase } from '#host/ports/projection.ts';
import { encodeCursor, type PageEnd } from './cursor.ts';
import { factsOf, rowOf, valuesOf } from './materialize.ts';
import type { EndedEnd, EndedPage } from './messages.ts';
import { countQuery, endedQuery, listQuery, type Query } from './queries.ts';
import {
  allColumns,
  insertPosition,
  movePosition,
  pragmas,
  schema,
  schemaHash,
  selectIds,
  selectPosition,
  selectSequences,
  selectStored,
  stampPosition,
  transaction,
  upsertCase,
} from './schema.ts';

/** A file of tables that can't be used; `reason` is a short code for the log. */
export class UnusableTables extends Error {
  readonly reason: 'damaged' | 'other_schema' | 'other_journal';

  constructor(reason: UnusableTables['reason'], cause?: unknown) {
    super(`projection tables: ${reason}`, { cause });
    this.reason = reason;
  }
}

/**
 * The tables and the statements on them; the only place that runs SQL. Every method is synchronous and leaves no
 * transaction open, and every statement but the upsert is freed where it is made.
 */
export class CaseTables {
  readonly #database: Database;
  readonly #upsert: Statement;

  private constructor(database: Database) {
    this.#database = database;
    this.#upsert = database.prepare(upsertCase);
  }

  /** Empty tables at sequence 0, whose hash is the journal's id. */
  static empty(engine: SqlJsStatic, journalId: string): CaseTables {
    const database = new engine.Database();
    database.exec(pragmas);
    database.exec(schema);
    database.run(insertPosition, [schemaHash, journalId, 0, journalId]);
    return new CaseTables(database);
  }

  /** @throws UnusableTables */
  static fromImage(engine: SqlJsStatic, image: Uint8Array, journalId: string): CaseTables {
    const database = new engine.Database(image);
    try {
      const [madeWith, madeFor] = positionOf(database);
      if (madeWith !== schemaHash) throw new UnusableTables('other_schema');
      if (madeFor !== journalId) throw new UnusableTables('other_journal');
      database.exec(pragmas);
      return new CaseTables(database);
    } catch (cause) {
      database.close();
      throw cause instanceof UnusableTables ? cause : new UnusableTables('damaged', cause);
    }
  }

  sequence(): number {
    return this.position().sequence;
  }

  /** The hash is that of the last {@link image}: it stays behind while the sequence moves on. */
  position(): Head {
    const [, , sequence, hash] = positionOf(this.#database);
    return { sequence: Number(sequence), hash: String(hash) };
  }

  /** One transaction. Without a sequence the position stays: more rows of the same handover follow. */
  apply(rows: readonly ProjectedCase[], sequence: number | null): void {
    const database = this.#database;
    database.run(transaction.begin);
    try {
      for (const projected of rows) this.#upsert.run(valuesOf(projected));
      if (sequence !== null) database.run(movePosition, [sequence]);
      database.run(transaction.commit);
    } catch (cause) {
      database.run(transaction.rollback);
      throw cause;
    }
  }

  count(filter: CaseFilter, now: number): CaseCount {
    const [found] = this.#rows(countQuery(filter, now));
    const [count, open] = required(found, 'a count gives one row');
    return { count: Number(count), open: Number(open), sequence: this.sequence() };
  }

  list(filter: CaseFilter, now: number, limit: number, after: PageEnd | null): CasePage {
    const found = this.#rows(listQuery(filter, now, limit + 1, after)).map(rowOf);
    const rows = found.slice(0, limit);
    const last = rows.at(-1);
    const hasMore = found.length > limit && last !== undefined;
    return { rows, after: hasMore ? encodeCursor(last) : null, sequence: this.sequence() };
  }

  sequencesOf(id: string): readonly number[] | null {
    const [found] = this.#rows({ sql: selectSequences, values: [id] });
    return found === undefined ? null : (JSON.parse(String(found[0])) as readonly number[]);
  }

  endedSince(since: number, limit: number, after: EndedEnd | null): EndedPage {
    const facts = this.#rows(endedQuery(since, limit + 1, after)).map(factsOf);
    const shown = facts.slice(0, limit);
    const last = shown.at(-1);
    const hasMore = facts.length > limit && last !== undefined;
    const end = hasMore ? { endedAt: required(last.closedAt, 'it has ended'), caseId: last.id } : null;
    return { facts: shown, after: end };
  }

  /** What is stored of a case, by column; null if there is none. */
  stored(id: string): Readonly<Record<string, SqlValue>> | null {
    const [values] = this.#rows({ sql: selectStored, values: [id] });
    return values === undefined ? null : Object.fromEntries(allColumns.map((name, at) => [name, values[at] ?? null]));
  }

  ids(): readonly string[] {
    return this.#rows({ sql: selectIds, values: [] }).map(([id]) => String(id));
  }

  /** The tables as the bytes of a database file. `hash` is that of the journal at their sequence. */
  image(hash: string): Uint8Array {
    this.#database.run(stampPosition, [hash]);
    return this.#database.export();
  }

  close(): void {
    this.#database.close();
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

function positionOf(database: Database): readonly SqlValue[] {
  const row = database.exec(selectPosition)[0]?.values[0];
  return required(row, 'the tables have a position');
}
