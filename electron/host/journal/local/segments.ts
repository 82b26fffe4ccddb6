import { join } from 'node:path';
import { messageOf, ShortWrite } from './disk-errors.ts';
import type { JournalFile, JournalFiles } from './journal-files.ts';
import {
  decodeSegmentHead,
  encodeSegmentHead,
  firstSequenceOf,
  SEGMENT_HEAD_BYTES,
  segmentName,
  type SegmentHead,
} from './segment-head.ts';

/** Where each entry of a segment begins; place 0 is the segment's first. Four bytes an entry. */
export class OffsetIndex {
  #offsets = new Uint32Array(1024);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  at(place: number): number | undefined {
    return place < this.#count ? this.#offsets[place] : undefined;
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

/** A segment file with a good head. */
export interface Segment {
  readonly name: string;
  readonly path: string;
  readonly head: SegmentHead;
  /** Made when the segment is first walked from its start. */
  offsets: OffsetIndex | null;
}

/** A file that is named like a segment, with its head or what is wrong with it. */
export interface SegmentFile {
  readonly name: string;
  readonly path: string;
  readonly firstSequence: number;
  readonly bytes: number;
  readonly head: SegmentHead | string;
}

const HALF_MADE = '.new';

/** All segment files of the folder, in order; one that cannot be read has the reason for a head. */
export async function listSegments(files: JournalFiles, folder: string): Promise<readonly SegmentFile[]> {
  const found: SegmentFile[] = [];
  for (const name of [...(await files.list(folder))].sort()) {
    const firstSequence = firstSequenceOf(name);
    if (firstSequence === null) continue;
    const path = join(folder, name);
    found.push({ name, path, firstSequence, ...(await readHead(files, path)) });
  }
  return found;
}

/** Removes segments whose making was broken off before they got their name; they hold no entry. */
export async function removeHalfMade(files: JournalFiles, folder: string): Promise<void> {
  for (const name of await files.list(folder)) {
    if (name.endsWith(`.seg${HALF_MADE}`)) await files.remove(join(folder, name));
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
  return { segment: { name, path, head, offsets: new OffsetIndex() }, file };
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
  try {
    const file = await files.open(path, 'read');
    try {
      const head = Buffer.alloc(SEGMENT_HEAD_BYTES);
      const got = await file.read(head, 0);
      return { bytes: await file.size(), head: decodeSegmentHead(head.subarray(0, got)) };
    } finally {
      await file.close();
    }
  } catch (error) {
    return { bytes: Number.POSITIVE_INFINITY, head: `cannot be read: ${messageOf(error)}` };
  }
}
