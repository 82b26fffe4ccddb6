import { mkdir, open, readdir, readFile, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from './sync-folder.ts';

const NEWLINE = 0x0a;

/** All that the side store asks of the disk, so that tests can end it anywhere. What resolves is on the disk. */
export interface PeopleDisk {
  makeFolder(folder: string): Promise<void>;
  /** Null if there is no such file. */
  read(file: string): Promise<Buffer | null>;
  /** Adds a line to a file, which is made with its folder where missing. What a crash left of a line before is cut first. */
  append(file: string, line: string): Promise<void>;
  /** Writes the file as a whole, under a temporary name until it is; the bytes of one in its place are then overwritten. */
  replace(file: string, bytes: Uint8Array): Promise<void>;
  /** Overwrites the file and removes it; false if there was none. */
  remove(file: string): Promise<boolean>;
  /** Names in the folder; none if it is not there. */
  list(folder: string): Promise<readonly string[]>;
}

export const peopleDisk: PeopleDisk = { makeFolder, read, append, replace, remove, list };

/** The temporary name under which a file is written. */
export function halfMade(file: string): string {
  return `${file}.half-made`;
}

async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let above = dirname(folder); above.length >= dirname(first).length; above = dirname(above)) {
    await syncFolder(above);
  }
}

async function read(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (cause) {
    if (isMissing(cause)) return null;
    throw cause;
  }
}

async function append(file: string, line: string): Promise<void> {
  const bytes = Buffer.from(`${line}\n`, 'utf8');
  await makeFolder(dirname(file));
  const { handle, isNew } = await openToAppend(file);
  try {
    if (isNew) await syncFolder(dirname(file));
    const end = await endOfLines(handle);
    try {
      await handle.truncate(end);
      await writeAll(handle, bytes, end);
      await handle.sync();
    } catch (cause) {
      await handle.truncate(end);
      throw cause;
    }
  } finally {
    await handle.close();
  }
}

async function openToAppend(file: string): Promise<{ readonly handle: FileHandle; readonly isNew: boolean }> {
  try {
    return { handle: await open(file, 'r+'), isNew: false };
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
    return { handle: await open(file, 'wx+', 0o600), isNew: true };
  }
}

/** Where the last whole line ends. */
async function endOfLines(handle: FileHandle): Promise<number> {
  const piece = Buffer.alloc(1_024);
  for (let end = (await handle.stat()).size; end > 0;) {
    const from = Math.max(0, end - piece.length);
    const { bytesRead } = await handle.read(piece, 0, end - from, from);
    const at = piece.subarray(0, bytesRead).lastIndexOf(NEWLINE);
    if (at >= 0) return from + at + 1;
    end = from;
  }
  return 0;
}

async function replace(file: string, bytes: Uint8Array): Promise<void> {
  const temporary = halfMade(file);
  await makeFolder(dirname(file));
  // Windows lets nobody replace a file that is open: there the old bytes stay on the disk until it needs the room.
  const old = process.platform === 'win32' ? null : await openIfThere(file);
  try {
    const next = await open(temporary, 'w', 0o600);
    try {
      await next.writeFile(bytes);
      await next.sync();
    } finally {
      await next.close();
    }
    await rename(temporary, file);
    await syncFolder(dirname(file));
    if (old !== null) await overwrite(old);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw cause;
  } finally {
    await old?.close();
  }
}

async function remove(file: string): Promise<boolean> {
  const old = await openIfThere(file);
  if (old === null) return false;
  try {
    await overwrite(old);
  } finally {
    await old.close();
  }
  await rm(file, { force: true });
  await syncFolder(dirname(file));
  return true;
}

async function list(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    if (isMissing(cause)) return [];
    throw cause;
  }
}

async function openIfThere(file: string): Promise<FileHandle | null> {
  try {
    return await open(file, 'r+');
  } catch (cause) {
    if (isMissing(cause)) return null;
    throw cause;
  }
}

async function overwrite(handle: FileHandle): Promise<void> {
  await writeAll(handle, Buffer.alloc((await handle.stat()).size), 0);
  await handle.sync();
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at + done);
    done += bytesWritten;
  }
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
}
