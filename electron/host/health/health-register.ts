import type { HealthFact } from '#contract/health.ts';
import type { Clock } from '#host/ports/clock.ts';
import type { HealthFacts } from '#host/ports/health.ts';

/** Holds what is wrong now; a fact keeps its first `since` while it is updated. */
export class HealthRegister implements HealthFacts {
  readonly #clock: Clock;
  readonly #facts = new Map<string, HealthFact>();
  readonly #listeners = new Set<() => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  raise(fact: Omit<HealthFact, 'since'>): void {
    const since = this.#facts.get(fact.id)?.since ?? this.#clock.now();
    this.#facts.set(fact.id, { ...fact, since });
    this.#changed();
  }

  clear(id: string): void {
    if (this.#facts.delete(id)) this.#changed();
  }

  list(): readonly HealthFact[] {
    return [...this.#facts.values()];
  }

  onChanged(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
