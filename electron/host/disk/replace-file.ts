import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What the name of a file ends with until it is whole. A crash leaves it; nobody was told that it is kept. */
export const HALF_MADE = '.half-made';

/**
 * Makes a file, or replaces it, as a whole or not at all: temporary name, sync, rename, sync of the folder, which must be
 * there. On the disk when it resolves. Only its owner may read it. `renameFile` lets tests break off before the last step.
 *
 * @throws the system's error; what was there before is then still there
 */
export async function replaceFile(path: string, contents: string | Uint8Array, renameFile = rename): Promise<void> {
  const temporary = `${path}${HALF_MADE}`;
  try {
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(contents);
      await file.sync();
    } finally {
      await file.close();
    }
    await renameFile(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw cause;
  }
  await syncFolder(dirname(path));
}

/**
 * Names made, renamed or removed in the folder are on the disk when it resolves. Windows can't open a folder; its file
 * system keeps renames in order by itself.
 */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
