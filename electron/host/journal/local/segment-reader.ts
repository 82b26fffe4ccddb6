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
 * @throws JournalDamaged at the first that is not as it was written
 */
export async function* readEntries(
  files: JournalFiles,
  segments: readonly ReadableSegment[],
  from: number,
  to: number,
): AsyncGenerator<Entry, void, undefined> {
  let prev: string | null = null;
  let next = from;
  for (const { segment, end } of segments) {
    if (next > to) return;
    const { firstSequence } = segment.head;
    if (prev !== null && (firstSequence !== next || segment.head.prev !== prev)) {
      const isGap = firstSequence > next;
      const reason = isGap ? `entries ${next} to ${firstSequence - 1} are missing` : 'the segment does not follow the one before it';
      throw new JournalDamaged({ segment: segment.name, offset: 0, sequence: Math.min(next, firstSequence), reason });
    }
    const file = await files.open(segment.path, 'read');
    try {
      const walk = new RecordWalk(file, startOf(segment, next), end ?? (await file.size()), false);
      const offsets = segment.offsets === null ? new OffsetIndex() : null;
      let isMore = true;
      while (isMore && next <= to) {
        const chunk: Entry[] = [];
        const base = walk.offset;
        isMore = await walk.next((buffer, at) => {
          offsets?.push(base + at);
          const sequence = sequenceOf(buffer, at);
          if (sequence >= next && sequence <= to) chunk.push(JSON.parse(bodyText(buffer, at)) as Entry);
        });
        for (const entry of chunk) yield entry;
        next += chunk.length;
      }
      if (walk.problem !== null && next <= to) throw new JournalDamaged({ segment: segment.name, ...walk.problem });
      if (offsets !== null && !isMore && walk.problem === null) segment.offsets = offsets;
      prev = walk.prev;
    } finally {
      await file.close();
    }
  }
  if (next > to) return;
  const last = segments.at(-1)?.segment.name ?? 'none';
  throw new JournalDamaged({ segment: last, offset: 0, sequence: next, reason: `entries ${next} to ${to} are missing` });
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
    throw new JournalDamaged({ segment: segment.name, offset, sequence, reason: broken ?? 'another entry stands here' });
  }
  const entry = JSON.parse(bodyText(buffer, 0)) as Entry;
  if (recordBytes(buffer, 0) > got || hashOf(buffer, 0) !== entry.hash) {
    throw new JournalDamaged({ segment: segment.name, offset, sequence, reason: 'header and entry differ' });
  }
  return entry;
}
