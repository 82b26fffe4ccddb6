import type { PackedCases } from '#host/ports/projection.ts';

/** What a walk on a thread of its own is given. */
export interface WalkStart {
  /** The data folder; its journal is read, nothing is written. */
  readonly dataFolder: string;
  /** First and last entry of the walk. */
  readonly from: number;
  readonly to: number;
  /** Cases that the host hands over itself. */
  readonly resident: readonly string[];
}

/** `more`: another window may be sent. */
export type ToWalk =
  | { readonly type: 'more' }
  | { readonly type: 'stored'; readonly id: number; readonly sequences: readonly number[] | null };

/** As in {@link WalkedWindow}, what is past in it. */
export interface WalkedRows {
  readonly packs: readonly PackedCases[];
  readonly sequence: number;
}

/** `failed` carries no text of an entry. */
export type FromWalk =
  | ({ readonly type: 'window' } & WalkedRows)
  | { readonly type: 'ask_stored'; readonly id: number; readonly caseId: string }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly reason: string };

/** Windows that may be on their way, so that neither side waits for the other. */
export const WINDOWS_IN_FLIGHT = 2;
