import type { Instant } from '#domain/base/instant.ts';
import type { CaseState } from '#domain/case/state.ts';

/** A case of a past picture, with the sequence of the entry that had changed it last by then. */
export interface PastCase {
  readonly state: CaseState;
  readonly sequence: number;
  /** Set when hindsight made the state, of all that this depends on: two with the same id, sequence and variant are alike. */
  readonly variant?: string;
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

/** How things stood at an instant as known today: `knownUntil` is the last entry that today has. */
export interface HindsightPicture extends Omit<PastPicture, 'total'> {
  readonly knownUntil: number;
}

/** How much of what hindsight of a moment needs has been read: of the entries since it, so many are `known` of all `of`. */
export interface Learnt {
  readonly known: number;
  readonly of: number;
}

/** How far to go: to the last entry that was recorded at or before a moment, or to an entry. */
export type Until = { readonly time: Instant } | { readonly sequence: number };

/**
 * The past. Pictures are made one after another, out of the snapshot before and the entries since. What they know, `then`
 * and `now`, is defined beside `Knowledge` in contract/board.ts.
 */
export interface History {
  /**
   * As it was known then: what was entered later about an earlier moment is not in it.
   *
   * @throws Error when the journal is damaged between the snapshot and `until`
   */
  pictureAt(until: Until): Promise<PastPicture>;
  /**
   * As it is known now. The first one of a far moment walks all entries since; later ones know them.
   *
   * @throws Error when the journal is damaged behind the snapshot; ProjectionUnavailable
   */
  hindsightAt(until: Until): Promise<HindsightPicture>;
  /**
   * Reads a piece of the entries that {@link History.hindsightAt} of a moment needs, the last first: at most half a second's
   * work. Who asks until all are known can tell how far it is, and stops by not asking again; what was read stays known.
   *
   * @throws Error when the journal is damaged behind the snapshot
   */
  learnSince(until: Until): Promise<Learnt>;
  /**
   * Sequence of the last entry that was recorded before each of these moments, 0 where there is none; at most `tolerance`
   * entries too early.
   *
   * @throws Error when the journal is damaged
   */
  sequencesBefore(times: readonly Instant[], tolerance: number): Promise<readonly number[]>;
  /** Waits for the snapshot that is being written. */
  close(): Promise<void>;
}
