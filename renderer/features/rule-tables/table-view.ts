import { isInForce, type Day } from '#domain/reference/day.ts';
import { parseTable } from '#domain/reference/parse-table.ts';
import { isWarning } from '#domain/reference/problem.ts';
import type { TableName } from '#domain/reference/table-names.ts';
import { specOf } from '#domain/reference/table-specs.ts';
import type { TableProblem } from '#contract/reference.ts';
import { textWidth } from '#renderer/ui/text-width.ts';
import { isChanged, type DraftRow } from './table-draft.ts';

export interface GridColumn {
  readonly id: string;
  readonly type: string;
}

/** Row 1 is the head, so the first row of a draft is 2. */
export const FIRST_ROW = 2;

/** Faults of the rows as far as the table alone tells: the host finds those between tables (decision 0007). */
export function checkRows(
  name: TableName,
  columns: readonly GridColumn[],
  rows: readonly DraftRow[],
): readonly TableProblem[] {
  const cells = rows.map((row, index) => ({ number: index + FIRST_ROW, cells: row.cells }));
  const { problems } = parseTable(specOf(name), {
    head: columns.map(({ id }) => id),
    rows: cells.filter((row) => row.cells.some((cell) => cell.trim() !== '')),
  });
  return problems.map((problem) => ({
    ...problem,
    detail: { ...problem.detail },
    severity: isWarning(problem) ? 'warning' : 'error',
  }));
}

/** Whether a row counts on a day; `always` for rows without days. */
export type RowTime = 'always' | 'in_force' | 'future' | 'past';

/** Which cells say when a row is in force: its days, or the one day that it is about. */
export interface DayPlaces {
  readonly from: number;
  readonly to: number;
  readonly date: number;
}

export function dayPlaces(columns: readonly GridColumn[]): DayPlaces {
  const at = (id: string) => columns.findIndex((column) => column.id === id);
  return { from: at('from'), to: at('to'), date: at('date') };
}

/** A cell that is no day leaves the row in force: the fault is told elsewhere. */
export function rowTime(cells: readonly string[], places: DayPlaces, today: Day): RowTime {
  const cell = (at: number) => {
    const text = (cells[at] ?? '').trim();
    return text === '' ? null : text;
  };
  const date = cell(places.date);
  if (date !== null) return date < today ? 'past' : 'future';
  const days = { from: cell(places.from), to: cell(places.to) };
  if (days.from === null && days.to === null) return 'always';
  if (isInForce(days, today)) return 'in_force';
  return days.from !== null && days.from > today ? 'future' : 'past';
}

/** What of a table is shown. */
export interface RowFilter {
  readonly text: string;
  readonly time: 'any' | 'now' | 'future' | 'past';
  readonly onlyChanged: boolean;
  readonly onlyFaulty: boolean;
  readonly onlyPlaceholders: boolean;
}

export const noRowFilter: RowFilter = {
  text: '',
  time: 'any',
  onlyChanged: false,
  onlyFaulty: false,
  onlyPlaceholders: false,
};

export interface FilterFacts {
  readonly places: DayPlaces;
  readonly placeholder: number;
  readonly today: Day;
  readonly faultyRows: ReadonlySet<number>;
  /** A cell as the screen shows it. */
  readonly shown: (cell: string, column: number) => string;
}

/** Places of the rows that fit: every word of the text stands in some cell, as written or as shown. */
export function filterRows(rows: readonly DraftRow[], filter: RowFilter, facts: FilterFacts): readonly number[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.flatMap((row, index) => {
    if (filter.onlyChanged && !isChanged(row)) return [];
    if (filter.onlyFaulty && !facts.faultyRows.has(index + FIRST_ROW)) return [];
    if (filter.onlyPlaceholders && row.cells[facts.placeholder] !== 'true') return [];
    if (filter.time !== 'any' && !fitsTime(rowTime(row.cells, facts.places, facts.today), filter.time)) return [];
    if (words.length === 0) return [index];
    const text = row.cells.map((cell, at) => `${cell} ${facts.shown(cell, at)}`.toLowerCase()).join(' ');
    return words.every((word) => text.includes(word)) ? [index] : [];
  });
}

function fitsTime(time: RowTime, wanted: 'now' | 'future' | 'past'): boolean {
  return wanted === 'now' ? time === 'in_force' || time === 'always' : time === wanted;
}

/** A head is cut at this rather than keep room that no cell needs. */
const MOST_HEAD = 104;
const MOST_CELL = 224;

/** Width of a column in units, from its head and its longest cell among the first rows. */
export function columnWidth(head: string, cells: readonly string[]): number {
  const widest = cells.reduce((most, text) => Math.max(most, textWidth(text)), Math.min(textWidth(head), MOST_HEAD));
  return Math.ceil(Math.min(Math.max(widest, 40), MOST_CELL)) + 18;
}

/** What a row is called in its table: its key cells and its first day. */
export function rowNamer(columns: readonly GridColumn[], key: readonly string[]): (cells: readonly string[]) => string {
  const places = [...key, 'from'].map((id) => columns.findIndex((column) => column.id === id)).filter((at) => at >= 0);
  return (cells) => places.map((at) => (cells[at] ?? '').trim()).join('\u0000');
}
