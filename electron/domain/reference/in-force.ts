import { byFrom, isInForce, type Day, type Days } from './day.ts';

/** The row of one key that is in force on a day; rows of one key never overlap. */
export function rowInForce<Row extends Days>(rows: readonly Row[] | undefined, day: Day): Row | undefined {
  return rows?.find((row) => isInForce(row, day));
}

/**
 * The row in force on a day, else the one nearest to it: the first if the day lies before all rows, else the last before
 * the day. For what the program can't be without.
 */
export function rowInForceOrNearest<Row extends Days>(rows: readonly Row[] | undefined, day: Day): Row | undefined {
  const found = rowInForce(rows, day);
  if (found !== undefined || rows === undefined) return found;
  const ordered = rows.toSorted(byFrom);
  return ordered.findLast(({ from }) => from === null || from <= day) ?? ordered[0];
}

/** Rows by a key, in the order of the table. */
export function groupedBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}

/**
 * The first day on which no row is in force, as a text for a message: `(start)` when it is not in force from the
 * beginning; null when there is none.
 */
export function firstGap(rows: readonly Days[]): string | null {
  const ordered = rows.toSorted(byFrom);
  let covered: Day | null = null;
  for (const [at, row] of ordered.entries()) {
    if (at === 0 && row.from !== null) return '(start)';
    if (at > 0 && covered !== null && row.from !== null && row.from > covered) return covered;
    if (row.to === null) return null;
    covered = row.to;
  }
  return covered ?? '(start)';
}
