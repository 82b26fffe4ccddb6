import type { CaseEvent } from '#domain/case/events.ts';
import { evolve } from '#domain/case/evolve.ts';
import { isOpen } from '#domain/case/lifecycle.ts';
import type { CaseState } from '#domain/case/state.ts';
import type { KeptCase } from '#host/ports/cases.ts';
import type { Entry, Journal } from '#host/ports/journal.ts';

/** About a week of a district: most cases begin and end within one window, and are handed over once. */
const WINDOW_ENTRIES = 100_000;

/** Cases that changed in a window of the journal. */
export interface WalkedWindow {
  /** Those that were in memory when the walk came past them, as they were there: perhaps newer than the window. */
  readonly current: readonly KeptCase[];
  /** The others, as they were at the end of the window. */
  readonly past: readonly KeptCase[];
  /** Last entry of the window. */
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
  readonly isResident: boolean;
}

/**
 * Folds entries in order and gives the cases they changed, window by window. Of ended cases none is kept longer than a
 * window, so that the walk needs the same memory for a year and for ten.
 *
 * @throws what `onMissing` throws
 */
export async function* walkCases(entries: AsyncIterable<Entry>, options: WalkOptions): AsyncGenerator<WalkedWindow> {
  const { windowEntries = WINDOW_ENTRIES } = options;
  const carried = new Map<string, Walked>();
  let changed = new Map<string, Walked>();
  let inWindow = 0;
  let sequence = 0;
  for await (const entry of entries) {
    sequence = entry.sequence;
    for (const event of entry.events) {
      const { caseId } = event;
      const walked = carried.get(caseId) ?? (await startOf(event, sequence, options));
      if (walked === null || !follow(walked, event, sequence, options)) continue;
      carried.set(caseId, walked);
      changed.set(caseId, walked);
    }
    inWindow += 1;
    if (inWindow < windowEntries) continue;
    yield windowOf(changed, sequence);
    for (const [id, { state, isResident }] of carried) if (isResident || !isOpen(state.state)) carried.delete(id);
    changed = new Map();
    inWindow = 0;
  }
  if (inWindow > 0) yield windowOf(changed, sequence);
}

/** The case before an event, or with its first one; null when that is missing. */
async function startOf(event: CaseEvent, sequence: number, options: WalkOptions): Promise<Walked | null> {
  const { caseId, version } = event;
  const known = options.resident(caseId);
  if (known !== undefined) return { state: known.state, sequences: [...known.sequences], isResident: true };
  if (version === 1) return { state: evolve(undefined, event), sequences: [sequence], isResident: false };
  const before = ((await options.stored(caseId)) ?? []).filter((own) => own < sequence);
  // Where the journal cannot be read it is damaged, and has said so: the case misses an entry.
  const entries = await options.journal.readEach(before).catch(() => []);
  let state: CaseState | undefined;
  for (const { events } of entries) {
    for (const own of events) if (own.caseId === caseId) state = evolve(state, own);
  }
  if (state !== undefined) return { state, sequences: before, isResident: false };
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

function windowOf(changed: ReadonlyMap<string, Walked>, sequence: number): WalkedWindow {
  const current: KeptCase[] = [];
  const past: KeptCase[] = [];
  for (const { state, sequences, isResident } of changed.values()) {
    (isResident ? current : past).push({ state, sequences: [...sequences] });
  }
  return { current, past, sequence };
}
