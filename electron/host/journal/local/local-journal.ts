import { HOUR_MS, type Instant } from '#domain/base/instant.ts';
import { ok, refused, type Result } from '#domain/base/result.ts';
import type { JournalReport } from '#contract/health.ts';
import type {
  AppendFailure,
  BareEntry,
  Entry,
  EntryEvents,
  Gap,
  Head,
  Journal,
  JournalSnapshot,
  NewEntry,
} from '#host/ports/journal.ts';
import { BatchEncoder, encodeStop, type EncodedEntries } from './batch-encoder.ts';
import { JournalDamaged } from './damage.ts';
import { isOutOfSpace, messageOf } from './disk-errors.ts';
import type { JournalFiles } from './journal-files.ts';
import type { JournalHealth } from './journal-health.ts';
import type { Packer, PackerOptions } from './packer.ts';
import { SEGMENT_HEAD_BYTES } from './segment-head.ts';
import { isPacked } from './segment-files.ts';
import {
  readBare,
  readEntries,
  readEvents,
  readPlaces,
  type EntryRange,
  type ReadableSegment,
} from './segment-reader.ts';
import { SegmentWriter, type WriteFailure } from './segment-writer.ts';
import { createSegment, type Segment } from './segments.ts';
import { pacedFiles } from './paced-files.ts';
import { verifySegments } from './verify.ts';

/** What opening found. `end` and `firstAt` are those of the last segment; `writer` is null when read-only. */
export interface OpenedJournal {
  readonly id: string;
  readonly segments: readonly Segment[];
  readonly head: Head;
  readonly end: number;
  readonly firstAt: number | null;
  readonly isCleanStop: boolean;
  readonly writer: SegmentWriter | null;
  readonly readOnlyReason: string | null;
  /** The next append begins a segment whatever the size of the last one. */
  readonly mustRotate: boolean;
}

export interface LocalJournalParts extends OpenedJournal {
  readonly files: JournalFiles;
  readonly folder: string;
  readonly health: JournalHealth;
  readonly now: () => Instant;
  readonly segmentBytes: number;
  /** Ends the look-out for space on a full disk. */
  readonly stopProbing: () => void;
  /** Null: closed segments stay plain. */
  readonly makePacker: ((options: PackingOf) => Packer) | null;
}

/** What a packer asks of the journal. */
export type PackingOf = Pick<PackerOptions, 'next' | 'onPacked' | 'onDamage'>;

/** Entries encoded behind `base`, before its turn to be written. */
interface Ahead {
  readonly base: Head;
  readonly encoder: BatchEncoder;
  readonly encoded: EncodedEntries;
}

/** While the disk is full, an append tries it at most this often. */
const FULL_PROBE_MS = 2_000;

/**
 * The journal in segment files (live-and-storage.md §1).
 * 1. Appends run one after the other; a batch is not written before the sync of the last one returned.
 * 2. The head moves only after a sync, and never back; nothing behind it outlives a failure.
 * 3. A begun change of segment is finished before anything else is written.
 * 4. Entries may be encoded before those ahead of them are synced. They are written only behind the very head they were
 *    encoded on.
 */
