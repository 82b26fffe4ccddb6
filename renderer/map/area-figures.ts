import type { CaseRow } from '#contract/cases.ts';
import { attentionLevel } from '#domain/sla/attention-level.ts';
import type { FigureName, ShownFigure } from './map-layers.ts';

/**
 * How a figure is written: `count` a whole number, `percent` whole percents, `tenth` tenths of a unit. All are kept as
 * whole numbers, so that classes have limits without gaps.
 */
export type FigureForm = 'count' | 'percent' | 'tenth';

const forms: Readonly<Record<ShownFigure, FigureForm>> = {
  components: 'count',
  open: 'count',
  overdue: 'count',
  near: 'count',
  supervised: 'count',
  waiting: 'count',
  overdueShare: 'percent',
  perKm2: 'tenth',
  perPeople: 'tenth',
};

/** What is known of an area beside its cases. */
export interface AreaSize {
  readonly squareKm: number;
  /** Null where nobody has told it. */
  readonly population: number | null;
}

/** Whether an area that is absent has no such figure; else it has 0. */
export function isPartial(name: ShownFigure): boolean {
  return forms[name] !== 'count';
}

export interface FigureSight {
  readonly rows: Iterable<CaseRow>;
  /** The area of a code and all above it. */
  readonly path: (code: string | null) => readonly { readonly code: string }[];
  readonly areas: readonly { readonly code: string }[];
  readonly size: (code: string) => AreaSize;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * A figure of each area by code. Areas for which it does not exist are absent: a share of no cases, a rate of an unknown
 * population. Counts are of open cases: `overdue` past the running limit, `near` 临期, `supervised` under supervision or
 * returned twice, `waiting` not yet with a unit; `overdueShare` of all open ones; `perKm2` open ones by area, `perPeople`
 * by 10,000 inhabitants.
 */
export function areaFigures(name: FigureName, sight: FigureSight): ReadonlyMap<string, number> {
  const { areas, size } = sight;
  switch (name) {
    case 'open':
      return whole(sight, () => true);
    case 'overdue':
      return whole(sight, isOverdue);
    case 'near':
      return whole(sight, (row, now) => attentionLevel(row, now) === 3);
    case 'supervised':
      return whole(sight, ({ openSupervisions, returnCount }) => openSupervisions > 0 || returnCount >= 2);
    case 'waiting':
      return whole(sight, ({ holderUnit }) => holderUnit === null);
    case 'overdueShare': {
      const rows = [...sight.rows];
      const open = tally({ ...sight, rows }, () => true);
      const overdue = tally({ ...sight, rows }, isOverdue);
      return new Map([...open].map(([code, all]) => [code, Math.round((100 * (overdue.get(code) ?? 0)) / all)]));
    }
    case 'perKm2':
      return rates((code) => size(code).squareKm);
    case 'perPeople':
      return rates((code) => (size(code).population ?? 0) / 10_000);
  }

  function rates(of: (code: string) => number): ReadonlyMap<string, number> {
    const open = tally(sight, () => true);
    return new Map(
      areas.flatMap(({ code }): readonly (readonly [string, number])[] => {
        const by = of(code);
        return by > 0 ? [[code, Math.round((10 * (open.get(code) ?? 0)) / by)]] : [];
      }),
    );
  }
}

/** `12`, `34 %`, `5.6`: as in the legend, beside the names and at the pointer. */
export function figureText(value: number, name: ShownFigure): string {
  switch (forms[name]) {
    case 'count':
      return String(value);
    case 'percent':
      return `${value}%`;
    case 'tenth':
      return (value / 10).toFixed(1);
  }
}

/** Limits of a class: `3`, `4–10`, `14+`. */
export function classText({ from, to }: { from: number; to: number | null }, name: ShownFigure): string {
  if (to === null) return `${figureText(from, name)}+`;
  return from === to ? figureText(from, name) : `${figureText(from, name)}–${figureText(to, name)}`;
}

function isOverdue({ dueAt }: CaseRow, now: number): boolean {
  return dueAt !== null && now > dueAt;
}

/** Counts are known of every area: 0 where there is none. */
function whole(sight: FigureSight, fits: (row: CaseRow, now: number) => boolean): ReadonlyMap<string, number> {
  const counts = tally(sight, fits);
  return new Map(sight.areas.map(({ code }) => [code, counts.get(code) ?? 0]));
}

/** One step a row, and the climb to the areas above once for each grid: 50,000 rows lie in 2,000 grids. */
function tally({ rows, path, now }: FigureSight, fits: (row: CaseRow, now: number) => boolean): Map<string, number> {
  const byGrid = new Map<string, number>();
  for (const row of rows) {
    if (row.gridCode !== null && fits(row, now)) byGrid.set(row.gridCode, (byGrid.get(row.gridCode) ?? 0) + 1);
  }
  const counts = new Map<string, number>();
  for (const [grid, count] of byGrid) {
    for (const { code } of path(grid)) counts.set(code, (counts.get(code) ?? 0) + count);
  }
  return counts;
}
