import type { ClassTable } from '#domain/coding/class-table.ts';
import { WorkCalendar, type WorkCalendarData } from '#domain/sla/work-calendar.ts';
import { byFrom, isInForce, type Days } from './day.ts';
import { groupedBy, uncoveredDay } from './in-force.ts';
import { calendarData } from './make-reference-tables.ts';
import { checkPeople, checkUnits, UnitCodes } from './check-units.ts';
import { policyKinds } from './policies.ts';
import type { Problem, ProblemCode } from './problem.ts';
import { limitClocks, type LimitRow } from './rows.ts';
import { checkScoring } from './scoring-table.ts';
import type { TableName } from './table-names.ts';
import type { TableSet } from './table-specs.ts';

/** What tables may refer to beside each other. */
export interface Surroundings {
  readonly classes: ClassTable;
  /** Whether the net has an area of that code. */
  readonly isArea: (code: string) => boolean;
}

/**
 * What is wrong between the tables: names without a row, rows that the program can't be without, defaults. Warnings name
 * what is no longer in force on some day of a row and who stands in: a dissolved unit's successor, else its managing
 * township, else its parent; for a person who left another holder of the post, else the unit.
 */
export function checkReferences(tables: TableSet, around: Surroundings): readonly Problem[] {
  const units = new UnitCodes(tables.units, around.isArea);
  return [
    ...checkUnits(tables.units, units),
    ...checkPeople(tables, units),
    ...checkClasses(tables, around.classes),
    ...checkTimeClasses(tables),
    ...checkDefaults(tables.limits),
    ...checkFallbacks(tables.limits),
    ...checkPolicies(tables),
    ...checkCalendar(tables),
    ...checkScoring(tables.scoring),
  ].toSorted((a, b) => (a.table === b.table ? a.row - b.row : 0));
}

function problem(
  table: TableName,
  row: number,
  column: string | null,
  code: ProblemCode,
  value: string,
  detail: Readonly<Record<string, string>> = {},
): Problem {
  return { table, row, column, code, value, detail };
}

function checkClasses(tables: TableSet, standard: ClassTable): readonly Problem[] {
  const known = knownClasses(tables, standard);
  const limits = tables.limits.map((row) => {
    const key =
      row.record === 'ticket' ? `ticket ${row.code}` : `${row.standard ?? '*'} ${row.kind ?? '*'} ${row.code}`;
    return { table: 'limits' as const, row, key };
  });
  const duties = tables.duties.map((row) => {
    const key = row.kind === 'ticket' ? `ticket ${row.code}` : `* ${row.kind ?? '*'} ${row.code}`;
    return { table: 'duties' as const, row, key };
  });
  return [...limits, ...duties].flatMap(({ table, row, key }) => {
    if (row.code === '') return [];
    const days = known.get(key);
    if (days === undefined) {
      return [problem(table, row.row, 'code', 'unknown_reference', row.code, { table: 'classes' })];
    }
    const day = uncoveredDay(days, row);
    return day === null ? [] : [problem(table, row.row, 'code', 'reference_not_in_force', row.code, { day })];
  });
}

/** Days of classes by every way to name them: with or without standard and kind, by code or its beginning. */
function knownClasses(tables: TableSet, standard: ClassTable): ReadonlyMap<string, readonly Days[]> {
  const known = new Map<string, Days[]>();
  const add = (key: string, days: Days) => {
    const found = known.get(key);
    if (found === undefined) known.set(key, [days]);
    else if (found.every(({ from, to }) => from !== null || to !== null)) found.push(days);
  };
  const always = { from: null, to: null };
  const own = standard.rows.filter(({ standardRef }) => standardRef === undefined);
  for (const { kind, code } of own) {
    for (const key of classKeys(standard.standardRef, kind, code)) add(key, always);
  }
  for (const row of tables['classes-local']) {
    for (const key of classKeys(row.standard, row.kind, row.code)) add(key, row);
  }
  for (const row of tables['ticket-classes']) {
    for (const code of beginningsOf(row.code)) add(`ticket ${code}`, row);
  }
  return known;
}

