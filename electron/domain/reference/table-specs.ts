import { alarmTypesSpec } from './alarm-table-spec.ts';
import {
  blackoutsSpec,
  dutiesSpec,
  endorsementChainsSpec,
  peopleSpec,
  returnReasonsSpec,
  supervisingPartiesSpec,
  unitsSpec,
} from './dispatch-table-specs.ts';
import {
  calendarSpec,
  callbackAnswersSpec,
  limitsSpec,
  localClassesSpec,
  policiesSpec,
  ticketClassesSpec,
  timeClassesSpec,
  workHoursSpec,
} from './limit-table-specs.ts';
import type { AlarmTypeRow } from '#domain/alarms/alarm-type.ts';
import type * as rows from './rows.ts';
import { scoringSpec } from './scoring-table.ts';
import type { TableName } from './table-names.ts';
import type { TableRow, TableSpec } from './table-spec.ts';

/** The row type of each table. */
export interface RowOf {
  readonly 'classes-local': rows.LocalClassRow;
  readonly limits: rows.LimitRow;
  readonly 'time-classes': rows.TimeClassRow;
  readonly 'ticket-classes': rows.TicketClassRow;
  readonly units: rows.UnitRow;
  readonly people: rows.PersonRow;
  readonly duties: rows.DutyRow;
  readonly 'return-reasons': rows.ReasonRow;
  readonly 'callback-answers': rows.CallbackAnswerRow;
  readonly 'supervising-parties': rows.SupervisingPartyRow;
  readonly 'endorsement-chains': rows.EndorsementRow;
  readonly blackouts: rows.BlackoutRow;
  readonly 'alarm-types': AlarmTypeRow;
  readonly policies: rows.PolicyRow;
  readonly scoring: rows.ScoringRow;
  readonly calendar: rows.CalendarRow;
  readonly 'work-hours': rows.WorkHoursRow;
}

/** What each table looks like. */
export const tableSpecs: { readonly [Name in TableName]: TableSpec<RowOf[Name]> } = {
  'classes-local': localClassesSpec,
  limits: limitsSpec,
  'time-classes': timeClassesSpec,
  'ticket-classes': ticketClassesSpec,
  units: unitsSpec,
  people: peopleSpec,
  duties: dutiesSpec,
  'return-reasons': returnReasonsSpec,
  'callback-answers': callbackAnswersSpec,
  'supervising-parties': supervisingPartiesSpec,
  'endorsement-chains': endorsementChainsSpec,
  blackouts: blackoutsSpec,
  'alarm-types': alarmTypesSpec,
  policies: policiesSpec,
  scoring: scoringSpec,
  calendar: calendarSpec,
  'work-hours': workHoursSpec,
};

/** A table's spec where its rows are not looked into. */
export function specOf(name: TableName): TableSpec<TableRow> {
  return tableSpecs[name] as unknown as TableSpec<TableRow>;
}

/** The rows of all tables together. */
export type TableSet = { readonly [Name in TableName]: readonly RowOf[Name][] };
