import { join } from 'node:path';
import { isMissing, messageOf, ShortWrite } from './disk-errors.ts';
import type { JournalFile, JournalFiles } from './journal-files.ts';
import type { PackedIndex } from './packed-file.ts';
import { decodePackedHead, PACKED_HEAD_BYTES } from './packed-format.ts';
import type { WalkStart } from './record-walk.ts';
import {
  decodeSegmentHead,
  encodeSegmentHead,
  firstSequenceOf,
  SEGMENT_HEAD_BYTES,
  segmentName,
  type SegmentHead,
} from './segment-head.ts';
import { isPacked, PACKED_ENDING } from './segment-files.ts';

/** Where each entry of a segment begins; place 0 is the segment's first. Four bytes an entry. */
export class OffsetIndex {
  #offsets = new Uint32Array(1024);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Undefined for an entry that is not there. */
  at(place: number): number | undefined {
    const offset = place < this.#count ? this.#offsets[place] : undefined;
    return offset === HOLE ? undefined : offset;
  }

  /** Entries up to `place` could not be read. */
  skipTo(place: number): void {
    while (this.#count < place) this.push(HOLE);
  }

  push(offset: number): void {
    if (this.#count === this.#offsets.length) {
      const larger = new Uint32Array(this.#count * 2);
      larger.set(this.#offsets);
      this.#offsets = larger;
    }
    this.#offsets[this.#count] = offset;
    this.#count += 1;
  }
}

/** Where an entry would be that could not be read. No segment is that large. */
const HOLE = 0xffff_ffff;

/** A segment that can be read. If its own head cannot, `head` is made of its name, and `prev` in it is empty. */
export interface Segment {
  readonly name: string;
  readonly path: string;
  readonly head: SegmentHead;
  /** Made when the segment is first walked from its start; places in the plain file. */
  offsets: OffsetIndex | null;
  /** Of a packed segment, made when it is first opened. */
  index: PackedIndex | null;
}

/** The first record of a segment. */
export function startOfSegment({ head }: Pick<Segment, 'head'>): WalkStart {
  return { offset: SEGMENT_HEAD_BYTES, sequence: head.firstSequence, prev: head.prev === '' ? null : head.prev };
}

/** A file that is named like a segment, with its head or what is wrong with it. */
export interface SegmentFile {
  readonly name: string;
  readonly path: string;
  readonly firstSequence: number;
  readonly bytes: number;
  readonly head: SegmentHead | string;
}

export const HALF_MADE = '.new';

/**
 * All segment files of the folder, in order; one that cannot be read has the reason for a head. Of a segment that is there
 * plain and packed, the plain file counts: its packing was broken off.
 */
export async function listSegments(files: JournalFiles, folder: string): Promise<readonly SegmentFile[]> {
  const found: SegmentFile[] = [];
  const names = new Set(await files.list(folder));
  for (const name of [...names].sort()) {
    const firstSequence = firstSequenceOf(name);
    const isPackedToo = name.endsWith(PACKED_ENDING) && names.has(name.slice(0, -PACKED_ENDING.length));
    if (firstSequence === null || isPackedToo) continue;
    found.push(await segmentFile(files, folder, { name, firstSequence }));
  }
  return found;
}

/** One that was packed since it was listed is found under its new name. */
async function segmentFile(
  files: JournalFiles,
  folder: string,
  { name, firstSequence }: Pick<SegmentFile, 'name' | 'firstSequence'>,
): Promise<SegmentFile> {
  const path = join(folder, name);
  try {
    return { name, path, firstSequence, ...(await readHead(files, path)) };
  } catch (error) {
    if (isMissing(error) && !isPacked({ path })) {
      const packed = { name: name + PACKED_ENDING, path: path + PACKED_ENDING };
      const found = await readHead(files, packed.path).catch(() => null);
      if (found !== null) return { ...packed, firstSequence, ...found };
    }
    return { name, path, firstSequence, bytes: Number.POSITIVE_INFINITY, head: `cannot be read: ${messageOf(error)}` };
  }
}

/** Removes segments whose making was broken off before they got their name; they hold no entry. */
export async function removeHalfMade(files: JournalFiles, folder: string): Promise<void> {
  for (const name of await files.list(folder)) {
    if (name.endsWith(`.seg${HALF_MADE}`) || name.endsWith(`.seg${PACKED_ENDING}${HALF_MADE}`))
      await files.remove(join(folder, name));
  }
}

/** Makes a segment under a temporary name, synced, then renamed, with its folder synced; and opens it for writing. */
export async function createSegment(
  files: JournalFiles,
  folder: string,
  head: SegmentHead,
): Promise<{ readonly segment: Segment; readonly file: JournalFile }> {
  const name = segmentName(head.firstSequence);
  const path = join(folder, name);
  await writeWhole(files, `${path}${HALF_MADE}`, encodeSegmentHead(head));
  await files.rename(`${path}${HALF_MADE}`, path);
  await files.syncFolder(folder);
  const file = await files.open(path, 'write');
  return { segment: { name, path, head, offsets: new OffsetIndex(), index: null }, file };
}

/** Writes and syncs a new file. @throws ShortWrite when the disk is full, or the system's error */
export async function writeWhole(files: JournalFiles, path: string, bytes: Uint8Array): Promise<void> {
  const file = await files.open(path, 'create');
  try {
    const written = await file.write(bytes, 0);
    if (written < bytes.length) throw new ShortWrite(written, bytes.length);
    await file.dataSync();
  } finally {
    await file.close();
  }
}

async function readHead(files: JournalFiles, path: string): Promise<Pick<SegmentFile, 'bytes' | 'head'>> {
  const file = await files.open(path, 'read');
  try {
    const head = Buffer.alloc(isPacked({ path }) ? PACKED_HEAD_BYTES : SEGMENT_HEAD_BYTES);
    const got = await file.read(head, 0);
    return { bytes: await file.size(), head: headOf(head.subarray(0, got), path) };
  } finally {
    await file.close();
  }
}

function headOf(bytes: Buffer, path: string): SegmentHead | string {
  if (!isPacked({ path })) return decodeSegmentHead(bytes);
  const packed = decodePackedHead(bytes);
  return typeof packed === 'string' ? packed : decodeSegmentHead(packed.plainHead);
}
