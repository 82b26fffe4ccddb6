import type { BareEntry, Entry, EntryEvents, Gap } from '#host/ports/journal.ts';
import { JournalDamaged, type Damage } from './damage.ts';
import { messageOf } from './disk-errors.ts';
import type { JournalFile, JournalFiles } from './journal-files.ts';
import { behindProblem, RecordWalk, type WalkStart } from './record-walk.ts';
import { findPlace, type Place } from './find-place.ts';
import {
  bodyText,
  brokenRecord,
  eventsText,
  hashOf,
  MAX_RECORD_BYTES,
  recordBytes,
  sequenceOf,
  textBeforeLinks,
} from './record.ts';
import { openSegment } from './segment-files.ts';
import { SEGMENT_HEAD_BYTES } from './segment-head.ts';
import { OffsetIndex, startOfSegment, type Segment } from './segments.ts';

/** A segment, and how far it may be read; null: to its end. */
export interface ReadableSegment {
  readonly segment: Segment;
  readonly end: number | null;
}

export interface EntryRange {
  readonly from: number;
  readonly to: number;
  /** Told of damage before it is thrown. */
  readonly onDamaged: (error: JournalDamaged) => void;
  /** Left out: damage is thrown. Else told of entries that cannot be read, in order; the reading goes on behind them. */
  readonly onGap?: (gap: Gap) => void;
}

/**
 * Entries of adjoining segments, with checksums, sequences and links checked.
 *
 * @throws JournalDamaged at the first that is not as it was written, unless there is an `onGap`
 */
export async function* readEntries(
  files: JournalFiles,
  segments: readonly ReadableSegment[],
  range: EntryRange,
): AsyncGenerator<Entry, void, undefined> {
  for await (const batch of readBatches(files, segments, range, entryAt)) yield* batch;
}

/** As {@link readEntries}, but bare, and what one reading of the disk gives at a time; no batch is empty. */
export function readBare(
  files: JournalFiles,
  segments: readonly ReadableSegment[],
  range: EntryRange,
): AsyncIterable<readonly BareEntry[]> {
  return readBatches(files, segments, range, bareEntryAt);
}

/** What is taken of a whole record. */
type Taking<Taken> = (buffer: Buffer, at: number) => Taken;

const entryAt: Taking<Entry> = (buffer, at) => JSON.parse(bodyText(buffer, at)) as Entry;

const bareEntryAt: Taking<BareEntry> = (buffer, at) => {
  // Set in what was just made: a copy would cost as much as the reading.
  const entry = JSON.parse(`${textBeforeLinks(buffer, at)}}`) as {
    -readonly [Field in keyof BareEntry]: BareEntry[Field];
  };
  entry.sequence = sequenceOf(buffer, at);
  return entry;
};

/** As {@link readBare}, of each entry its events alone: a third less to parse, and to collect. */
export function readEvents(
  files: JournalFiles,
  segments: readonly ReadableSegment[],
  range: EntryRange,
): AsyncIterable<readonly EntryEvents[]> {
  return readBatches(files, segments, range, eventsAt);
}

const eventsAt: Taking<EntryEvents> = (buffer, at) => {
  return { sequence: sequenceOf(buffer, at), events: JSON.parse(eventsText(buffer, at)) as EntryEvents['events'] };
};

async function* readBatches<Taken>(
  files: JournalFiles,
  segments: readonly ReadableSegment[],
  range: EntryRange,
  take: Taking<Taken>,
): AsyncGenerator<readonly Taken[], void, undefined> {
  const position: Position = { next: range.from, prev: null };
  for (const readable of segments) {
    const segment = new SegmentReading(files, readable, position, range, take);
    try {
      await segment.open();
      for (let chunk = await segment.chunk(); chunk !== null; chunk = await segment.chunk()) {
        if (chunk.length > 0) yield chunk;
      }
    } finally {
      await segment.close();
    }
  }
  const { next } = position;
  if (next > range.to) return;
  const reason = `entries ${next} to ${range.to} are missing`;
  const at = { segment: segments.at(-1)?.segment.name ?? 'none', offset: 0, sequence: next };
  const missing = new JournalDamaged({ ...at, reason });
  range.onDamaged(missing);
  if (range.onGap === undefined) throw missing;
  range.onGap({ from: next, to: range.to });
}

