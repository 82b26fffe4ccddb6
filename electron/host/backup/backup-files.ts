import { createHash } from 'node:crypto';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface Digest {
  readonly sha256: string;
  readonly bytes: number;
}

/** What a long copy asks between pieces; throws to stop it. */
export type OnPiece = (bytes: number) => void;

const PIECE_BYTES = 1024 * 1024;

/** Reads the file, its first `limit` bytes if there is a limit. @throws the system's error */
export function digestOf(path: string, limit: number | null, onPiece: OnPiece): Promise<Digest> {
  return readPieces(path, limit, () => Promise.resolve(), onPiece);
}

/**
 * Copies a file to a new name, under a temporary one until it is whole and synced; its folder is made and synced.
 *
 * @throws the system's error; the target is then not there
 */
export async function copyWhole(from: string, to: string, limit: number | null, onPiece: OnPiece): Promise<Digest> {
  const temporary = `${to}.new`;
  await mkdir(dirname(to), { recursive: true });
  try {
    const target = await open(temporary, 'w', 0o600);
    let digest: Digest;
    try {
      digest = await readPieces(from, limit, (piece) => writeAll(target, piece), onPiece);
      await target.datasync();
    } finally {
      await target.close();
    }
    await rename(temporary, to);
    await syncFolder(dirname(to));
    return digest;
  } catch (cause) {
    await rm(temporary, { force: true });
    throw cause;
  }
}

/** Replaces a small file as a whole: temporary name, sync, rename, sync of the folder. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.new`;
  const file = await open(temporary, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.datasync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  await syncFolder(dirname(path));
}

/** Names in the folder are on the disk when it resolves. Windows cannot do it. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

export function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
}

async function readPieces(
  path: string,
  limit: number | null,
  take: (piece: Uint8Array) => Promise<void>,
  onPiece: OnPiece,
): Promise<Digest> {
  const sum = createHash('sha256');
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(PIECE_BYTES);
    let bytes = 0;
    for (;;) {
      const wanted = Math.min(PIECE_BYTES, (limit ?? Number.POSITIVE_INFINITY) - bytes);
      const { bytesRead } = wanted === 0 ? { bytesRead: 0 } : await file.read(buffer, 0, wanted, bytes);
      if (bytesRead === 0) return { sha256: sum.digest('hex'), bytes };
      const piece = buffer.subarray(0, bytesRead);
      sum.update(piece);
      await take(piece);
      bytes += bytesRead;
      onPiece(bytesRead);
    }
  } finally {
    await file.close();
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    written += (await file.write(bytes, written)).bytesWritten;
  }
}
