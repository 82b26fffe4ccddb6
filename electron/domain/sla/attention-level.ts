/**
 * Attention levels of cases and tickets (desk-wall-briefing.md §3, defaults 可配置): 1 past the limit of an urgent class
 * 突发/紧急, 2 超期, 3 临期 (≤ 20 % of the limit left), 4 under supervision 督办 or returned twice or more; null is normal.
 */
export type AttentionLevel = 1 | 2 | 3 | 4 | null;

/** The facts that decide a level; a row of the live list has them. */
export interface AttentionFacts {
  readonly dueAt: number | null;
  readonly clockStartedAt: number | null;
  readonly returnCount: number;
  readonly openSupervisions: number;
  readonly isUrgent: boolean;
}

/**
 * Share left = (dueAt − now) / (dueAt − clockStartedAt); both are null while no clock runs. Instants as plain numbers: a
 * screen asks this for thousands of rows at a time.
 */
export function attentionLevel(facts: AttentionFacts, now: number): AttentionLevel {
  const { dueAt, clockStartedAt } = facts;
  if (dueAt !== null) {
    if (now > dueAt) return facts.isUrgent ? 1 : 2;
    const limitMs = clockStartedAt === null ? 0 : dueAt - clockStartedAt;
    if (limitMs > 0 && (dueAt - now) / limitMs <= 0.2) return 3;
  }
  return facts.openSupervisions > 0 || facts.returnCount >= 2 ? 4 : null;
}
