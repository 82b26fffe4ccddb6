import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from '#contract/schema.ts';
import type { TableName } from '#domain/reference/table-names.ts';

/** The disk as the versions need it, so that tests can break off between two calls. */
export interface TableDisk {
  readonly rename: typeof rename;
}

/** Who adopted a version, when, and why: kept beside its file. */
const VersionNote = z.object({ adoptedAt: z.int(), adoptedBy: z.string(), note: z.string() });
export type VersionNote = z.infer<typeof VersionNote>;

export interface StoredVersion extends VersionNote {
  readonly version: string;
}

/** `2026-11-24T093544.123Z-1a2b3c4d`: when it was adopted, and the beginning of the SHA-256 of its bytes. */
const versionPattern = /^\d{4}-\d{2}-\d{2}T\d{6}\.\d{3}Z-[0-9a-f]{8}$/;
const HALF_MADE = '.half-made';

/**
 * Adopted versions of tables in `DATA/tables/NAME/`: `VERSION.csv` and `VERSION.json` with its note. The file appears
 * under its name only when it is whole and on the disk; nothing is ever overwritten. Other files in the folder are left
 * alone.
 */
export class TableFiles {
  readonly #folder: string;
  readonly #disk: TableDisk;

  constructor(folder: string, disk: TableDisk = { rename }) {
    this.#folder = folder;
    this.#disk = disk;
  }

  /** Newest first. A version without a readable note has an empty one. */
  async versions(name: TableName): Promise<readonly StoredVersion[]> {
    const files = await filesIn(join(this.#folder, name));
    const versions = files
      .filter((file) => file.endsWith('.csv'))
      .map((file) => file.slice(0, -'.csv'.length))
      .filter((version) => versionPattern.test(version))
      .sort()
      .reverse();
    return Promise.all(versions.map(async (version) => ({ version, ...(await this.#noteOf(name, version)) })));
  }

  /** The bytes, or null if they are not those that were adopted. @throws the system's error if there is no such file */
  async read(name: TableName, version: string): Promise<Uint8Array | null> {
    const bytes = await readFile(join(this.#folder, name, `${version}.csv`));
    return version.endsWith(`-${hashOf(bytes)}`) ? bytes : null;
  }

  /** On the disk when it resolves. @throws the system's error; then there is no new version */
  async add(name: TableName, text: string, note: VersionNote): Promise<string> {
    const bytes = Buffer.from(text, 'utf8');
    const version = `${new Date(note.adoptedAt).toISOString().replaceAll(':', '')}-${hashOf(bytes)}`;
    const folder = join(this.#folder, name);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await this.#place(folder, `${version}.json`, Buffer.from(`${JSON.stringify(note)}\n`, 'utf8'));
    await this.#place(folder, `${version}.csv`, bytes);
    return version;
  }

  async #place(folder: string, name: string, bytes: Uint8Array): Promise<void> {
    const temporary = join(folder, `${name}${HALF_MADE}`);
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    try {
      await this.#disk.rename(temporary, join(folder, name));
    } catch (cause) {
      await rm(temporary, { force: true });
      throw cause;
    }
    await syncFolder(folder);
  }

  async #noteOf(name: TableName, version: string): Promise<VersionNote> {
    try {
      return VersionNote.parse(JSON.parse(await readFile(join(this.#folder, name, `${version}.json`), 'utf8')));
    } catch {
      const [day = '', time = ''] = version.split(/[TZ]/);
      const at = Date.parse(`${day}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}Z`);
      return { adoptedAt: Number.isNaN(at) ? 0 : at, adoptedBy: '', note: '' };
    }
  }
}

/** The beginning of the SHA-256, as versions carry it. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 8);
}

async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw cause;
  }
}

/** The new name outlives a power cut. Windows can't open folders, and needs no such call. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
