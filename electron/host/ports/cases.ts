import type { CaseRow } from '#contract/cases.ts';
import type { CaseState } from '#domain/case/state.ts';

/** A case that changed, with the sequence of the entry that changed it. */
export interface CaseChanged {
  readonly sequence: number;
  readonly state: CaseState;
}

/** A case, and the journal sequences of all entries that changed it, ascending. */
export interface KeptCase {
  readonly state: CaseState;
  readonly sequences: readonly number[];
}

/** Where cases are found that are not in memory. */
export interface CaseArchive {
  /** False for what is certainly no case. */
  mayHave(id: string): boolean;
  /** Sequences of the entries that changed a case, ascending; null if there is none. @throws ProjectionUnavailable */
  sequencesOf(id: string): Promise<readonly number[] | null>;
}

/** Cases as `decide` sees them: open and recently ended ones in memory, older ones folded from the journal. */
export interface Cases {
  /**
   * From memory or, by the archive, out of the journal: then it is in memory. Undefined if there is none.
   *
   * @throws ProjectionUnavailable when it is not in memory and the archive cannot be asked
   */
  load(id: string): Promise<CaseState | undefined>;
  /**
   * The case as it was right after an entry; undefined if it had not begun. It is not put into memory.
   *
   * @throws ProjectionUnavailable when it is not in memory and the archive cannot be asked
   */
  folded(id: string, sequence: number): Promise<CaseState | undefined>;
  /** Of a case in memory: any that was just loaded. Empty for all others. */
  sequencesOf(id: string): readonly number[];
  openRows(): readonly CaseRow[];
  openStates(): readonly CaseState[];
  /** Ended cases that are in memory: those that were changed or asked for last. */
  endedStates(): readonly CaseState[];
  counts(): { readonly open: number; readonly total: number };
  /** Journal sequence up to which the cases are folded. */
  sequence(): number;
  /** Called once per recorded batch, after it is durable and folded; the last sequence of the batch comes with it. */
  onChanged(listener: (changes: readonly CaseChanged[], sequence: number) => void): () => void;
}
