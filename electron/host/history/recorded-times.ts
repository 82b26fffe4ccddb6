import type { Instant } from '#domain/base/instant.ts';
import { required } from '#domain/base/assert-never.ts';
import type { Journal } from '#host/ports/journal.ts';

/** Entries whose time is kept: some hundred moments, twenty looks each. */
const KEPT_TIMES = 20_000;

interface Search {
  readonly at: number;
  readonly time: Instant;
  /** Recorded before `time`, or 0. */
  low: number;
  /** Not recorded before `time`, or behind the head. */
  high: number;
}

/** Finds entries by the time at which they were recorded, which never goes back from one entry to the next. */
export class RecordedTimes {
  readonly #journal: Pick<Journal, 'head' | 'readEach'>;
  readonly #known = new Map<number, Instant>();

  constructor(journal: Pick<Journal, 'head' | 'readEach'>) {
    this.#journal = journal;
  }

  /** Of each moment the last entry recorded before it, 0 where there is none. All searches read together, round by round. */
  async sequencesBefore(times: readonly Instant[]): Promise<readonly number[]> {
    const head = this.#journal.head().sequence;
    const searches = times.map((time, at): Search => ({ at, time, low: 0, high: head + 1 }));
    for (const search of searches) this.#narrow(search);
    for (let open = searches.filter(isOpen); open.length > 0; open = open.filter(isOpen)) {
      await this.#look([...new Set(open.map(middle))]);
      for (const search of open) {
        const at = middle(search);
        if (required(this.#known.get(at), 'it was just read') < search.time) search.low = at;
        else search.high = at;
      }
    }
    return searches.map(({ low }) => low);
  }

  /** What is known already lies around the place. */
  #narrow(search: Search): void {
    for (const [sequence, at] of this.#known) {
      if (at < search.time) search.low = Math.max(search.low, sequence);
      else search.high = Math.min(search.high, sequence);
    }
  }

  async #look(sequences: readonly number[]): Promise<void> {
    const missing = sequences.filter((sequence) => !this.#known.has(sequence));
    if (missing.length === 0) return;
    for (const { sequence, at } of await this.#journal.readEach(missing)) this.#known.set(sequence, at);
    for (const sequence of this.#known.keys()) {
      if (this.#known.size <= KEPT_TIMES || sequences.includes(sequence)) break;
      this.#known.delete(sequence);
    }
  }
}

function isOpen({ low, high }: Search): boolean {
  return high - low > 1;
}

function middle({ low, high }: Search): number {
  return Math.floor((low + high) / 2);
}
