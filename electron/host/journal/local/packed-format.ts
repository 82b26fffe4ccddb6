import { crc32 } from 'node:zlib';
import type { Head } from '#host/ports/journal.ts';
import { SEGMENT_HEAD_BYTES } from './segment-head.ts';

/**
 * A packed segment: a closed segment file cut into blocks, each compressed on its own (raw deflate), so that one entry is
 * read without the rest and one bad byte costs one block. Numbers little-endian. The file begins with:
 * 0 magic (8) · 8 format version (u32) · 12 bytes of the plain file (u32) · 16 last sequence (u48, then 2 zero bytes) ·
 * 24 hash of the last entry as text (64) · 88 head of the plain file (120) · 208 CRC-32 of everything before it (u32).
 *
 * Then block follows block, without a table: 0 magic (4) · 4 where its bytes belong in the plain file (u32) ·
 * 8 plain bytes (u32) · 12 packed bytes (u32) · 16 CRC-32 of the packed bytes (u32) · 20 CRC-32 of 0 … 19 (u32) ·
 * 24 the packed bytes.
 */
export const PACKED_HEAD_BYTES = 212;
export const BLOCK_HEAD_BYTES = 24;
/** Plain bytes of a block; the last has fewer. */
export const BLOCK_BYTES = 128 * 1024;
const PACKED_FORMAT = 1;
const MAGIC = Buffer.from('GRIDPACK', 'latin1');
const BLOCK_MAGIC = Buffer.from('GBLK', 'latin1');
const PLAIN_HEAD_AT = 88;

export interface PackedHead {
  /** Bytes of the plain file. */
  readonly plainBytes: number;
  /** The last entry of the segment. */
  readonly last: Head;
  /** First bytes of the plain file. */
  readonly plainHead: Buffer;
}

export function encodePackedHead({ plainBytes, last, plainHead }: PackedHead): Buffer {
  const bytes = Buffer.alloc(PACKED_HEAD_BYTES);
  MAGIC.copy(bytes, 0);
  bytes.writeUInt32LE(PACKED_FORMAT, 8);
  bytes.writeUInt32LE(plainBytes, 12);
  bytes.writeUIntLE(last.sequence, 16, 6);
  bytes.write(last.hash, 24, 64, 'latin1');
  plainHead.copy(bytes, PLAIN_HEAD_AT, 0, SEGMENT_HEAD_BYTES);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 208)), 208);
  return bytes;
}

/** The head, or what is wrong with the bytes. */
export function decodePackedHead(bytes: Buffer): PackedHead | string {
  if (bytes.length < PACKED_HEAD_BYTES) return 'head of the compressed segment is incomplete';
  if (!bytes.subarray(0, 8).equals(MAGIC)) return 'not a compressed journal segment';
  if (bytes.readUInt32LE(208) !== crc32(bytes.subarray(0, 208)))
    return 'checksum of the compressed segment’s head does not match';
  const format = bytes.readUInt32LE(8);
  if (format !== PACKED_FORMAT) return `compressed format ${format} is unknown to this version of the program`;
  return {
    plainBytes: bytes.readUInt32LE(12),
    last: { sequence: bytes.readUIntLE(16, 6), hash: bytes.toString('latin1', 24, 88).replace(/\0+$/, '') },
    plainHead: Buffer.from(bytes.subarray(PLAIN_HEAD_AT, PLAIN_HEAD_AT + SEGMENT_HEAD_BYTES)),
  };
}

/** A block: where it begins in the packed file, and which bytes of the plain file it holds. */
export interface Block {
  readonly at: number;
  readonly from: number;
  readonly plainBytes: number;
  readonly packedBytes: number;
  readonly checksum: number;
}

/** Head and packed bytes of a block in one piece. */
export function encodeBlock(from: number, plainBytes: number, packed: Buffer): Buffer {
  const bytes = Buffer.alloc(BLOCK_HEAD_BYTES + packed.length);
  BLOCK_MAGIC.copy(bytes, 0);
  bytes.writeUInt32LE(from, 4);
  bytes.writeUInt32LE(plainBytes, 8);
  bytes.writeUInt32LE(packed.length, 12);
  bytes.writeUInt32LE(crc32(packed), 16);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 20)), 20);
  packed.copy(bytes, BLOCK_HEAD_BYTES);
  return bytes;
}

/** The block whose head begins at `offset` of `bytes`, a piece of the file that begins at `base`; null if there is none. */
export function decodeBlock(bytes: Buffer, offset: number, base: number): Block | null {
  if (offset + BLOCK_HEAD_BYTES > bytes.length) return null;
  if (bytes.readUInt32LE(offset + 20) !== crc32(bytes.subarray(offset, offset + 20))) return null;
  if (!bytes.subarray(offset, offset + 4).equals(BLOCK_MAGIC)) return null;
  return {
    at: base + offset,
    from: bytes.readUInt32LE(offset + 4),
    plainBytes: bytes.readUInt32LE(offset + 8),
    packedBytes: bytes.readUInt32LE(offset + 12),
    checksum: bytes.readUInt32LE(offset + 16),
  };
}

/** Where the next head of a block may begin in `bytes`, from `offset` on; -1 if nowhere. */
export function findBlockMagic(bytes: Buffer, offset: number): number {
  return bytes.indexOf(BLOCK_MAGIC, offset);
}
