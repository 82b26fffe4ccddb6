import { join } from 'node:path';
import { wholeLines } from './buckets.ts';
import { peopleDisk, type PeopleDisk } from './people-disk.ts';

const FILE = 'unsettled.log';

/**
 * Records of which nobody knows yet whether the journal names them, in `unsettled.log`: noted before a record is written,
 * taken out when the journal is known to name it, or the record is gone. The first line says up to which entry that is
 * known: none up to there names a record that stands behind it.
 */
export class Unsettled {
  readonly #file: string;
  readonly #disk: PeopleDisk;
  readonly #refs: Set<string>;
  #upTo: number | null;

  constructor(file: string, disk: PeopleDisk, { refs, upTo }: { refs: Iterable<string>; upTo: number | null }) {
    this.#file = file;
    this.#disk = disk;
    this.#refs = new Set(refs);
    this.#upTo = upTo;
  }

  refs(): ReadonlySet<string> {
    return this.#refs;
  }

  /** The entry up to which the journal is settled; null where nothing was ever kept, so that no entry names anything. */
  upTo(): number | null {
    return this.#upTo;
  }

  async note(ref: string): Promise<void> {
    await this.#disk.append(this.#file, ref);
    this.#refs.add(ref);
  }

  /** Takes a record out, on the disk with the next {@link write}: until then it is looked for once more, in vain. */
  drop(ref: string): void {
    this.#refs.delete(ref);
  }

  async write(upTo: number): Promise<void> {
    await this.#disk.replace(this.#file, bytesOf({ refs: this.#refs, upTo }));
    this.#upTo = upTo;
  }
}

/** `isNew`: nothing was ever kept in the folder. */
export async function openUnsettled(folder: string, disk: PeopleDisk, isNew: boolean): Promise<Unsettled> {
  const file = join(folder, FILE);
  const { refs, upTo } = contentOf((await disk.read(file)) ?? Buffer.alloc(0));
  return new Unsettled(file, disk, { refs, upTo: isNew ? null : upTo });
}

/**
 * Notes records of a folder that no host runs on as unsettled, beside those that are, since no entry up to `upTo` names
 * them, the last there is: the next start, which folds the whole journal, erases them.
 */
export async function noteUnsettled(
  folder: string,
  refs: Iterable<string>,
  upTo: number,
  disk = peopleDisk,
): Promise<void> {
  const file = join(folder, FILE);
  const bytes = await disk.read(file);
  const known = contentOf(bytes ?? Buffer.alloc(0)).refs;
  const all = new Set([...known, ...refs]);
  if (bytes !== null || all.size > 0) await disk.replace(file, bytesOf({ refs: all, upTo }));
}

interface Content {
  readonly refs: Iterable<string>;
  readonly upTo: number;
}

function contentOf(bytes: Buffer): { readonly refs: readonly string[]; readonly upTo: number } {
  const lines = wholeLines(bytes);
  const [, upTo] = /^settled (\d+)$/.exec(lines[0] ?? '') ?? [];
  return { refs: lines.filter((line) => /^[0-9a-f]{32}$/.test(line)), upTo: Number(upTo ?? 0) };
}

function bytesOf({ refs, upTo }: Content): Uint8Array {
  return Buffer.from([`settled ${upTo}`, ...refs].map((line) => `${line}\n`).join(''), 'utf8');
}
