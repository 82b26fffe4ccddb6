import type { CaseRow } from '#contract/cases.ts';
import { attentionLevel, type AttentionLevel } from '#domain/sla/attention-level.ts';

/** Rows whose level changes within the same span are kept together, milliseconds. */
const SPAN_MS = 5_000;
/** Share of the limit that is left when a case becomes 临期. */
const NEAR_SHARE = 0.2;

export type LevelCounts = Readonly<Record<Exclude<AttentionLevel, null>, number>>;

/**
 * How many rows have which level. Levels change by time alone, but each at an instant that is known before: a look costs
 * what changed since the last one, not what is held (50,000 rows looked at one by one hold a frame up).
 *
 * 1. The counts of `at(now)` are those of `attentionLevel` over all rows at `now`; a clock that is put back by less than a
 *    span keeps the levels that it had reached.
 * 2. A row is one object: a changed case is removed as it was and added as it is.
 */
export class LevelTally {
  readonly #levels = new Map<CaseRow, AttentionLevel>();
  readonly #counts = { 1: 0, 2: 0, 3: 0, 4: 0 };
  /** Rows by the span in which their level changes next. */
  readonly #changing = new Map<number, CaseRow[]>();
  #unread = new Set<CaseRow>();
  #readAt = 0;

  add(row: CaseRow): void {
    this.#unread.add(row);
  }

  remove(row: CaseRow): void {
    if (this.#unread.delete(row)) return;
    this.#count(this.#levels.get(row) ?? null, -1);
    this.#levels.delete(row);
  }

  clear(): void {
    this.#levels.clear();
    this.#changing.clear();
    this.#unread.clear();
    Object.assign(this.#counts, { 1: 0, 2: 0, 3: 0, 4: 0 });
  }

  /** @param now the host's time, epoch milliseconds */
  at(now: number): LevelCounts {
    if (now < this.#readAt - SPAN_MS) this.readAgain();
    const span = Math.floor(now / SPAN_MS);
    for (const due of [...this.#changing.keys()].filter((key) => key <= span)) {
      const rows = this.#changing.get(due) ?? [];
      this.#changing.delete(due);
      for (const row of rows) if (this.#levels.has(row)) this.#read(row, now);
    }
    for (const row of this.#unread) this.#read(row, now);
    this.#unread.clear();
    this.#readAt = now;
    return { ...this.#counts };
  }

  /** Looks at all rows again with the next look: the time that counts went back. */
  readAgain(): void {
    const rows = [...this.#levels.keys(), ...this.#unread];
    this.clear();
    this.#unread = new Set(rows);
  }

  #read(row: CaseRow, now: number): void {
    const level = attentionLevel(row, now);
    this.#count(this.#levels.get(row) ?? null, -1);
    this.#count(level, 1);
    this.#levels.set(row, level);
    const next = nextChange(row, level);
    if (next === null) return;
    const span = Math.floor(Math.max(next, now) / SPAN_MS);
    const together = this.#changing.get(span);
    if (together === undefined) this.#changing.set(span, [row]);
    else together.push(row);
  }

  #count(level: AttentionLevel, by: 1 | -1): void {
    if (level !== null) this.#counts[level] += by;
  }
}

/** An instant at or before the next change of a row with this level; null when time changes nothing more. */
function nextChange({ dueAt, clockStartedAt }: CaseRow, level: AttentionLevel): number | null {
  if (dueAt === null || level === 1 || level === 2) return null;
  const limitMs = clockStartedAt === null ? 0 : dueAt - clockStartedAt;
  return level === 3 || limitMs <= 0 ? dueAt : dueAt - limitMs * NEAR_SHARE;
}
