import { createHash } from 'node:crypto';
import { mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ComponentFileProblem, unpackComponents } from '#contract/component-file.ts';
import type { ComponentList } from '#contract/components.ts';
import type { HealthFacts } from '#host/ports/health.ts';
import type { ComponentStore } from '#host/ports/components.ts';

type Inventory = ComponentList['inventories'][number];

const ENDING = '.components';
const HALF_MADE = '.half-made';
const HASH_DIGITS = 16;
const WITHDRAWN = 'withdrawn';
const pattern = /^(\d{8}T\d{9}Z)-([0-9a-f]{16})$/;

/**
 * Inventories in `DATA/components/`: one file an import, named by its moment and its content. A file appears under its name
 * only when it is whole and on the disk; nothing is overwritten or deleted. A damaged one is a health fact and is not drawn.
 *
 * @throws the system's error when the folder cannot be read
 */
export async function openComponents(folder: string, health: HealthFacts): Promise<ComponentStore> {
  const names = await namesIn(folder);
  for (const name of names) if (name.endsWith(HALF_MADE)) await rm(join(folder, name), { force: true });
  const known = new Map<string, Inventory>();
  for (const version of names.toSorted().flatMap((name) => versionOf(name) ?? [])) {
    known.set(version, await inventoryOf(folder, version));
  }
  tellDamaged();

  function tellDamaged(): void {
    const damaged = [...known.values()].filter(({ state }) => state === 'damaged');
    const [first] = damaged;
    if (first === undefined) return health.clear('components');
    const detail = { version: first.version, number: String(damaged.length) };
    health.raise({ id: 'components', severity: 'warning', code: 'components_damaged', detail });
  }

  return {
    list: () => [...known.values()],

    keep: async (bytes, importedAt) => {
      const moment = new Date(importedAt).toISOString().replaceAll(/[-:.]/g, '');
      const version = `${moment}-${sumOf(bytes).slice(0, HASH_DIGITS)}`;
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const temporary = join(folder, `${version}${HALF_MADE}`);
      try {
        const file = await open(temporary, 'w', 0o600);
        try {
          await file.writeFile(bytes);
          await file.datasync();
        } finally {
          await file.close();
        }
        await rename(temporary, join(folder, version + ENDING));
      } catch (cause) {
        await rm(temporary, { force: true });
        throw cause;
      }
      await syncFolder(folder);
      known.set(version, await inventoryOf(folder, version));
      return version;
    },

    read: async (version) => {
      if (!known.has(version)) return null;
      const bytes = await wholeBytes(folder, version);
      if (bytes !== null) return bytes;
      known.set(version, await inventoryOf(folder, version));
      tellDamaged();
      return null;
    },

    withdraw: async (version) => {
      if (!known.has(version)) return false;
      const target = join(folder, WITHDRAWN);
      await mkdir(target, { recursive: true, mode: 0o700 });
      await rename(join(folder, version + ENDING), join(target, version + ENDING));
      await syncFolder(target);
      await syncFolder(folder);
      known.delete(version);
      tellDamaged();
      return true;
    },
  };
}

/** Inventories in a data folder, and which of them are not as they were kept. Writes nothing. Null: there is none. */
export async function checkComponents(
  folder: string,
): Promise<{ readonly files: number; readonly damaged: readonly string[] } | null> {
  let files = 0;
  const damaged: string[] = [];
  for (const part of ['', WITHDRAWN]) {
    for (const name of (await namesIn(join(folder, part))).toSorted()) {
      const version = versionOf(name);
      if (version === null) continue;
      files += 1;
      const isWhole = (await wholeBytes(join(folder, part), version)) !== null;
      if (!isWhole) damaged.push(part === '' ? name : `${part}/${name}`);
    }
  }
  return files === 0 ? null : { files, damaged };
}

function versionOf(name: string): string | null {
  const version = name.endsWith(ENDING) ? name.slice(0, -ENDING.length) : '';
  return pattern.test(version) ? version : null;
}

async function inventoryOf(folder: string, version: string): Promise<Inventory> {
  const bytes = await wholeBytes(folder, version);
  const size = bytes?.length ?? (await stat(join(folder, version + ENDING)).catch(() => null))?.size ?? 0;
  const count = bytes === null ? null : unpackComponents(bytes).count;
  return { version, importedAt: momentOf(version), bytes: size, count, state: bytes === null ? 'damaged' : 'whole' };
}

/** Null when the bytes cannot be read, are others than the name says, or are no inventory. */
async function wholeBytes(folder: string, version: string): Promise<Uint8Array | null> {
  try {
    const bytes = await readFile(join(folder, version + ENDING));
    const [, , wanted = ''] = pattern.exec(version) ?? [];
    if (!sumOf(bytes).startsWith(wanted)) return null;
    unpackComponents(bytes);
    return bytes;
  } catch (cause) {
    if (cause instanceof ComponentFileProblem) return null;
    if (cause instanceof Error && 'code' in cause) return null;
    throw cause;
  }
}

/** `20261130T020000000Z` → epoch milliseconds. */
function momentOf(version: string): number {
  const iso = version.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z.*$/, '$1-$2-$3T$4:$5:$6.$7Z');
  return Date.parse(iso);
}

function sumOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function namesIn(folder: string): Promise<readonly string[]> {
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
