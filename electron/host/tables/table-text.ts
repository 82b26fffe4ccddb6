import Papa from 'papaparse';
import type { TableCells } from '#domain/reference/parse-table.ts';
import type { TableText } from '#host/ports/tables.ts';

/** Far above the 5,000 rows of decision 0007; more is no table of rules. */
const MAX_BYTES = 8 * 1024 * 1024;
const MAX_ROWS = 20_000;

/**
 * A table file as cells: UTF-8 with or without a byte order mark, commas, quotes as in RFC 4180, any line ends. What
 * can't be read as that is a problem of row 1 or of the row where reading stopped.
 */
export function cellsOfFile(table: string, bytes: Uint8Array): TableText {
  if (bytes.length > MAX_BYTES) return unreadable(table, 1, 'larger than 8 MiB');
  try {
    return cellsOfText(table, new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    if (cause instanceof TypeError) return unreadable(table, 1, 'not UTF-8');
    throw cause;
  }
}

/** As {@link cellsOfFile}, for text that is already decoded. */
export function cellsOfText(table: string, text: string): TableText {
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (content.trim() === '') return unreadable(table, 1, 'empty');
  if (content.includes('\0')) return unreadable(table, 1, 'not text: it contains zero bytes');
  const { data, errors } = Papa.parse<string[]>(content, { delimiter: ',', skipEmptyLines: false });
  const broken = errors.find(({ type }) => type === 'Quotes');
  if (broken !== undefined) return unreadable(table, (broken.row ?? 0) + 1, 'a quote is missing');
  if (data.length > MAX_ROWS) return unreadable(table, MAX_ROWS, `more than ${MAX_ROWS} rows`);
  const rows = data
    .map((cells, index) => ({ number: index + 1, cells }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const head = rows[0];
  return { ok: true, cells: { head: head?.cells ?? [], rows: rows.slice(1) } };
}

/** The text of a table, rows without gaps: row 2 is the first. */
export function textOfCells({ head, rows }: TableCells): string {
  return `${Papa.unparse([[...head], ...rows.map(({ cells }) => [...cells])], { newline: '\n' })}\n`;
}

function unreadable(table: string, row: number, reason: string): TableText {
  return { ok: false, problem: { table, row, column: null, code: 'unreadable', value: '', detail: { reason } } };
}