export class LocalJournal implements Journal {
  readonly id: string;
  readonly #parts: LocalJournalParts;
  /** As many as hold bytes at once: those on their way to the disk, and those encoded meanwhile. */
  readonly #encoders = [new BatchEncoder(), new BatchEncoder()];
  #segments: readonly Segment[];
  readonly #packer: Packer | null;
  /** Of the last segment; null when the journal was opened read-only. */
  #writer: SegmentWriter | null;
  #head: Head;
  /** The head once all that is encoded is written. */
  #planned: Head;
  #firstAt: number | null;
  #readOnlyReason: string | null;
  #mustRotate: boolean;
  #isStopLast: boolean;
  #probeAt: number | null = null;
  #isClosed = false;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: LocalJournalParts) {
    this.id = parts.id;
    this.#parts = parts;
    this.#segments = parts.segments;
    this.#writer = parts.writer;
    this.#head = parts.head;
    this.#planned = parts.head;
    this.#firstAt = parts.firstAt;
    this.#readOnlyReason = parts.readOnlyReason;
    this.#mustRotate = parts.mustRotate;
    this.#isStopLast = parts.isCleanStop;
    this.#packer =
      parts.makePacker?.({
        next: () => this.#nextToPack(),
        onPacked: (plain, packed) => this.#packed(plain, packed),
        onDamage: (damage) => this.#noticed(new JournalDamaged(damage)),
      }) ?? null;
    this.#packer?.wake();
  }

  head(): Head {
    return this.#head;
  }

  readOnlyReason(): string | null {
    return this.#readOnlyReason;
  }

  append(entries: readonly NewEntry[], expected: number): Promise<Result<readonly Entry[], AppendFailure>> {
    if (this.#isClosed) return Promise.reject(new Error('the journal is closed'));
    let ahead: Ahead | null;
    try {
      ahead = this.#encodeAhead(entries, expected);
    } catch (cause) {
      return Promise.reject(cause instanceof Error ? cause : new Error('not encoded', { cause }));
    }
    return this.#inTurn(() => this.#append(entries, expected, ahead));
  }

  read(from: number, to = this.#head.sequence): AsyncIterable<Entry> {
    if (from < 1) throw new RangeError(`no entry has the sequence ${from}`);
    const last = Math.min(to, this.#head.sequence);
    const { files } = this.#parts;
    const onDamaged = (error: JournalDamaged) => this.#noticed(error);
    return readEntries(files, this.#readable(from, last), { from, to: last, onDamaged });
  }

  readAround(from: number, onGap: (gap: Gap) => void): AsyncIterable<readonly BareEntry[]> {
    const range = this.#rangeAround(from, onGap);
    return readBare(this.#parts.files, this.#readable(from, range.to), range);
  }

  readEvents(from: number, onGap: (gap: Gap) => void): AsyncIterable<readonly EntryEvents[]> {
    const range = this.#rangeAround(from, onGap);
    return readEvents(this.#parts.files, this.#readable(from, range.to), range);
  }

  #rangeAround(from: number, onGap: (gap: Gap) => void): EntryRange {
    return { from, to: this.#head.sequence, onGap, onDamaged: (error) => this.#noticed(error) };
  }

  snapshot(): JournalSnapshot | null {
    if (this.#writer === null || this.#readOnlyReason !== null) return null;
    const { end } = this.#writer;
    const last = this.#segments.at(-1);
    const files = this.#segments.map((segment) => {
      return { name: segment.name, path: segment.path, bytes: segment === last ? end : null };
    });
    return { journalId: this.id, head: this.#head, files };
  }

  async readEach(sequences: readonly number[]): Promise<readonly Entry[]> {
    const bySegment = new Map<ReadableSegment, number[]>();
    const readable = this.#readable(1, this.#head.sequence);
    for (const sequence of sequences) {
      const place = readable.findLast(({ segment }) => segment.head.firstSequence <= sequence);
      if (place === undefined || !Number.isInteger(sequence) || sequence < 1 || sequence > this.#head.sequence) {
        throw new RangeError(`no entry has the sequence ${sequence}`);
      }
      const wanted = bySegment.get(place);
      if (wanted === undefined) bySegment.set(place, [sequence]);
      else wanted.push(sequence);
    }
    const found = new Map<number, Entry>();
    try {
      for (const [place, wanted] of bySegment) {
        for (const entry of await readPlaces(this.#parts.files, place, wanted)) found.set(entry.sequence, entry);
      }
    } catch (error) {
      if (error instanceof JournalDamaged) this.#noticed(error);
      throw error;
    }
    return sequences.flatMap((sequence) => found.get(sequence) ?? []);
  }

  async verify(pause?: () => Promise<void>): Promise<JournalReport> {
    const { folder, health } = this.#parts;
    let ended: { readonly cause: unknown } | null = null;
    const paced = async () => {
      // The walk goes on behind what it can't read: what comes after the end is not read either.
      if (ended !== null) throw ended.cause;
      await pause?.().catch((cause: unknown) => {
        ended = { cause };
        throw cause;
      });
    };
    const files = pause === undefined ? this.#parts.files : pacedFiles(this.#parts.files, paced);
    const writer = this.#writer;
    const active = writer === null ? null : { name: writer.segment.name, end: writer.end };
    const report = await verifySegments({ files, folder, journalId: this.id, head: this.#head, active });
    if (ended !== null) throw (ended as { readonly cause: unknown }).cause;
    const first = report.problems[0];
    if (first !== undefined) this.#goReadOnly(health.damaged({ ...first, sequence: first.sequence ?? 0 }));
    return report;
  }

  close(): Promise<void> {
    if (this.#isClosed) return this.#last.then(nothing, nothing);
    this.#isClosed = true;
    this.#parts.stopProbing();
    return this.#inTurn(() => this.#close());
  }

  /** What comes next begins before anybody else hears that the last is done: the disk is not kept waiting. */
  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const done = this.#last.then(work, work);
    this.#last = done;
    return done;
  }

  /** Encodes while entries ahead of these are synced; null where it must wait for its turn. @throws TypeError */
  #encodeAhead(entries: readonly NewEntry[], expected: number): Ahead | null {
    const base = this.#planned;
    if (entries.length === 0 || expected !== base.sequence || this.#readOnlyReason !== null) return null;
    const encoder = this.#encoders.pop();
    if (encoder === undefined) return null;
    let encoded: EncodedEntries | 'too_large' = 'too_large';
    try {
      encoded = encoder.encode(entries, base);
    } finally {
      if (encoded === 'too_large') this.#encoders.push(encoder);
    }
    if (encoded === 'too_large') return null;
    const last = encoded.entries.at(-1);
    if (last !== undefined) this.#planned = { sequence: last.sequence, hash: last.hash };
    return { base, encoder, encoded };
  }

  async #append(
    entries: readonly NewEntry[],
    expected: number,
    ahead: Ahead | null,
  ): Promise<Result<readonly Entry[], AppendFailure>> {
    const encoder = ahead?.encoder ?? this.#encoders.pop() ?? new BatchEncoder();
    let isRecorded = false;
    try {
      const appended = await this.#write(entries, expected, encoder, ahead);
      isRecorded = appended.ok;
      return appended;
    } finally {
      if (!isRecorded) this.#planned = this.#head;
      this.#encoders.push(encoder);
    }
  }

  async #write(
    entries: readonly NewEntry[],
    expected: number,
    encoder: BatchEncoder,
    ahead: Ahead | null,
  ): Promise<Result<readonly Entry[], AppendFailure>> {
    if (this.#readOnlyReason !== null) return refused('read_only');
    if (expected !== this.#head.sequence) return refused('conflict');
    const first = entries[0];
    if (first === undefined) return ok([]);
    if (this.#probeAt !== null && this.#isTooEarly(this.#probeAt)) return refused('full');
    const isInPlace = ahead !== null && ahead.base.hash === this.#head.hash;
    const encoded = isInPlace ? ahead.encoded : encoder.encode(entries, this.#head);
    if (encoded === 'too_large') return refused(encoded);
    const writer = this.#mustBegin(first.at) ? await this.#begin() : this.#writer;
    if (writer === null) return refused('read_only');
    if ('kind' in writer) return refused(this.#failed(writer));
    const start = writer.end;
    const failure = await writer.write(encoded.batches, this.#head);
    if (failure !== null) return refused(this.#failed(failure));
    this.#recorded(writer, start, encoded.entries, encoded.recordBytes);
    return ok(encoded.entries);
  }

  /** A clock that was set back meanwhile does not keep the disk from being tried. */
  #isTooEarly(probeAt: number): boolean {
    const wait = probeAt - this.#parts.now();
    return wait > 0 && wait <= FULL_PROBE_MS;
  }

  #recorded(writer: SegmentWriter, start: number, entries: readonly Entry[], recordBytes: readonly number[]): void {
    let offset = start;
    for (const bytes of recordBytes) {
      writer.segment.offsets?.push(offset);
      offset += bytes;
    }
    const last = entries.at(-1);
    if (last !== undefined) this.#head = { sequence: last.sequence, hash: last.hash };
    this.#firstAt ??= entries[0]?.at ?? null;
    this.#isStopLast = false;
    this.#probeAt = null;
    this.#parts.health.hasSpace();
  }

  /** Whether an entry of that moment begins a segment: the last one is full or of last year. */
  #mustBegin(at: Instant): boolean {
    if (this.#writer === null) return false;
    const hasEntries = this.#writer.segment.head.firstSequence <= this.#head.sequence;
    const isFullSize = hasEntries && this.#writer.end >= this.#parts.segmentBytes;
    return this.#mustRotate || isFullSize || (this.#firstAt !== null && beijingYear(at) > beijingYear(this.#firstAt));
  }

  async #begin(): Promise<SegmentWriter | WriteFailure> {
    const writer = this.#writer;
    this.#mustRotate = true;
    const { files, folder } = this.#parts;
    const head = { journalId: this.id, firstSequence: this.#head.sequence + 1, prev: this.#head.hash };
    try {
      const { segment, file } = await createSegment(files, folder, head);
      this.#writer = new SegmentWriter(files, segment, file, SEGMENT_HEAD_BYTES);
      this.#segments = [...this.#segments, segment];
    } catch (error) {
      return { kind: isOutOfSpace(error) ? 'full' : 'failed', reason: messageOf(error) };
    }
    this.#mustRotate = false;
    this.#firstAt = null;
    if (writer !== null) {
      // Its entries are searched for from now on: an index of each would grow with the archive.
      writer.segment.offsets = null;
      await this.#closeWriter(writer);
    }
    this.#packer?.wake();
    return this.#writer;
  }

  #failed({ kind, reason }: WriteFailure): AppendFailure {
    const { health, now } = this.#parts;
    if (kind === 'full') {
      this.#probeAt = now() + FULL_PROBE_MS;
      health.full(reason);
      return 'full';
    }
    if (kind === 'failed') health.writeFailed(reason);
    else this.#goReadOnly(health.down(reason));
    return 'read_only';
  }

  #goReadOnly(reason: string): void {
    const writer = this.#writer;
    this.#readOnlyReason ??= reason;
    if (writer !== null) void this.#inTurn(() => this.#closeWriter(writer));
  }

  /** A damaged place has been read: from now on nothing is written (JN3). */
  #noticed(error: JournalDamaged): void {
    this.#goReadOnly(this.#parts.health.damaged(error.damage));
  }

  async #closeWriter(writer: SegmentWriter): Promise<void> {
    try {
      await writer.close();
    } catch (error) {
      this.#parts.health.writeFailed(messageOf(error));
    }
  }

  /** The oldest closed segment that is plain. Its last entry is the one before the next segment's first. */
  #nextToPack(): { readonly segment: Segment; readonly last: Head } | null {
    if (this.#writer === null || this.#readOnlyReason !== null) return null;
    const index = this.#segments.findIndex((segment) => !isPacked(segment));
    const segment = this.#segments[index];
    const next = this.#segments[index + 1];
    if (segment === undefined || next === undefined) return null;
    return { segment, last: { sequence: next.head.firstSequence - 1, hash: next.head.prev } };
  }

  /** Places of entries stay what they were; readings under way hold the plain file open or find the packed one. */
  #packed(plain: Segment, packed: Segment): void {
    this.#segments = this.#segments.map((segment) => {
      return segment === plain ? { ...packed, offsets: plain.offsets } : segment;
    });
  }

  async #close(): Promise<void> {
    await this.#packer?.stop();
    const writer = this.#writer;
    if (writer === null || this.#readOnlyReason !== null) return;
    if (!this.#isStopLast && !this.#mustRotate) {
      const failure = await writer.write([{ bytes: encodeStop(this.#head) }], this.#head);
      if (failure !== null) this.#failed(failure);
    }
    await this.#closeWriter(writer);
  }

  /** The segments that hold the entries, and how far each may be read. */
  #readable(from: number, to: number): readonly ReadableSegment[] {
    const last = this.#segments.at(-1);
    const end = this.#writer?.end ?? this.#parts.end;
    return this.#segments.flatMap((segment, index) => {
      const next = this.#segments[index + 1]?.head.firstSequence ?? Number.POSITIVE_INFINITY;
      if (segment.head.firstSequence > to || next <= from) return [];
      return [{ segment, end: segment === last ? end : null }];
    });
  }
}

/** Calendar year in Beijing (UTC+8 all year). */
function beijingYear(at: number): number {
  return new Date(at + 8 * HOUR_MS).getUTCFullYear();
}

function nothing(): void {}
