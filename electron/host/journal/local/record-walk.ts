import type { JournalFile } from './journal-files.ts';
import { messageOf } from './disk-errors.ts';
import {
  batchFirstOf,
  brokenRecord,
  ENTRY_KIND,
  hashOf,
  kindOf,
  looksLikeRecord,
  MAX_RECORD_BYTES,
  recordBytes,
  RECORD_OVERHEAD_BYTES,
  sequenceOf,
  unfitRecord,
} from './record.ts';

/** Something wrong in a segment. `sequence` is the first entry that cannot be trusted. */
export interface Problem {
  readonly offset: number;
  readonly sequence: number;
  readonly reason: string;
  /**
   * `broken`: no whole record, perhaps a torn write. `unfit`: a whole record that does not follow what came before it.
   * `unreadable`: the disk refuses.
   */
  readonly kind: 'broken' | 'unfit' | 'unreadable';
}

/** Where a walk begins: the offset of a record, its sequence, and the hash before it (null: not known, not compared). */
export interface WalkStart {
  readonly offset: number;
  readonly sequence: number;
  readonly prev: string | null;
}

/**
 * Walks the records of a segment from the disk and checks each: checksum, sequence, link to the one before; with
 * `isChainChecked` the hashes are computed as well. Stops at the first problem and stays before it.
 */
export class RecordWalk {
  readonly #file: JournalFile;
  readonly #end: number;
  readonly #isChainChecked: boolean;
  #buffer: Buffer;
  #batchFirst = 0;
  /** Of the record that comes next. */
  offset: number;
  sequence: number;
  prev: string | null;
  problem: Problem | null = null;
  /** Whether the last record was the mark of a clean stop. */
  isAtStop = false;

  constructor(file: JournalFile, start: WalkStart, end: number, isChainChecked: boolean) {
    this.#file = file;
    this.#end = end;
    this.#isChainChecked = isChainChecked;
    this.offset = start.offset;
    this.sequence = start.sequence;
    this.prev = start.prev;
    this.#buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, Math.max(0, end - start.offset)));
  }

  /** Reads one chunk and calls `visit` for each entry in it. False once the end or a problem is reached. */
  async next(visit: (buffer: Buffer, at: number) => void): Promise<boolean> {
    if (this.problem !== null || this.offset >= this.#end) return false;
    const wanted = Math.min(this.#buffer.length, this.#end - this.offset);
    const got = await this.#read(wanted);
    if (got === null) return false;
    const used = this.#visitAll(got, visit);
    const isCutByChunk = this.problem === null && used === 0 && got < this.#end - this.offset && got === wanted;
    if (isCutByChunk) this.#buffer = Buffer.allocUnsafe(MAX_RECORD_BYTES);
    else if (this.problem === null && (used === 0 || got < wanted)) this.#fail('record is incomplete', 'broken');
    return this.problem === null && this.offset < this.#end;
  }

  /** Goes on behind a problem, at a record that was found there. */
  resume(start: WalkStart): void {
    this.offset = start.offset;
    this.sequence = start.sequence;
    this.prev = start.prev;
    this.problem = null;
  }

  async #read(wanted: number): Promise<number | null> {
    try {
      return await this.#file.read(this.#buffer.subarray(0, wanted), this.offset);
    } catch (error) {
      this.#fail(`cannot be read: ${messageOf(error)}`, 'unreadable');
      return null;
    }
  }

  #visitAll(got: number, visit: (buffer: Buffer, at: number) => void): number {
    const buffer = this.#buffer;
    let at = 0;
    while (at < got) {
      const broken = brokenRecord(buffer, at, got);
      if (broken === 'incomplete') break;
      if (broken !== null) {
        this.#fail(broken === 'length' ? 'length of the record is impossible' : 'checksum does not match', 'broken');
        break;
      }
      const unfit = unfitRecord(buffer, at, this.#expected());
      if (unfit !== null) {
        this.#fail(unfit, 'unfit');
        break;
      }
      const bytes = recordBytes(buffer, at);
      this.isAtStop = kindOf(buffer, at) !== ENTRY_KIND;
      if (!this.isAtStop) {
        visit(buffer, at);
        this.#batchFirst = batchFirstOf(buffer, at);
        this.prev = hashOf(buffer, at);
        this.sequence += 1;
      }
      this.offset += bytes;
      at += bytes;
    }
    return at;
  }

  #expected() {
    const { sequence, prev } = this;
    return { sequence, prev, batchFirst: this.#batchFirst, isChainChecked: this.#isChainChecked };
  }

  #fail(reason: string, kind: Problem['kind']): void {
    this.problem = { offset: this.offset, sequence: this.sequence, reason, kind };
  }
}

/** A whole record found in bytes that are not to be trusted. */
export interface Found {
  readonly offset: number;
  readonly bytes: number;
  readonly kind: number;
  readonly sequence: number;
  readonly batchFirst: number;
  /** The hash of an entry; null for a stop. */
  readonly hash: string | null;
}

/** The next whole record at or behind `from`, or null. */
export async function findRecord(file: JournalFile, from: number, end: number): Promise<Found | null> {
  for await (const found of wholeRecords(file, from, end)) return found;
  return null;
}

/** Where the entries go on behind a problem: at the next whole one that follows in order; null if there is none. */
export async function behindProblem(file: JournalFile, problem: Problem, end: number): Promise<WalkStart | null> {
  if (problem.kind === 'unreadable') return null;
  for await (const { offset, kind, sequence } of wholeRecords(file, problem.offset, end)) {
    const isUnfit = offset === problem.offset && sequence === problem.sequence;
    if (kind !== ENTRY_KIND || isUnfit || sequence < problem.sequence) continue;
    return { offset, sequence, prev: null };
  }
  return null;
}

/** Every whole record at or behind `from`, whatever lies between them. */
export async function* wholeRecords(file: JournalFile, from: number, end: number): AsyncGenerator<Found, void> {
  const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(CHUNK_BYTES + MAX_RECORD_BYTES, end - from)));
  let next = from;
  for (let base = from; base < end; base += CHUNK_BYTES) {
    if (next >= base + CHUNK_BYTES) continue;
    const got = await file.read(buffer.subarray(0, Math.min(buffer.length, end - base)), base);
    let at = Math.max(0, next - base);
    while (at < CHUNK_BYTES && at + RECORD_OVERHEAD_BYTES <= got) {
      if (!looksLikeRecord(buffer, at) || brokenRecord(buffer, at, got) !== null) {
        at += 1;
        continue;
      }
      const found = foundAt(buffer, at, base);
      at += found.bytes;
      yield found;
    }
    next = base + at;
  }
}

/** The whole record at `at` of bytes that begin at `base`. */
export function foundAt(buffer: Buffer, at: number, base: number): Found {
  const kind = kindOf(buffer, at);
  return {
    offset: base + at,
    bytes: recordBytes(buffer, at),
    kind,
    sequence: sequenceOf(buffer, at),
    batchFirst: batchFirstOf(buffer, at),
    hash: kind === ENTRY_KIND ? hashOf(buffer, at) : null,
  };
}

const CHUNK_BYTES = 1024 * 1024;
