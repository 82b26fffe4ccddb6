import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Alarm } from '#domain/alarms/alarm.ts';
import type { AlarmPicture } from '#domain/alarms/alarm-book.ts';
import type { AlarmActName } from '#domain/alarms/alarm-state.ts';
import type { RateBin } from '#domain/alarms/alarm-rate.ts';
import type { TallyRow } from '#domain/alarms/alarm-tally.ts';

/** The line before the first has this hash. */
export const NO_HASH = '0'.repeat(64);
/** Lines of another format are not read. */
export const FORMAT = 1;

/** What is kept of the alarms: all that stood, or what changed and, of an act, who did it. */
export type AlarmRecord =
  | { readonly kind: 'picture'; readonly format: number; readonly picture: AlarmPicture }
  | {
      readonly kind: 'changes';
      readonly act: { readonly name: AlarmActName; readonly by: string; readonly ids: readonly number[] } | null;
      readonly changed: readonly Alarm[];
      readonly gone: readonly number[];
      readonly tally: readonly TallyRow[];
      readonly bins: readonly RateBin[];
    };

/** A record in its place: its number, and the hash of the line before it. */
export type AlarmLine = AlarmRecord & { readonly sequence: number; readonly at: number; readonly prev: string };

/** Where the record stands: the next line has this `prev` and the sequence after this one. */
export interface AlarmHead {
  readonly sequence: number;
  readonly hash: string;
}

/** A line: SHA-256 of what follows the blank, in hexadecimal, and the record as JSON. */
export function textOf(line: AlarmLine): { readonly text: string; readonly hash: string } {
  const json = JSON.stringify(line);
  const hash = sumOf(json);
  return { text: `${hash} ${json}\n`, hash };
}

/** Whole lines of a file; null stands for one that is not as it was written. */
export interface ReadLines {
  readonly lines: readonly (AlarmLine | null)[];
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
    return text[NO_HASH.length] === ' ' && sumOf(json) === hashes[index] ? (JSON.parse(json) as AlarmLine) : null;
  });
  return { lines, hashes, rest: bytes.length - end };
}

/** Names of the files in order, each named by its first sequence. */
export async function alarmFiles(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => /^\d{12}\.log$/.test(name)).sort();
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw cause;
  }
}

function sumOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
