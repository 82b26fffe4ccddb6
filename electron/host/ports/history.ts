import type { Instant } from '#domain/base/instant.ts';
import type { CaseState } from '#domain/case/state.ts';

/** A case of a past picture, with the sequence of the entry that had changed it last by then. */
export interface PastCase {
  readonly state: CaseState;
  readonly sequence: number;
}

/** What was known right after one entry of the journal. */
export interface PastPicture {
  /** Of the last entry that counts; 0 before the first. */
  readonly sequence: number;
  /** When that entry was recorded; null before the first. */
  readonly recordedAt: Instant | null;
  /** Every case that was open. */
  readonly open: readonly PastCase[];
  /** Cases that had been reported until then, open or ended. */
  readonly total: number;
}

/** How far to go: to the last entry that was recorded at or before a moment, or to an entry. */
export type Until = { readonly time: Instant } | { readonly sequence: number };

/**
 * The past as it was known then: what was entered later about an earlier moment is not in it. Pictures are made one after
 * another, out of the snapshot before and the entries since.
 */
export interface History {
  /** @throws Error when the journal is damaged between the snapshot and `until` */
  pictureAt(until: Until): Promise<PastPicture>;
  /** Waits for the snapshot that is being written. */
  close(): Promise<void>;
}
