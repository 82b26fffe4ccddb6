import { join } from 'node:path';
import { wholeLines } from './buckets.ts';
import type { PeopleDisk } from './people-disk.ts';

const FILE = 'unsettled.log';

/**
 * Records of which nobody knows yet whether the journal names them, in `unsettled.log`: noted before a record is written,
 * taken out when the journal is known to name it, or the record is gone.
 */
export class Unsettled {
  readonly #file: string;
  readonly #disk: PeopleDisk;
  readonly #refs: Set<string>;
  #isWritten = true;

  constructor(file: string, disk: PeopleDisk, refs: Set<string>) {
    this.#file = file;
    this.#disk = disk;
    this.#refs = refs;
  }

  refs(): ReadonlySet<string> {
    return this.#refs;
  }

  async note(ref: string): Promise<void> {
    await this.#disk.append(this.#file, ref);
    this.#refs.add(ref);
  }

  /** Takes a record out, on the disk with the next {@link write}: until then it is looked for once more, in vain. */
  drop(ref: string): void {
    if (this.#refs.delete(ref)) this.#isWritten = false;
  }

  async write(): Promise<void> {
    if (this.#isWritten) return;
    await this.#disk.replace(this.#file, Buffer.from([...this.#refs].map((ref) => `${ref}\n`).join(''), 'utf8'));
    this.#isWritten = true;
  }
}

export async function openUnsettled(folder: string, disk: PeopleDisk): Promise<Unsettled> {
  const file = join(folder, FILE);
  const lines = wholeLines((await disk.read(file)) ?? Buffer.alloc(0));
  return new Unsettled(file, disk, new Set(lines.filter((line) => /^[0-9a-f]{32}$/.test(line))));
}
