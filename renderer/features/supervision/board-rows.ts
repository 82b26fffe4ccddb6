import type { CaseRow } from '#contract/cases.ts';
import type { UnitGroup } from './lanes.ts';

/** A line of the board: a unit, or one of its cases; `isGone`: it left the lane while the board stood still. */
export type BoardRow =
  | { readonly kind: 'unit'; readonly key: string; readonly group: UnitGroup }
  | { readonly kind: 'case'; readonly key: string; readonly row: CaseRow; readonly isGone: boolean };

/** Units with their cases, as lines. */
export function boardRows(groups: readonly UnitGroup[]): readonly BoardRow[] {
  return groups.flatMap((group): readonly BoardRow[] => [
    { kind: 'unit', key: `unit ${group.unit ?? ''}`, group },
    ...group.rows.map((row): BoardRow => ({ kind: 'case', key: row.id, row, isGone: false })),
  ]);
}

/**
 * The board while a person works in it (K6): lines stay where they are with their new content, what left is marked, what is
 * new waits; `arrived` counts it.
 */
export function heldRows(
  before: readonly BoardRow[],
  fresh: readonly BoardRow[],
  latest: ReadonlyMap<string, CaseRow>,
): { readonly rows: readonly BoardRow[]; readonly arrived: number } {
  const now = new Map(fresh.map((line) => [line.key, line]));
  const rows = before.map((line): BoardRow => {
    const found = now.get(line.key);
    if (found !== undefined) return found;
    return line.kind === 'unit' ? line : { ...line, row: latest.get(line.key) ?? line.row, isGone: true };
  });
  const known = new Set(before.map(({ key }) => key));
  return { rows, arrived: fresh.filter(({ kind, key }) => kind === 'case' && !known.has(key)).length };
}

/** The next line that is a case, from `from` on in the direction of the move; `from` itself counts. */
export function nearestCase(rows: readonly BoardRow[], from: number, step: 1 | -1): number | null {
  for (let at = from; at >= 0 && at < rows.length; at += step) if (rows[at]?.kind === 'case') return at;
  for (let at = from; at >= 0 && at < rows.length; at -= step) if (rows[at]?.kind === 'case') return at;
  return null;
}
