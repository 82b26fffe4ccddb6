import type { Instant } from '#domain/base/instant.ts';
import type { MinedChains } from '#domain/foresight/chains.ts';
import type { Burst, RepeatedPlace, Spot } from '#domain/foresight/foresee.ts';
import type { UnitKind } from '#domain/reference/rows.ts';
import type { CountingFigures } from './figures.ts';

/** Thresholds and budgets in force, and whether any is a placeholder 占位. */
export interface ForesightRules {
  readonly falseAlarms: number;
  readonly falseShare: number;
  readonly growth: number;
  readonly least: number;
  readonly repeatDays: number;
  readonly repeatMetres: number;
  readonly repeatLeast: number;
  readonly pingPongs: number;
  readonly isPlaceholder: boolean;
}

/** What is foreseen out of everything recorded until `madeAt`. Days are counted since 1970-01-01 in Beijing, `to` excluded. */
export interface Foreseen {
  readonly madeAt: Instant;
  readonly to: number;
  /** Sequence of the last entry that counts, and false when entries of a damaged journal are missing. */
  readonly sequence: number;
  readonly isWhole: boolean;
  readonly rules: ForesightRules;
  /** How many days the past of bursts goes back; with less than four weeks there are none. */
  readonly pastDays: number;
  readonly bursts: readonly Burst[];
  readonly spots: readonly Spot[];
  readonly repeats: readonly RepeatedPlace[];
  readonly chains: MinedChains<UnitKind>;
  /** The code that an index in `chains` stands for, empty for the district desk, and the number of the case of a row. */
  readonly unitOf: (index: number) => string;
  readonly caseOf: (row: number) => string;
}

export type ForesightAnswer =
  | { readonly isReady: true; readonly foreseen: Foreseen }
  | { readonly isReady: false; readonly counting: CountingFigures };

/** 未诉先办 out of the figures (decision 0026). */
export interface Foresight {
  /** Before day `to`; null is tomorrow, so that today counts. Made anew when something was recorded, at most once a minute. */
  upTo(to: number | null): Promise<ForesightAnswer>;
}
