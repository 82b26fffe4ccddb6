import type { TriedDistrict } from '#contract/district.ts';

type Grid = TriedDistrict['grids'][number];

export const loadColumns = ['code', 'name', 'before', 'after', 'change', 'openAfter'] as const;
export type LoadColumn = (typeof loadColumns)[number];

export interface LoadOrder {
  readonly by: LoadColumn;
  readonly isDescending: boolean;
}

/** Cases that a grid gains by the new net; a grid that is gone loses all, a new one gains all. */
export function changeOf({ before, after }: Grid): number {
  return (after?.cases ?? 0) - (before?.cases ?? 0);
}

/** Grids that fit, sorted; of equal ones the lower code first. Changes are sorted by their size, whichever way they go. */
export function loadRows(
  grids: readonly Grid[],
  { by, isDescending }: LoadOrder,
  { text, onlyChanged }: { readonly text: string; readonly onlyChanged: boolean },
): readonly Grid[] {
  const wanted = text.trim().toUpperCase();
  const fits = (grid: Grid) =>
    (wanted === '' || grid.code.toUpperCase().includes(wanted) || grid.name.toUpperCase().includes(wanted)) &&
    (!onlyChanged || changeOf(grid) !== 0 || (grid.before === null) !== (grid.after === null));
  const turn = isDescending ? -1 : 1;
  return grids.filter(fits).toSorted((a, b) => {
    const [first, second] = [keyOf(a, by), keyOf(b, by)];
    if (first !== second) return first < second ? -turn : turn;
    return a.code < b.code ? -1 : 1;
  });
}

function keyOf(grid: Grid, by: LoadColumn): string | number {
  switch (by) {
    case 'code':
      return grid.code;
    case 'name':
      return grid.name;
    case 'before':
      return grid.before?.cases ?? -1;
    case 'after':
      return grid.after?.cases ?? -1;
    case 'change':
      return Math.abs(changeOf(grid));
    case 'openAfter':
      return grid.after?.open ?? -1;
  }
}
