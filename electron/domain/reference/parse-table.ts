import { required } from '#domain/base/assert-never.ts';
import type { Column } from './columns.ts';
import { byFrom, overlap } from './day.ts';
import { groupedBy } from './in-force.ts';
import type { Problem, ProblemCode } from './problem.ts';
import type { TableRow, TableSpec } from './table-spec.ts';

/** A table as text: the head row, then rows numbered as a spreadsheet shows them. Blank rows are left out. */
export interface TableCells {
  readonly head: readonly string[];
  readonly rows: readonly { readonly number: number; readonly cells: readonly string[] }[];
}

export interface ParsedTable<Row extends TableRow> {
  /** Rows without a fault of their own; of two that overlap both. */
  readonly rows: readonly Row[];
  readonly problems: readonly Problem[];
}

/**
 * Reads a table by its spec: cells, days, keys. References to other tables are checked by `checkReferences`. Pure, so
 * that host and editor say the same (decision 0007).
 */
export function parseTable<Row extends TableRow>(spec: TableSpec<Row>, table: TableCells): ParsedTable<Row> {
  const report = new Report(spec.name);
  const places = placesOf(spec, table.head, report);
  if (table.rows.length === 0 && spec.mayBeEmpty !== true) report.add(1, null, 'no_rows', '');
  const rows = table.rows.flatMap(({ number, cells }) => {
    const extra = cells.slice(table.head.length).find((cell) => cell.trim() !== '');
    if (extra !== undefined) report.add(number, null, 'too_many_cells', extra);
    return readRow(spec, places, number, cells, report) ?? [];
  });
  if (spec.key !== null) checkKeys(spec, spec.key, rows, report);
  const problems = report.problems.toSorted((a, b) => a.row - b.row);
  return { rows, problems };
}

/** A row's key as one text, made of its key columns. */
function keyOf<Row extends TableRow>(key: readonly (keyof Row & string)[], row: Row): string {
  return key.map((column) => JSON.stringify(row[column] ?? '')).join('\u0000');
}

/** The columns of a spec in file order. */
export function columnsOf<Row extends TableRow>(spec: TableSpec<Row>): readonly Column<unknown>[] {
  return Object.values<Column<unknown>>(spec.columns);
}

class Report {
  readonly problems: Problem[] = [];
  readonly #table: string;

  constructor(table: string) {
    this.#table = table;
  }

  add(
    row: number,
    column: string | null,
    code: ProblemCode,
    value: string,
    detail: Readonly<Record<string, string>> = {},
  ): void {
    this.problems.push({ table: this.#table, row, column, code, value, detail });
  }
}

/** Place of each column in the file, null for one that may be and is absent. */
type Places = ReadonlyMap<string, number | null>;

function placesOf<Row extends TableRow>(spec: TableSpec<Row>, head: readonly string[], report: Report): Places {
  const names = head.map((cell) => cell.trim());
  const columns = Object.entries<Column<unknown>>(spec.columns);
  for (const [at, name] of names.entries()) {
    if (names.indexOf(name) < at && name !== '') report.add(1, name, 'repeated_column', name);
    else if (name !== '' && !columns.some(([, { id }]) => id === name)) report.add(1, name, 'unknown_column', name);
  }
  const places = new Map<string, number | null>();
  for (const [key, { id }] of columns) {
    const at = names.indexOf(id);
    if (at >= 0) places.set(key, at);
    else if (spec.mayLack.includes(key as keyof Row & string)) places.set(key, null);
    else report.add(1, id, 'missing_column', '');
  }
  return places;
}

function readRow<Row extends TableRow>(
  spec: TableSpec<Row>,
  places: Places,
  number: number,
  cells: readonly string[],
  report: Report,
): Row | null {
  const before = report.problems.length;
  const columns: Readonly<Record<string, Column<unknown>>> = spec.columns;
  const row: Record<string, unknown> = { row: number };
  for (const [key, at] of places) {
    const column = required(columns[key], 'places are those of columns');
    const given = at === null ? '' : (cells[at] ?? '').trim();
    const mayLack = spec.mayLack.includes(key as keyof Row & string);
    const cell = given === '' && mayLack ? absentCell(column) : given;
    const value = column.read(cell);
    if (value.ok) row[key] = value.value;
    else report.add(number, column.id, value.error.code, cell, value.error.detail);
  }
  if (report.problems.length > before || places.size < Object.keys(spec.columns).length) return null;
  const read = row as unknown as Row;
  if (read.from !== null && read.to !== null && read.to <= read.from) {
    report.add(number, 'to', 'to_before_from', read.to, { from: read.from });
    return null;
  }
  for (const { column, code, detail } of spec.checkRow?.(read) ?? []) {
    report.add(number, idOf(spec, column), code, textOfCell(read[column]), detail);
  }
  return report.problems.length > before ? null : read;
}

/** What a column that the file does not have reads as. */
function absentCell(column: Column<unknown>): string {
  return column.type === 'flag' ? 'false' : '';
}

function checkKeys<Row extends TableRow>(
  spec: TableSpec<Row>,
  keyColumns: readonly (keyof Row & string)[],
  rows: readonly Row[],
  report: Report,
): void {
  const byKey = groupedBy(rows, (row) => keyOf(keyColumns, row));
  const column = idOf(spec, keyColumns[0] ?? 'from');
  for (const group of byKey.values()) {
    const ordered = group.toSorted((a, b) => byFrom(a, b) || a.row - b.row);
    for (const [at, row] of ordered.entries()) {
      const before = ordered.slice(0, at).find((other) => overlap(other, row));
      if (before === undefined) continue;
      const [first, second] = before.row < row.row ? [before, row] : [row, before];
      const value = keyColumns
        .map((key) => textOfCell(second[key]))
        .filter((part) => part !== '')
        .join(' ');
      const isDated = [first.from, first.to, second.from, second.to].some((edge) => edge !== null);
      const code = isDated ? 'overlapping_dates' : 'duplicate_key';
      report.add(second.row, column, code, value, { otherRow: String(first.row) });
    }
  }
}

function idOf<Row extends TableRow>(spec: TableSpec<Row>, key: string): string {
  const columns: Readonly<Record<string, Column<unknown>>> = spec.columns;
  return columns[key]?.id ?? key;
}

function textOfCell(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
