import { required } from '#domain/base/assert-never.ts';
import { DAY_MS } from '#domain/base/instant.ts';
import { dueOf } from '#domain/sla/clock.ts';
import type { Due, WorkCalendar } from '#domain/sla/work-calendar.ts';
import { isHandlingOverdue } from './deadline.ts';
import { events, isBlank, queryOf, refuse, step, type Decider, type Ask } from './decision.ts';
import type { EventOf } from './events.ts';
import { actorOf } from './decision.ts';
import type { CaseState, HandleClock } from './state.ts';

type SideAction =
  | 'request_extension'
  | 'pass_extension'
  | 'decide_extension'
  | 'request_suspension'
  | 'decide_suspension'
  | 'resume'
  | 'supervise'
  | 'answer_supervision'
  | 'urge'
  | 'appeal'
  | 'review_appeal'
  | 'redate';

/** Side procedures 延期, 挂账, 督办, 催办, 申诉 and the move of a deadline when tables change (domain.md §4.5, §7.7 side). */
export const sideRules: { readonly [Action in SideAction]: Decider<Action> } = {
  // a handler's request passes the unit first
  request_extension: (body, found, ask) => {
    if (isBlank(body.reason)) return refuse('reason_missing');
    const { role } = actorOf(found, 'request_extension', ask.actor);
    const isHandlers =
      role === 'HANDLER' || (found.record === 'case' && found.holder?.post === 'HANDLER' && role !== 'DEPT');
    return events({
      type: 'case.extension_requested.v1',
      reason: body.reason.trim(),
      waitsFor: isHandlers ? 'DEPT' : 'DISPATCHER',
      ...step(found, 'request_extension', ask),
    });
  },

  pass_extension: (_, found, ask) =>
    events({ type: 'case.extension_passed.v1', ...step(found, 'pass_extension', ask) }),

  // one more original limit from the deadline in force
  decide_extension: (body, found, ask) => {
    if (isBlank(body.opinion)) return refuse('opinion_missing');
    const opinion = body.opinion.trim();
    if (!body.isGranted) {
      return events({ type: 'case.extension_refused.v1', opinion, ...step(found, 'decide_extension', ask) });
    }
    const { calendar } = ask.context.rules;
    const clock = required(found.handleClock, 'handling has a clock');
    const due = calendar.add(clock.dueAt, clock.taken);
    return events({
      type: 'case.extended.v1',
      limit: clock.taken,
      dueAt: due.at,
      isProvisional: clock.isProvisional || due.isProvisional,
      opinion,
      ...step(found, 'decide_extension', ask),
    });
  },

  // row 20
  request_suspension: (body, found, ask) => {
    if (isBlank(body.reason)) return refuse('reason_missing');
    const { now, rules } = ask.context;
    const days = rules.policiesAt(now).maxSuspensionDays;
    if (body.until <= now || body.until > now + days * DAY_MS) {
      return refuse('until_out_of_range', { days: String(days) });
    }
    return events({
      type: 'case.suspension_requested.v1',
      until: body.until,
      reason: body.reason.trim(),
      ...step(found, 'request_suspension', ask),
    });
  },

  decide_suspension: (body, found, ask) => {
    if (isBlank(body.opinion)) return refuse('opinion_missing');
    const request = required(found.side.suspensionRequest, 'the guard found a request');
    const opinion = body.opinion.trim();
    if (!body.isGranted) {
      return events({ type: 'case.suspension_refused.v1', opinion, ...step(found, 'decide_suspension', ask) });
    }
    if (request.until <= ask.context.now) return refuse('until_out_of_range', { days: '0' });
    return events({
      type: 'case.suspended.v1',
      until: request.until,
      reason: request.reason,
      opinion,
      ...step(found, 'decide_suspension', ask),
    });
  },

  // row 21, the clock goes on
  resume: (_, found, ask) => {
    const { now, rules } = ask.context;
    const clock = required(found.handleClock, 'a suspended case has a handling clock');
    const due = dueAfterPause(clock, rules.calendar, now);
    return events({
      type: 'case.resumed.v1',
      dueAt: due.at,
      isProvisional: due.isProvisional,
      ...step(found, 'resume', ask),
    });
  },

  supervise: (body, found, ask) => {
    if (isBlank(body.reason)) return refuse('reason_missing');
    const { now, rules } = ask.context;
    if (!rules.isSupervisingParty(body.party, now)) return refuse('party_unknown', { party: body.party });
    if (body.answerBy !== null && body.answerBy <= now) return refuse('until_out_of_range', { days: '0' });
    return events({
      type: 'case.supervised.v1',
      supervisionId: `${found.id}-D${found.side.supervisions.length + 1}`,
      kind: body.kind,
      level: body.level,
      party: body.party,
      reason: body.reason.trim(),
      answerBy: body.answerBy,
      ...step(found, 'supervise', ask),
    });
  },

  answer_supervision: (body, found, ask) => {
    if (isBlank(body.words)) return refuse('words_missing');
    const supervision = found.side.supervisions.find(({ id }) => id === body.supervisionId);
    if (supervision === undefined) return refuse('supervision_unknown', { supervisionId: body.supervisionId });
    if (supervision.answer !== null) return refuse('supervision_answered', { supervisionId: body.supervisionId });
    return events({
      type: 'case.supervision_answered.v1',
      supervisionId: body.supervisionId,
      words: body.words.trim(),
      ...step(found, 'answer_supervision', ask),
    });
  },

  urge: (body, found, ask) => {
    if (isBlank(body.words)) return refuse('words_missing');
    return events({ type: 'case.urged.v1', words: body.words.trim(), ...step(found, 'urge', ask) });
  },

  appeal: (body, found, ask) => {
    if (isBlank(body.reason)) return refuse('reason_missing');
    if (body.kind === 'exclude' && found.record !== 'ticket') return refuse('only_tickets');
    if (body.kind === 'overdue' && !isHandlingOverdue(found, ask.context.now)) return refuse('not_overdue');
    return events({
      type: 'case.appealed.v1',
      kind: body.kind,
      reason: body.reason.trim(),
      ...step(found, 'appeal', ask),
    });
  },

  // one reviewer refuses for all; it is granted when enough have agreed
  review_appeal: (body, found, ask) => {
    if (isBlank(body.opinion)) return refuse('opinion_missing');
    const { reviews } = required(found.side.appeal, 'the guard found an appeal');
    const needed = ask.context.rules.policiesAt(ask.context.now).appealReviewers;
    const granted = reviews.length + 1 >= needed ? 'granted' : 'pending';
    return events({
      type: 'case.appeal_reviewed.v1',
      isGranted: body.isGranted,
      opinion: body.opinion.trim(),
      result: body.isGranted ? granted : 'refused',
      ...step(found, 'review_appeal', ask),
    });
  },

  redate: (body, found, ask) => {
    if (isBlank(body.reason)) return refuse('reason_missing');
    const moved = redated(found, ask.context);
    if (moved === null) return refuse('unchanged');
    return events({ type: 'case.redated.v1', ...moved, reason: body.reason.trim(), ...step(found, 'redate', ask) });
  },
};

