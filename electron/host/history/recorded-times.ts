import { required } from '#domain/base/assert-never.ts';
import type { Instant } from '#domain/base/instant.ts';
import type { Journal } from '#host/ports/journal.ts';

/** Entries whose time is kept: some hundred moments, a few looks each. */
const KEPT_TIMES = 20_000;

/** Where a moment lies: behind `low`, which was recorded before it, and at or before `high`, which was not. */
interface Search {
  readonly time: Instant;
  low: number;
  /** Of the entry `low`; null before the first. */
  lowAt: Instant | null;
  high: number;
  /** Of the entry `high`; null behind the head. */
  highAt: Instant | null;
}

/**
 * Finds entries by the time at which they were recorded, which never goes back from one entry to the next. A look at an entry
 * costs a search in its file: places are guessed from the times around them, and every other round halves what is left.
 */
export class RecordedTimes {
  readonly #journal: Pick<Journal, 'head' | 'readEach'>;
  readonly #known = new Map<number, Instant>();

  constructor(journal: Pick<Journal, 'head' | 'readEach'>) {
    this.#journal = journal;
  }

  /**
   * Of each moment the last entry recorded before it, 0 where there is none; at most `tolerance` entries too early. All
   * searches read together, round by round.
   */
  async sequencesBefore(times: readonly Instant[], tolerance = 0): Promise<readonly number[]> {
    const head = this.#journal.head().sequence;
    const searches = times.map((time): Search => ({ time, low: 0, lowAt: null, high: head + 1, highAt: null }));
    if (head > 0) await this.#look([1, head]);
    for (const search of searches) for (const [sequence, at] of this.#known) narrow(search, sequence, at);
    const isOpen = ({ low, high }: Search) => high - low > 1 + tolerance;
    let isGuess = true;
    for (let open = searches.filter(isOpen); open.length > 0; open = open.filter(isOpen)) {
      const places = new Map(open.map((search) => [search, placesIn(search, isGuess ? tolerance : null)]));
      await this.#look([...new Set([...places.values()].flat())]);
      for (const [search, sequences] of places) {
        for (const sequence of sequences) narrow(search, sequence, required(this.#known.get(sequence), 'it was read'));
      }
      isGuess = !isGuess;
    }
    return searches.map(({ low }) => low);
  }

  async #look(sequences: readonly number[]): Promise<void> {
    const missing = sequences.filter((sequence) => !this.#known.has(sequence));
    if (missing.length === 0) return;
    if (this.#known.size > KEPT_TIMES) this.#known.clear();
    const wanted = sequences.filter((sequence) => !this.#known.has(sequence));
    for (const { sequence, at } of await this.#journal.readEach(wanted)) this.#known.set(sequence, at);
  }
}

function narrow(search: Search, sequence: number, at: Instant): void {
  if (at < search.time) {
    if (sequence > search.low) [search.low, search.lowAt] = [sequence, at];
  } else if (sequence < search.high) [search.high, search.highAt] = [sequence, at];
}

/** Entries between both ends to look at: round the place that the times suggest, or the middle. */
function placesIn({ time, low, lowAt, high, highAt }: Search, tolerance: number | null): readonly number[] {
  const within = (place: number) => Math.min(high - 1, Math.max(low + 1, Math.floor(place)));
  if (tolerance === null || lowAt === null || highAt === null) return [within((low + high) / 2)];
  const guess = low + ((high - low) * (time - lowAt)) / Math.max(1, highAt - lowAt);
  return [...new Set([within(guess - tolerance / 2), within(guess + tolerance / 2)])];
}
