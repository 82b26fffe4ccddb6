import type { CaseRow } from '#contract/cases.ts';
import { attentionLevel, type AttentionLevel } from '#domain/sla/attention-level.ts';

export interface UrgentRow {
  readonly row: CaseRow;
  readonly level: NonNullable<AttentionLevel>;
}

/** Cases with a level, gravest first, then the one due first. */
export function urgentRows(rows: Iterable<CaseRow>, now: number): readonly UrgentRow[] {
  const found: UrgentRow[] = [];
  for (const row of rows) {
    const level = attentionLevel(row, now);
    if (level !== null) found.push({ row, level });
  }
  return found.sort(
    (a, b) =>
      a.level - b.level || (a.row.dueAt ?? Infinity) - (b.row.dueAt ?? Infinity) || (a.row.id < b.row.id ? -1 : 1),
  );
}

export interface UnitLoad {
  readonly unit: string;
  readonly open: number;
  readonly overdue: number;
  readonly soon: number;
}

const SOON_MS = 2 * 3_600_000;

/** Units with overdue cases, most first; `soon` are due within two hours. */
export function unitLoads(rows: Iterable<CaseRow>, now: number): readonly UnitLoad[] {
  const loads = new Map<string, { open: number; overdue: number; soon: number }>();
  for (const { holderUnit, dueAt } of rows) {
    if (holderUnit === null) continue;
    const load = loads.get(holderUnit) ?? { open: 0, overdue: 0, soon: 0 };
    load.open += 1;
    if (dueAt !== null && dueAt < now) load.overdue += 1;
    else if (dueAt !== null && dueAt <= now + SOON_MS) load.soon += 1;
    loads.set(holderUnit, load);
  }
  return Array.from(loads, ([unit, load]) => ({ unit, ...load }))
    .filter(({ overdue }) => overdue > 0)
    .sort((a, b) => b.overdue - a.overdue || b.soon - a.soon || (a.unit < b.unit ? -1 : 1));
}

/** How many are past their limit, and due within two hours. */
export function dueCounts(rows: Iterable<CaseRow>, now: number): { readonly overdue: number; readonly soon: number } {
  let [overdue, soon] = [0, 0];
  for (const { dueAt } of rows) {
    if (dueAt === null) continue;
    if (dueAt < now) overdue += 1;
    else if (dueAt <= now + SOON_MS) soon += 1;
  }
  return { overdue, soon };
}