/**
 * The deadline after a pause 挂账: whatever was left of the time to it when the pause began counts from now on. One that
 * 返工 or a table has moved is pushed from where it lies; one that had passed stays.
 */
function dueAfterPause(clock: HandleClock, calendar: WorkCalendar, now: HandleClock['dueAt']): Due {
  const since = clock.stops.find(({ to }) => to === null)?.from ?? now;
  const { dueAt, isProvisional, taken } = clock;
  if (dueAt <= since) return { at: dueAt, isProvisional };
  const due = calendar.addMs(now, calendar.countedMs(since, dueAt, taken.unit), taken.unit);
  return { at: due.at, isProvisional: isProvisional || due.isProvisional };
}

/**
 * What the rules in force make of the clock that runs; null if its deadline stays where it is, or none runs. The handling
 * clock of a paused case is looked at too: it will run again, and the pause so far counts when it does.
 */
export function redated(
  found: CaseState,
  context: Pick<Ask['context'], 'rules' | 'now'>,
): Omit<EventOf<'case.redated.v1'>, 'type' | 'reason' | 'caseId' | 'version' | 'at' | 'by'> | null {
  const { rules, now } = context;
  const { handleClock } = found;
  if (handleClock !== null && handleClock.endedAt === null) {
    // The limit in force when the clock began counts: a row that took effect later does not reach back.
    const limit = rules.limitFor({ ...queryOf(found, 'handle'), at: handleClock.startedAt });
    const record = {
      ...handleClock,
      limit,
      extensions: handleClock.extensions.map(({ at }) => ({ at, limit })),
      stops: handleClock.stops.filter(({ to }) => to !== null),
    };
    const { reworkDeadline } = rules.policiesAt(now);
    const due = dueOf(rules.calendar, record, now, {
      pushing: reworkDeadline === 'keep' ? ['suspended'] : ['suspended', 'fed_back'],
    });
    if (due.at !== handleClock.dueAt) {
      return { clock: 'handle', before: handleClock.dueAt, after: due.at, limit, isProvisional: due.isProvisional };
    }
  }
  if (found.clock === null || found.clock === 'handle' || found.clockStartedAt === null || found.dueAt === null)
    return null;
  const limit = rules.limitFor({ ...queryOf(found, found.clock), at: found.clockStartedAt });
  const due = rules.calendar.add(found.clockStartedAt, limit);
  if (due.at === found.dueAt) return null;
  return { clock: found.clock, before: found.dueAt, after: due.at, limit, isProvisional: due.isProvisional };
}

/** The clock with its open stop ended. */
export function withStopEnded(clock: HandleClock, at: HandleClock['dueAt']): HandleClock {
  return { ...clock, stops: clock.stops.map((stop) => (stop.to === null ? { ...stop, to: at } : stop)) };
}
