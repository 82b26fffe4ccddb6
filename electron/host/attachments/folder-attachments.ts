import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { maxPictureBytes } from '#contract/attachments.ts';
import { required } from '#domain/base/assert-never.ts';
import { ok, refused, type Result } from '#domain/base/result.ts';
import type { WireError } from '#contract/errors.ts';
import type { Clock } from '#host/ports/clock.ts';
import type { Instant } from '#domain/base/instant.ts';
import { openOffered, syncFolder, type OfferedPhotos } from './offered-photos.ts';
import type { AttachmentCheck, Attachments, StoredPicture } from '#host/ports/attachments.ts';
import { HEAD_BYTES, pictureType } from './picture-type.ts';

type PutFailure = 'too_large' | 'not_a_picture' | 'disk_full';

/**
 * Attachments as files in `folder`: the hash abcdef… is the file `ab/cdef…`. What is still coming in lies in `incoming/`,
 * which is emptied here: a crash left it there, and nobody was told that it was kept. `isNew`: the journal has no entry yet.
 */
export async function openAttachments(
  folder: string,
  { clock, isNew }: { readonly clock: Clock; readonly isNew: boolean },
): Promise<Attachments> {
  const incoming = join(folder, 'incoming');
  await rm(incoming, { recursive: true, force: true });
  await mkdir(incoming, { recursive: true });
  return new FolderAttachments(folder, incoming, { clock, offered: await openOffered(folder, isNew) });
}

class FolderAttachments implements Attachments {
  readonly #folder: string;
  readonly #incoming: string;
  readonly #clock: Clock;
  readonly #offered: OfferedPhotos;
  /** What gives a photo its name, claims it or sweeps it: one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(folder: string, incoming: string, parts: { readonly clock: Clock; readonly offered: OfferedPhotos }) {
    this.#folder = folder;
    this.#incoming = incoming;
    this.#clock = parts.clock;
    this.#offered = parts.offered;
  }

  async put(contents: AsyncIterable<Uint8Array>): Promise<Result<StoredPicture, PutFailure>> {
    const temporary = join(this.#incoming, randomUUID());
    try {
      const written = await this.#write(temporary, contents);
      if (written.ok) await this.#inTurn(() => this.#keep(temporary, written.value.hash));
      return written;
    } catch (cause) {
      if (isFull(cause)) return refused('disk_full');
      throw cause;
    } finally {
      await rm(temporary, { force: true });
    }
  }

  claim(hashes: readonly string[]): Promise<Result<null, WireError>> {
    // Those that are not on offer are never swept.
    const isFresh = hashes.some((hash) => this.#offered.isOffered(hash));
    return isFresh ? this.#inTurn(() => this.#claim(hashes)) : this.#claim(hashes);
  }

  async sweep(before: Instant): Promise<number> {
    let count = 0;
    for (const hash of this.#offered.offeredBefore(before)) {
      if (await this.#inTurn(() => this.#sweep(hash, before))) count += 1;
    }
    await this.#inTurn(() => this.#offered.write());
    return count;
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

  async #claim(hashes: readonly string[]): Promise<Result<null, WireError>> {
    for (const hash of hashes) {
      if (!(await this.has(hash))) return refused({ code: 'attachment_missing', detail: { hash } });
    }
    const fresh = [...new Set(hashes)].filter((hash) => this.#offered.isOffered(hash));
    try {
      await this.#offered.name(fresh);
      return ok(null);
    } catch (cause) {
      if (isFull(cause)) return refused({ code: 'attachment_disk_full', detail: {} });
      throw cause;
    }
  }

  async #sweep(hash: string, before: Instant): Promise<boolean> {
    const isStillOld = this.#offered.offeredBefore(before).includes(hash);
    const path = this.#pathOf(hash);
    if (!isStillOld || path === null) return false;
    // The note may have outlived a claim.
    const isNamed = await this.#offered.isNamed(hash);
    const isThere = !isNamed && (await this.has(hash));
    if (isThere) {
      await rm(path);
      await syncFolder(dirname(path));
    }
    this.#offered.forget(hash);
    return isThere;
  }

  async #keep(temporary: string, hash: string): Promise<void> {
    const found = await this.check(hash);
    // A file that is there, whole or damaged, and not on offer was named, or may have been.
    if (found === 'missing' || this.#offered.isOffered(hash)) await this.#offered.offer(hash, this.#clock.now());
    if (found === 'present') return;
    const path = required(this.#pathOf(hash), 'a digest is a hash');
    await mkdir(dirname(path), { recursive: true });
    await rename(temporary, path);
    await syncFolder(dirname(path));
    await syncFolder(this.#folder);
  }

  #inTurn<Value>(task: () => Promise<Value>): Promise<Value> {
    const turn = this.#last.then(task);
    this.#last = turn.catch(() => {});
    return turn;
  }

  /** Null for what is no hash, so that no name reaches outside the folder. */
  #pathOf(hash: string): string | null {
    return /^[0-9a-f]{64}$/.test(hash) ? join(this.#folder, hash.slice(0, 2), hash.slice(2)) : null;
  }
}

function isFull(cause: unknown): boolean {
  return isCode(cause, 'ENOSPC') || isCode(cause, 'EDQUOT');
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