/** How far a reading has come; moved on by each segment. `prev` null: nothing has been read yet, or not known. */
interface Position {
  next: number;
  prev: string | null;
}

/** The part of a reading that lies in one segment. */
class SegmentReading<Taken> {
  readonly #files: JournalFiles;
  readonly #readable: ReadableSegment;
  readonly #position: Position;
  readonly #range: EntryRange;
  readonly #take: Taking<Taken>;
  #file: JournalFile | null = null;
  #walk: RecordWalk | null = null;
  #end = 0;

  constructor(
    files: JournalFiles,
    readable: ReadableSegment,
    position: Position,
    range: EntryRange,
    take: Taking<Taken>,
  ) {
    this.#files = files;
    this.#readable = readable;
    this.#position = position;
    this.#range = range;
    this.#take = take;
  }

  /** @throws JournalDamaged if the segment does not follow the one before it */
  async open(): Promise<void> {
    const { segment, end } = this.#readable;
    const { next, prev } = this.#position;
    const { firstSequence } = segment.head;
    const isUnlike = segment.head.prev !== '' && segment.head.prev !== prev;
    if (prev !== null && (firstSequence !== next || isUnlike)) {
      const isGap = firstSequence > next;
      const reason = isGap
        ? `entries ${next} to ${firstSequence - 1} are missing`
        : 'the segment does not follow the one before it';
      this.#damaged({ segment: segment.name, offset: 0, sequence: Math.min(next, firstSequence), reason });
    }
    try {
      this.#file = await openSegment(this.#files, segment);
      this.#end = end ?? (await this.#file.size());
    } catch (error) {
      const reason = `cannot be read: ${messageOf(error)}`;
      this.#damaged({ segment: segment.name, offset: 0, sequence: Math.max(next, firstSequence), reason });
      return;
    }
    this.#walk = new RecordWalk(this.#file, await startOf(this.#file, segment, next, this.#end), this.#end, false);
  }

