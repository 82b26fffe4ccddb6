import { DAY_MS, HOUR_MS, type Instant } from '#domain/base/instant.ts';

/** Two windows of seven days: the current one and the one it is compared with. */
const KEPT_DAYS = 14;
const BEIJING_MS = 8 * HOUR_MS;

/** One group's reports: in the last seven days, and in the seven before. */
export interface WeekCount {
  readonly key: string;
  readonly current: number;
  readonly before: number;
}

/** Reports per group and day in Beijing, for windows of seven days that end today. Older days are dropped. */
export class WeeklyCounts {
  readonly #days = new Map<number, Map<string, number>>();

  note(key: string, reportedAt: Instant): void {
    const day = dayOf(reportedAt);
    const newest = Math.max(day, ...this.#days.keys());
    if (day <= newest - KEPT_DAYS) return;
    for (const known of this.#days.keys()) if (known <= newest - KEPT_DAYS) this.#days.delete(known);
    const counts = this.#days.get(day) ?? new Map<string, number>();
    this.#days.set(day, counts);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }

  /** Days and their counts as JSON. */
  dump(): readonly (readonly [day: number, counts: readonly (readonly [key: string, count: number])[]])[] {
    return [...this.#days].map(([day, counts]) => [day, [...counts]]);
  }

  restore(dump: ReturnType<WeeklyCounts['dump']>): void {
    for (const [day, counts] of dump) this.#days.set(day, new Map(counts));
  }

  /** Keys that any kept day has. */
  keys(): ReadonlySet<string> {
    return new Set([...this.#days.values()].flatMap((counts) => [...counts.keys()]));
  }

  /** Reports of one group in the last seven days. */
  weekOf(key: string, now: Instant): number {
    const today = dayOf(now);
    let sum = 0;
    for (const [day, counts] of this.#days) {
      const age = today - day;
      if (age >= 0 && age < 7) sum += counts.get(key) ?? 0;
    }
    return sum;
  }

  /** Groups with at least one report in the last seven days, in the order of their keys. */
  weeks(now: Instant): readonly WeekCount[] {
    const today = dayOf(now);
    const sums = new Map<string, { current: number; before: number }>();
    for (const [day, counts] of this.#days) {
      const age = today - day;
      if (age < 0 || age >= KEPT_DAYS) continue;
      for (const [key, count] of counts) {
        const sum = sums.get(key) ?? { current: 0, before: 0 };
        sums.set(key, sum);
        if (age < 7) sum.current += count;
        else sum.before += count;
      }
    }
    return [...sums]
      .filter(([, { current }]) => current > 0)
      .map(([key, sum]) => ({ key, ...sum }))
      .sort((a, b) => (a.key < b.key ? -1 : 1));
  }
}

function dayOf(at: Instant): number {
  return Math.floor((at + BEIJING_MS) / DAY_MS);
}
