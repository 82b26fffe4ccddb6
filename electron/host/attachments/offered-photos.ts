import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Instant } from '#domain/base/instant.ts';

/** Photos that were handed in and not named yet, with the time. Passed over by `verify` and backups. */
const OFFERED = '.offered';
/** Photos that a command named, in 4,096 files by their first three digits. */
const NAMED = '.named';
/** Only a folder with this file was begun with its journal, so that all that was ever named is on the list. */
const COMPLETE = 'complete';

/**
 * Which photos of a folder no entry can name. A photo is noted as offered before its file has its name, and is put on the
 * list of the named, for good, before a command that names it is decided. What is noted and not on the list is named by no
 * entry, whenever the plug was pulled.
 *
 * 1. A photo that is named and whose file was lost may be handed in again: the list tells it from a new one.
 * 2. A folder that is older than the list has photos that it lacks: nothing is noted there.
 * 3. A line is as long as it must be, or a crash cut it and it counts as none: its effect had not come yet.
 */
export class OfferedPhotos {
  readonly #folder: string;
  readonly #isComplete: boolean;
  readonly #offered: Map<string, Instant>;
  #isWritten = true;

  constructor(folder: string, isComplete: boolean, offered: Map<string, Instant>) {
    this.#folder = folder;
    this.#isComplete = isComplete;
    this.#offered = offered;
  }

  isOffered(hash: string): boolean {
    return this.#offered.has(hash);
  }

  /** Notes a photo whose file is about to be there, unless it was named before; a later time takes the earlier one's place. */
  async offer(hash: string, at: Instant): Promise<void> {
    if (!this.#isComplete || (await this.isNamed(hash))) return;
    await addLines(join(this.#folder, OFFERED), [`${hash} ${String(at).padStart(TIME_DIGITS, '0')}`]);
    this.#offered.set(hash, at);
  }

  /** From then on none of them is ever swept. */
  async name(hashes: readonly string[]): Promise<void> {
    await Promise.all(hashes.map((hash) => addLines(this.#listOf(hash), [hash])));
    for (const hash of hashes) this.forget(hash);
  }

  async isNamed(hash: string): Promise<boolean> {
    return (await linesOf(this.#listOf(hash))).includes(hash);
  }

  offeredBefore(moment: Instant): readonly string[] {
    return [...this.#offered].flatMap(([hash, at]) => (at < moment ? hash : []));
  }

  /** Drops a note, on the disk with the next {@link write}: until then it is looked at once more. */
  forget(hash: string): void {
    if (this.#offered.delete(hash)) this.#isWritten = false;
  }

  async write(): Promise<void> {
    if (this.#isWritten) return;
    const lines = [...this.#offered].map(([hash, at]) => `${hash} ${String(at).padStart(TIME_DIGITS, '0')}`);
    const file = join(this.#folder, OFFERED);
    const temporary = `${file}.new`;
    await rm(temporary, { force: true });
    await addLines(temporary, lines);
    await rename(temporary, file);
    await syncFolder(this.#folder);
    this.#isWritten = true;
  }

  #listOf(hash: string): string {
    return join(this.#folder, NAMED, `${hash.slice(0, 3)}.log`);
  }
}

const TIME_DIGITS = 15;

/** `isNew`: the journal beside it has no entry yet. */
export async function openOffered(folder: string, isNew: boolean): Promise<OfferedPhotos> {
  const list = join(folder, NAMED);
  if (isNew) await addLines(join(list, COMPLETE), []);
  const offered = (await linesOf(join(folder, OFFERED))).flatMap((line) => {
    const [, hash, at] = /^([0-9a-f]{64}) (\d{15})$/.exec(line) ?? [];
    return hash === undefined ? [] : [[hash, Number(at) as Instant] as const];
  });
  return new OfferedPhotos(folder, (await namesIn(list)).includes(COMPLETE), new Map(offered));
}

/** Adds lines to a file, made with its folder where missing. What is left of a line before ends where they begin. */
async function addLines(file: string, lines: readonly string[]): Promise<void> {
  const folder = dirname(file);
  if ((await mkdir(folder, { recursive: true })) !== undefined) await syncFolder(dirname(folder));
  const handle = await open(file, 'a', 0o600);
  try {
    await handle.writeFile(lines.map((line) => `\n${line}\n`).join(''));
    await handle.datasync();
  } finally {
    await handle.close();
  }
  // Cheap where it was there already, and needed where it was not.
  await syncFolder(folder);
}

async function linesOf(file: string): Promise<readonly string[]> {
  try {
    const text = await readFile(file, 'utf8');
    return text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw cause;
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw cause;
  }
}

/** Names made in the folder are on the disk when it resolves. Windows cannot do it: nothing happens there. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