  /** The next entries, perhaps none in this piece; null at the end. */
  async chunk(): Promise<readonly Taken[] | null> {
    const walk = this.#walk;
    const position = this.#position;
    if (walk === null || position.next > this.#range.to) return null;
    const chunk: Taken[] = [];
    const isMore = await walk.next((buffer, at) => {
      const sequence = sequenceOf(buffer, at);
      if (sequence < position.next || sequence > this.#range.to) return;
      if (sequence > position.next) this.#range.onGap?.({ from: position.next, to: sequence - 1 });
      position.next = sequence + 1;
      chunk.push(this.#take(buffer, at));
    });
    if (isMore || chunk.length > 0) return chunk;
    if (walk.problem !== null) return this.#goOnBehind(walk);
    position.prev = walk.prev;
    return null;
  }

  async close(): Promise<void> {
    await this.#file?.close();
  }

  async #goOnBehind(walk: RecordWalk): Promise<readonly Taken[] | null> {
    const { problem } = walk;
    if (problem === null || this.#file === null) return null;
    this.#damaged({ segment: this.#readable.segment.name, ...problem });
    const start = await behindProblem(this.#file, problem, this.#end);
    if (start === null) {
      this.#position.prev = null;
      return null;
    }
    walk.resume(start);
    return [];
  }

  /** @throws JournalDamaged unless the reading goes on behind damage */
  #damaged(damage: Damage): void {
    const error = new JournalDamaged(damage);
    this.#range.onDamaged(error);
    if (this.#range.onGap === undefined) throw error;
  }
}

/** More entries than these are found by an index of the whole segment, which is made for it. */
const MOST_SEARCHED = 64;

/** Single entries of one segment, in ascending order. @throws JournalDamaged for one that is not as it was written */
export async function readPlaces(
  files: JournalFiles,
  { segment, end }: ReadableSegment,
  sequences: readonly number[],
): Promise<readonly Entry[]> {
  const file = await openSegment(files, segment);
  try {
    const limit = end ?? (await file.size());
    const places = await placesOf(file, segment, limit, sequences);
    const entries: Entry[] = [];
    for (let index = 0; index < places.length; index += READS_AT_ONCE) {
      const some = places.slice(index, index + READS_AT_ONCE);
      entries.push(...(await Promise.all(some.map((place) => readPlace(file, segment, place)))));
    }
    return entries;
  } finally {
    await file.close();
  }
}

const READS_AT_ONCE = 32;

/** Where an entry is to be read. */
interface EntryPlace extends Place {
  readonly sequence: number;
}

async function placesOf(
  file: JournalFile,
  segment: Segment,
  limit: number,
  sequences: readonly number[],
): Promise<readonly EntryPlace[]> {
  if (segment.offsets === null && sequences.length <= MOST_SEARCHED) {
    const searched = await searchedPlaces(file, segment, limit, sequences);
    if (searched !== null) return searched;
  }
  const offsets = segment.offsets ?? (await indexOf(file, segment, limit));
  return sequences.map((sequence) => {
    const place = sequence - segment.head.firstSequence;
    const offset = offsets.at(place);
    if (offset === undefined) {
      throw new JournalDamaged({ segment: segment.name, offset: limit, sequence, reason: 'entry is missing' });
    }
    return { sequence, offset, bytes: Math.min(offsets.at(place + 1) ?? limit, offset + MAX_RECORD_BYTES) - offset };
  });
}

/** Null when one of them is not found. */
async function searchedPlaces(
  file: JournalFile,
  { head }: Segment,
  limit: number,
  sequences: readonly number[],
): Promise<readonly EntryPlace[] | null> {
  let from = { offset: SEGMENT_HEAD_BYTES, sequence: head.firstSequence };
  const places: EntryPlace[] = [];
  for (const sequence of sequences) {
    if (sequence < from.sequence) from = { offset: SEGMENT_HEAD_BYTES, sequence: head.firstSequence };
    const found = await findPlace({ file, from, end: limit }, sequence);
    if (found === null) return null;
    places.push({ sequence, offset: found.offset, bytes: found.bytes });
    from = { offset: found.offset, sequence };
  }
  return places;
}

/** Where the reading of a segment begins for an entry: at it if it is found quickly, else at the first. */
async function startOf(file: JournalFile, segment: Segment, sequence: number, limit: number): Promise<WalkStart> {
  const { head, offsets } = segment;
  if (sequence <= head.firstSequence) return startOfSegment(segment);
  const from = { offset: SEGMENT_HEAD_BYTES, sequence: head.firstSequence };
  const offset =
    offsets?.at(sequence - head.firstSequence) ?? (await findPlace({ file, from, end: limit }, sequence))?.offset;
  return offset === undefined ? startOfSegment(segment) : { offset, sequence, prev: null };
}

/** Where each entry is; a hole for one that cannot be read. */
async function indexOf(file: JournalFile, segment: Segment, end: number): Promise<OffsetIndex> {
  const offsets = new OffsetIndex();
  const walk = new RecordWalk(file, startOfSegment(segment), end, false);
  for (;;) {
    let isMore = true;
    while (isMore) {
      const base = walk.offset;
      isMore = await walk.next((buffer, at) => {
        offsets.skipTo(sequenceOf(buffer, at) - segment.head.firstSequence);
        offsets.push(base + at);
      });
    }
    const start = walk.problem === null ? null : await behindProblem(file, walk.problem, end);
    if (start === null) return offsets;
    walk.resume(start);
  }
}

async function readPlace(file: JournalFile, segment: Segment, { sequence, offset, bytes }: EntryPlace): Promise<Entry> {
  const buffer = Buffer.allocUnsafe(bytes);
  const got = await file.read(buffer, offset);
  const broken = brokenRecord(buffer, 0, got);
  if (broken !== null || sequenceOf(buffer, 0) !== sequence) {
    const reason = broken ?? 'another entry stands here';
    throw new JournalDamaged({ segment: segment.name, offset, sequence, reason });
  }
  const entry = entryAt(buffer, 0);
  if (recordBytes(buffer, 0) > got || hashOf(buffer, 0) !== entry.hash) {
    throw new JournalDamaged({ segment: segment.name, offset, sequence, reason: 'header and entry differ' });
  }
  return entry;
}
