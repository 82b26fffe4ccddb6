import type { CaseEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { CaseState } from './state.ts';

/**
 * The state of every case that the events of one entry change, after them; the case of the last event comes last.
 * `before` gives the state a case had, undefined for one that begins with these events.
 */
export function statesAfter(
  events: readonly CaseEvent[],
  before: (caseId: string) => CaseState | undefined,
): readonly CaseState[] {
  const [first] = events;
  if (first === undefined) return [];
  if (events.length === 1) return [evolve(first.version === 1 ? undefined : before(first.caseId), first)];
  const after = new Map<string, CaseState>();
  for (const event of events) {
    const state = evolve(after.get(event.caseId) ?? before(event.caseId), event);
    after.delete(event.caseId);
    after.set(event.caseId, state);
  }
  return [...after.values()];
}
