import type { Instant } from '#domain/base/instant.ts';

/**
 * Attention levels of cases (desk-wall-briefing.md §3, defaults 可配置): 2 超期, 3 临期 (≤ 20 % of the limit left),
 * 4 returned twice or more; null is normal. Level 1 (urgent classes) comes with the class rules.
 */
export type AttentionLevel = 2 | 3 | 4 | null;

/** `clockStartedAt` is when the running clock began: share left = (dueAt − now) / (dueAt − clockStartedAt). */
export function attentionLevel(
  facts: { readonly dueAt: Instant | null; readonly clockStartedAt: Instant; readonly returnCount: number },
  now: Instant,
): AttentionLevel {
  if (facts.dueAt !== null) {
    if (now > facts.dueAt) return 2;
    const limitMs = facts.dueAt - facts.clockStartedAt;
    if (limitMs > 0 && (facts.dueAt - now) / limitMs <= 0.2) return 3;
  }
  return facts.returnCount >= 2 ? 4 : null;
}
