/**
 * Attention levels of cases (desk-wall-briefing.md §3, defaults 可配置): 2 超期, 3 临期 (≤ 20 % of the limit left),
 * 4 returned twice or more; null is normal. Level 1 (urgent classes) comes with the class rules.
 */
export type AttentionLevel = 2 | 3 | 4 | null;

/**
 * Share left = (dueAt − now) / (dueAt − clockStartedAt); both are null while no clock runs. Instants as plain numbers: a
 * screen asks this for thousands of rows at a time.
 */
export function attentionLevel(
  facts: { readonly dueAt: number | null; readonly clockStartedAt: number | null; readonly returnCount: number },
  now: number,
): AttentionLevel {
  const { dueAt, clockStartedAt } = facts;
  if (dueAt !== null) {
    if (now > dueAt) return 2;
    const limitMs = clockStartedAt === null ? 0 : dueAt - clockStartedAt;
    if (limitMs > 0 && (dueAt - now) / limitMs <= 0.2) return 3;
  }
  return facts.returnCount >= 2 ? 4 : null;
}
