import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { maxPictureBytes } from '#contract/attachments.ts';
import { required } from '#domain/base/assert-never.ts';
import { ok, refused, type Result } from '#domain/base/result.ts';
import type { AttachmentCheck, Attachments, StoredPicture } from '#host/ports/attachments.ts';
import { HEAD_BYTES, pictureType } from './picture-type.ts';

type PutFailure = 'too_large' | 'not_a_picture' | 'disk_full';

/**
 * Attachments as files in `folder`: the hash abcdef… is the file `ab/cdef…`. What is still coming in lies in `incoming/`,
 * which is emptied here: a crash left it there, and nobody was told that it was kept.
 */
export async function openAttachments(folder: string): Promise<Attachments> {
  const incoming = join(folder, 'incoming');
  await rm(incoming, { recursive: true, force: true });
  await mkdir(incoming, { recursive: true });
  return new FolderAttachments(folder, incoming);
}

class FolderAttachments implements Attachments {
  readonly #folder: string;
  readonly #incoming: string;

  constructor(folder: string, incoming: string) {
    this.#folder = folder;
    this.#incoming = incoming;
  }

  async put(contents: AsyncIterable<Uint8Array>): Promise<Result<StoredPicture, PutFailure>> {
    const temporary = join(this.#incoming, randomUUID());
    try {
      const written = await this.#write(temporary, contents);
      if (written.ok) await this.#keep(temporary, written.value.hash);
      return written;
    } catch (cause) {
      if (isCode(cause, 'ENOSPC') || isCode(cause, 'EDQUOT')) return refused('disk_full');
      throw cause;
    } finally {
      await rm(temporary, { force: true });
    }
  }

  async has(hash: string): Promise<boolean> {
    const path = this.#pathOf(hash);
    if (path === null) return false;
    try {
      return (await stat(path)).isFile();
    } catch (cause) {
      if (isMissing(cause)) return false;
      throw cause;
    }
  }

  async check(hash: string): Promise<AttachmentCheck> {
    const found = await this.read(hash);
    return found.ok ? 'present' : found.error;
  }

  async read(hash: string): ReturnType<Attachments['read']> {
    const path = this.#pathOf(hash);
    if (path === null) return refused('missing');
    try {
      const { size } = await stat(path);
      if (size > maxPictureBytes) return refused('damaged');
      const contents = await readFile(path);
      const type = pictureType(contents.subarray(0, HEAD_BYTES));
      return type === null || hashOf(contents) !== hash ? refused('damaged') : ok({ contents, type });
    } catch (cause) {
      if (isMissing(cause)) return refused('missing');
      // The disk cannot give back what it was given.
      if (isCode(cause, 'EIO')) return refused('damaged');
      throw cause;
    }
  }

  /** Writes and hashes at once; stops at the first byte too many, and at a head that is no picture's. */
  async #write(path: string, contents: AsyncIterable<Uint8Array>): Promise<Result<StoredPicture, PutFailure>> {
    const hash = createHash('sha256');
    const file = await open(path, 'wx', 0o600);
    try {
      let size = 0;
      let head = new Uint8Array(0);
      for await (const chunk of contents) {
        if (head.length < HEAD_BYTES) {
          head = Uint8Array.from([...head, ...chunk.subarray(0, HEAD_BYTES - head.length)]);
          if (head.length === HEAD_BYTES && pictureType(head) === null) return refused('not_a_picture');
        }
        size += chunk.length;
        if (size > maxPictureBytes) return refused('too_large');
        hash.update(chunk);
        await file.writeFile(chunk);
      }
      const type = pictureType(head);
      if (type === null) return refused('not_a_picture');
      await file.sync();
      return ok({ hash: hash.digest('hex'), size, type });
    } finally {
      await file.close();
    }
  }

  async #keep(temporary: string, hash: string): Promise<void> {
    if ((await this.check(hash)) === 'present') return;
    const path = required(this.#pathOf(hash), 'a digest is a hash');
    await mkdir(dirname(path), { recursive: true });
    await rename(temporary, path);
    await syncFolder(dirname(path));
    await syncFolder(this.#folder);
  }

  /** Null for what is no hash, so that no name reaches outside the folder. */
  #pathOf(hash: string): string | null {
    return /^[0-9a-f]{64}$/.test(hash) ? join(this.#folder, hash.slice(0, 2), hash.slice(2)) : null;
  }
}

function hashOf(contents: Uint8Array): string {
  return createHash('sha256').update(contents).digest('hex');
}

function isMissing(cause: unknown): boolean {
  return isCode(cause, 'ENOENT') || isCode(cause, 'ENOTDIR');
}

function isCode(cause: unknown, code: string): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === code;
}

/** Names made in the folder are on the disk when it resolves. Windows cannot do it: nothing happens there. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
