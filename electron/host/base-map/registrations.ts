import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BaseMap, BaseMapSource } from '#contract/base-map.ts';
import { z } from '#contract/schema.ts';
import { hasCode } from './tile-source.ts';

const Registration = z.strictObject({
  ...BaseMap.pick({ name: true, owner: true, approvalNumber: true, date: true, coordinates: true }).shape,
  ...BaseMap.pick({ minZoom: true, maxZoom: true, bounds: true, addedAt: true, addedBy: true, hasKey: true }).shape,
  source: BaseMapSource,
});
export type Registration = z.infer<typeof Registration>;

/** `content` null: its bytes are not those that were written. `key` null: there is none, or it is damaged. */
export interface StoredRegistration {
  readonly id: string;
  readonly content: Registration | null;
  readonly key: string | null;
}

const pattern = /^([0-9a-f]{16})\.json$/;
const keyPattern = /^\.([0-9a-f]{16})\.key$/;

/**
 * What is known of base maps, in `DATA/base-maps/`: one file each, named by the hash of its bytes, so that a changed byte
 * shows. Keys lie beside them in files of their own, which backups leave out because of the dot in front; each begins with its
 * own hash.
 */
export class Registrations {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Oldest first. Removes what a crash left half-made. @throws the system's error */
  async read(): Promise<readonly StoredRegistration[]> {
    const names = await namesIn(this.#folder);
    for (const name of names) if (name.endsWith('.new')) await rm(join(this.#folder, name), { force: true });
    const ids = names.flatMap((name) => pattern.exec(name)?.[1] ?? []);
    const found = await Promise.all(
      ids.map(async (id) => ({ id, content: await this.#content(id), key: await this.#key(id) })),
    );
    return found.sort((a, b) => (a.content?.addedAt ?? 0) - (b.content?.addedAt ?? 0));
  }

  /** The key is on the disk before the map is. @throws the system's error; then there is no new map */
  async add(content: Registration, key: string | null): Promise<StoredRegistration> {
    const text = `${JSON.stringify(content)}\n`;
    const id = digestOf(text);
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    if (key !== null) await this.#write(`.${id}.key`, `${digestOf(key)} ${key}\n`);
    await this.#write(`${id}.json`, text);
    return { id, content, key };
  }

  /** @throws the system's error */
  async remove(id: string): Promise<void> {
    await rm(join(this.#folder, `${id}.json`), { force: true });
    await rm(join(this.#folder, `.${id}.key`), { force: true });
    await this.#sync();
  }

  async #content(id: string): Promise<Registration | null> {
    const text = await textOf(join(this.#folder, `${id}.json`));
    return text === null || digestOf(text) !== id ? null : parsed(text);
  }

  async #key(id: string): Promise<string | null> {
    const text = await textOf(join(this.#folder, `.${id}.key`));
    return text === null ? null : keyIn(text);
  }

  async #write(name: string, text: string): Promise<void> {
    const temporary = join(this.#folder, `${name}.new`);
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(temporary, join(this.#folder, name));
    await this.#sync();
  }

  /** Names are on the disk when it resolves. Windows can't open folders, and needs no such call. */
  async #sync(): Promise<void> {
    if (process.platform === 'win32') return;
    const handle = await open(this.#folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}

/** How many base maps a data folder knows, and which files are not as they were written. Writes nothing. */
export async function checkBaseMaps(
  folder: string,
): Promise<{ readonly files: number; readonly damaged: string[] } | null> {
  const names = await namesIn(folder);
  const damaged: string[] = [];
  let files = 0;
  for (const name of names.toSorted()) {
    const [id, keyOf] = [pattern.exec(name)?.[1], keyPattern.exec(name)?.[1]];
    if (id === undefined && keyOf === undefined) continue;
    if (id !== undefined) files += 1;
    const text = await textOf(join(folder, name));
    const isWhole = text !== null && (id === undefined ? keyIn(text) !== null : digestOf(text) === id);
    if (!isWhole) damaged.push(name);
  }
  return files === 0 && damaged.length === 0 ? null : { files, damaged };
}

function parsed(text: string): Registration | null {
  try {
    return Registration.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function keyIn(text: string): string | null {
  const [, sum, key = ''] = /^([0-9a-f]{16}) (.+)\n$/.exec(text) ?? [];
  return sum === digestOf(key) ? key : null;
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

async function textOf(file: string): Promise<string | null> {
  try {
    // Bytes that are no UTF-8 must not turn into the same mark twice.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(file));
  } catch {
    return null;
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    if (hasCode(cause, 'ENOENT')) return [];
    throw cause;
  }
}
