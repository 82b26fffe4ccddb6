import type { CaseRow } from '#contract/cases.ts';
import type { CaseState } from '#domain/case/state.ts';

/** A case that changed, with the sequence of the entry that changed it. */
export interface CaseChanged {
  readonly sequence: number;
  readonly state: CaseState;
}

/** Cases as `decide` sees them: open and recently closed ones in memory, older ones folded from the journal. */
export interface Cases {
  /** From memory or the journal; undefined if there is none. */
  load(id: string): Promise<CaseState | undefined>;
  sequencesOf(id: string): readonly number[];
  openRows(): readonly CaseRow[];
  openStates(): readonly CaseState[];
  /** Ended cases that are still in memory: those that changed last. */
  endedStates(): readonly CaseState[];
  counts(): { readonly open: number; readonly total: number };
  /** Journal sequence up to which the cases are folded. */
  sequence(): number;
  /** Called once per recorded batch, after it is durable and folded; the last sequence of the batch comes with it. */
  onChanged(listener: (changes: readonly CaseChanged[], sequence: number) => void): () => void;
}
