import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ShiftRecord } from '#domain/shift/seat.ts';

/** The line before the first has this hash. */
export const NO_HASH = '0'.repeat(64);

/** A record in its place: its number, when it was written, and the hash of the line before it. */
export type ShiftLine = ShiftRecord & { readonly sequence: number; readonly at: number; readonly prev: string };

/** Where the record stands: the next line has this `prev` and the sequence after this one. */
export interface ShiftHead {
  readonly sequence: number;
  readonly hash: string;
}

/** A line: SHA-256 of what follows the blank, in hexadecimal, and the record as JSON. */
export function textOf(line: ShiftLine): { readonly text: string; readonly hash: string } {
  const json = JSON.stringify(line);
  const hash = sumOf(json);
  return { text: `${hash} ${json}\n`, hash };
}

/** Whole lines of a file; null stands for one that is not as it was written. */
export interface ReadLines {
  readonly lines: readonly (ShiftLine | null)[];
  readonly hashes: readonly string[];
  /** Bytes behind the last whole line: what a crash left. */
  readonly rest: number;
}

export async function readLines(folder: string, name: string): Promise<ReadLines> {
  const bytes = await readFile(join(folder, name));
  const end = bytes.lastIndexOf(0x0a) + 1;
  const texts = bytes.toString('utf8', 0, end).split('\n').slice(0, -1);
  const hashes = texts.map((text) => text.slice(0, NO_HASH.length));
  const lines = texts.map((text, index) => {
    const json = text.slice(NO_HASH.length + 1);
    // Plain data of this very program: the hash says that it is as it was written.
    return text[NO_HASH.length] === ' ' && sumOf(json) === hashes[index] ? (JSON.parse(json) as ShiftLine) : null;
  });
  return { lines, hashes, rest: bytes.length - end };
}

/** Names of the files in order, each named by its first sequence. */
export async function shiftFiles(folder: string): Promise<readonly string[]> {
  return (await namesIn(folder)).filter((name) => /^\d{12}\.log$/.test(name)).sort();
}

/** Where signed forms lie, each named by its number and the hash of its bytes. */
export const FORMS = 'handovers';

export function formName(number: number, hash: string): string {
  return `${String(number).padStart(6, '0')}-${hash}.json`;
}

/** Null for one that is not there, or whose bytes are not those that were signed. */
export async function readForm(folder: string, number: number, hash: string): Promise<unknown> {
  try {
    const text = await readFile(join(folder, FORMS, formName(number, hash)), 'utf8');
    return sumOf(text) === hash ? (JSON.parse(text) as unknown) : null;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw cause;
  }
}

export function sumOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw cause;
  }
}
