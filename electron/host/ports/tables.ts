import type { Result } from '#domain/base/result.ts';
import type { TableCells } from '#domain/reference/parse-table.ts';
import type { Problem } from '#domain/reference/problem.ts';
import type { ReferenceTables } from '#domain/reference/reference-tables.ts';
import type { RowChange } from '#domain/reference/table-diff.ts';
import type { WorkCalendar } from '#domain/sla/work-calendar.ts';
import type { TableName } from '#domain/reference/table-names.ts';

/** One version of a table; `isDefault` is the one that ships. */
export interface TableVersion {
  readonly version: string;
  readonly isDefault: boolean;
  readonly isInForce: boolean;
  readonly adoptedAt: number | null;
  readonly adoptedBy: string;
  readonly note: string;
}

export interface TableSummary {
  readonly name: TableName;
  readonly version: string;
  readonly rows: number;
  readonly placeholders: number;
  /** Why a newer version is not in force, and warnings about the one that is. */
  readonly problems: readonly Problem[];
}

/** A table as it is to be: cells, with the person and the reason. */
export interface Adoption {
  readonly name: TableName;
  readonly cells: TableCells;
  readonly note: string;
  readonly by: string;
  /** The version that the editor started from. */
  readonly expectedVersion: string;
}

export type AdoptionFailure =
  | { readonly code: 'bad_table'; readonly problems: readonly Problem[] }
  | { readonly code: 'stale'; readonly version: string }
  | { readonly code: 'not_saved'; readonly reason: string };

export interface TableCheck {
  readonly problems: readonly Problem[];
  /** The tables as they would be in force; null if one has a fault. */
  readonly next: ReferenceTables | null;
}

/** What adopting a table would do to one clock of an open case. */
export interface ClockMove {
  readonly caseId: string;
  readonly clock: string;
  readonly dueBefore: number;
  readonly dueAfter: number;
}

/** Moves of all open cases; `moves` may be cut to the first ones, the counts are of all. */
export interface Moves {
  readonly moves: readonly ClockMove[];
  readonly counts: {
    readonly open: number;
    readonly moved: number;
    readonly overdueBefore: number;
    readonly overdueAfter: number;
  };
}

/** Computes what the open cases would do under other tables; given by the case side. */
export type MovesOf = (next: ReferenceTables) => Moves;

/** A table as cells, or why it can't be read as one. */
export type TableText =
  | { readonly ok: true; readonly cells: TableCells }
  | { readonly ok: false; readonly problem: Problem };

/** The rule tables: versions on the disk, one set in force (decision 0007). */
export interface Tables {
  /** The set in force. A value that never changes: ask again after `onChanged`. */
  inForce(): ReferenceTables;
  /** Called after a version came into force. Returns how to stop. */
  onChanged(listener: (tables: ReferenceTables) => void): () => void;
  list(): readonly TableSummary[];
  /** Cells of a version, of the one in force if left out; null for a version that does not exist or can't be read. */
  read(
    name: TableName,
    version: string | null,
  ): Promise<{ readonly version: string; readonly cells: TableCells } | null>;
  /**
   * The calendar that these versions made, to count again what was counted by them. Null when one of them is gone: a
   * shipped table of an earlier program.
   */
  calendarOf(versions: Readonly<Record<string, string>>): Promise<WorkCalendar | null>;
  history(name: TableName): Promise<readonly TableVersion[]>;
  /** Text of a CSV file as cells; cells stay as they are. */
  parse(name: TableName, given: string | TableCells): TableText;
  check(name: TableName, cells: TableCells): TableCheck;
  changes(name: TableName, cells: TableCells): readonly RowChange[];
  /** Takes a table whole or not at all; adoptions wait for each other. The new version's name. */
  adopt(adoption: Adoption): Promise<Result<string, AdoptionFailure>>;
}
