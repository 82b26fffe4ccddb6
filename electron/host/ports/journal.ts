import type { JournalReport } from '#contract/health.ts';
import type { Instant } from '#domain/base/instant.ts';
import type { Result } from '#domain/base/result.ts';
import type { CaseEvent } from '#domain/case/events.ts';

/** The facts of one command, before the journal gives it a place. */
export interface NewEntry {
  readonly at: Instant;
  readonly commandId: string;
  /** Pseudonymous account of whoever sent the command. */
  readonly actor: string;
  readonly events: readonly CaseEvent[];
  /** Versions of the tables the command was decided with. */
  readonly tables: Readonly<Record<string, string>>;
}

/** An entry in its place. `hash` = SHA-256 over `prev` and the canonical rest; hex. The first `prev` is the journal id. */
export interface Entry extends NewEntry {
  /** 1 for the first entry, without holes. */
  readonly sequence: number;
  readonly prev: string;
  readonly hash: string;
}

/** What an entry says, without what links it to the others. */
export type BareEntry = Omit<Entry, 'prev' | 'hash' | 'tables'>;

/** What an entry changed, without who and when. */
export type EntryEvents = Pick<Entry, 'sequence' | 'events'>;

/**
 * `conflict`: the journal's head is not `expected`. `full`: no space, nothing recorded, writing is tried again later.
 * `read_only`: the journal is damaged, or the disk failed: if `readOnlyReason()` is null afterwards, it was mended and nothing
 * was recorded; if not, the outcome is settled by the command id at the next start (JN10). `too_large`: an entry over 1 MiB.
 */
export type AppendFailure = 'conflict' | 'full' | 'read_only' | 'too_large';

export interface Head {
  readonly sequence: number;
  readonly hash: string;
}

/** Entries that cannot be read, first and last. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/**
 * The files that hold every entry up to `head`, for a copy: whole, but for `bytes` of the last one. A closed segment may be
 * replaced by its packed form meanwhile, whose name has a `z` behind it.
 */
export interface JournalSnapshot {
  readonly journalId: string;
  readonly head: Head;
  readonly files: readonly { readonly name: string; readonly path: string; readonly bytes: number | null }[];
}

/** The only durable truth (architecture.md §10). One writer; every implementation passes tests/conformance/journal. */
export interface Journal {
  readonly id: string;
  head(): Head;
  /** Set when entries may be read but not written, with the reason. */
  readOnlyReason(): string | null;
  /** All or nothing, durable when it resolves. `expected` is the sequence the entries were decided on. */
  append(entries: readonly NewEntry[], expected: number): Promise<Result<readonly Entry[], AppendFailure>>;
  /**
   * Entries from `from` on, in order, up to and with `to` (the head at the time of the call if left out).
   * The iteration throws at damage; `readOnlyReason()` has it then.
   */
  read(from: number, to?: number): AsyncIterable<Entry>;
  /**
   * As {@link read}, but bare and in batches, none empty, for walks through millions of entries: a promise for each, and what
   * links it to the others, cost as much as what it says. Goes on behind damage: `onGap` is told of what is left out, before the batch with the next entry comes.
   */
  readAround(from: number, onGap: (gap: Gap) => void): AsyncIterable<readonly BareEntry[]>;
  /** As {@link readAround}, for walks that need the events alone. */
  readEvents(from: number, onGap: (gap: Gap) => void): AsyncIterable<readonly EntryEvents[]>;
  /** The entries with exactly these sequences, in the order given. @throws RangeError for one that does not exist */
  readEach(sequences: readonly number[]): Promise<readonly Entry[]>;
  /**
   * Walks everything from the disk. Damage makes the journal read-only, wherever it is. `pause` is waited for before each read;
   * when it rejects, the walk ends.
   */
  verify(pause?: () => Promise<void>): Promise<JournalReport>;
  /** Null when the journal is damaged: a copy of it would not be one. */
  snapshot(): JournalSnapshot | null;
  /** Waits for the append in flight, marks the clean stop, frees the files. */
  close(): Promise<void>;
}
