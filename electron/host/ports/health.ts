import type { HealthFact } from '#contract/health.ts';

/** Outside failures that stand until they end. */
export interface HealthFacts {
  /** Raises or updates a fact; `since` stays that of its first raising. */
  raise(fact: Omit<HealthFact, 'since'>): void;
  clear(id: string): void;
  list(): readonly HealthFact[];
  onChanged(listener: () => void): () => void;
}
