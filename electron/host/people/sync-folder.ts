import { open } from 'node:fs/promises';

/** A rename or removal in a folder is on the disk when it resolves. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows can't open a folder; its file system keeps renames in order by itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
