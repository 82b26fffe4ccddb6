import type { CaseRow } from '#contract/cases.ts';
import type { OutputOf } from '#contract/api.ts';
import { HOUR_MS, MINUTE_MS } from '#domain/base/instant.ts';
import { attentionLevel } from '#domain/sla/attention-level.ts';
import type { Areas } from '#renderer/state/areas.ts';

/**
 * Lanes of the supervision board 督办台 (desk-wall-briefing.md §9.8): 已超期 · 2 h 内 · 24 h 内 · 48 h 临期 · 派后未接 > 30 min · 回退 ≥ 2 次
 * (推诿) · 反复问题 · 挂账 · 七天一预警 · 督办待回复. The times are those of the design, 参考默认值.
 */
export const lanes = [
  'overdue',
  'hours2',
  'hours24',
  'hours48',
  'unaccepted',
  'returned',
  'repeated',
  'suspended',
  'week',
  'supervised',
] as const;
export type Lane = (typeof lanes)[number];

type Warning = OutputOf<'warnings.list'>['warnings'][number];

const UNACCEPTED_MS = 30 * MINUTE_MS;
const RETURNS = 2;
/** States in which a unit has the case and has not taken it on. */
const notAccepted: ReadonlySet<CaseRow['state']> = new Set(['pending_handle', 'assigned', 'to_sign']);

/** The lanes of every open case; one case may stand in several. `now` in epoch milliseconds. */
export function sortIntoLanes(
  rows: Iterable<CaseRow>,
  warnings: readonly Warning[],
  areas: Areas,
  now: number,
): Readonly<Record<Lane, readonly CaseRow[]>> {
  const sorted = Object.fromEntries(lanes.map((lane): [Lane, CaseRow[]] => [lane, []])) as Record<Lane, CaseRow[]>;
  const groups = new Map(
    warnings.flatMap(({ kind, area, classCode }) =>
      kind === 'repeats' || kind === 'week'
        ? [[`${area} ${classCode}`, kind === 'week' ? 'week' : 'repeated'] as const]
        : [],
    ),
  );
  for (const row of rows) {
    const left = row.dueAt === null ? null : row.dueAt - now;
    if (left !== null && left < 0) sorted.overdue.push(row);
    else if (left !== null && left <= 2 * HOUR_MS) sorted.hours2.push(row);
    else if (left !== null && left <= 24 * HOUR_MS) sorted.hours24.push(row);
    else if (left !== null && left <= 48 * HOUR_MS) sorted.hours48.push(row);
    if (notAccepted.has(row.state) && row.holderSince !== null && now - row.holderSince > UNACCEPTED_MS) {
      sorted.unaccepted.push(row);
    }
    if (row.returnCount >= RETURNS) sorted.returned.push(row);
    if (row.state === 'suspended') sorted.suspended.push(row);
    if (row.openSupervisions > 0) sorted.supervised.push(row);
    if (groups.size === 0) continue;
    const found = new Set(areas.path(row.gridCode).map(({ code }) => groups.get(`${code} ${row.classCode}`)));
    if (found.has('repeated')) sorted.repeated.push(row);
    if (found.has('week')) sorted.week.push(row);
  }
  return sorted;
}

/** Cases of one responsible unit: a township with what lies below it, or a unit beside the net. */
export interface UnitGroup {
  /** Null is the desk itself. */
  readonly unit: string | null;
  /** Longest past the limit, or least left, first. */
  readonly rows: readonly CaseRow[];
  /** Of all open cases of the unit, not of the lane alone. */
  readonly open: number;
  readonly overdue: number;
}

/** `lane` by responsible unit, the unit with the most urgent case first. `all` are the open cases. */
export function groupByUnit(
  lane: readonly CaseRow[],
  all: Iterable<CaseRow>,
  areas: Areas,
  now: number,
): readonly UnitGroup[] {
  const groups = new Map<string | null, CaseRow[]>();
  for (const row of lane) {
    const unit = responsibleUnit(row, areas);
    const found = groups.get(unit);
    if (found === undefined) groups.set(unit, [row]);
    else found.push(row);
  }
  const tallies = new Map<string | null, { open: number; overdue: number }>();
  for (const row of all) {
    const unit = responsibleUnit(row, areas);
    if (!groups.has(unit)) continue;
    const tally = tallies.get(unit) ?? { open: 0, overdue: 0 };
    tally.open += 1;
    if (row.dueAt !== null && row.dueAt < now) tally.overdue += 1;
    tallies.set(unit, tally);
  }
  return [...groups]
    .map(([unit, rows]) => ({
      unit,
      rows: rows.toSorted(mostPressing(now)),
      ...(tallies.get(unit) ?? { open: 0, overdue: 0 }),
    }))
    .sort((a, b) => {
      const [first, second] = [a.rows[0], b.rows[0]];
      return first === undefined || second === undefined ? 0 : mostPressing(now)(first, second);
    });
}

/** The township above the holder; a unit beside the net stands for itself; null while the desk holds it. */
export function responsibleUnit({ holderUnit }: Pick<CaseRow, 'holderUnit'>, areas: Areas): string | null {
  return areas.path(holderUnit).find(({ level }) => level === areas.unitLevel)?.code ?? holderUnit;
}

/** Level Ⅰ before everything, then by what is left of the limit; without a clock last. */
function mostPressing(now: number): (a: CaseRow, b: CaseRow) => number {
  return (a, b) => {
    const grave = Number(attentionLevel(b, now) === 1) - Number(attentionLevel(a, now) === 1);
    return grave || (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || (a.id < b.id ? -1 : 1);
  };
}
