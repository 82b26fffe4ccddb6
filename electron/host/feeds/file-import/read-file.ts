import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable, Transform } from 'node:stream';
import iconv from 'iconv-lite';

/** A file that can't be read as text; the message says why. */
export class FileUnreadable extends Error {}

export interface TextFile {
  readonly path: string;
  readonly bytes: number;
  /** `utf-8`, `utf-16le`, `utf-16be` or `gb18030`. */
  readonly encoding: string;
}

const HEAD_BYTES = 64 * 1024;
const CHUNK_BYTES = 256 * 1024;

/**
 * Looks into a file: a byte order mark decides, else zero bytes at every other place mean UTF-16, else the whole file is
 * checked for UTF-8, and what is not UTF-8 is taken as GB18030 (which contains GBK and GB2312).
 *
 * @throws FileUnreadable
 */
export async function lookInto(path: string): Promise<TextFile> {
  const { head, bytes } = await readHead(path);
  if (bytes === 0) throw new FileUnreadable('the file is empty');
  const byMark = markOf(head);
  if (byMark !== null) return { path, bytes, encoding: byMark };
  const zeros = zerosByParity(head);
  if (zeros.even > head.length / 8 && zeros.odd === 0) return { path, bytes, encoding: 'utf-16be' };
  if (zeros.odd > head.length / 8 && zeros.even === 0) return { path, bytes, encoding: 'utf-16le' };
  if (zeros.even + zeros.odd > 0) throw new FileUnreadable('the file is not text: it contains zero bytes');
  return { path, bytes, encoding: (await isUtf8(path)) ? 'utf-8' : 'gb18030' };
}

/** The file's text in pieces; `onBytes` hears how many bytes were read so far. A byte order mark is left out. */
export function textOf(file: TextFile, onBytes: (read: number) => void): Readable {
  let read = 0;
  const source = createReadStream(file.path, { highWaterMark: CHUNK_BYTES });
  source.on('data', (chunk) => {
    read += chunk.length;
    onBytes(read);
  });
  // iconv-lite makes ordinary Transform streams; its types say less.
  const decoded = source.pipe(iconv.decodeStream(file.encoding)) as unknown as Transform;
  source.on('error', (cause) => decoded.destroy(cause));
  decoded.on('close', () => source.destroy());
  return decoded;
}

async function readHead(path: string): Promise<{ head: Buffer; bytes: number }> {
  try {
    const file = await open(path, 'r');
    try {
      const found = await file.stat();
      if (!found.isFile()) throw new FileUnreadable('it is not a file');
      const head = Buffer.alloc(Math.min(HEAD_BYTES, found.size));
      await file.read(head, 0, head.length, 0);
      return { head, bytes: found.size };
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (cause instanceof FileUnreadable) throw cause;
    throw new FileUnreadable(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function markOf(head: Buffer): string | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return null;
}

function zerosByParity(head: Buffer): { readonly even: number; readonly odd: number } {
  let [even, odd] = [0, 0];
  for (const [at, byte] of head.entries()) {
    if (byte !== 0) continue;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  }
  return { even, odd };
}

async function isUtf8(path: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
      decoder.decode(chunk as Buffer, { stream: true });
    }
    decoder.decode();
    return true;
  } catch (cause) {
    if (cause instanceof TypeError) return false;
    throw cause;
  }
}
