import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { JournalFile, JournalFiles } from '#host/journal/local/journal-files.ts';

export interface PowerCutFiles {
  readonly files: JournalFiles;
  /** Puts the disk back to what it had promised: contents at each file's last sync, names at each folder's. */
  cut(): Promise<void>;
}

/**
 * Files on a disk that keeps only what was synced. `isLying`: syncs succeed and keep nothing, which the journal cannot
 * stand; the check that uses it must then find losses.
 */
export function powerCutFiles(real: JournalFiles, isLying: boolean): PowerCutFiles {
  const synced = new Map<string, Buffer>();
  let renames: { readonly from: string; readonly to: string }[] = [];
  const wrap = (file: JournalFile, path: string): JournalFile => ({
    read: (target, position) => file.read(target, position),
    write: (source, position) => file.write(source, position),
    async dataSync() {
      await file.dataSync();
      if (!isLying) synced.set(path, await readFile(path));
    },
    truncate: (length) => file.truncate(length),
    size: () => file.size(),
    close: () => file.close(),
  });
  const files: JournalFiles = {
    makeFolder: (path) => real.makeFolder(path),
    list: (path) => real.list(path),
    async open(path, mode) {
      const file = await real.open(path, mode);
      if (!synced.has(path) || mode === 'create')
        synced.set(path, mode === 'create' ? Buffer.alloc(0) : await readFile(path));
      return wrap(file, path);
    },
    async rename(from, to) {
      await real.rename(from, to);
      const contents = synced.get(from);
      if (contents !== undefined) synced.set(to, contents);
      synced.delete(from);
      renames.push({ from, to });
    },
    async remove(path) {
      await real.remove(path);
      synced.delete(path);
    },
    async syncFolder(path) {
      await real.syncFolder(path);
      renames = isLying ? renames : renames.filter(({ to }) => dirname(to) !== path);
    },
  };
  return {
    files,
    async cut() {
      for (const [path, contents] of synced) if (existsSync(path)) await writeFile(path, contents);
      for (const { from, to } of renames.reverse()) if (existsSync(to)) await rename(to, from);
      for (const path of synced.keys()) if (basename(path).endsWith('.new')) await rm(path, { force: true });
    },
  };
}
