import type { CaseCount, CaseFilter, CasePage } from '#contract/cases.ts';
import type { SameCauseFacts } from '#domain/same-cause/facts.ts';
import type { Head } from '#host/ports/journal.ts';
import type { ProjectedCase } from '#host/ports/projection.ts';
import type { PageEnd } from './cursor.ts';
import type { Slice } from './handover-queue.ts';

/** What the worker is started with. `isFresh`: it shall not even look at the checkpoints. */
export interface WorkerStart {
  readonly folder: string;
  readonly journalId: string;
  readonly isFresh: boolean;
}

/** A question to the tables; `id` comes back with the answer. */
export type Question =
  | { readonly type: 'count'; readonly id: number; readonly filter: CaseFilter; readonly now: number }
  | {
      readonly type: 'list';
      readonly id: number;
      readonly filter: CaseFilter;
      readonly now: number;
      readonly limit: number;
      readonly after: PageEnd | null;
    }
  | { readonly type: 'sequences'; readonly id: number; readonly caseId: string }
  | { readonly type: 'endedYears'; readonly id: number; readonly since: number }
  | {
      readonly type: 'ended';
      readonly id: number;
      readonly year: string;
      readonly since: number;
      readonly after: EndedEnd | null;
    };

/** The last case of a page of ended ones: the next page starts behind it. */
export interface EndedEnd {
  readonly endedAt: number;
  readonly caseId: string;
}

/** Facts of ended cases, newest end first; `after` is null on the last page. */
export interface EndedPage {
  readonly facts: readonly SameCauseFacts[];
  readonly after: EndedEnd | null;
}

/** Part of all open cases; `sequence` is the newest entry that may be in them. */
export interface OpenSlice {
  readonly rows: readonly ProjectedCase[];
  readonly sequence: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/**
 * Host → worker; begun in the order of posting. An answer out of several years may come after later ones, and what it
 * holds may be newer. `reset` drops the newest checkpoint and opens the one before it, or empty tables; `close` is the
 * last. `head` is the journal's at the sequence that the tables should have reached; without it nothing is written.
 */
export type ToWorker =
  | ({ readonly type: 'apply' } & Slice)
  | ({ readonly type: 'open' } & OpenSlice)
  | Question
  | { readonly type: 'checkpoint'; readonly head: Head }
  | { readonly type: 'reset' }
  | { readonly type: 'close'; readonly head: Head | null };

export type Answer =
  | { readonly type: 'counted'; readonly id: number; readonly value: CaseCount }
  | { readonly type: 'listed'; readonly id: number; readonly value: CasePage }
  | { readonly type: 'sequencesFound'; readonly id: number; readonly value: readonly number[] | null }
  | { readonly type: 'endedYearsFound'; readonly id: number; readonly value: readonly string[] }
  | { readonly type: 'endedFound'; readonly id: number; readonly value: EndedPage }
  | { readonly type: 'unanswered'; readonly id: number; readonly reason: string };

/** Why a checkpoint was not used. */
export type Discarded = 'damaged' | 'other_schema' | 'other_journal';

/**
 * Worker → host. `opened` comes first and after each `reset`, `applied` once per `apply` and `open`, `checkpointed` once
 * per `checkpoint` and perhaps before the end; `failure` is the system's error code, `moved_on`, or `ahead` when the tables
 * hold more than their position says. `memory` comes when the tables in memory have become larger or smaller.
 */
export type FromWorker =
  | { readonly type: 'opened'; readonly position: Head; readonly discarded: Discarded | null }
  | { readonly type: 'applied'; readonly sequence: number }
  | { readonly type: 'memory'; readonly bytes: number }
  | Answer
  | { readonly type: 'checkpointed'; readonly sequence: number; readonly failure: string | null };
