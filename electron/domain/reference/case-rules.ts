import { SECOND_MS, type Instant } from '#domain/base/instant.ts';
import type { CasePolicies, CaseRules, LimitQuery } from '#domain/case/rules.ts';
import type { TakenLimit } from '#domain/case/side.ts';
import { dayOf, type Day } from './day.ts';
import type { ReferenceTables } from './reference-tables.ts';
import type { LimitClock } from './rows.ts';

/**
 * The rule book's view of the tables in force: what `decide` asks, by instant. The handling limit is that of the
 * responsibility 权责清单 where it has one of its own, else that of the limit table.
 */
export function caseRules(tables: ReferenceTables): CaseRules {
  const policiesByDay = new Map<Day, CasePolicies>();
  const policiesAt = (at: Instant): CasePolicies => {
    const day = dayOf(at);
    const known = policiesByDay.get(day);
    if (known !== undefined) return known;
    const made = policiesOn(tables, day);
    policiesByDay.set(day, made);
    return made;
  };
  return {
    calendar: tables.calendar,
    policiesAt,
    limitFor: (query) => limitFor(tables, query),
    isReturnReason: (action, code, at) =>
      tables.reason(action === 'return' ? 'return' : 'return_ticket', code, dayOf(at)) !== undefined,
    isUrgent: ({ record, classRef, timeClass }, at) => {
      if (record === 'case') return tables.isUrgentClass(classRef, dayOf(at));
      return tables.timeClasses(dayOf(at)).some(({ code, isUrgent }) => code === timeClass && isUrgent);
    },
    isSupervisingParty: (code, at) => tables.supervisingParties(dayOf(at)).some((party) => party.code === code),
    isTimeClass: (code, at) => tables.timeClasses(dayOf(at)).some((timeClass) => timeClass.code === code),
    isCallBackAnswer: (question, code, at) =>
      tables.callbackAnswers(question, dayOf(at)).some((answer) => answer.code === code),
    blackout: (classRef, gridCode, at) => tables.blackout(classRef, gridCode, at),
  };
}

const ticketClocks: Partial<Readonly<Record<LimitQuery['clock'], LimitClock>>> = {
  dispatch: 'ticket_dispatch',
  handle: 'ticket_handle',
};

function limitFor(tables: ReferenceTables, query: LimitQuery): TakenLimit {
  const { record, clock, classRef, areaCode, timeClass, condition, at } = query;
  if (clock === 'handle') {
    const own = tables.dutiesFor({ record, classRef, areaCode, at })[0];
    if (own !== undefined && own.limit !== null)
      return { ...own.limit, basis: basisOf(tables, 'duties', own.duty.row) };
  }
  const asked = record === 'ticket' ? (ticketClocks[clock] ?? clock) : clock;
  const day = dayOf(at);
  const { limit, row } = tables.limitFor({ record, clock: asked, classRef, timeClass, condition, day });
  return { value: limit.value, unit: limit.unit, basis: basisOf(tables, 'limits', row) };
}

/** Table, row and version that a limit came from, as events keep it. */
function basisOf({ versions }: ReferenceTables, table: 'limits' | 'duties', row: number): string {
  return `${table} ${row} ${versions[table]}`;
}

function policiesOn({ policies }: ReferenceTables, day: Day): CasePolicies {
  const appeal = (key: 'appeal_window' | 'ticket_appeal_window') =>
    ({ value: policies.number(key, day), unit: 'natural_day' }) as const;
  return {
    recallWindowMs: policies.number('recall_window', day) * SECOND_MS,
    ticketReturnWindow: { value: policies.number('ticket_return_window', day), unit: 'work_hour' },
    appealWindow: { case: appeal('appeal_window'), ticket: appeal('ticket_appeal_window') },
    appealReviewers: policies.number('appeal_reviewers', day),
    maxExtensions: policies.number('max_extensions', day),
    maxSuspensions: policies.number('max_suspensions', day),
    maxSuspensionDays: policies.number('max_suspension_days', day),
    reworkDeadline: policies.choice('rework_deadline', day),
    urgentDispatchesFirst: policies.isOn('urgent_dispatch_first', day),
    adminMayForceClose: policies.isOn('force_close_by_admin', day),
    maxTicketRounds: policies.number('max_ticket_rounds', day),
    photoNeededAt: {
      report: policies.isOn('photo_at_report', day),
      verify: policies.isOn('photo_at_verify', day),
      handle: policies.isOn('photo_at_result', day),
      check: policies.isOn('photo_at_check', day),
    },
  };
}