function classKeys(standard: string, kind: string, code: string): readonly string[] {
  return beginningsOf(code).flatMap((beginning) => [
    `${standard} ${kind} ${beginning}`,
    `* ${kind} ${beginning}`,
    `${standard} * ${beginning}`,
    `* * ${beginning}`,
  ]);
}

function beginningsOf(code: string): readonly string[] {
  return Array.from({ length: code.length }, (_, at) => code.slice(0, at + 1));
}

function checkTimeClasses(tables: TableSet): readonly Problem[] {
  const rows = groupedBy(tables['time-classes'], ({ code }) => code);
  const named = (['limits', 'ticket-classes', 'endorsement-chains'] as const).flatMap((table) =>
    tables[table].map((row) => ({ table, row })),
  );
  return named.flatMap(({ table, row }) => {
    const { timeClass } = row;
    if (timeClass === null) return [];
    const found = rows.get(timeClass);
    if (found === undefined) {
      return [problem(table, row.row, 'time_class', 'unknown_reference', timeClass, { table: 'time-classes' })];
    }
    const day = uncoveredDay(found, row);
    return day === null ? [] : [problem(table, row.row, 'time_class', 'reference_not_in_force', timeClass, { day })];
  });
}

/** Of the conditions of one class on one day exactly one is the default. */
function checkDefaults(limits: readonly LimitRow[]): readonly Problem[] {
  const groups = groupedBy(limits, (row) =>
    [row.record, row.clock, row.timeClass, row.standard, row.kind, row.code].join('\u0000'),
  );
  return [...groups.values()].flatMap((rows) => {
    const edges = new Set(rows.flatMap(({ from, to }) => [from ?? '0000-01-01', ...(to === null ? [] : [to])]));
    for (const day of edges) {
      const inForce = rows.filter((row) => isInForce(row, day));
      const defaults = inForce.filter(({ isDefault }) => isDefault);
      const wrong = defaults[1] ?? inForce[0];
      if (inForce.length === 0 || defaults.length === 1 || wrong === undefined) continue;
      const otherRow = defaults.length > 1 ? { otherRow: String(defaults[0]?.row) } : {};
      return [problem('limits', wrong.row, 'default', 'not_one_default', wrong.code, otherRow)];
    }
    return [];
  });
}

/** Each clock has a limit for every class and day. */
function checkFallbacks(limits: readonly LimitRow[]): readonly Problem[] {
  return limitClocks.flatMap((clock) => {
    const record = clock === 'contact' || clock.startsWith('ticket_') ? 'ticket' : 'case';
    const general = limits.filter(
      (row) =>
        row.record === record &&
        row.clock === clock &&
        row.code === '' &&
        row.timeClass === null &&
        row.standard === null &&
        row.kind === null,
    );
    const day = uncoveredDay(general);
    return day === null ? [] : [problem('limits', 1, 'clock', 'missing_row', `${record} ${clock}`, { day })];
  });
}

function checkPolicies({ policies }: TableSet): readonly Problem[] {
  const present = new Set(policies.map(({ key }) => key));
  return Object.keys(policyKinds)
    .filter((key) => !present.has(key))
    .map((key) => problem('policies', 1, 'key', 'missing_row', key));
}

function checkCalendar(tables: TableSet): readonly Problem[] {
  const hours = tables['work-hours'];
  const day = uncoveredDay(hours, { from: hours.toSorted(byFrom)[0]?.from ?? null, to: null });
  if (day !== null) return [problem('work-hours', 1, 'from', 'missing_row', '', { day })];
  const fault = calendarFault(calendarData('check', tables.calendar, hours));
  return fault === null ? [] : [problem('calendar', 1, null, 'not_allowed', '', { reason: fault })];
}

function calendarFault(data: WorkCalendarData): string | null {
  const made = calendarOf(data);
  return made instanceof RangeError ? made.message : null;
}

function calendarOf(data: WorkCalendarData): WorkCalendar | RangeError {
  try {
    return new WorkCalendar(data);
  } catch (cause) {
    if (cause instanceof RangeError) return cause;
    throw cause;
  }
}
