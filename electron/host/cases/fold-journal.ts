import { required } from '#domain/base/assert-never.ts';
import type { CaseState } from '#domain/case/state.ts';
import type { Entry, Journal } from '#host/ports/journal.ts';
import type { CaseMemory } from './case-memory.ts';
import type { CaseNumbers } from './case-numbers.ts';

/**
 * Folds the whole journal into memory; `seen` is told of every entry and the state its last case then has.
 * Returns the recorded time of the last entry, 0 for an empty journal. Of a damaged journal, which is read-only, it
 * folds what lies before the damage.
 */
export async function foldJournal(
  journal: Journal,
  cases: CaseMemory,
  numbers: CaseNumbers,
  seen: (entry: Entry, state: CaseState) => void,
): Promise<number> {
  let lastRecordedAt = 0;
  try {
    for await (const entry of journal.read(1)) {
      const states = cases.apply(entry);
      for (const event of entry.events) {
        if (event.version === 1) numbers.seen(event.caseId);
      }
      seen(entry, required(states.at(-1), 'an entry changes a case'));
      lastRecordedAt = entry.at;
    }
  } catch (cause) {
    if (journal.readOnlyReason() === null) throw cause;
    // The damage is a health fact already; what lies before it stays readable.
  }
  return lastRecordedAt;
}
