import type { Entry, Head, NewEntry } from '#host/ports/journal.ts';
import { CanonicalWriter } from '../canonical-json.ts';
import { chainHash, linksText, writeEntry } from '../entry-text.ts';
import {
  ENTRY_KIND,
  MAX_ENTRY_BYTES,
  RECORD_HEADER_BYTES,
  RECORD_OVERHEAD_BYTES,
  sealRecord,
  STOP_KIND,
  stopText,
} from './record.ts';

const MAX_BATCH_ENTRIES = 1_000;
export const MAX_BATCH_BYTES = 4 * 1024 * 1024;

/** What is written with one write and one sync. `bytes` is valid until the encoder is used again. */
export interface Batch {
  readonly bytes: Buffer;
  readonly count: number;
}

export interface EncodedEntries {
  readonly batches: readonly Batch[];
  readonly entries: readonly Entry[];
  /** Bytes of each record, in order. */
  readonly recordBytes: readonly number[];
}

/** Turns new entries into the bytes of records; keeps its buffer between uses. */
export class BatchEncoder {
  #buffer: Buffer = Buffer.allocUnsafe(START_BYTES);
  /** `prev` and one entry: what is hashed must lie in one piece. */
  readonly #entry = new CanonicalWriter();

  /** The entries behind `head`, cut into batches of at most 1,000 entries or 4 MiB. @throws TypeError if an event is no JSON */
  encode(newEntries: readonly NewEntry[], head: Head): EncodedEntries | 'too_large' {
    const entries: Entry[] = [];
    const recordBytes: number[] = [];
    const cuts: { readonly from: number; readonly count: number }[] = [];
    let { sequence, hash: prev } = head;
    let batch = { from: 0, count: 0, first: sequence + 1 };
    let end = 0;
    if (this.#buffer.length > KEPT_BYTES) this.#buffer = Buffer.allocUnsafe(START_BYTES);
    for (const entry of newEntries) {
      sequence += 1;
      if (batch.count === MAX_BATCH_ENTRIES || end - batch.from >= MAX_BATCH_BYTES) {
        cuts.push(batch);
        batch = { from: end, count: 0, first: sequence };
      }
      const encoded = this.#encodeEntry(entry, sequence, prev, batch.first, end);
      if (encoded === 'too_large') return encoded;
      const { actor, at, commandId, events, tables } = entry;
      entries.push({ actor, at, commandId, events, hash: encoded.hash, prev, sequence, tables });
      recordBytes.push(encoded.bytes);
      prev = encoded.hash;
      end += encoded.bytes;
      batch.count += 1;
    }
    cuts.push(batch);
    const batches = cuts.map(({ from, count }, index) => ({
      bytes: this.#buffer.subarray(from, cuts[index + 1]?.from ?? end),
      count,
    }));
    return { batches, entries, recordBytes };
  }

  #encodeEntry(
    entry: NewEntry,
    sequence: number,
    prev: string,
    batchFirst: number,
    at: number,
  ): { readonly hash: string; readonly bytes: number } | 'too_large' {
    const writer = this.#entry;
    writer.clear();
    writer.ascii(prev);
    const from = writer.end;
    const cut = writeEntry(writer, entry, sequence);
    const { end } = writer;
    if (end - from > MAX_ENTRY_BYTES) return 'too_large';
    const hash = chainHash(writer.written(0, end));
    const links = linksText(hash, prev);
    const bodyBytes = end - from + links.length;
    if (bodyBytes > MAX_ENTRY_BYTES) return 'too_large';
    this.#makeRoom(at, bodyBytes + RECORD_OVERHEAD_BYTES);
    const linksAt = cut - from;
    const target = this.#buffer;
    const body = at + RECORD_HEADER_BYTES;
    target.set(writer.written(from, cut), body);
    target.write(links, body + linksAt, 'latin1');
    target.set(writer.written(cut, end), body + linksAt + links.length);
    return { hash, bytes: sealRecord(target, at, bodyBytes, { kind: ENTRY_KIND, linksAt, sequence, batchFirst }) };
  }

  #makeRoom(at: number, bytes: number): void {
    if (at + bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, at + bytes));
    this.#buffer.copy(larger, 0, 0, at);
    this.#buffer = larger;
  }
}

/** The mark of a clean stop behind `head`. */
export function encodeStop(head: Head): Buffer {
  const body = stopText(head.sequence, head.hash);
  const record = Buffer.alloc(RECORD_OVERHEAD_BYTES + body.length);
  record.write(body, RECORD_HEADER_BYTES, 'latin1');
  sealRecord(record, 0, body.length, {
    kind: STOP_KIND,
    linksAt: 0,
    sequence: head.sequence,
    batchFirst: head.sequence,
  });
  return record;
}

const START_BYTES = 512 * 1024;
const KEPT_BYTES = 16 * 1024 * 1024;
