import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import type { Head } from '#host/ports/journal.ts';
import type { Damage } from './damage.ts';
import { ShortWrite } from './disk-errors.ts';
import type { JournalFile, JournalFiles } from './journal-files.ts';
import { PackedFile } from './packed-file.ts';
import { BLOCK_BYTES, encodeBlock, encodePackedHead, PACKED_HEAD_BYTES } from './packed-format.ts';
import { RecordWalk } from './record-walk.ts';
import { SEGMENT_HEAD_BYTES } from './segment-head.ts';
import { PACKED_ENDING } from './segment-files.ts';
import { HALF_MADE, type Segment } from './segments.ts';

const deflate = promisify(deflateRaw);

export interface PackRequest {
  readonly files: JournalFiles;
  /** The folder of the segments. */
  readonly folder: string;
  /** A closed, plain segment. */
  readonly segment: Segment;
  /** Its last entry, as the segment behind it tells. */
  readonly last: Head;
  /** Awaited between blocks, so that others have their turn. False: the journal is being closed, leave it as it is. */
  readonly mayGoOn: () => Promise<boolean>;
}

/** `damage`: the segment is not whole, so it was left as it is. */
export type Packed =
  | { readonly kind: 'packed'; readonly segment: Segment; readonly bytes: number }
  | { readonly kind: 'damage'; readonly damage: Damage }
  | { readonly kind: 'stopped' };

/**
 * Replaces a closed segment by its packed form: every record is checked, the packed file is written under a temporary
 * name, synced, read back byte by byte, renamed, its folder synced, and only then the plain file removed. Killed at any
 * step, the plain file is there, or the packed one, or both; then a packed one that is whole stays as it is, since packing
 * the same bytes again may give others (zlib), and a backup may have it.
 *
 * @throws ShortWrite when the disk is full, or the system's error; the plain file is then still there
 */
export async function packSegment(request: PackRequest): Promise<Packed> {
  const { files, folder, segment } = request;
  const path = segment.path + PACKED_ENDING;
  const temporary = path + HALF_MADE;
  const plain = await files.open(segment.path, 'read');
  let bytes: number;
  try {
    const damage = await check(plain, request);
    if (damage !== null) return damage;
    const there = await wholeAlready(plain, path, request);
    try {
      const written = there ?? (await write(plain, temporary, request));
      if (written === null) return await stopped(files, temporary);
      bytes = written;
      if (there === null) {
        if (!(await isSame(plain, temporary, request))) return await stopped(files, temporary);
        await files.rename(temporary, path);
      }
    } catch (error) {
      await files.remove(temporary);
      throw error;
    }
  } finally {
    await plain.close();
  }
  await files.syncFolder(folder);
  await files.remove(segment.path);
  await files.syncFolder(folder);
  return { kind: 'packed', segment: { ...segment, name: segment.name + PACKED_ENDING, path, index: null }, bytes };
}

async function stopped(files: JournalFiles, temporary: string): Promise<Packed> {
  await files.remove(temporary);
  return { kind: 'stopped' };
}

/** Null if every record is as it was written, up to the entry that the next segment begins behind. */
async function check(plain: JournalFile, { segment, last, mayGoOn }: PackRequest): Promise<Packed | null> {
  const { firstSequence, prev } = segment.head;
  const size = await plain.size();
  const walk = new RecordWalk(plain, { offset: SEGMENT_HEAD_BYTES, sequence: firstSequence, prev }, size, true);
  while (await walk.next(() => undefined)) if (!(await mayGoOn())) return { kind: 'stopped' };
  if (walk.problem !== null) return { kind: 'damage', damage: { segment: segment.name, ...walk.problem } };
  if (walk.sequence === last.sequence + 1 && walk.prev === last.hash) return null;
  const reason = `the segment does not end with entry ${last.sequence}, behind which the next one begins`;
  return { kind: 'damage', damage: { segment: segment.name, offset: walk.offset, sequence: walk.sequence, reason } };
}

/** Bytes of the packed file; null when it was stopped. */
async function write(plain: JournalFile, temporary: string, request: PackRequest): Promise<number | null> {
  const { files, last, mayGoOn } = request;
  const plainBytes = await plain.size();
  const plainHead = Buffer.alloc(SEGMENT_HEAD_BYTES);
  await plain.read(plainHead, 0);
  const target = await files.open(temporary, 'create');
  try {
    await writeAll(target, encodePackedHead({ plainBytes, last, plainHead }), 0);
    let end = PACKED_HEAD_BYTES;
    for (let from = 0; from < plainBytes; from += BLOCK_BYTES) {
      if (!(await mayGoOn())) return null;
      const bytes = Buffer.alloc(Math.min(BLOCK_BYTES, plainBytes - from));
      await plain.read(bytes, from);
      const block = encodeBlock(from, bytes.length, await deflate(bytes));
      await writeAll(target, block, end);
      end += block.length;
    }
    await target.dataSync();
    return end;
  } finally {
    await target.close();
  }
}

async function writeAll(file: JournalFile, bytes: Buffer, position: number): Promise<void> {
  const written = await file.write(bytes, position);
  if (written < bytes.length) throw new ShortWrite(written, bytes.length);
}

/** Bytes of a packed file that a process left behind which was killed before it removed the plain one; null if it is not whole. */
async function wholeAlready(plain: JournalFile, path: string, request: PackRequest): Promise<number | null> {
  try {
    if (!(await isSame(plain, path, request))) return null;
    const packed = await request.files.open(path, 'read');
    const bytes = await packed.size();
    await packed.close();
    return bytes;
  } catch {
    return null;
  }
}

/** Reads the packed file back from the disk. False when it was stopped. @throws Error if it gives other bytes */
async function isSame(plain: JournalFile, path: string, request: PackRequest): Promise<boolean> {
  const { files, segment, mayGoOn } = request;
  const packed = await PackedFile.open(await files.open(path, 'read'), null);
  try {
    const size = await plain.size();
    const [wanted, found] = [Buffer.alloc(BLOCK_BYTES), Buffer.alloc(BLOCK_BYTES)];
    for (let from = 0; from < size; from += BLOCK_BYTES) {
      if (!(await mayGoOn())) return false;
      const read = await plain.read(wanted, from);
      const got = await packed.read(found, from);
      if (got !== read || !wanted.subarray(0, read).equals(found.subarray(0, got))) {
        throw new Error(`${segment.name} was not read back as it is from its compressed form`);
      }
    }
    if (packed.faults().length > 0 || (await packed.size()) !== size) {
      throw new Error(`the compressed form of ${segment.name} was not written whole`);
    }
    return true;
  } finally {
    await packed.close();
  }
}
