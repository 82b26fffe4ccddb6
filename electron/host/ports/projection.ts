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
  /** Hands over the latest rows of what changed up to `sequence`; returns at once. Must be called in order. */
  apply(rows: readonly ProjectedCase[], sequence: number): void;
  count(filter: CaseFilter, now: number): Promise<CaseCount>;
  list(query: { filter: CaseFilter; limit: number; after?: string | undefined }, now: number): Promise<CasePage>;
  /** Resolves when all that was handed over is in its tables; for tests, drains and the clean stop. */
  drained(): Promise<void>;
  onStatus(listener: (status: ProjectionStatus) => void): () => void;
  /** Writes a checkpoint and ends the worker. */
  close(): Promise<void>;
}

export class ProjectionUnavailable extends Error {}

/** The cursor of a page does not belong to any page. */
export class BadCursor extends Error {}
