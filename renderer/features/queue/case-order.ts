import type { CaseRow } from '#contract/cases.ts';
import { filterFor, isFiltered, mostUrgentFirst, type DeskFilter } from '#renderer/state/case-filter.ts';
import type { Areas } from '#renderer/state/areas.ts';
import type { Order } from '#renderer/state/desk-store.ts';
import type { LiveCases } from '#renderer/state/live-cases.ts';

/** A row as the list shows it; `isGone`: it left the open cases, or the filter, while the list stood still. */
export interface ListedCase {
  readonly row: CaseRow;
  readonly isGone: boolean;
}

export interface Listed {
  readonly rows: readonly ListedCase[];
  /** Fitting cases that wait until they are let in. */
  readonly arrived: number;
}

/** The fitting cases in their order, as they are now. */
export function fittingCases(
  live: LiveCases,
  { filter, order }: { readonly filter: DeskFilter; readonly order: Order },
  areas: Areas,
  now: number,
): readonly CaseRow[] {
  const isPlain = filter.tab === 'all' && !isFiltered(filter);
  const rows = isPlain ? live.newest.slice() : live.newest.filter(filterFor(filter, areas, () => now));
  return order === 'newest' ? rows : rows.sort(mostUrgentFirst(now));
}

/** Everything let in. */
export function letIn(fitting: readonly CaseRow[]): Listed {
  return { rows: fitting.map((row) => ({ row, isGone: false })), arrived: 0 };
}

/**
 * The list while a person works in it (K6): the rows stay where they are, with their new content; what is new waits,
 * what is gone stays, marked.
 */
export function held(before: Listed, fitting: readonly CaseRow[], live: LiveCases): Listed {
  const now = new Map(fitting.map((row) => [row.id, row]));
  let stayed = 0;
  const rows = before.rows.map((listed): ListedCase => {
    const { id } = listed.row;
    const row = now.get(id);
    if (row !== undefined) {
      stayed += 1;
      return row === listed.row && !listed.isGone ? listed : { row, isGone: false };
    }
    const elsewhere = live.rows.get(id) ?? listed.row;
    return listed.isGone && elsewhere === listed.row ? listed : { row: elsewhere, isGone: true };
  });
  return { rows, arrived: fitting.length - stayed };
}
