import type { Instant } from '#domain/base/instant.ts';
import { dayOf, type Day } from '#domain/reference/day.ts';
import type { AlarmPriority } from './alarm-type.ts';

/** Days that a report looks back on. */
export const TALLY_DAYS = 30;

/** How often a type rang on a day. */
export interface TallyRow {
  readonly day: Day;
  readonly typeId: string;
  readonly priority: AlarmPriority;
  readonly count: number;
}

/** How often each type of alarm was raised, by day in Beijing, for the last month. */
export class AlarmTally {
  readonly #rows = new Map<string, TallyRow>();

  restore(rows: readonly TallyRow[]): void {
    for (const row of rows) this.#rows.set(`${row.day} ${row.typeId} ${row.priority}`, row);
  }

  note(typeId: string, priority: AlarmPriority, at: Instant): void {
    const day = dayOf(at);
    const key = `${day} ${typeId} ${priority}`;
    const known = this.#rows.get(key);
    this.#rows.set(key, { day, typeId, priority, count: (known?.count ?? 0) + 1 });
    if (known === undefined) this.#forget(at);
  }

  /** Rows of the last {@link TALLY_DAYS} days. */
  rows(): readonly TallyRow[] {
    return [...this.#rows.values()];
  }

  #forget(at: Instant): void {
    const oldest = dayOf((at - TALLY_DAYS * 86_400_000) as Instant);
    for (const [key, { day }] of this.#rows) if (day <= oldest) this.#rows.delete(key);
  }
}
