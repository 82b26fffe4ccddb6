import type { CaseCount, CaseFilter, CasePage, CaseRow } from '#contract/cases.ts';
import type { Instant } from '#domain/base/instant.ts';
import type { SameCauseFacts } from '#domain/same-cause/facts.ts';

/** A row to be stored, with what only queries need. */
export interface ProjectedCase {
  readonly row: CaseRow;
  /** Journal sequences of the case's entries, ascending: its history is read from the journal by them. */
  readonly sequences: readonly number[];
  /** Codes of the case's grid and of every area above it, coarsest first; empty outside the district. */
  readonly areaPath: readonly string[];
  /** Feed and number of an outside system, searched by text. */
  readonly external: string | null;
  /** `classKeyOf` its class. */
  readonly classKey: string;
  /** Pseudonym of who found it; null for the public without a phone. */
  readonly reporterId: string | null;
}

/** Some {@link ProjectedCase} as bytes that threads hand on; `gridCodes` are all that occur in them. */
export interface PackedCases {
  readonly bytes: ArrayBuffer;
  readonly gridCodes: readonly string[];
}

/** With the areas of each of `gridCodes`, as in {@link ProjectedCase.areaPath}. */
export interface LocatedCases extends PackedCases {
  readonly areaPaths: readonly (readonly string[])[];
}

/**
 * Journal sequences of a case that has been handed over, as the tables have them now; null if they have no such case. Of
 * a case that changes while a replay goes on they may reach beyond what the replay has given.
 */
export type StoredSequences = (id: string) => Promise<readonly number[] | null>;

/**
 * The latest row of every case that changed after the handover before it, up to and with `sequence`. A row may be newer
 * than that; but no change up to `sequence` may be left for a later handover.
 */
export interface Handover {
  readonly rows: readonly ProjectedCase[];
  /**
   * Cases that left memory, as they were at `sequence`: they have ended by the end of the replay, whatever state they are
   * in here, so they belong to the archive at once. Only a replay has them.
   */
  readonly past?: readonly ProjectedCase[];
  /** More of them; whoever takes these has them alone. */
  readonly packed?: readonly LocatedCases[];
  readonly sequence: number;
}

/**
 * `rebuilding`: it answers when it contains all that was handed over, and not before {@link Projection.markComplete}. Is far
 * more missing than a short wait brings, it answers at once what is asked of open cases alone, and refuses the rest.
 * `down`: its worker ended; it is started again after a while and catches up from the journal.
 */
export interface ProjectionStatus {
  readonly state: 'ready' | 'rebuilding' | 'down';
  /** Last journal sequence it contains. */
  readonly sequence: number;
  /** Memory of its tables. */
  readonly bytes: number;
}

/**
 * Tables made from the journal, safe to delete. A command never waits for it. Reads wait until it contains what was
 * handed over before the read (a user sees their own write), and reject with {@link ProjectionUnavailable} when down.
 */
export interface Projection {
  status(): ProjectionStatus;
  /**
   * Hands over the latest rows of what changed since the call before (first: since `status().sequence`) up to
   * `sequence`; returns at once. Must be called in order. Nothing is lost when it can't keep up or is down: it then fetches what
   * it missed through the `replay` it was opened with.
   */
  apply(rows: readonly ProjectedCase[], sequence: number): void;
  /**
   * Called once, when the host has folded the journal up to `sequence` and can replay it. What was not handed over by
   * then is fetched through `replay`; after that the state is `ready`.
   */
  markComplete(sequence: number): void;
  count(filter: CaseFilter, now: number): Promise<CaseCount>;
  list(query: { filter: CaseFilter; limit: number; after?: string | undefined }, now: number): Promise<CasePage>;
  /**
   * Sequences of the entries that changed a case, ascending; null if there is no such case. Waits, and is refused, as a read
   * of ended cases is.
   */
  sequencesOf(id: string): Promise<readonly number[] | null>;
  /**
   * Facts of all cases that ended since a moment, newest end first, in pages; made of the tables as they are when a page is
   * asked for. Each page waits, and is refused, as a read of ended cases is.
   */
  endedSince(since: Instant): AsyncIterable<readonly SameCauseFacts[]>;
  /** Resolves when all that was handed over is in its tables; for tests, drains and the clean stop. */
  drained(): Promise<void>;
  /** Called when the state changes and, while rebuilding, when the sequence moves on. */
  onStatus(listener: (status: ProjectionStatus) => void): () => void;
  /** Writes a checkpoint and ends the worker; reads that wait are rejected. */
  close(): Promise<void>;
}

/**
 * `down`: its worker has ended, see {@link ProjectionStatus}. `rebuilding`: far from all ended cases are in its tables, it
 * is not worth while to wait. `busy`: too many reads wait. `closed`: the host ends.
 */
export type UnavailableReason = 'down' | 'rebuilding' | 'busy' | 'closed';

export class ProjectionUnavailable extends Error {
  readonly reason: UnavailableReason;

  constructor(reason: UnavailableReason) {
    super(`the projection is unavailable: ${reason}`);
    this.reason = reason;
  }
}

/** The cursor of a page does not belong to any page. */
export class BadCursor extends Error {}
