import Papa from 'papaparse';

export type CsvRead =
  | { readonly ok: true; readonly rows: readonly (readonly string[])[]; readonly unknown: readonly string[] }
  | {
      readonly ok: false;
      readonly reason: 'not_utf8' | 'quote' | 'empty' | 'missing_columns';
      readonly detail: string;
    };

/**
 * The file of a table: UTF-8 with a byte order mark, so that spreadsheets know it. Cells go out as they are, without the
 * guard against formulas that exports for reading have: the file comes back as a table, and `@township` is a role.
 */
export function csvOf(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return `\uFEFF${Papa.unparse([[...columns], ...rows.map((cells) => [...cells])], { newline: '\r\n' })}\r\n`;
}

/** Reads a file into rows with the cells of `columns`; others are left out and named. Blank rows are left out. */
export function readCsv(bytes: Uint8Array, columns: readonly string[], optional: readonly string[]): CsvRead {
  const text = decoded(bytes);
  if (text === null) return { ok: false, reason: 'not_utf8', detail: '' };
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: ',', skipEmptyLines: 'greedy' });
  const broken = errors.find(({ type }) => type === 'Quotes');
  if (broken !== undefined) return { ok: false, reason: 'quote', detail: String((broken.row ?? 0) + 1) };
  const [head = [], ...body] = data;
  if (body.length === 0) return { ok: false, reason: 'empty', detail: '' };
  const names = head.map((cell) => cell.trim());
  const missing = columns.filter((id) => !names.includes(id) && !optional.includes(id));
  if (missing.length > 0) return { ok: false, reason: 'missing_columns', detail: missing.join(' ') };
  const places = columns.map((id) => names.indexOf(id));
  const rows = body.map((cells) => places.map((at) => (at < 0 ? '' : (cells[at] ?? '').trim())));
  return { ok: true, rows, unknown: names.filter((name) => name !== '' && !columns.includes(name)) };
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    if (cause instanceof TypeError) return null;
    throw cause;
  }
}
