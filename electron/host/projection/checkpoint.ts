import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** SHA-256 of the image lies behind it in the same file, so that the two cannot be parted. */
const CHECKSUM_BYTES = 32;

/** `missing`: there is no file. `damaged`: it is cut, changed or unreadable. */
export type CheckpointImage = Uint8Array | 'missing' | 'damaged';

export function readCheckpoint(file: string): CheckpointImage {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'damaged';
  }
  const image = bytes.subarray(0, -CHECKSUM_BYTES);
  return checksum(image).equals(bytes.subarray(-CHECKSUM_BYTES)) ? image : 'damaged';
}

/**
 * Replaces the checkpoint as a whole or not at all: temporary file, sync, rename, sync of the folder, which is made if
 * somebody deleted it.
 *
 * @throws the system's error (no space, no rights …); the checkpoint before it is then still there
 */
export function writeCheckpoint(file: string, image: Uint8Array): void {
  const folder = dirname(file);
  const temporary = temporaryOf(file);
  mkdirSync(folder, { recursive: true });
  try {
    const handle = openSync(temporary, 'w', 0o600);
    try {
      writeAll(handle, image);
      writeAll(handle, checksum(image));
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, file);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw cause;
  }
  syncFolder(folder);
}

/**
 * Also removes what a write that was cut off left behind.
 *
 * @returns false if the system refuses; harmless, because a checkpoint is examined again at every opening
 */
export function deleteCheckpoint(file: string): boolean {
  try {
    rmSync(file, { force: true, recursive: true });
    rmSync(temporaryOf(file), { force: true });
    return true;
  } catch {
    return false;
  }
}

function temporaryOf(file: string): string {
  return `${file}.tmp`;
}

function checksum(image: Uint8Array): Buffer {
  return createHash('sha256').update(image).digest();
}

function writeAll(handle: number, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) written += writeSync(handle, bytes, written);
}

function syncFolder(folder: string): void {
  if (process.platform === 'win32') return; // cannot sync a folder
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
