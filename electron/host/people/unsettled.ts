import { join } from 'node:path';
import { wholeLines } from './buckets.ts';
import { peopleDisk, type PeopleDisk } from './people-disk.ts';

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
    await this.#disk.replace(this.#file, bytesOf(this.#refs));
    this.#isWritten = true;
  }
}

export async function openUnsettled(folder: string, disk: PeopleDisk): Promise<Unsettled> {
  const file = join(folder, FILE);
  const lines = wholeLines((await disk.read(file)) ?? Buffer.alloc(0));
  return new Unsettled(file, disk, new Set(lines.filter((line) => /^[0-9a-f]{32}$/.test(line))));
}

/**
 * Notes records of a folder that no host runs on as unsettled, beside those that are: the next start, which folds the whole
 * journal, erases those that it does not find named.
 */
export async function noteUnsettled(folder: string, refs: Iterable<string>, disk = peopleDisk): Promise<void> {
  const unsettled = await openUnsettled(folder, disk);
  const all = new Set([...unsettled.refs(), ...refs]);
  if (all.size > unsettled.refs().size) await disk.replace(join(folder, FILE), bytesOf(all));
}

function bytesOf(refs: Iterable<string>): Uint8Array {
  return Buffer.from(Array.from(refs, (ref) => `${ref}\n`).join(''), 'utf8');
}
