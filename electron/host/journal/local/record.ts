import { crc32 } from 'node:zlib';
import { afterLinks, chainHash, HASH_CHARACTERS } from '../entry-text.ts';

/**
 * A record, numbers little-endian:
 * 0 length of what follows (u32) · 4 version (u8) · 5 kind (u8) · 6 key id (u16, 0 = plain) ·
 * 8 where in the body `hash` and `prev` stand (u32, 0 in a stop) · 12 sequence (u48) ·
 * 18 first sequence of its batch (u48) · 24 body · CRC-32 of everything before it (u32).
 *
 * The body of an entry is its canonical JSON. A stop is the mark of a clean stop: its sequence is that of the last
 * entry (it takes none of its own) and its body `{"hash":…,"sequence":…}` repeats the head; readers never see it.
 */
export const RECORD_HEADER_BYTES = 24;
export const RECORD_OVERHEAD_BYTES = RECORD_HEADER_BYTES + 4;
const RECORD_VERSION = 1;
export const ENTRY_KIND = 1;
export const STOP_KIND = 2;
/** Limit of the canonical JSON of one entry. */
export const MAX_ENTRY_BYTES = 1024 * 1024;
const MAX_LENGTH = MAX_ENTRY_BYTES + RECORD_OVERHEAD_BYTES - 4;
export const MAX_RECORD_BYTES = MAX_LENGTH + 4;

export interface RecordHeader {
  readonly kind: number;
  readonly linksAt: number;
  readonly sequence: number;
  readonly batchFirst: number;
}

/** Completes a record whose body of `bodyBytes` bytes already lies in its place; returns the bytes of the whole record. */
export function sealRecord(target: Buffer, at: number, bodyBytes: number, header: RecordHeader): number {
  const end = at + RECORD_HEADER_BYTES + bodyBytes;
  target.writeUInt32LE(bodyBytes + RECORD_OVERHEAD_BYTES - 4, at);
  target[at + 4] = RECORD_VERSION;
  target[at + 5] = header.kind;
  target.writeUInt16LE(0, at + 6);
  target.writeUInt32LE(header.linksAt, at + 8);
  writeSequence(target, header.sequence, at + 12);
  writeSequence(target, header.batchFirst, at + 18);
  target.writeUInt32LE(crc32(target.subarray(at, end)), end);
  return bodyBytes + RECORD_OVERHEAD_BYTES;
}

/** Bytes of the record at `at` as its length says; only meaningful after {@link brokenRecord} found nothing. */
export function recordBytes(buffer: Buffer, at: number): number {
  return buffer.readUInt32LE(at) + 4;
}

export function kindOf(buffer: Buffer, at: number): number {
  return buffer[at + 5] ?? 0;
}

export function sequenceOf(buffer: Buffer, at: number): number {
  return readSequence(buffer, at + 12);
}

export function batchFirstOf(buffer: Buffer, at: number): number {
  return readSequence(buffer, at + 18);
}

/** The bytes of a record's body, in the buffer it lies in. */
export function bodyOf(buffer: Buffer, at: number): Buffer {
  return buffer.subarray(at + RECORD_HEADER_BYTES, at + recordBytes(buffer, at) - 4);
}

export function bodyText(buffer: Buffer, at: number): string {
  return buffer.toString('utf8', at + RECORD_HEADER_BYTES, at + recordBytes(buffer, at) - 4);
}

/** Of the body of an entry what stands before its `hash` and `prev`: its own facts, in a JSON object that is not closed yet. */
export function textBeforeLinks(buffer: Buffer, at: number): string {
  const body = at + RECORD_HEADER_BYTES;
  return buffer.toString('utf8', body, body + buffer.readUInt32LE(at + 8));
}

/**
 * The events of an entry, a JSON list. Keys are written in their order, so that what comes before them are the short facts
 * `actor`, `at` and `commandId`; within a text no quote stands bare.
 */
export function eventsText(buffer: Buffer, at: number): string {
  const body = at + RECORD_HEADER_BYTES;
  const from = buffer.indexOf(EVENTS_LABEL, body) + EVENTS_LABEL.length;
  return buffer.toString('utf8', from, body + buffer.readUInt32LE(at + 8));
}

const EVENTS_LABEL = Buffer.from(',"events":');

export type Broken = 'incomplete' | 'length' | 'checksum';

/** Null if a whole record lies at `at`. `incomplete`: the bytes end before the record does. */
export function brokenRecord(buffer: Buffer, at: number, end: number): Broken | null {
  if (end - at < 4) return 'incomplete';
  const length = buffer.readUInt32LE(at);
  if (length < RECORD_OVERHEAD_BYTES - 4 || length > MAX_LENGTH) return 'length';
  if (end - at < length + 4) return 'incomplete';
  return buffer.readUInt32LE(at + length) === crc32(buffer.subarray(at, at + length)) ? null : 'checksum';
}

/** Cheap look before {@link brokenRecord} when records are searched in damaged bytes. */
export function looksLikeRecord(buffer: Buffer, at: number): boolean {
  const kind = buffer[at + 5];
  return buffer[at + 4] === RECORD_VERSION && (kind === ENTRY_KIND || kind === STOP_KIND);
}

/** What the record before tells about a record. `prev` null: unknown, not compared. */
export interface Expected {
  readonly sequence: number;
  readonly prev: string | null;
  readonly batchFirst: number;
  /** Whether hashes are computed too, or only compared with each other. */
  readonly isChainChecked: boolean;
}

