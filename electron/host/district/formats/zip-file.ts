import { createReadStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';

/** One member of a zip file. */
export interface ZipEntry {
  /** With its folders, `/` between them. */
  readonly name: string;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly isEncrypted: boolean;
  /** CRC-32 of the unpacked bytes. */
  readonly checksum: number;
  readonly headerOffset: number;
}

/** A zip file that can't be read, and why. */
export class ZipProblem extends Error {}

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const HEADER_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const HEADER_BYTES = 30;
const MAX_COMMENT = 65_535;
const NOWHERE = 0xffffffff;
const MAX_DIRECTORY_BYTES = 16_000_000;

/**
 * The members of a zip file, from its central directory. Reads as much of the format as Shapefiles come in: stored and
 * deflated members below 4 GB; none of zip64, several discs and encryption. Source: PKWARE APPNOTE 6.3.10.
 *
 * @throws ZipProblem
 */
export async function zipEntries(handle: FileHandle, fileBytes: number): Promise<readonly ZipEntry[]> {
  const tail = await bytesAt(handle, Math.max(0, fileBytes - END_BYTES - MAX_COMMENT), fileBytes);
  const end = lastEnd(tail);
  if (end === null) throw new ZipProblem('has no directory at its end: it was cut, or is no zip file');
  const count = end.readUInt16LE(10);
  const directoryBytes = end.readUInt32LE(12);
  const offset = end.readUInt32LE(16);
  if (offset === NOWHERE || count === 0xffff) throw new ZipProblem('is a zip64 file; pack it without zip64');
  if (end.readUInt16LE(4) !== 0) throw new ZipProblem('is one part of a divided zip file');
  if (directoryBytes > MAX_DIRECTORY_BYTES || offset + directoryBytes > fileBytes) {
    throw new ZipProblem('has a directory that does not fit into the file');
  }
  const directory = await bytesAt(handle, offset, offset + directoryBytes);
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + ENTRY_BYTES > directory.length || directory.readUInt32LE(at) !== ENTRY_SIGNATURE) {
      throw new ZipProblem(`has a broken directory at member ${index + 1}`);
    }
    const flags = directory.readUInt16LE(at + 8);
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((place) => directory.readUInt16LE(at + place));
    const name = directory.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + (nameBytes ?? 0));
    entries.push({
      name: nameOf(name, (flags & 0x800) !== 0).replaceAll('\\', '/'),
      method: directory.readUInt16LE(at + 10),
      packedBytes: directory.readUInt32LE(at + 20),
      unpackedBytes: directory.readUInt32LE(at + 24),
      isEncrypted: (flags & 1) !== 0,
      checksum: directory.readUInt32LE(at + 16),
      headerOffset: directory.readUInt32LE(at + 42),
    });
    at += ENTRY_BYTES + (nameBytes ?? 0) + (extraBytes ?? 0) + (commentBytes ?? 0);
  }
  return entries;
}

/**
 * A member's bytes, unpacked as they are read. The stream fails on damaged data; its reader must stop at
 * `unpackedBytes`, which is what the directory promises, and compare the checksum.
 *
 * @throws ZipProblem
 */
export async function openEntry(file: string, handle: FileHandle, entry: ZipEntry): Promise<Readable> {
  if (entry.isEncrypted) throw new ZipProblem(`${entry.name} is encrypted`);
  if (entry.method !== 0 && entry.method !== 8) {
    throw new ZipProblem(`${entry.name} is packed by method ${entry.method}; pack it anew as an ordinary zip file`);
  }
  const header = await bytesAt(handle, entry.headerOffset, entry.headerOffset + HEADER_BYTES);
  if (header.length < HEADER_BYTES || header.readUInt32LE(0) !== HEADER_SIGNATURE) {
    throw new ZipProblem(`${entry.name} is not where the directory says`);
  }
  const start = entry.headerOffset + HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = createReadStream(file, { start, end: Math.max(start, start + entry.packedBytes - 1) });
  if (entry.method === 0) return packed;
  // The pipeline hands a failure on to the stream that is read, and closes the file with it.
  return pipeline(packed, createInflateRaw(), () => undefined);
}

async function bytesAt(handle: FileHandle, from: number, to: number): Promise<Buffer> {
  const buffer = Buffer.alloc(Math.max(0, to - from));
  const { bytesRead } = await handle.read(buffer, 0, buffer.length, from);
  return buffer.subarray(0, bytesRead);
}

function lastEnd(tail: Buffer): Buffer | null {
  for (let at = tail.length - END_BYTES; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) === END_SIGNATURE) return tail.subarray(at, at + END_BYTES);
  }
  return null;
}

/** Names without the UTF-8 mark are in the packing machine's code page, here most likely GBK. */
function nameOf(bytes: Buffer, isMarkedUtf8: boolean): string {
  if (isMarkedUtf8) return bytes.toString('utf8');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
