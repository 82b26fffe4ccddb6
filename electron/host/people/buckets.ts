import { join } from 'node:path';
import type { PeopleDisk } from './people-disk.ts';

const NEWLINE = 0x0a;
const PREFIX_DIGITS = 3;

/**
 * Lines in 4,096 files, `NAME/abc.log` by the first three hexadecimal digits of what they are found by. A line is looked for
 * in its file on the disk each time, nothing of it stays in memory: with eleven million records a file has some 2,700 lines.
 */
export class Buckets {
  readonly #folder: string;
  readonly #disk: PeopleDisk;

  constructor(folder: string, disk: PeopleDisk) {
    this.#folder = folder;
    this.#disk = disk;
  }

  /** The lines of that file that have `sign` in them, which is ASCII. */
  async linesWith(id: string, sign: string): Promise<readonly string[]> {
    const bytes = await this.#read(id);
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    const found: string[] = [];
    for (let at = bytes.indexOf(sign); at >= 0 && at < end;) {
      const next = bytes.indexOf(NEWLINE, at) + 1;
      found.push(bytes.toString('utf8', bytes.lastIndexOf(NEWLINE, at) + 1, next - 1));
      at = bytes.indexOf(sign, next);
    }
    return found;
  }

  add(id: string, line: string): Promise<void> {
    return this.#disk.append(this.#fileOf(id), line);
  }

  /** Writes away the lines of that file for which `isGone` says so. */
  async remove(id: string, isGone: (line: string) => boolean): Promise<void> {
    const lines = wholeLines(await this.#read(id));
    const kept = lines.filter((line) => !isGone(line));
    if (kept.length < lines.length) await this.write(id, kept);
  }

  write(id: string, lines: readonly string[]): Promise<void> {
    return this.#disk.replace(this.#fileOf(id), Buffer.from(lines.map((line) => `${line}\n`).join(''), 'utf8'));
  }

  async #read(id: string): Promise<Buffer> {
    return (await this.#disk.read(this.#fileOf(id))) ?? Buffer.alloc(0);
  }

  #fileOf(id: string): string {
    return join(this.#folder, `${bucketOf(id)}.log`);
  }
}

/** The name of the file that has what is found by this id. */
export function bucketOf(id: string): string {
  return id.slice(0, PREFIX_DIGITS);
}

/** Without what stands behind the last newline: a crash left it, and nobody was told of it. */
export function wholeLines(bytes: Buffer): readonly string[] {
  const end = bytes.lastIndexOf(NEWLINE) + 1;
  return bytes.toString('utf8', 0, end).split('\n').slice(0, -1);
}
