import type { OutputOf } from '#contract/api.ts';
import type { TableContent } from '#contract/reference.ts';
import type { Day } from '#domain/reference/day.ts';
import { specOf } from '#domain/reference/table-specs.ts';
import type { TableName } from '#domain/reference/table-names.ts';
import { isChanged, type DraftRow } from './table-draft.ts';

export type TableSummary = OutputOf<'tables.list'>['tables'][number];
export type TableRead = OutputOf<'tables.read'>;
export type TableColumn = TableRead['columns'][number];

/** Columns that the file of a table may leave out. */
export function optionalColumns(name: TableName): readonly string[] {
  const spec = specOf(name);
  const columns: Readonly<Record<string, { readonly id: string } | undefined>> = spec.columns;
  return spec.mayLack.flatMap((key) => columns[key]?.id ?? []);
}

/** The cells as they are edited: where a file leaves out a yes-or-no column, every row says no. */
export function cellsForEdit(table: TableRead): readonly (readonly string[])[] {
  const optional = optionalColumns(table.name);
  const isLackingFlag = table.columns.map(({ id, type }) => type === 'flag' && optional.includes(id));
  return table.rows.map(({ cells }) => cells.map((cell, at) => (cell === '' && isLackingFlag[at] ? 'false' : cell)));
}

/** What is sent and saved: columns that may be left out, and say nothing, are. */
export function contentOf(
  name: TableName,
  columns: readonly TableColumn[],
  rows: readonly DraftRow[],
): Extract<TableContent, { readonly rows: unknown }> {
  const optional = optionalColumns(name);
  const kept = columns.flatMap(({ id, type }, at) => {
    const isSilent = rows.every(({ cells }) => cells[at] === '' || (type === 'flag' && cells[at] === 'false'));
    return optional.includes(id) && isSilent ? [] : [at];
  });
  return {
    name,
    columns: kept.map((at) => columns[at]?.id ?? ''),
    rows: rows.map(({ cells }) => kept.map((at) => cells[at] ?? '')),
  };
}

/** A new row: blank, in force from a day on, with the values that a cell must have one of. */
export function blankCells(columns: readonly TableColumn[], from: Day): readonly string[] {
  return columns.map(({ id, type, choices, isRequired }) => {
    if (id === 'from') return from;
    if (type === 'flag') return 'false';
    return isRequired && type === 'choice' ? (choices[0] ?? '') : '';
  });
}

/** When a version was adopted, out of its name; null for the one that ships. */
export function adoptedAt(version: string): number | null {
  const [, day, hour, minute, second] = /^(\d{4}-\d{2}-\d{2})T(\d{2})(\d{2})(\d{2})/.exec(version) ?? [];
  if (day === undefined) return null;
  const at = Date.parse(`${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(at) ? null : at;
}

/** Rows of a draft that differ, for the list of tables. */
export function editedRows(rows: readonly DraftRow[] | undefined): number {
  return rows?.filter(isChanged).length ?? 0;
}
