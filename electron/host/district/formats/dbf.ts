import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { ByteProblem, type ByteReader } from './byte-reader.ts';

/** One column: `type` C text, N and F numbers, L yes or no, D a day; others are read as text. */
interface DbfField {
  readonly name: Uint8Array;
  readonly type: string;
  readonly offset: number;
  readonly bytes: number;
  readonly decimals: number;
}

export interface DbfHead {
  readonly records: number;
  readonly recordBytes: number;
  readonly fields: readonly DbfField[];
  /** The code page the table itself states, as an encoding of {@link TextDecoder}; null if it states none we know. */
  readonly statedEncoding: string | null;
}

const HEAD_BYTES = 32;
const FIELD_BYTES = 32;
const DELETED = 0x2a;
const END = 0x1a;

/**
 * The head of a dBASE III table. Format: a head of 32 bytes, fields of 32 bytes up to a 0x0D, then records of one width.
 *
 * @throws ByteProblem
 */
export async function readDbfHead(reader: ByteReader): Promise<DbfHead> {
  const head = await reader.take(HEAD_BYTES);
  if (head === null) throw new ByteProblem('is empty');
  const headBytes = head.readUInt16LE(8);
  const recordBytes = head.readUInt16LE(10);
  if (headBytes < HEAD_BYTES + FIELD_BYTES + 1 || recordBytes < 2) {
    throw new ByteProblem('is no dBASE table: its head gives no fields');
  }
  const page = head[29] ?? 0;
  const records = head.readUInt32LE(4);
  const rest = (await reader.take(headBytes - HEAD_BYTES)) ?? Buffer.alloc(0);
  const fields: DbfField[] = [];
  let offset = 1;
  for (let at = 0; at + FIELD_BYTES <= rest.length && rest[at] !== 0x0d; at += FIELD_BYTES) {
    const name = rest.subarray(at, at + 11);
    const end = name.indexOf(0);
    const bytes = rest[at + 16] ?? 0;
    fields.push({
      name: Buffer.from(end < 0 ? name : name.subarray(0, end)),
      type: String.fromCharCode(rest[at + 11] ?? 0),
      offset,
      bytes,
      decimals: rest[at + 17] ?? 0,
    });
    offset += bytes;
  }
  if (fields.length === 0 || offset > recordBytes) {
    throw new ByteProblem(`is damaged: fields of ${offset} bytes in records of ${recordBytes}`);
  }
  return { records, recordBytes, fields, statedEncoding: statedPage(page) };
}

/** The next record's bytes; null after the last, which most writers mark by 0x1A. @throws ByteProblem */
export async function nextDbfRecord(reader: ByteReader, { recordBytes }: DbfHead): Promise<Buffer | null> {
  const mark = await reader.take(1);
  if (mark === null || mark[0] === END) return null;
  const rest = await reader.take(recordBytes - 1);
  if (rest === null) throw new ByteProblem('ends inside a record');
  return Buffer.concat([mark, rest]);
}

/** Whether the record was marked as deleted; its shape is then void as well. */
export function isDeleted(record: Uint8Array): boolean {
  return record[0] === DELETED;
}

/** Whether no text of the record speaks against UTF-8; texts cut at the field's width may end inside a character. */
export function couldBeUtf8(record: Uint8Array, fields: readonly DbfField[]): boolean {
  return fields.every(({ type, offset, bytes }) => {
    if (type !== 'C') return true;
    const text = record.subarray(offset, offset + bytes);
    if (isUtf8(text)) return true;
    return [1, 2, 3].some((cut) => (text.at(-cut) ?? 0) >= 0x80 && isUtf8(text.subarray(0, -cut)));
  });
}

/** Values by name: texts trimmed, numbers as numbers unless they have more than 15 digits, empty cells null. */
export function dbfValues(
  record: Uint8Array,
  fields: readonly DbfField[],
  decoder: TextDecoder,
): Readonly<Record<string, string | number | boolean | null>> {
  return Object.fromEntries(
    fields.map(({ name, type, offset, bytes, decimals }) => {
      const text = textOf(record.subarray(offset, offset + bytes), decoder);
      return [decoder.decode(name).trim(), valueOf(text, type, decimals)];
    }),
  );
}

function textOf(bytes: Uint8Array, decoder: TextDecoder): string {
  const end = bytes.indexOf(0);
  return decoder.decode(end < 0 ? bytes : bytes.subarray(0, end)).trim();
}

function valueOf(text: string, type: string, decimals: number): string | number | boolean | null {
  if (text === '') return null;
  if (type === 'L') return /^[tyTY]$/.test(text) ? true : /^[fnFN]$/.test(text) ? false : null;
  if (type !== 'N' && type !== 'F') return text;
  const isLong = decimals === 0 && text.length > 15;
  const number = Number(text);
  return isLong || !Number.isFinite(number) ? text : number;
}

/** Source: "language driver" byte of dBASE: 0x4D is code page 936, 0x57 and 0x03 Windows ANSI, which says nothing here. */
function statedPage(page: number): string | null {
  if (page === 0x4d || page === 0x7a) return 'gb18030';
  return null;
}

/** An encoding of a `.cpg` file as {@link TextDecoder} knows it; GBK and its like are read as GB18030, which holds them. */
export function encodingOfCpg(text: string): string | null {
  const name = text
    .replace(/^\uFEFF/, '')
    .trim()
    .toLowerCase()
    .replace(/^(oem|ansi|cp|windows-?)\s*/, '');
  if (/^(gbk|gb_?2312|gb-?18030|936|ms936|54936|x-gbk)/.test(name)) return 'gb18030';
  if (/^(utf-?8|65001)/.test(name)) return 'utf-8';
  if (/^(950|big-?5)/.test(name)) return 'big5';
  try {
    return new TextDecoder(/^\d+$/.test(name) ? `windows-${name}` : name).encoding;
  } catch {
    return null;
  }
}
