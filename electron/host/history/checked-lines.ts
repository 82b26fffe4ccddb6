import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { promisify } from 'node:util';
import { constants, createGzip, gunzip } from 'node:zlib';

const expand = promisify(gunzip);

/** So many lines are written or read at a time; between two slices the host does other work. */
const SLICE_LINES = 250;
const NEWLINE = 0x0a;

/**
 * JSON values, one a line, and a last line with the SHA-256 of all before it; compressed as they come: put together first, the
 * lines of many open cases held the host's thread for the time of the copy (bench `checkpoint`).
 */
export async function encodeLines(values: Iterable<unknown>, pause: () => Promise<void>): Promise<Uint8Array> {
  const sum = createHash('sha256');
  const zip = createGzip({ level: constants.Z_BEST_SPEED });
  const packed: Buffer[] = [];
  zip.on('data', (chunk: Buffer) => packed.push(chunk));
  const ended = finished(zip);
  let lines: string[] = [];
  const flush = async () => {
    const part = Buffer.from(lines.map((line) => `${line}\n`).join(''), 'utf8');
    sum.update(part);
    lines = [];
    if (!zip.write(part)) await once(zip, 'drain');
  };
  for (const value of values) {
    lines.push(JSON.stringify(value));
    if (lines.length < SLICE_LINES) continue;
    await flush();
    await pause();
  }
  await flush();
  zip.end(Buffer.from(`${sum.digest('hex')}\n`, 'utf8'));
  await ended;
  return Buffer.concat(packed);
}

/** Gives each value in order, the first of them to `head`. False when a byte is not as it was written. */
export async function decodeLines(
  bytes: Uint8Array,
  each: (value: unknown, line: number) => void,
  pause: () => Promise<void>,
): Promise<boolean> {
  let text: Buffer;
  try {
    text = await expand(bytes);
  } catch {
    return false;
  }
  const sumAt = text.lastIndexOf(NEWLINE, text.length - 2) + 1;
  const sum = createHash('sha256').update(text.subarray(0, sumAt)).digest('hex');
  if (sum !== text.toString('latin1', sumAt).trimEnd()) return false;
  let line = 0;
  for (let at = 0; at < sumAt; line += 1) {
    const end = text.indexOf(NEWLINE, at);
    each(JSON.parse(text.toString('utf8', at, end)), line);
    at = end + 1;
    if (line % SLICE_LINES === SLICE_LINES - 1) await pause();
  }
  return true;
}
