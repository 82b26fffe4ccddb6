import type { CaseCount, CaseFilter, CasePage, CaseRow } from '#contract/cases.ts';

/** A row to be stored, with what only queries need. */
export interface ProjectedCase {
  readonly row: CaseRow;
  /** Journal sequences of the case's entries, ascending: its history is read from the journal by them. */
  readonly sequences: readonly number[];
  /** Codes of the case's grid and of every area above it, coarsest first; empty outside the district. */
  readonly areaPath: readonly string[];
  /** Feed and number of an outside system, searched by text. */
  readonly external: string | null;
}

/**
 * The latest row of every case that changed after the handover before it, up to and with `sequence`. A row may be newer
 * than that; but no change up to `sequence` may be left for a later handover.
 */
export interface Handover {
  readonly rows: readonly ProjectedCase[];
  readonly sequence: number;
}

/**
 * `rebuilding`: it answers when it contains all that was handed over, and not before {@link Projection.markComplete}.
 * `down`: its worker ended; it is started again after a while and catches up from the journal.
 */
export interface ProjectionStatus {
  readonly state: 'ready' | 'rebuilding' | 'down';
  /** Last journal sequence it contains. */
  readonly sequence: number;
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
  /** Resolves when all that was handed over is in its tables; for tests, drains and the clean stop. */
  drained(): Promise<void>;
  /** Called when the state changes and, while rebuilding, when the sequence moves on. */
  onStatus(listener: (status: ProjectionStatus) => void): () => void;
  /** Writes a checkpoint and ends the worker; reads that wait are rejected. */
  close(): Promise<void>;
}

export class ProjectionUnavailable extends Error {}

/** The cursor of a page does not belong to any page. */
export class BadCursor extends Error {}
