import Papa from 'papaparse';

/**
 * A file for spreadsheets (desk-wall-briefing.md X2): UTF-8 with byte order mark, CRLF, and an apostrophe before what a
 * spreadsheet would take for a formula.
 */
export function reportCsv(rows: readonly (readonly string[])[]): string {
  const text = Papa.unparse(
    rows.map((cells) => [...cells]),
    { newline: '\r\n', escapeFormulae: true },
  );
  return `\uFEFF${text}\r\n`;
}
