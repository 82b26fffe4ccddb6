import { columnsOf, type TableCells } from './parse-table.ts';
import type { TableRow, TableSpec } from './table-spec.ts';

/** Cells of a row by column id. */
export type RowCells = Readonly<Record<string, string>>;

/** A row that differs; `row` is that of the newer table, or of the older one for a row that is gone. */
export interface RowChange {
  readonly row: number;
  readonly before: RowCells | null;
  readonly after: RowCells | null;
}

/**
 * Rows that one version has differently from another. Rows are the same if their key and first day are; columns that the
 * spec does not know are left out.
 */
export function changedRows<Row extends TableRow>(
  spec: TableSpec<Row>,
  before: TableCells,
  after: TableCells,
): readonly RowChange[] {
  const columns = columnsOf(spec).map(({ id }) => id);
  const columnIds: Readonly<Record<string, { readonly id: string } | undefined>> = spec.columns;
  const keys = [...(spec.key ?? []), 'from'].flatMap((key) => columnIds[key]?.id ?? []);
  const older = rowsByKey(before, columns, keys);
  const newer = rowsByKey(after, columns, keys);
  const changes: RowChange[] = [];
  for (const [key, { number, cells }] of newer) {
    const was = older.get(key)?.cells ?? null;
    if (was === null || columns.some((id) => was[id] !== cells[id])) {
      changes.push({ row: number, before: was, after: cells });
    }
  }
  for (const [key, { number, cells }] of older) {
    if (!newer.has(key)) changes.push({ row: number, before: cells, after: null });
  }
  return changes;
}

function rowsByKey(table: TableCells, columns: readonly string[], keys: readonly string[]) {
  const head = table.head.map((cell) => cell.trim());
  const places = columns.map((id) => ({ id, at: head.indexOf(id) }));
  return new Map(
    table.rows.map((row) => {
      const cells: RowCells = Object.fromEntries(places.map(({ id, at }) => [id, (row.cells[at] ?? '').trim()]));
      return [keys.map((id) => cells[id]).join('\u0000'), { number: row.number, cells }];
    }),
  );
}
