import { schemeOf } from './scoring-table.ts';
import type { ClassRef } from '#domain/case/state.ts';
import type { ClassTable } from '#domain/coding/class-table.ts';
import { Duties } from '#domain/dispatch/duties.ts';
import { UnitDirectory } from '#domain/dispatch/units.ts';
import type { AreaIndex } from '#domain/grid/district.ts';
import { WorkCalendar, type WorkCalendarData } from '#domain/sla/work-calendar.ts';
import { isWithinHours } from './columns.ts';
import { dayOf, isInForce, minuteOfDay, type Day } from './day.ts';
import { LimitsInForce } from './limits-in-force.ts';
import { workPeriods } from './limit-table-specs.ts';
import { PeopleInForce } from './people-in-force.ts';
import { PoliciesInForce } from './policies-in-force.ts';
import type { ReferenceTables } from './reference-tables.ts';
import type { BlackoutRow, CalendarRow, EndorsementRow, LocalClassRow, TicketClassRow, WorkHoursRow } from './rows.ts';
import type { TableName } from './table-names.ts';
import type { TableSet } from './table-specs.ts';

/** What the tables in force are made of. */
export interface ReferenceSources {
  /** Checked: `parseTable` and `checkReferences` found no fault. */
  readonly tables: TableSet;
  readonly versions: Readonly<Record<TableName, string>>;
  /** The standard's classes; local ones are added. */
  readonly classes: ClassTable;
  readonly areas: AreaIndex;
}

/** The tables as the rules ask them. @throws RangeError if the calendar's tables were not checked */
export function makeReferenceTables({ tables, versions, classes, areas }: ReferenceSources): ReferenceTables {
  const units = new UnitDirectory(areas, tables.units);
  const people = new PeopleInForce(tables.people);
  const limits = new LimitsInForce(versions.limits, tables.limits);
  const duties = new Duties(versions.duties, tables.duties, units, people);
  const reasons = tables['return-reasons'];
  const local = tables['classes-local'];
  const on = <Row extends { readonly from: Day | null; readonly to: Day | null }>(rows: readonly Row[], day: Day) =>
    rows.filter((row) => isInForce(row, day));
  return {
    versions,
    classes: classes.withLocal(local.map(localClass), `${classes.version}+${versions['classes-local']}`),
    calendar: new WorkCalendar(
      calendarData(`${versions.calendar}+${versions['work-hours']}`, tables.calendar, tables['work-hours']),
    ),
    units,
    people,
    policies: new PoliciesInForce(tables.policies),
    limitFor: (query) => limits.limitFor(query),
    conditionsFor: (query) => limits.conditionsFor(query),
    dutiesFor: (query) => duties.dutiesFor(query),
    isUrgentClass: (classRef, day) => on(local, day).some((row) => row.isUrgent && isClass(row, classRef)),
    reasonsFor: (action, day) => on(reasons, day).filter((row) => row.action === action),
    reason: (action, code, day) => on(reasons, day).find((row) => row.action === action && row.code === code),
    timeClasses: (day) => on(tables['time-classes'], day).toSorted((a, b) => a.order - b.order),
    ticketClasses: (day) => on(tables['ticket-classes'], day),
    timeClassOf: (code, day) => timeClassOf(on(tables['ticket-classes'], day), code),
    callbackAnswers: (question, day) => on(tables['callback-answers'], day).filter((row) => row.question === question),
    scoring: (day) => schemeOf(tables.scoring, day),
    supervisingParties: (day) => on(tables['supervising-parties'], day),
    blackout: (classRef, areaCode, at) => {
      const path = areaCode === null ? [] : units.path(areaCode, dayOf(at));
      return blackoutOf(on(tables.blackouts, dayOf(at)), classRef, path, minuteOfDay(at));
    },
    alarmTypes: (day) => on(tables['alarm-types'], day),
    endorsementChain: (township, timeClass, day) =>
      endorsementChain(on(tables['endorsement-chains'], day), township, timeClass),
  };
}

/**
 * A year is known when the table has its 1 October, which is in every year's announcement (国庆节).
 *
 * Source of 8 hours and of UTC+8: domain.md §5.1
 */
export function calendarData(
  version: string,
  days: readonly CalendarRow[],
  hours: readonly WorkHoursRow[],
): WorkCalendarData {
  return {
    version,
    days: days.map(({ date, kind, name }) => ({ date, kind, name })),
    years: days.filter(({ date }) => date.endsWith('-10-01')).map(({ date }) => Number(date.slice(0, 4))),
    hours: hours.map(({ from, to, periods }) => ({
      from,
      to,
      periods: workPeriods(periods) ?? [],
    })),
    hoursPerWorkDay: 8,
    offsetMinutes: 480,
  };
}

function localClass(row: LocalClassRow) {
  const { kind, code, name, groupCode, groupName } = row;
  return { kind, code, name, groupCode, groupName, standardRef: row.standard };
}

function isClass(row: LocalClassRow, classRef: Pick<ClassRef, 'standardRef' | 'kind' | 'code'>): boolean {
  return row.standard === classRef.standardRef && row.kind === classRef.kind && row.code === classRef.code;
}

function timeClassOf(rows: readonly TicketClassRow[], code: string): string | null {
  const above = rows.filter((row) => row.timeClass !== null && code.startsWith(row.code));
  return above.toSorted((a, b) => b.code.length - a.code.length)[0]?.timeClass ?? null;
}

/** Rows of the township and time class; without them of the township, of the time class, of neither. */
function endorsementChain(
  rows: readonly EndorsementRow[],
  township: string,
  timeClass: string,
): readonly EndorsementRow[] {
  const choices = [
    { township, timeClass },
    { township, timeClass: null },
    { township: null, timeClass },
    { township: null, timeClass: null },
  ];
  for (const choice of choices) {
    const found = rows.filter((row) => row.township === choice.township && row.timeClass === choice.timeClass);
    if (found.length > 0) return found.toSorted((a, b) => a.step - b.step);
  }
  return [];
}

function blackoutOf(
  rows: readonly BlackoutRow[],
  { kind, code }: Pick<ClassRef, 'kind' | 'code'>,
  path: readonly string[],
  minute: number,
): string | null {
  const found = rows.find(
    (row) =>
      (row.kind === null || row.kind === kind) &&
      code.startsWith(row.code) &&
      (row.area === null || path.includes(row.area)) &&
      isWithinHours(row.hours, minute),
  );
  return found?.message ?? null;
}
