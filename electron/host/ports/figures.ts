import type { Instant } from '#domain/base/instant.ts';
import type { FigureBook } from '#domain/metrics/figure-book.ts';

/** Figures of everything recorded up to a moment. */
export interface CountedFigures {
  readonly book: FigureBook;
  /** Sequence of the last entry that counts. */
  readonly sequence: number;
  /** False when entries of a damaged journal are missing in it. */
  readonly isWhole: boolean;
}

/** The journal is being counted: so many entries of so many are done. Asking again goes on waiting for the same count. */
export interface CountingFigures {
  readonly done: number;
  readonly of: number;
}

export type FiguresAnswer =
  | { readonly isReady: true; readonly counted: CountedFigures }
  | { readonly isReady: false; readonly counting: CountingFigures };

/** Figures as folds over the journal (decision 0023). */
export interface Figures {
  /** Up to the head of the journal, or as it was recorded until `asOf`. */
  at(asOf: Instant | null): Promise<FiguresAnswer>;
}
