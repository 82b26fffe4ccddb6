import type { Entry } from '#host/ports/journal.ts';
import { JournalDamaged } from './damage.ts';
import type { JournalFile, JournalFiles } from './journal-files.ts';
import { RecordWalk, type WalkStart } from './record-walk.ts';
import { bodyText, brokenRecord, hashOf, MAX_RECORD_BYTES, recordBytes, sequenceOf } from './record.ts';
import { SEGMENT_HEAD_BYTES } from './segment-head.ts';
import { OffsetIndex, type Segment } from './segments.ts';

/** A segment, and how far it may be read; null: to its end. */
export interface ReadableSegment {
  readonly segment: Segment;
  readonly end: number | null;
}

/**
 * Entries `from` to `to` of adjoining segments, with checksums, sequences and links checked.
 *
 * @param onDamaged told before it is thrown
 * @throws JournalDamaged at the first that is not as it was written
 */
export async function* readEntries(
  files: JournalFiles,
  segments: readonly ReadableSegment[],
  from: number,
  to: number,
  onDamaged: (error: JournalDamaged) => void,
): AsyncGenerator<Entry, void, undefined> {
  const position: Position = { next: from, prev: null };
  for (const readable of segments) {
    const segment = new SegmentReading(files, readable, position, to);
    try {
      await segment.open();
      for (let chunk = await segment.chunk(); chunk !== null; chunk = await segment.chunk()) {
        for (const entry of chunk) yield entry;
      }
    } catch (error) {
      if (error instanceof JournalDamaged) onDamaged(error);
      throw error;
    } finally {
      await segment.close();
    }
  }
  if (position.next > to) return;
  const { next } = position;
  const last = segments.at(-1)?.segment.name ?? 'none';
  const missing = new JournalDamaged({
    segment: last,
    offset: 0,
    sequence: next,
    reason: `entries ${next} to ${to} are missing`,
  });
  onDamaged(missing);
  throw missing;
}

/** How far a reading has come; moved on by each segment. `prev` null: nothing has been read yet. */
interface Position {
  next: number;
  prev: string | null;
}

/** The part of a reading that lies in one segment. */
class SegmentReading {
  readonly #files: JournalFiles;
  readonly #readable: ReadableSegment;
  readonly #position: Position;
  readonly #to: number;
  /** Filled when the segment is walked from its start for the first time. */
  readonly #offsets: OffsetIndex | null;
  #file: JournalFile | null = null;
  #walk: RecordWalk | null = null;

  constructor(files: JournalFiles, readable: ReadableSegment, position: Position, to: number) {
    this.#files = files;
    this.#readable = readable;
    this.#position = position;
    this.#to = to;
    this.#offsets = readable.segment.offsets === null ? new OffsetIndex() : null;
  }

  /** @throws JournalDamaged if the segment does not follow the one before it */
  async open(): Promise<void> {
    const { segment, end } = this.#readable;
    const { next, prev } = this.#position;
    const { firstSequence } = segment.head;
    if (prev !== null && (firstSequence !== next || segment.head.prev !== prev)) {
      const isGap = firstSequence > next;
      const reason = isGap
        ? `entries ${next} to ${firstSequence - 1} are missing`
        : 'the segment does not follow the one before it';
      throw new JournalDamaged({ segment: segment.name, offset: 0, sequence: Math.min(next, firstSequence), reason });
    }
    this.#file = await this.#files.open(segment.path, 'read');
    this.#walk = new RecordWalk(this.#file, startOf(segment, next), end ?? (await this.#file.size()), false);
  }

  /** The next entries, perhaps none in this piece; null at the end. */
  async chunk(): Promise<readonly Entry[] | null> {
    const walk = this.#walk;
    const { segment } = this.#readable;
    const position = this.#position;
    if (walk === null || position.next > this.#to) return null;
    const chunk: Entry[] = [];
    const base = walk.offset;
    const isMore = await walk.next((buffer, at) => {
      this.#offsets?.push(base + at);
      const sequence = sequenceOf(buffer, at);
      if (sequence >= position.next && sequence <= this.#to) chunk.push(JSON.parse(bodyText(buffer, at)) as Entry);
    });
    if (isMore || chunk.length > 0) {
      position.next += chunk.length;
      return chunk;
    }
    if (walk.problem !== null) throw new JournalDamaged({ segment: segment.name, ...walk.problem });
    if (this.#offsets !== null) segment.offsets = this.#offsets;
    position.prev = walk.prev;
    return null;
  }

  async close(): Promise<void> {
    await this.#file?.close();
  }
}

/** Single entries of one segment. @throws JournalDamaged for one that is not as it was written */
export async function readPlaces(
  files: JournalFiles,
  { segment, end }: ReadableSegment,
  sequences: readonly number[],
): Promise<readonly Entry[]> {
  const file = await files.open(segment.path, 'read');
  try {
    const limit = end ?? (await file.size());
    const offsets = (segment.offsets ??= await indexOf(file, segment, limit));
    const entries: Entry[] = [];
    for (let index = 0; index < sequences.length; index += READS_AT_ONCE) {
      const some = sequences.slice(index, index + READS_AT_ONCE);
      entries.push(...(await Promise.all(some.map((sequence) => readPlace(file, segment, offsets, sequence, limit)))));
    }
    return entries;
  } finally {
    await file.close();
  }
}

const READS_AT_ONCE = 32;

function startOf({ head, offsets }: Segment, sequence: number): WalkStart {
  const offset = sequence > head.firstSequence ? offsets?.at(sequence - head.firstSequence) : undefined;
  if (offset !== undefined) return { offset, sequence, prev: null };
  return { offset: SEGMENT_HEAD_BYTES, sequence: head.firstSequence, prev: head.prev };
}

async function indexOf(file: JournalFile, segment: Segment, end: number): Promise<OffsetIndex> {
  const offsets = new OffsetIndex();
  const walk = new RecordWalk(file, startOf(segment, segment.head.firstSequence), end, false);
  let isMore = true;
  while (isMore) {
    const base = walk.offset;
    isMore = await walk.next((_buffer, at) => offsets.push(base + at));
  }
  if (walk.problem !== null) throw new JournalDamaged({ segment: segment.name, ...walk.problem });
  return offsets;
}

async function readPlace(
  file: JournalFile,
  segment: Segment,
  offsets: OffsetIndex,
  sequence: number,
  limit: number,
): Promise<Entry> {
  const place = sequence - segment.head.firstSequence;
  const offset = offsets.at(place);
  if (offset === undefined) {
    throw new JournalDamaged({ segment: segment.name, offset: limit, sequence, reason: 'entry is missing' });
  }
  const end = Math.min(offsets.at(place + 1) ?? limit, offset + MAX_RECORD_BYTES);
  const buffer = Buffer.allocUnsafe(end - offset);
  const got = await file.read(buffer, offset);
  const broken = brokenRecord(buffer, 0, got);
  if (broken !== null || sequenceOf(buffer, 0) !== sequence) {
    throw new JournalDamaged({
      segment: segment.name,
      offset,
      sequence,
      reason: broken ?? 'another entry stands here',
    });
  }
  const entry = JSON.parse(bodyText(buffer, 0)) as Entry;
  if (recordBytes(buffer, 0) > got || hashOf(buffer, 0) !== entry.hash) {
    throw new JournalDamaged({ segment: segment.name, offset, sequence, reason: 'header and entry differ' });
  }
  return entry;
}
