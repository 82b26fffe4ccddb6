import { join } from 'node:path';
import type { Entry, Head } from '#host/ports/journal.ts';
import type { Damage } from './damage.ts';
import type { JournalFile, JournalFiles } from './journal-files.ts';
import { MAX_BATCH_BYTES } from './batch-encoder.ts';
import { findRecord, RecordWalk, type Problem } from './record-walk.ts';
import { bodyText, ENTRY_KIND, MAX_RECORD_BYTES } from './record.ts';
import { SEGMENT_HEAD_BYTES } from './segment-head.ts';
import { OffsetIndex, writeWhole, type Segment, type SegmentFile } from './segments.ts';

/** A torn tail that was kept and cut (JN2). `sequence` is the last entry that stayed. */
export interface CutTail {
  readonly segment: string;
  readonly offset: number;
  readonly bytes: number;
  readonly sequence: number;
}

/** What the start found in the last segment. */
export interface LastSegment {
  readonly head: Head;
  /** Where the last whole record ends. */
  readonly end: number;
  readonly damage: Damage | null;
  readonly cut: CutTail | null;
  /** When the first entry of the segment was recorded; null without entries. */
  readonly firstAt: number | null;
  readonly isCleanStop: boolean;
}

export interface RepairPlace {
  readonly files: JournalFiles;
  /** The folder of the segments. */
  readonly folder: string;
}

/**
 * The files that can be used: up to the first whose head is bad, strange or out of place. A last file too short to hold
 * an entry is `torn`: it was never written to, and may be made again.
 */
export function chooseSegments(found: readonly SegmentFile[]): {
  readonly segments: readonly Segment[];
  readonly torn: SegmentFile | null;
  readonly damage: Damage | null;
} {
  const segments: Segment[] = [];
  for (const [index, file] of found.entries()) {
    const damage = misplaced(file, segments);
    if (damage === null && typeof file.head !== 'string') {
      segments.push({ name: file.name, path: file.path, head: file.head, offsets: null });
      continue;
    }
    const isTorn = index === found.length - 1 && typeof file.head === 'string' && file.bytes <= SEGMENT_HEAD_BYTES;
    return isTorn ? { segments, torn: file, damage: null } : { segments, torn: null, damage };
  }
  return { segments, torn: null, damage: null };
}

/** Walks the last segment, with the chain computed; keeps and cuts a torn tail if `mayCut`. Fills its offsets. */
export async function openLast(segment: Segment, place: RepairPlace, mayCut: boolean): Promise<LastSegment> {
  const file = await place.files.open(segment.path, mayCut ? 'write' : 'read');
  try {
    const size = await file.size();
    const { firstSequence, prev } = segment.head;
    const walk = new RecordWalk(file, { offset: SEGMENT_HEAD_BYTES, sequence: firstSequence, prev }, size, true);
    const offsets = new OffsetIndex();
    let first: Entry | null = null;
    let isMore = true;
    while (isMore) {
      const base = walk.offset;
      isMore = await walk.next((buffer, at) => {
        if (offsets.count === 0) first = JSON.parse(bodyText(buffer, at)) as Entry;
        offsets.push(base + at);
      });
    }
    segment.offsets = offsets;
    const found = {
      head: { sequence: walk.sequence - 1, hash: walk.prev ?? prev },
      end: walk.offset,
      firstAt: (first as Entry | null)?.at ?? null,
      isCleanStop: walk.isAtStop && walk.problem === null,
    };
    if (walk.problem === null) return { ...found, damage: null, cut: null };
    const isTail = mayCut && (await isTornTail(file, walk.problem, size));
    if (!isTail) return { ...found, damage: { segment: segment.name, ...walk.problem }, cut: null };
    await setAside(place, segment.name, file, walk.offset, size);
    await file.truncate(walk.offset);
    await file.dataSync();
    const cut = { segment: segment.name, offset: walk.offset, bytes: size - walk.offset, sequence: walk.sequence - 1 };
    return { ...found, damage: null, cut };
  } finally {
    await file.close();
  }
}

/** Keeps a whole file whose head is torn, and takes it out of the row of segments. */
export async function setAsideTorn(place: RepairPlace, torn: SegmentFile): Promise<CutTail> {
  const file = await place.files.open(torn.path, 'read');
  try {
    await setAside(place, torn.name, file, 0, torn.bytes);
  } finally {
    await file.close();
  }
  await place.files.remove(torn.path);
  await place.files.syncFolder(place.folder);
  return { segment: torn.name, offset: 0, bytes: torn.bytes, sequence: torn.firstSequence - 1 };
}

function misplaced(file: SegmentFile, before: readonly Segment[]): Damage | null {
  const at = { segment: file.name, offset: 0, sequence: file.firstSequence };
  const { head } = file;
  if (typeof head === 'string') return { ...at, reason: head };
  if (head.firstSequence !== file.firstSequence) {
    return { ...at, reason: `this file holds the entries from ${head.firstSequence} on, its name says otherwise` };
  }
  const first = before[0];
  if (first === undefined && head.firstSequence !== 1) {
    return { ...at, sequence: 1, reason: `entries 1 to ${head.firstSequence - 1} are missing` };
  }
  if (first === undefined && head.prev !== head.journalId)
    return { ...at, reason: 'the first segment does not begin with the journal id' };
  if (first !== undefined && first.head.journalId !== head.journalId)
    return { ...at, reason: 'this file belongs to another journal' };
  return null;
}

/**
 * Whether the bytes from the problem to the end can be the torn write of one batch: no whole record of a later batch,
 * and no mark of a clean stop, follows; and they are not more than a batch can be.
 */
async function isTornTail(file: JournalFile, problem: Problem, size: number): Promise<boolean> {
  if (problem.kind !== 'broken' || size - problem.offset > MAX_BATCH_BYTES + MAX_RECORD_BYTES) return false;
  let from = problem.offset + 1;
  for (;;) {
    const found = await findRecord(file, from, size);
    if (found === null) return true;
    const isLater =
      found.kind === ENTRY_KIND ? found.batchFirst > problem.sequence : found.sequence >= problem.sequence;
    if (isLater) return false;
    from = found.offset + found.bytes;
  }
}

async function setAside(place: RepairPlace, name: string, file: JournalFile, from: number, to: number): Promise<void> {
  const folder = join(place.folder, 'set-aside');
  await place.files.makeFolder(folder);
  const taken = new Set(await place.files.list(folder));
  let number = 1;
  while (taken.has(`${name}.${from}.${number}`)) number += 1;
  const bytes = Buffer.alloc(to - from);
  const got = await file.read(bytes, from);
  await writeWhole(place.files, join(folder, `${name}.${from}.${number}`), bytes.subarray(0, got));
  await place.files.syncFolder(folder);
}
