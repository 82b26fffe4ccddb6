import type { CaseStateName, RecordKind } from '#domain/case/lifecycle.ts';

/** How many cases of a file are in a state; `year` is that of their numbers. */
export interface Counter {
  readonly state: CaseStateName;
  readonly record: RecordKind;
  readonly year: string;
  readonly count: number;
}

/** What decides under which counter a case falls. */
export type Counted = Omit<Counter, 'count'>;

/** Counters that move with every row that comes, changes or goes: what they answer, nobody has to count. */
export class Counters {
  readonly #counts = new Map<string, { readonly of: Counted; count: number }>();

  constructor(counters: readonly Counter[] = []) {
    for (const counter of counters) this.#move(counter, counter.count);
  }

  add(counted: Counted): void {
    this.#move(counted, 1);
  }

  remove(counted: Counted): void {
    this.#move(counted, -1);
  }

  /** Those that are not zero, always in the same order. */
  list(): readonly Counter[] {
    return [...this.#counts]
      .filter(([, { count }]) => count !== 0)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { of, count }]) => ({ ...of, count }));
  }

  years(): readonly string[] {
    return [...new Set(this.list().map(({ year }) => year))];
  }

  #move({ state, record, year }: Counted, by: number): void {
    const key = `${year}|${state}|${record}`;
    const known = this.#counts.get(key);
    if (known === undefined) this.#counts.set(key, { of: { state, record, year }, count: by });
    else known.count += by;
  }
}
