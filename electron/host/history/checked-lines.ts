import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';

const compress = promisify(gzip);
const expand = promisify(gunzip);

/** So many lines are written or read at a time; between two slices the host does other work. */
const SLICE_LINES = 250;
const NEWLINE = 0x0a;

/** JSON values, one a line, and a last line with the SHA-256 of all before it; compressed. */
export async function encodeLines(values: Iterable<unknown>, pause: () => Promise<void>): Promise<Uint8Array> {
  const sum = createHash('sha256');
  const parts: Buffer[] = [];
  let lines: string[] = [];
  const flush = () => {
    const part = Buffer.from(lines.map((line) => `${line}\n`).join(''), 'utf8');
    sum.update(part);
    parts.push(part);
    lines = [];
  };
  for (const value of values) {
    lines.push(JSON.stringify(value));
    if (lines.length < SLICE_LINES) continue;
    flush();
    await pause();
  }
  flush();
  parts.push(Buffer.from(`${sum.digest('hex')}\n`, 'utf8'));
  return compress(Buffer.concat(parts), { level: constants.Z_BEST_SPEED });
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