/** Why a whole record does not follow what came before it, null if it does (JN5). */
export function unfitRecord(buffer: Buffer, at: number, expected: Expected): string | null {
  if (buffer[at + 4] !== RECORD_VERSION)
    return `record version ${buffer[at + 4]} is unknown to this version of the program`;
  if (buffer.readUInt16LE(at + 6) !== 0) return 'record is sealed with a key this version of the program does not know';
  const sequence = sequenceOf(buffer, at);
  if (kindOf(buffer, at) === STOP_KIND) return unfitStop(buffer, at, expected);
  if (kindOf(buffer, at) !== ENTRY_KIND)
    return `record kind ${kindOf(buffer, at)} is unknown to this version of the program`;
  if (sequence !== expected.sequence) return `sequence ${sequence} stands where ${expected.sequence} belongs`;
  const batchFirst = batchFirstOf(buffer, at);
  if (batchFirst !== sequence && batchFirst !== expected.batchFirst && expected.prev !== null) {
    return `batch ${batchFirst} does not belong to entry ${sequence}`;
  }
  return unfitEntry(buffer, at, expected);
}

/** Hash in the body of an entry whose record is whole and fits. */
export function hashOf(buffer: Buffer, at: number): string {
  const hashAt = at + RECORD_HEADER_BYTES + buffer.readUInt32LE(at + 8) + HASH_LABEL_CHARACTERS;
  return buffer.toString('latin1', hashAt, hashAt + HASH_CHARACTERS);
}

const HASH_LABEL = ',"hash":"';
const HASH_LABEL_CHARACTERS = HASH_LABEL.length;
const PREV_LABEL = '","prev":"';
const PREV_LABEL_CHARACTERS = PREV_LABEL.length;

function unfitStop(buffer: Buffer, at: number, expected: Expected): string | null {
  const sequence = sequenceOf(buffer, at);
  if (sequence !== expected.sequence - 1) return `stop after ${sequence} stands after entry ${expected.sequence - 1}`;
  if (expected.prev === null || bodyText(buffer, at) === stopText(sequence, expected.prev)) return null;
  return 'head in the stop mark does not match';
}

/** Body of the mark of a clean stop. */
export function stopText(sequence: number, hash: string): string {
  return `{"hash":"${hash}","sequence":${sequence}}`;
}

function unfitEntry(buffer: Buffer, at: number, expected: Expected): string | null {
  const body = at + RECORD_HEADER_BYTES;
  const end = at + recordBytes(buffer, at) - 4;
  const links = body + buffer.readUInt32LE(at + 8);
  if (links + HASH_CHARACTERS > end) return 'entry has no hash where its header says';
  const prev = expected.prev ?? prevOf(buffer, links, end);
  const after = links + HASH_LABEL_CHARACTERS + HASH_CHARACTERS + PREV_LABEL_CHARACTERS + prev.length + 1;
  // One text for all of it: millions of records are looked at, and each text made costs as much as its comparison.
  const sequenceText = afterLinks(expected.sequence);
  const text = buffer.toString('latin1', links, Math.min(end, after + sequenceText.length));
  const isLinked =
    text.startsWith(HASH_LABEL) &&
    text.startsWith(PREV_LABEL, HASH_LABEL_CHARACTERS + HASH_CHARACTERS) &&
    text.startsWith(prev, HASH_LABEL_CHARACTERS + HASH_CHARACTERS + PREV_LABEL_CHARACTERS) &&
    text.startsWith('"', after - links - 1) &&
    text.startsWith(sequenceText, after - links);
  if (!isLinked) return 'prev or sequence does not match';
  if (!expected.isChainChecked) return null;
  const hash = hashOf(buffer, at);
  return chainHash(chained(prev, buffer, body, links, after, end)) === hash ? null : 'hash does not match';
}

function prevOf(buffer: Buffer, links: number, end: number): string {
  const from = links + HASH_LABEL_CHARACTERS + HASH_CHARACTERS + PREV_LABEL_CHARACTERS;
  const quote = buffer.indexOf(0x22, from);
  return buffer.toString('latin1', Math.min(from, end), quote < 0 || quote > end ? end : quote);
}

/** Room for `prev` and one entry, reused: what is hashed must lie in one piece. */
let scratch = Buffer.alloc(16 * 1024);

/** `prev` and two pieces of `source` side by side; valid until the next call. */
function chained(prev: string, source: Buffer, from: number, to: number, again: number, end: number): Buffer {
  const total = prev.length + (to - from) + (end - again);
  if (scratch.length < total) scratch = Buffer.alloc(total * 2);
  scratch.write(prev, 0, 'latin1');
  source.copy(scratch, prev.length, from, to);
  source.copy(scratch, prev.length + (to - from), again, end);
  return scratch.subarray(0, total);
}

function readSequence(buffer: Buffer, at: number): number {
  return buffer.readUInt32LE(at) + buffer.readUInt16LE(at + 4) * 0x1_0000_0000;
}

function writeSequence(buffer: Buffer, sequence: number, at: number): void {
  buffer.writeUInt32LE(sequence >>> 0, at);
  buffer.writeUInt16LE(Math.floor(sequence / 0x1_0000_0000), at + 4);
}
