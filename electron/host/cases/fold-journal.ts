import { required } from '#domain/base/assert-never.ts';
import type { CaseEvent } from '#domain/case/events.ts';
import type { CaseState } from '#domain/case/state.ts';
import { statesAfter } from '#domain/case/states-after.ts';
import type { HealthFacts } from '#host/ports/health.ts';
import type { Entry, Gap, Journal } from '#host/ports/journal.ts';
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

/**
 * Folds the whole journal into memory; `seen` is told of every entry and the state its last case then has. Of a damaged
 * journal it folds what can be read: a case that misses an event stays as it was before it, all others are up to date.
 */
export async function foldJournal(
  journal: Pick<Journal, 'readAround'>,
  cases: CaseMemory,
  numbers: CaseNumbers,
  seen: (entry: Entry, state: CaseState) => void,
): Promise<Folded> {
  let lastRecordedAt = 0;
  const gaps: Gap[] = [];
  const cutOff = new Set<string>();
  for await (const entry of journal.readAround(1, (gap) => gaps.push(gap))) {
    const isWhole = gaps.length === 0 && entry.events.every((event) => isAtHand(event, cases));
    const states = isWhole ? cases.apply(entry) : await fold(entry, cases, gaps.length > 0 ? cutOff : null);
    for (const event of entry.events) {
      if (event.version === 1) numbers.seen(event.caseId);
    }
    const last = states.at(-1);
    if (last !== undefined) seen(entry, last);
    else if (gaps.length === 0) required(last, 'an entry changes a case');
    lastRecordedAt = entry.at;
  }
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
async function fold(entry: Entry, cases: CaseMemory, cutOff: Set<string> | null): Promise<readonly CaseState[]> {
  const away = entry.events.filter((event) => !isAtHand(event, cases));
  const before = new Map<string, CaseState>();
  for (const { caseId } of away) {
    const state = cutOff?.has(caseId) === true ? undefined : await cases.load(caseId);
    if (state !== undefined) before.set(caseId, state);
  }
  const stateOf = (caseId: string) => cases.resident(caseId) ?? before.get(caseId);
  const events = cutOff === null ? entry.events : followed(entry.events, stateOf, cutOff);
  return cases.apply(entry, statesAfter(events, stateOf));
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
