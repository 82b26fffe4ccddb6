import { join } from 'node:path';
import type { Entry, Head } from '#host/ports/journal.ts';
import type { Damage } from './damage.ts';
import type { JournalFile, JournalFiles } from './journal-files.ts';
import { MAX_BATCH_BYTES } from './batch-encoder.ts';
import { behindProblem, RecordWalk, wholeRecords, type Problem } from './record-walk.ts';
import { bodyText, ENTRY_KIND, MAX_RECORD_BYTES, sequenceOf } from './record.ts';
import { SEGMENT_HEAD_BYTES, type SegmentHead } from './segment-head.ts';
import { isPacked, openSegment } from './segment-files.ts';
import { OffsetIndex, startOfSegment, writeWhole, type Segment, type SegmentFile } from './segments.ts';

/** A torn tail that was kept and cut (JN2). `sequence` is the last entry that stayed. */
export interface CutTail {
  readonly segment: string;
  readonly offset: number;
  readonly bytes: number;
  readonly sequence: number;
}

/** What the start found in the last segment. Behind damage the head is the last whole entry that was found. */
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

export interface ChosenSegments {
  readonly journalId: string;
  readonly segments: readonly Segment[];
  readonly torn: SegmentFile | null;
  readonly damage: Damage | null;
}

/**
 * The files that can be read, with the first damage among them. One with a bad head is read by its name; one of another
 * journal, or under a wrong name, is left out. A last file too short to hold an entry is `torn`: it was never written to,
 * and may be made again.
 */
export function chooseSegments(found: readonly SegmentFile[]): ChosenSegments {
  const journalId = mostNamedId(found);
  const segments: Segment[] = [];
  let damage: Damage | null = null;
  for (const [index, file] of found.entries()) {
    const { name, path, head, firstSequence } = file;
    const fault = misplaced(file, journalId, index === 0);
    const isLast = index === found.length - 1;
    const isHeadless = typeof head === 'string';
    const isTorn = isLast && isHeadless && !isPacked(file) && file.bytes <= SEGMENT_HEAD_BYTES;
    if (isTorn && damage === null && !isPackedOnly(segments)) return { journalId, segments, torn: file, damage };
    damage ??= fault;
    const isReadable = isHeadless ? Number.isFinite(file.bytes) && !isTorn : isOfRow(head, firstSequence, journalId);
    if (!isReadable) continue;
    const known = isHeadless ? { journalId, firstSequence, prev: '' } : head;
    segments.push({ name, path, head: known, offsets: null, index: null });
  }
  const last = segments.at(-1);
  if (damage === null && last !== undefined && isPacked(last)) {
    const reason = 'the segment behind it is missing';
    damage = { segment: last.name, offset: 0, sequence: last.head.firstSequence, reason };
  }
  return { journalId, segments, torn: null, damage };
}

/** A segment is packed only once the next one is on the disk: a torn file behind it is not a new one. */
function isPackedOnly(segments: readonly Segment[]): boolean {
  const last = segments.at(-1);
  return last !== undefined && isPacked(last);
}

function isOfRow(head: SegmentHead, firstSequence: number, journalId: string): boolean {
  return head.journalId === journalId && head.firstSequence === firstSequence;
}

