import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The line before the first has this hash. */
export const NO_HASH = '0'.repeat(64);

/** Where a record of lines stands: the next line has this `prev` and the sequence after this one. */
export interface LineHead {
  readonly sequence: number;
  readonly hash: string;
}

/** A record in its place: its number, when it was written, and the hash of the line before it. */
export type Chained<Kept> = Kept & { readonly sequence: number; readonly at: number; readonly prev: string };

/** A line as alarms and shifts keep it: SHA-256 of what follows the blank, in hexadecimal, and the record as JSON. */
export function textOf(line: Chained<object>): { readonly text: string; readonly hash: string } {
  const json = JSON.stringify(line);
  const hash = sumOf(json);
  return { text: `${hash} ${json}\n`, hash };
}

/** Whole lines of a file; null stands for one that is not as it was written. */
export interface ReadLines<Kept> {
  readonly lines: readonly (Chained<Kept> | null)[];
  readonly hashes: readonly string[];
  /** Bytes behind the last whole line: what a crash left. */
  readonly rest: number;
}

export async function readLines<Kept>(folder: string, name: string): Promise<ReadLines<Kept>> {
  const bytes = await readFile(join(folder, name));
  const end = bytes.lastIndexOf(0x0a) + 1;
  const texts = bytes.toString('utf8', 0, end).split('\n').slice(0, -1);
  const hashes = texts.map((text) => text.slice(0, NO_HASH.length));
  const lines = texts.map((text, index) => {
    const json = text.slice(NO_HASH.length + 1);
    // Plain data of this very program: the hash says that it is as it was written.
    return text[NO_HASH.length] === ' ' && sumOf(json) === hashes[index] ? (JSON.parse(json) as Chained<Kept>) : null;
  });
  return { lines, hashes, rest: bytes.length - end };
}

/** Names of the files in order, each named by its first sequence; none where there is no folder. */
export async function lineFiles(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => /^\d{12}\.log$/.test(name)).sort();
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw cause;
  }
}

/**
 * Walks files from the first line: the hash of each line and its place in the chain. What stands behind the last whole line of a
 * file is half-written and passed over. `onLine` is told of every line that is as it was written. Names of the damaged files.
 */
export async function damagedFiles<Kept>(
  folder: string,
  files: readonly string[],
  onLine: (line: Chained<Kept>) => void = () => {},
): Promise<string[]> {
  const damaged: string[] = [];
  // Null behind a damaged line: nobody knows what follows it.
  let head: LineHead | null = { sequence: 0, hash: NO_HASH };
  for (const name of files) {
    const { lines, hashes } = await readLines<Kept>(folder, name);
    let isWhole = true;
    for (const [index, line] of lines.entries()) {
      if (line === null) {
        isWhole = false;
        head = null;
        continue;
      }
      if (head !== null && (line.prev !== head.hash || line.sequence !== head.sequence + 1)) isWhole = false;
      head = { sequence: line.sequence, hash: hashes[index] ?? '' };
      onLine(line);
    }
    if (!isWhole) damaged.push(name);
  }
  return damaged;
}

export function sumOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
