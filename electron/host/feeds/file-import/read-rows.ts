import Papa from 'papaparse';
import { FileUnreadable, textOf, type TextFile } from './read-file.ts';

/** Rows of a table file. `number` is the row as a spreadsheet shows it: the head row is 1. */
export interface FileRow {
  readonly number: number;
  readonly cells: readonly string[];
}

const delimiters = [',', '\t', ';'] as const;

/** A row must end within so many bytes; one that does not has lost a quote, and would take the rest of the file. */
const MAX_ROW_BYTES = 4 * 1024 * 1024;

/** The delimiter that the head row has most of, outside quotes; a comma if it has none. */
export function delimiterOf(head: string): string {
  const counts = delimiters.map((delimiter) => ({ delimiter, count: countOutsideQuotes(firstLine(head), delimiter) }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).delimiter;
}

/**
 * Reads a file row by row in pieces, waiting for `onRows` before it reads on. Blank lines are counted, not given.
 *
 * @throws FileUnreadable
 */
export function readRows(
  file: TextFile,
  delimiter: string,
  onRows: (rows: readonly FileRow[], share: number) => Promise<'go on' | 'stop'>,
): Promise<void> {
  let number = 0;
  let bytesRead = 0;
  let lastRowAt = 0;
  const text = textOf(file, (read) => (bytesRead = read));
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) => {
      text.destroy();
      reject(cause instanceof Error ? cause : new FileUnreadable(String(cause)));
    };
    Papa.parse<string[]>(text, {
      delimiter,
      skipEmptyLines: false,
      chunk: (results, parser) => {
        const rows: FileRow[] = [];
        if (results.data.length > 0) lastRowAt = bytesRead;
        if (bytesRead - lastRowAt > MAX_ROW_BYTES) {
          return fail(new FileUnreadable(`row ${number + 1} does not end within 4 MiB; a quote may be missing`));
        }
        for (const cells of results.data) {
          number += 1;
          if (cells.length > 1 || (cells[0] ?? '').trim() !== '') rows.push({ number, cells });
        }
        parser.pause();
        onRows(rows, Math.min(1, bytesRead / file.bytes)).then((next) => {
          if (next === 'go on') return parser.resume();
          parser.abort();
          text.destroy();
        }, fail);
      },
      complete: () => resolve(),
      error: (cause) => fail(new FileUnreadable(cause.message, { cause })),
    });
  });
}

/** The head of the file as text, at most about 64 KiB. */
export async function headText(file: TextFile): Promise<string> {
  let head = '';
  for await (const piece of textOf(file, () => {})) {
    head += String(piece);
    if (head.length > 65_536) break;
  }
  return head.slice(0, 65_536);
}

function firstLine(text: string): string {
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') isQuoted = !isQuoted;
    if (!isQuoted && (text[at] === '\n' || text[at] === '\r') && at > 0) return text.slice(0, at);
  }
  return text;
}

function countOutsideQuotes(line: string, delimiter: string): number {
  let isQuoted = false;
  let count = 0;
  for (const character of line) {
    if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && character === delimiter) count += 1;
  }
  return count;
}
