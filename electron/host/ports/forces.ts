import type { ForcePosition, ForceReport, TrackPoint } from '#domain/forces/force.ts';
import type { ReportOutcome } from '#domain/forces/force-register.ts';

/** What changed since the last flush. */
export interface ForceChanges {
  readonly moved: readonly ForcePosition[];
  /** Slots of those who are forgotten. */
  readonly gone: readonly number[];
}

/** Counted since the host began. `refused`: bad rows, and what the register did not take. */
export interface ForceTally {
  readonly taken: number;
  readonly older: number;
  readonly refused: number;
  readonly dropped: number;
}

/** The live plane 实时位置: last known positions of people and vehicles, in memory alone. */
export interface Forces {
  /** In the order of the reports. */
  report(reports: readonly ForceReport[]): readonly ReportOutcome[];
  /** Counts rows that never became reports. */
  count(lost: { readonly refused?: number; readonly dropped?: number }): void;
  tally(): ForceTally;
  all(): readonly ForcePosition[];
  /** Where somebody was within the last hour; undefined for nobody. */
  track(id: string): readonly TrackPoint[] | undefined;
  /** At most four times a second, and only when something changed. */
  onMoved(listener: (changes: ForceChanges) => void): () => void;
}
