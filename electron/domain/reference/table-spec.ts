import { day, flag, optional, text, type Column, type Label } from './columns.ts';
import type { Days } from './day.ts';

/** What every row of every table has beside its own columns. */
export interface TableRow extends Days {
  /** The row as a spreadsheet shows it: the head row is 1. */
  readonly row: number;
  /** An invented or borrowed rule: the screen says 可配置 (domain.md, head). */
  readonly isPlaceholder: boolean;
  readonly source: string;
}

/** The columns of a row type, keyed as in the type; `column.id` is the head cell in the file. */
export type ColumnsOf<Row extends TableRow> = {
  readonly [Key in Exclude<keyof Row, 'row'>]: Column<Row[Key]>;
};

/** What a table looks like. */
export interface TableSpec<Row extends TableRow> {
  readonly name: string;
  readonly label: Label;
  readonly columns: ColumnsOf<Row>;
  /**
   * Columns that tell rows apart. Two rows with one key must not be in force on one day; a table whose rows have no
   * days holds a key once. With an empty list all rows have one key; null allows any rows.
   */
  readonly key: readonly (keyof Row & string)[] | null;
  /** Columns that a file or a row may leave out; their cells read as empty, or as not a placeholder. */
  readonly mayLack: readonly (keyof Row & string)[];
  /** A table without a row is one that rules nothing; of other tables it is a fault. */
  readonly mayBeEmpty?: boolean;
  /** Faults of one row that no single cell shows. */
  readonly checkRow?: (row: Row) => readonly RowFault<Row>[];
}

export interface RowFault<Row> {
  readonly column: keyof Row & string;
  readonly code: 'incomplete' | 'not_a_number' | 'out_of_range' | 'not_allowed';
  readonly detail: Readonly<Record<string, string>>;
}

/** `from`, `to`, `placeholder`, `source`: the same in every table. */
export const datedColumns = {
  from: optional(day('from', { zh: '生效日期', en: 'In force from' }), null),
  to: optional(day('to', { zh: '失效日期（不含）', en: 'In force until (excluded)' }), null),
  isPlaceholder: flag('placeholder', { zh: '参考值（可配置）', en: 'Placeholder' }),
  source: text('source', { zh: '来源', en: 'Source' }),
} as const;
