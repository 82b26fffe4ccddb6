import type { Head } from '#host/ports/journal.ts';
import type { Batch } from './batch-encoder.ts';
import { isOutOfSpace, messageOf, ShortWrite } from './disk-errors.ts';
import type { JournalFile, JournalFiles } from './journal-files.ts';
import { RecordWalk } from './record-walk.ts';
import { SEGMENT_HEAD_BYTES } from './segment-head.ts';
import type { Segment } from './segments.ts';

/**
 * `full`: no space, nothing recorded. `failed`: the disk failed, nothing recorded, and what was acknowledged was found
 * whole again. `down`: the disk failed and the segment could not be mended.
 */
export type WriteFailure = { readonly kind: 'full' | 'failed' | 'down'; readonly reason: string };

/**
 * The one open segment that is written to.
 * 1. `end` is where the last acknowledged record ends; nothing behind it outlives a failure.
 * 2. A failed sync is never repeated on the same handle (JN9); a write that is rejected may have been one.
 */
export class SegmentWriter {
  readonly #files: JournalFiles;
  readonly segment: Segment;
  /** Null after a failure that could not be mended for lack of space; mended before the next write. */
  #file: JournalFile | null;
  #end: number;

  constructor(files: JournalFiles, segment: Segment, file: JournalFile, end: number) {
    this.#files = files;
    this.segment = segment;
    this.#file = file;
    this.#end = end;
  }

  get end(): number {
    return this.#end;
  }

  /** Each batch with one synced write; all of them or none. `head` is the last acknowledged entry. Null: written. */
  async write(batches: readonly Pick<Batch, 'bytes'>[], head: Head): Promise<WriteFailure | null> {
    if (this.#file === null) {
      const unmended = await this.#mend(head, 'read');
      if (unmended !== null) return unmended;
    }
    const file = this.#file as JournalFile | null;
    if (file === null) return { kind: 'down', reason: 'the segment is closed' };
    let end = this.#end;
    try {
      for (const { bytes } of batches) {
        const written = await file.writeSynced(bytes, end);
        if (written < bytes.length) throw new ShortWrite(written, bytes.length);
        end += bytes.length;
      }
    } catch (error) {
      return this.#cutBack(error, head);
    }
    this.#end = end;
    return null;
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    await file?.close();
  }

  /**
   * A full disk took all that came before: it is tried every 2 s, and what was acknowledged is not read each time. Any other
   * error is one of a disk that is not to be believed.
   */
  async #cutBack(error: unknown, head: Head): Promise<WriteFailure> {
    const kind = isOutOfSpace(error) ? 'full' : 'failed';
    const failure = { kind, reason: messageOf(error) } as const;
    if (error instanceof ShortWrite && this.#file !== null && (await this.#cut(this.#file)) === null) return failure;
    return (await this.#mend(head, kind === 'full' ? 'trusted' : 'read')) ?? failure;
  }

  /** Null, or the error. */
  async #cut(file: JournalFile): Promise<{ readonly error: unknown } | null> {
    try {
      await file.truncate(this.#end);
      await file.dataSync();
      return null;
    } catch (error) {
      return { error };
    }
  }

  /** Closes, opens anew, cuts back and reads everything again, or trusts it; null if all that was acknowledged is there. */
  async #mend(head: Head, acknowledged: 'read' | 'trusted'): Promise<WriteFailure | null> {
    const closed = await this.#closeQuietly();
    let file: JournalFile | null = null;
    try {
      file = await this.#files.open(this.segment.path, 'write');
      const uncut = await this.#cut(file);
      if (uncut !== null) throw uncut.error;
      const damage = acknowledged === 'trusted' ? null : await this.#check(file, head);
      if (damage !== null) throw new Error(damage);
      this.#file = file;
      return null;
    } catch (error) {
      this.#file = file;
      const closedAgain = await this.#closeQuietly();
      const reason = [messageOf(error), closed, closedAgain].filter((text) => text !== null).join('; ');
      return { kind: isOutOfSpace(error) ? 'full' : 'down', reason };
    }
  }

  /** Gives the handle up. What the system says about it, if it refuses. */
  async #closeQuietly(): Promise<string | null> {
    try {
      await this.close();
      return null;
    } catch (error) {
      return messageOf(error);
    }
  }

  async #check(file: JournalFile, head: Head): Promise<string | null> {
    const { firstSequence, prev } = this.segment.head;
    const walk = new RecordWalk(file, { offset: SEGMENT_HEAD_BYTES, sequence: firstSequence, prev }, this.#end, true);
    while (await walk.next(() => undefined));
    if (walk.problem !== null) return walk.problem.reason;
    if (walk.sequence !== head.sequence + 1 || walk.prev !== head.hash)
      return `entry ${head.sequence} is not found again`;
    return (await file.size()) === this.#end ? null : 'the segment could not be cut';
  }
}
