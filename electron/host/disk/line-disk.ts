import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { LineDisk } from '#host/ports/line-disk.ts';

/** The disk of the machine. */
export const lineDisk: LineDisk = {
  async write(file, bytes, at) {
    const folder = dirname(file);
    if ((await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined) await syncFolder(dirname(folder));
    const { handle, isNew } = await openToWrite(file);
    try {
      await handle.truncate(at);
      for (let done = 0; done < bytes.length;) {
        done += (await handle.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
      }
      await handle.datasync();
    } finally {
      await handle.close();
    }
    if (isNew) await syncFolder(folder);
  },
};

async function openToWrite(file: string): Promise<{ readonly handle: FileHandle; readonly isNew: boolean }> {
  try {
    return { handle: await open(file, 'r+'), isNew: false };
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')) throw cause;
    return { handle: await open(file, 'wx', 0o600), isNew: true };
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows can't open a folder; its file system keeps names in order by itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
