import type { CaseEvent } from '#domain/case/events.ts';
import { evolve } from '#domain/case/evolve.ts';
import { isOpen } from '#domain/case/lifecycle.ts';
import type { CaseState } from '#domain/case/state.ts';
import type { KeptCase } from '#host/ports/cases.ts';
import type { EntryEvents, Journal } from '#host/ports/journal.ts';

/**
 * So many entries are walked before what ended in them is given. States wait for the end of their window: with ten times as many
 * entries they outlive the young heap and the caches, and the walk of a million entries takes a tenth longer (bench `rebuild`).
 */
const WINDOW_ENTRIES = 2_500;

/** Cases that changed in a window of the journal. */
export interface WalkedWindow {
  /** Those that were in memory when the walk came past them, as they were there: perhaps newer than the window. */
  readonly current: readonly KeptCase[];
  /** Others that had ended by the end of the window; at the end of the walk all others. */
  readonly past: readonly KeptCase[];
  /** Up to and with this entry every change was given: an open case that is still carried holds it back. */
  readonly sequence: number;
}

export interface WalkOptions {
  readonly journal: Pick<Journal, 'readEach'>;
  /** A case in memory: it need not be folded. */
  readonly resident: (id: string) => KeptCase | undefined;
  /** Entries before the walk, or before a window, of a case that is met again. */
  readonly stored: (id: string) => Promise<readonly number[] | null>;
  /** Told of a case that misses an event, which stays as it was before it or is left out; where nothing can be missing: throws. */
  readonly onMissing: (caseId: string) => void;
  readonly windowEntries?: number;
}

interface Walked {
  state: CaseState;
  readonly sequences: number[];
  /** The first entry of the walk that changed it. */
  readonly since: number;
}

/**
 * Folds entries in order and gives the cases they changed, window by window, each once if it did not end twice. Of ended
 * cases none is kept longer than a window, so that the walk needs the same memory for a year and for ten.
 *
 * @throws what `onMissing` throws
 */
export async function* walkCases(
  batches: AsyncIterable<readonly EntryEvents[]>,
  options: WalkOptions,
): AsyncGenerator<WalkedWindow> {
  const { windowEntries = WINDOW_ENTRIES } = options;
  const walk = new Walk(options);
  let inWindow = 0;
  let sequence = 0;
  for await (const batch of batches) {
    for (const entry of batch) {
      sequence = entry.sequence;
      for (const event of entry.events) {
        if (!walk.passes(event, sequence)) await walk.begin(event, sequence);
      }
      inWindow += 1;
      if (inWindow < windowEntries) continue;
      yield walk.window(sequence);
      inWindow = 0;
    }
  }
  if (sequence > 0) yield walk.end(sequence);
}

class Walk {
  readonly #options: WalkOptions;
  /** Cases that are folded here: those of the window, and open ones. */
  readonly #folded = new Map<string, Walked>();
  /** Cases in memory that were given, in the version they had. */
  readonly #given = new Map<string, number>();
  #current = new Map<string, KeptCase>();

  constructor(options: WalkOptions) {
    this.#options = options;
  }

  /** Folds an event of a case that is at hand, or its first; false when the case must be begun from what is stored. */
  passes(event: CaseEvent, sequence: number): boolean {
    const { caseId } = event;
    const walked = this.#folded.get(caseId);
    if (walked !== undefined) {
      follow(walked, event, sequence, this.#options);
      return true;
    }
    const known = this.#options.resident(caseId);
    if (known === undefined) {
      if (event.version !== 1) return false;
      this.#folded.set(caseId, { state: evolve(undefined, event), sequences: [sequence], since: sequence });
      return true;
    }
    if (this.#given.get(caseId) !== known.state.version) {
      this.#given.set(caseId, known.state.version);
      this.#current.set(caseId, { state: known.state, sequences: [...known.sequences] });
    }
    return true;
  }

  async begin(event: CaseEvent, sequence: number): Promise<void> {
    const walked = await startOf(event, sequence, this.#options);
    if (walked === null || !follow(walked, event, sequence, this.#options)) return;
    this.#folded.set(event.caseId, walked);
  }

  window(sequence: number): WalkedWindow {
    const past: KeptCase[] = [];
    for (const [id, { state, sequences }] of this.#folded) {
      if (isOpen(state.state)) continue;
      past.push({ state, sequences });
      this.#folded.delete(id);
    }
    // A map gives its values in the order in which they came: the first is carried longest.
    const [oldest] = this.#folded.values();
    return { current: this.#takeCurrent(), past, sequence: oldest === undefined ? sequence : oldest.since - 1 };
  }

  end(sequence: number): WalkedWindow {
    const past = Array.from(this.#folded.values(), ({ state, sequences }) => ({ state, sequences }));
    this.#folded.clear();
    return { current: this.#takeCurrent(), past, sequence };
  }

  #takeCurrent(): readonly KeptCase[] {
    const current = [...this.#current.values()];
    this.#current = new Map();
    return current;
  }
}

/** A case as it was before an event; null when that is missing. */
async function startOf(event: CaseEvent, sequence: number, options: WalkOptions): Promise<Walked | null> {
  const { caseId } = event;
  const before = ((await options.stored(caseId)) ?? []).filter((own) => own < sequence);
  // Where the journal cannot be read it is damaged, and has said so: the case misses an entry.
  const entries = await options.journal.readEach(before).catch(() => []);
  let state: CaseState | undefined;
  for (const { events } of entries) {
    for (const own of events) if (own.caseId === caseId) state = evolve(state, own);
  }
  if (state !== undefined) return { state, sequences: before, since: sequence };
  options.onMissing(caseId);
  return null;
}

/** Folds an event that is not in the state yet. False when one before it is missing. */
function follow(walked: Walked, event: CaseEvent, sequence: number, { onMissing }: WalkOptions): boolean {
  const { version } = walked.state;
  if (event.version <= version) return true;
  if (event.version > version + 1) {
    onMissing(event.caseId);
    return false;
  }
  walked.state = evolve(walked.state, event);
  if (walked.sequences.at(-1) !== sequence) walked.sequences.push(sequence);
  return true;
}
