import type { WireError } from '#contract/errors.ts';
import type { Instant } from '#domain/base/instant.ts';
import type { Result } from '#domain/base/result.ts';

/** What a picture can be, known from its first bytes; a name or a header says nothing. */
export type PictureType = 'image/jpeg' | 'image/png' | 'image/webp';

/** `hash`: SHA-256 of the contents, 64 lower-case hexadecimal digits. `size` in bytes. */
export interface StoredPicture {
  readonly hash: string;
  readonly size: number;
  readonly type: PictureType;
}

/** `damaged`: there is a file under that name whose contents have another hash. */
export type AttachmentCheck = 'present' | 'missing' | 'damaged';

/**
 * Photos, outside the journal: events hold their hash alone (decision 9).
 *
 * Callers give and get the plain contents. An implementation that seals files at rest (security.md V6) does so behind this
 * port; then names on the disk are no longer the hashes that callers know.
 */
export interface Attachments {
  /**
   * Takes a picture in; it is on the disk when this resolves. Equal contents are kept once, and mend a damaged file.
   * Rejects with the error of `contents` when that fails, and of the disk, but for a full one.
   */
  put(contents: AsyncIterable<Uint8Array>): Promise<Result<StoredPicture, 'too_large' | 'not_a_picture' | 'disk_full'>>;
  /**
   * To be called before a command that names these photos is decided: from then on none of them is swept. Refused with the
   * first that is not there.
   */
  claim(hashes: readonly string[]): Promise<Result<null, WireError>>;
  /** Removes what was handed in before that moment, and not again since, and was never claimed. Returns how many. */
  sweep(before: Instant): Promise<number>;
  /** Whether there is a file of that name; a look into the folder only. */
  has(hash: string): Promise<boolean>;
  /** Reads the file and compares its hash. */
  check(hash: string): Promise<AttachmentCheck>;
  /** The contents, compared with their hash. */
  read(
    hash: string,
  ): Promise<
    Result<{ readonly contents: Uint8Array; readonly type: PictureType }, Exclude<AttachmentCheck, 'present'>>
  >;
}
