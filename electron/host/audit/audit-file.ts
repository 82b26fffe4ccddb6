import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AuditEntry } from '#contract/audit.ts';
import { z } from '#contract/schema.ts';

/** The entry before the first has this hash. */
export const NO_HASH = '0'.repeat(64);
const HASH_CHARACTERS = 64;
const NEWLINE = 0x0a;

const Linked = AuditEntry.extend({ prev: z.string().regex(/^[0-9a-f]{64}$/) });

/** Where the record stands: the next entry has this `prev` and the sequence after this one. */
export interface AuditHead {
  readonly sequence: number;
  readonly hash: string;
}

/** `changed`: bytes are not as they were written. `out_of_order`: the line does not follow the one before it. */
export type LineProblem = 'changed' | 'out_of_order';

/** The whole lines of a file, one after the other; `end` is the byte behind the last. */
export interface AuditLines {
  readonly lines: readonly AuditLine[];
  readonly end: number;
}

interface AuditLine {
  /** Null for a line that is not as it was written. */
  readonly entry: AuditEntry | null;
  readonly problem: LineProblem | null;
  /** 1 for the first line of the file. */
  readonly number: number;
}

/** A line: SHA-256 of what follows the blank, in hexadecimal, and the entry as JSON with the hash before it as `prev`. */
export function lineOf(entry: AuditEntry, prev: string): { readonly line: string; readonly hash: string } {
  const text = JSON.stringify({ ...entry, prev });
  const hash = hashOf(text);
  return { line: `${hash} ${text}\n`, hash };
}

/** Names of the files in order, each named by its first sequence. */
export async function auditFiles(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => /^\d{12}\.log$/.test(name)).sort();
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw cause;
  }
}

/** Reads files of the record in order and keeps account of the chain. */
export class AuditChain {
  #head: AuditHead;
  /** Not behind a line that was changed, or before the first when the reading begins in the middle. */
  #isKnown: boolean;

  constructor(head: AuditHead | null) {
    this.#head = head ?? { sequence: 0, hash: NO_HASH };
    this.#isKnown = head !== null;
  }

  head(): AuditHead {
    return this.#head;
  }

  async read(folder: string, name: string): Promise<AuditLines> {
    const bytes = await readFile(join(folder, name));
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    const texts = bytes.toString('utf8', 0, end).split('\n').slice(0, -1);
    return { end, lines: texts.map((text, index) => ({ ...this.#line(text), number: index + 1 })) };
  }

  #line(line: string): Pick<AuditLine, 'entry' | 'problem'> {
    const hash = line.slice(0, HASH_CHARACTERS);
    const text = line.slice(HASH_CHARACTERS + 1);
    const isWhole = line[HASH_CHARACTERS] === ' ' && hashOf(text) === hash;
    const parsed = isWhole ? Linked.safeParse(JSON.parse(text)) : null;
    if (parsed?.success !== true) {
      this.#isKnown = false;
      return { entry: null, problem: 'changed' };
    }
    const { prev, ...entry } = parsed.data;
    const follows = prev === this.#head.hash && entry.sequence === this.#head.sequence + 1;
    const problem = follows || !this.#isKnown ? null : 'out_of_order';
    this.#head = { sequence: entry.sequence, hash };
    this.#isKnown = true;
    return { entry, problem };
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
