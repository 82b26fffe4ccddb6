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

/** The first of `days` on which no row is in force, `(start)` for the open beginning of time; null when there is none. */
export function uncoveredDay(rows: readonly Days[], days: Days = { from: null, to: null }): Day | null {
  let reached = days.from;
  for (const row of rows.toSorted(byFrom)) {
    const joins = row.from === null || (reached !== null && row.from <= reached);
    if (!joins) break;
    if (row.to === null) return null;
    if (reached === null || row.to > reached) reached = row.to;
    if (days.to !== null && reached >= days.to) return null;
  }
  return reached ?? '(start)';
}
