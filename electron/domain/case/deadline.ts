import type { Instant } from '#domain/base/instant.ts';
import type { CaseState } from './state.ts';

/**
 * The deadline of handling that counts: the case's own, or the earliest of the reports merged into it 并案; null before
 * handling began.
 */
export function handleDueAt(found: Pick<CaseState, 'handleClock' | 'side'>): Instant | null {
  const own = found.handleClock?.dueAt ?? null;
  if (found.side.merged.length === 0) return own;
  return found.side.merged.reduce<Instant | null>(
    (earliest, { handleDueAt: due }) => (due === null || (earliest !== null && earliest <= due) ? earliest : due),
    own,
  );
}

/** Overdue 超期 in handling: finished after the deadline, or not finished and past it (domain.md §6). */
export function isHandlingOverdue(found: CaseState, now: Instant): boolean {
  const due = handleDueAt(found);
  return due !== null && (found.handleClock?.endedAt ?? now) > due;
}