/** The journal that most files name, the earlier of two that are named as often; empty if none names one. */
export function mostNamedId(found: readonly SegmentFile[]): string {
  const counts = new Map<string, number>();
  for (const { head } of found) {
    if (typeof head !== 'string') counts.set(head.journalId, (counts.get(head.journalId) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? '';
}

/**
 * Walks the last segment, with the chain computed; keeps and cuts a torn tail if `mayCut`, and then what was found is on the
 * disk. Fills its offsets.
 */
export async function openLast(segment: Segment, place: RepairPlace, mayCut: boolean): Promise<LastSegment> {
  const file = mayCut ? await place.files.open(segment.path, 'write') : await openSegment(place.files, segment);
  try {
    const size = await file.size();
    const { prev } = segment.head;
    const walk = new RecordWalk(file, startOfSegment(segment), size, true);
    const offsets = new OffsetIndex();
    let first: Entry | null = null;
    const walkOn = async () => {
      let isMore = true;
      while (isMore) {
        const base = walk.offset;
        isMore = await walk.next((buffer, at) => {
          if (offsets.count === 0) first = JSON.parse(bodyText(buffer, at)) as Entry;
          offsets.skipTo(sequenceOf(buffer, at) - segment.head.firstSequence);
          offsets.push(base + at);
        });
      }
    };
    await walkOn();
    segment.offsets = offsets;
    const { problem } = walk;
    const found = () => ({
      head: { sequence: walk.sequence - 1, hash: walk.prev ?? prev },
      end: walk.offset,
      firstAt: (first as Entry | null)?.at ?? null,
      isCleanStop: walk.isAtStop && problem === null,
    });
    if (problem === null) {
      // What a killed process wrote is read here whether it is on the disk or not; from now on receipts are given for it.
      if (mayCut) await file.dataSync();
      return { ...found(), damage: null, cut: null };
    }
    const isTail = mayCut && (await isTornTail(file, problem, size));
    if (!isTail) {
      for (let next = walk.problem; next !== null; next = walk.problem) {
        const start = await behindProblem(file, next, size);
        if (start === null) break;
        walk.resume(start);
        await walkOn();
      }
      return { ...found(), damage: { segment: segment.name, ...problem }, cut: null };
    }
    await setAside(place, segment.name, file, walk.offset, size);
    await file.truncate(walk.offset);
    await file.dataSync();
    const cut = { segment: segment.name, offset: walk.offset, bytes: size - walk.offset, sequence: walk.sequence - 1 };
    return { ...found(), damage: null, cut };
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

function misplaced(file: SegmentFile, journalId: string, isFirst: boolean): Damage | null {
  const at = { segment: file.name, offset: 0, sequence: file.firstSequence };
  const { head } = file;
  if (typeof head === 'string') return { ...at, reason: head };
  if (head.journalId !== journalId) return { ...at, reason: 'this file belongs to another journal' };
  if (head.firstSequence !== file.firstSequence) {
    return { ...at, reason: `this file holds the entries from ${head.firstSequence} on, its name says otherwise` };
  }
  if (isFirst && head.firstSequence !== 1) {
    return { ...at, sequence: 1, reason: `entries 1 to ${head.firstSequence - 1} are missing` };
  }
  if (isFirst && head.prev !== head.journalId)
    return { ...at, reason: 'the first segment does not begin with the journal id' };
  return null;
}

/**
 * Whether the bytes from the problem to the end can be the torn write of one batch: no whole record of a later batch,
 * and no mark of a clean stop, follows; and they are not more than a batch can be.
 */
async function isTornTail(file: JournalFile, problem: Problem, size: number): Promise<boolean> {
  if (problem.kind !== 'broken' || size - problem.offset > MAX_BATCH_BYTES + MAX_RECORD_BYTES) return false;
  for await (const { kind, batchFirst, sequence } of wholeRecords(file, problem.offset + 1, size)) {
    const isLater = kind === ENTRY_KIND ? batchFirst > problem.sequence : sequence >= problem.sequence;
    if (isLater) return false;
  }
  return true;
}

async function setAside(place: RepairPlace, name: string, file: JournalFile, from: number, to: number): Promise<void> {
  const folder = join(place.folder, 'set-aside');
  await place.files.makeFolder(folder);
  await place.files.syncFolder(place.folder);
  const taken = new Set(await place.files.list(folder));
  let number = 1;
  while (taken.has(`${name}.${from}.${number}`)) number += 1;
  const bytes = Buffer.alloc(to - from);
  const got = await file.read(bytes, from);
  await writeWhole(place.files, join(folder, `${name}.${from}.${number}`), bytes.subarray(0, got));
  await place.files.syncFolder(folder);
}
