import { crc32 } from 'node:zlib';

/**
 * The first bytes of a segment file, numbers little-endian:
 * 0 magic (8) · 8 format version (u32) · 12 journal id (16) · 28 first sequence (u48, then 2 zero bytes) ·
 * 36 key salt (16, zero while records are plain) · 52 hash of the entry before the first, or the journal id, as text
 * padded with zeros (64) · 116 CRC-32 of everything before it (u32).
 */
export const SEGMENT_HEAD_BYTES = 120;
const SEGMENT_FORMAT = 1;
const MAGIC = Buffer.from('GRIDJRNL', 'latin1');

export interface SegmentHead {
  /** 32 hex digits. */
  readonly journalId: string;
  readonly firstSequence: number;
  /** Hash of the entry before the first; the journal id in the first segment. */
  readonly prev: string;
}

export function encodeSegmentHead(head: SegmentHead): Buffer {
  const bytes = Buffer.alloc(SEGMENT_HEAD_BYTES);
  MAGIC.copy(bytes, 0);
  bytes.writeUInt32LE(SEGMENT_FORMAT, 8);
  bytes.write(head.journalId, 12, 16, 'hex');
  bytes.writeUIntLE(head.firstSequence, 28, 6);
  bytes.write(head.prev, 52, 64, 'latin1');
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 116)), 116);
  return bytes;
}

/** The head, or what is wrong with the bytes. */
export function decodeSegmentHead(bytes: Buffer): SegmentHead | string {
  if (bytes.length < SEGMENT_HEAD_BYTES) return 'segment head is incomplete';
  if (!bytes.subarray(0, 8).equals(MAGIC)) return 'not a journal segment';
  if (bytes.readUInt32LE(116) !== crc32(bytes.subarray(0, 116))) return 'checksum of the segment head does not match';
  const format = bytes.readUInt32LE(8);
  if (format !== SEGMENT_FORMAT) return `segment format ${format} is unknown to this version of the program`;
  return {
    journalId: bytes.toString('hex', 12, 28),
    firstSequence: bytes.readUIntLE(28, 6),
    prev: bytes.toString('latin1', 52, 116).replace(/\0+$/, ''),
  };
}

/** Twelve digits of the first sequence, so that names sort as sequences do. */
export function segmentName(firstSequence: number): string {
  return `${String(firstSequence).padStart(12, '0')}.seg`;
}

/** The first sequence that a file name tells, or null if it names no segment, plain or packed. */
export function firstSequenceOf(name: string): number | null {
  return /^\d{12}\.segz?$/.test(name) ? Number(name.slice(0, 12)) : null;
}
