import type { CaseEvent } from '#domain/case/events.ts';
import type { CaseState } from '#domain/case/state.ts';
import { statesAfter } from '#domain/case/states-after.ts';
import type { HealthFacts } from '#host/ports/health.ts';
import type { BareEntry, Gap, Journal } from '#host/ports/journal.ts';
import type { CaseMemory } from './case-memory.ts';
import type { CaseNumbers } from './case-numbers.ts';

/** What became of a journal. `lastRecordedAt`: time of the last entry, 0 for an empty journal. */
export interface Folded {
  readonly lastRecordedAt: number;
  /** Entries that cannot be read: the journal is damaged, and read-only. */
  readonly gaps: readonly Gap[];
  /** Cases that some of these entries changed: they are as they were before, or not there at all. */
  readonly cutOff: ReadonlySet<string>;
}

/** Entries after which the progress is told: some seconds. */
const TELL_EVERY = 500_000;

export interface FoldOptions {
  readonly journal: Pick<Journal, 'readAround'>;
  readonly cases: CaseMemory;
  readonly numbers: CaseNumbers;
  /** First entry that memory does not have. */
  readonly from?: number;
  readonly onProgress?: (sequence: number) => void;
}

/**
 * Folds the journal from an entry on into memory; `seen` is told of every entry, and of the state its last case then has if
 * that is in memory. A change of a case that is not is set aside there. Of a damaged journal it folds what can be read: a
 * case that misses an event stays as it was before it, all others are up to date.
 */
export async function foldJournal(
  { journal, cases, numbers, from = 1, onProgress }: FoldOptions,
  seen: (entry: BareEntry, state: CaseState | undefined) => void,
): Promise<Folded> {
  let lastRecordedAt = 0;
  const gaps: Gap[] = [];
  const cutOff = new Set<string>();
  const takeIn = (entry: BareEntry): void => {
    const isWhole = gaps.length === 0 && entry.events.every((event) => isAtHand(event, cases));
    const states = isWhole ? cases.apply(entry) : fold(entry, cases, gaps.length > 0 ? cutOff : null);
    for (const event of entry.events) {
      if (event.version === 1) numbers.seen(event.caseId);
    }
    seen(entry, states.at(-1));
    lastRecordedAt = entry.at;
    if (entry.sequence % TELL_EVERY === 0) onProgress?.(entry.sequence);
  };
  for await (const batch of journal.readAround(from, (gap) => gaps.push(gap))) batch.forEach(takeIn);
  return { lastRecordedAt, gaps, cutOff };
}

/** Says on the screens what of a damaged journal is missing; nothing of a whole one. */
export function tellMissing({ gaps, cutOff }: Folded, health: HealthFacts): void {
  const [first] = gaps;
  if (first === undefined) return;
  const count = gaps.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  const detail = {
    ...{ count: String(count), from: String(first.from), to: String(gaps.at(-1)?.to ?? first.to) },
    cases: String(cutOff.size),
  };
  health.raise({ id: 'journal.missing', severity: 'error', code: 'journal_missing', detail });
}

/** Whether the event begins a case, or the case it changes is in memory: one that ended long ago may not be. */
function isAtHand({ caseId, version }: CaseEvent, cases: CaseMemory): boolean {
  return version === 1 || cases.resident(caseId) !== undefined;
}

/** `cutOff` null: nothing is missing, so every event follows. */
function fold(entry: BareEntry, cases: CaseMemory, cutOff: Set<string> | null): readonly CaseState[] {
  const begun = new Set<string>();
  const atHand = entry.events.filter((event) => {
    if (event.version === 1) begun.add(event.caseId);
    if (begun.has(event.caseId) || isAtHand(event, cases) || cutOff?.has(event.caseId) === true) return true;
    if (cases.mayBeElsewhere(event.caseId)) {
      cases.setAside(event.caseId);
      return false;
    }
    return true;
  });
  const events = cutOff === null ? atHand : followed(atHand, (caseId) => cases.resident(caseId), cutOff);
  return cases.apply(
    entry,
    statesAfter(events, (caseId) => cases.resident(caseId)),
  );
}

/** The events of cases that miss none; the other cases are noted. */
function followed(
  events: readonly CaseEvent[],
  stateOf: (caseId: string) => CaseState | undefined,
  cutOff: Set<string>,
): readonly CaseEvent[] {
  const versions = new Map<string, number>();
  return events.filter(({ caseId, version }) => {
    if (cutOff.has(caseId)) return false;
    const isNext = version === (versions.get(caseId) ?? stateOf(caseId)?.version ?? 0) + 1;
    if (isNext) versions.set(caseId, version);
    else cutOff.add(caseId);
    return isNext;
  });
}
