import { setImmediate } from 'node:timers/promises';
import type { Instant } from '#domain/base/instant.ts';
import { FigureBook } from '#domain/metrics/figure-book.ts';
import { figureRules } from '#domain/metrics/figure-rules.ts';
import type { ReferenceTables } from '#domain/reference/reference-tables.ts';
import type { CountedFigures, Figures, FiguresAnswer } from '#host/ports/figures.ts';
import type { Journal } from '#host/ports/journal.ts';
import type { Log } from '#host/ports/log.ts';

/** So many entries a question waits for, a second's work; of more it is told how far the count is. */
const WAITED_ENTRIES = 50_000;

export interface JournalFiguresOptions {
  readonly journal: Pick<Journal, 'head' | 'readAround'>;
  /** The set in force, with the net in force. */
  readonly tables: () => ReferenceTables;
  readonly log: Log;
  readonly waitedEntries?: number;
}

/**
 * Figures that follow the journal when they are asked for: nothing is counted before the first question, and each later one
 * reads what was recorded since. Other tables are another count, since they say where a grid lay and how an answer counts.
 */
export class JournalFigures implements Figures {
  readonly #options: JournalFiguresOptions;
  #tables: ReferenceTables | null = null;
  #live: Count | null = null;
  /** The moment of the past that was asked for last. */
  #past: Count | null = null;

  constructor(options: JournalFiguresOptions) {
    this.#options = options;
  }

  async at(asOf: Instant | null): Promise<FiguresAnswer> {
    const tables = this.#options.tables();
    if (tables !== this.#tables) {
      this.#tables = tables;
      this.#live = null;
      this.#past = null;
    }
    const { waitedEntries = WAITED_ENTRIES } = this.#options;
    if (asOf === null) {
      this.#live ??= new Count(this.#options, tables, null);
      return this.#live.answer(waitedEntries);
    }
    if (this.#past?.until !== asOf) this.#past = new Count(this.#options, tables, asOf);
    return this.#past.answer(waitedEntries);
  }
}

/** One fold over the journal, that goes on from where it is. */
class Count {
  readonly until: Instant | null;
  readonly #options: JournalFiguresOptions;
  readonly #book: FigureBook;
  #sequence = 0;
  #isWhole = true;
  #isOver = false;
  #running: Promise<void> | null = null;

  constructor(options: JournalFiguresOptions, tables: ReferenceTables, until: Instant | null) {
    this.until = until;
    this.#options = options;
    this.#book = new FigureBook(figureRules(tables));
  }

  async answer(waitedEntries: number): Promise<FiguresAnswer> {
    const of = this.#options.journal.head().sequence;
    const isBehind = !this.#isOver && this.#sequence < of;
    if (isBehind) {
      const running = this.#catchUp();
      if (of - this.#sequence > waitedEntries) {
        running.catch((cause: unknown) =>
          this.#options.log.warn('figures were not counted', { reason: String(cause) }),
        );
        return { isReady: false, counting: { done: this.#sequence, of } };
      }
      await running;
    }
    return { isReady: true, counted: this.#counted() };
  }

  #counted(): CountedFigures {
    return { book: this.#book, sequence: this.#sequence, isWhole: this.#isWhole && this.#book.strays === 0 };
  }

  #catchUp(): Promise<void> {
    this.#running ??= this.#walk().finally(() => (this.#running = null));
    return this.#running;
  }

  async #walk(): Promise<void> {
    const { journal } = this.#options;
    const to = journal.head().sequence;
    const missing = () => (this.#isWhole = false);
    for await (const entries of journal.readAround(this.#sequence + 1, missing)) {
      for (const { at, events, sequence } of entries) {
        if (this.until !== null && at > this.until) {
          this.#isOver = true;
          return;
        }
        // A batch may hold entries that were recorded since the walk began.
        for (const event of events) this.#book.apply(event);
        this.#sequence = sequence;
      }
      if (this.#sequence >= to) return;
      await setImmediate();
    }
    // The end of a damaged journal cannot be read.
    this.#sequence = Math.max(this.#sequence, to);
  }
}
