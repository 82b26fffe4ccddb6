import { required } from '#domain/base/assert-never.ts';
import { plus } from '#domain/base/instant.ts';
import { refused } from '#domain/base/result.ts';
import { dueOf } from '#domain/sla/clock.ts';
import {
  events,
  isBlank,
  lastHandlingUnit,
  photoRefusal,
  refuse,
  stageDueAt,
  step,
  wordsOrNull,
  type Ask,
  type Decider,
} from './decision.ts';
import { photosOf } from './commands.ts';
import type { EventOf } from './events.ts';
import type { HandleClock, CaseState } from './state.ts';

type StepAction =
  | 'request_verify'
  | 'verify'
  | 'register'
  | 'reject'
  | 'void'
  | 'return'
  | 'accept'
  | 'handle'
  | 'feed_back'
  | 'rework'
  | 'request_check'
  | 'check'
  | 'close'
  | 'fail_close'
  | 'force_close';

/** The road from 核实 to 结案 (domain.md §4.4), without the sending on that decide-chain.ts has. */
export const stepRules: { readonly [Action in StepAction]: Decider<Action> } = {
  // row 2
  request_verify: (body, found, ask) => {
    if (body.collectorId === found.reporterId) return refuse('finder_is_checker', { collectorId: body.collectorId });
    return events({
      type: 'case.verify_requested.v1',
      collectorId: body.collectorId,
      dueAt: stageDueAt(ask.context, found, 'verify'),
      ...step(found, 'request_verify', ask),
    });
  },

  // row 3
  verify: (body, found, ask) => {
    if (body.result !== 'exists' && isBlank(body.opinion)) return refuse('opinion_missing');
    const photos = photosOf(body);
    const noPhoto = photoRefusal('verify', photos, ask.context);
    if (noPhoto !== null) return refused(noPhoto);
    return events({
      type: 'case.verified.v2',
      result: body.result,
      opinion: wordsOrNull(body.opinion),
      photos,
      dueAt: stageDueAt(ask.context, found, 'register'),
      ...step(found, 'verify', ask),
    });
  },

  // row 4
  register: (body, found, ask) => {
    if (isBlank(body.condition)) return refuse('condition_missing');
    return events({
      type: 'case.registered.v1',
      condition: body.condition.trim(),
      dueAt: stageDueAt(ask.context, found, 'dispatch'),
      ...step(found, 'register', ask),
    });
  },

  // row 5
  reject: (body, found, ask) => {
    if (isBlank(body.reason)) return refuse('reason_missing');
    return events({ type: 'case.rejected.v1', reason: body.reason.trim(), ...step(found, 'reject', ask) });
  },

  // rows 5 and 19
  void: (body, found, ask) => {
    if (isBlank(body.reason)) return refuse('reason_missing');
    return events({ type: 'case.voided.v1', reason: body.reason.trim(), ...step(found, 'void', ask) });
  },

  // rows 7, 8, 10, 12: back one step, to whoever sent the case here
  return: (body, found, ask) => {
    if (!ask.context.rules.isReturnReason('return', body.reasonCode, ask.context.now)) {
      return refuse('reason_code_unknown', { code: body.reasonCode });
    }
    if (isBlank(body.reason)) return refuse('reason_missing');
    return events({
      type: 'case.returned.v2',
      reasonCode: body.reasonCode,
      reason: body.reason.trim(),
      ...step(found, 'return', ask),
      ...returnTarget(found),
    });
  },

  // row 9, 采办分离
  accept: (body, found, ask) => {
    if (body.handlerId === found.reporterId) return refuse('finder_is_handler', { handlerId: body.handlerId });
    const type = found.record === 'case' ? 'case.accepted.v1' : 'ticket.accepted.v1';
    return events({ type, handlerId: body.handlerId, ...step(found, 'accept', ask) });
  },

  // row 11
  handle: (body, found, ask) => {
    if (isBlank(body.result)) return refuse('result_missing');
    const photos = photosOf(body);
    const noPhoto = photoRefusal('handle', photos, ask.context);
    if (noPhoto !== null) return refused(noPhoto);
    return events({ type: 'case.handled.v2', result: body.result.trim(), photos, ...step(found, 'handle', ask) });
  },

  // row 13, the handling clock stops
  feed_back: (body, found, ask) =>
    events({ type: 'case.fed_back.v1', opinion: wordsOrNull(body.opinion), ...step(found, 'feed_back', ask) }),

  // row 14, the same unit again
  rework: (body, found, ask) => {
    if (isBlank(body.reason)) return refuse('reason_missing');
    return events({
      type: 'case.reworked.v2',
      unit: handledBy(found),
      reason: body.reason.trim(),
      dueAt: dueAfterRework(found, ask),
      ...step(found, 'rework', ask),
    });
  },

  // row 15; who found it or handled it cannot check it (采办分离)
  request_check: (body, found, ask) => {
    if (body.collectorId === found.handlerId) return refuse('handler_is_checker', { collectorId: body.collectorId });
    if (body.collectorId === found.reporterId) return refuse('finder_is_checker', { collectorId: body.collectorId });
    return events({
      type: 'case.check_requested.v1',
      collectorId: body.collectorId,
      dueAt: stageDueAt(ask.context, found, 'check'),
      ...step(found, 'request_check', ask),
    });
  },

  // row 16
  check: (body, found, ask) => {
    if (body.result !== 'passed' && isBlank(body.opinion)) return refuse('opinion_missing');
    const photos = photosOf(body);
    const noPhoto = photoRefusal('check', photos, ask.context);
    if (noPhoto !== null) return refused(noPhoto);
    return events({
      type: 'case.checked.v2',
      result: body.result,
      opinion: wordsOrNull(body.opinion),
      photos,
      ...step(found, 'check', ask),
    });
  },

  // row 17
  close: (body, found, ask) => {
    if (isBlank(body.condition)) return refuse('condition_missing');
    return events({ type: 'case.closed.v1', condition: body.condition.trim(), ...step(found, 'close', ask) });
  },

  // row 18: to the dispatcher, for the same unit
  fail_close: (body, found, ask) => {
    if (isBlank(body.reason)) return refuse('reason_missing');
    return events({
      type: 'case.close_failed.v1',
      unit: handledBy(found),
      reason: body.reason.trim(),
      dueAt: dueAfterRework(found, ask),
      ...step(found, 'fail_close', ask),
    });
  },

  // row 19
  force_close: (body, found, ask) => {
    if (isBlank(body.reason)) return refuse('reason_missing');
    return events({ type: 'case.force_closed.v1', reason: body.reason.trim(), ...step(found, 'force_close', ask) });
  },
};

/** Where a return leads: one hop back. The receiver repairs it or sends it further back, and skips nothing. */
function returnTarget(found: CaseState): Pick<EventOf<'case.returned.v2'>, 'to' | 'unit' | 'returnedTo'> {
  const unit = found.holder?.unit ?? null;
  if (found.state === 'handling') return { to: 'pending_handle', unit, returnedTo: null };
  if (found.state === 'handle_finished') return { to: 'handling', unit, returnedTo: null };
  if (unit === null) return { to: 'returned', unit: null, returnedTo: 'ACCEPTOR' };
  const sender = senderOf(found);
  return { to: 'returned', unit: sender, returnedTo: sender === null ? 'DISPATCHER' : 'DEPT' };
}

/** Who sent or handed the case to the unit that has it, by the chain; null is the district desk. */
function senderOf(found: CaseState): string | null {
  const holder = found.holder?.unit ?? null;
  const at = found.chain.findLastIndex(
    ({ outcome }, index) =>
      (outcome === 'sent_on' || outcome === 'handed_over') && found.chain[index + 1]?.unit === holder,
  );
  return found.chain[at]?.unit ?? null;
}

function handledBy(found: CaseState): string {
  return required(lastHandlingUnit(found), 'a case in checking has been handled by a unit');
}

/** The deadline after 返工: kept, or moved by the time the case was not at the unit, as the policy says. */
function dueAfterRework(found: CaseState, { context }: Ask): EventOf<'case.close_failed.v1'>['dueAt'] {
  const clock = required(found.handleClock, 'a handled case has a handling clock');
  const { reworkDeadline } = context.rules.policiesAt(context.now);
  if (reworkDeadline === 'keep') return clock.dueAt;
  return dueOf(context.rules.calendar, restarted(clock, context.now), context.now, {
    pushing: ['suspended', 'fed_back'],
  }).at;
}

/** The handling clock when it runs again after 反馈: the time in between is a stop. */
export function restarted(clock: HandleClock, at: HandleClock['dueAt']): HandleClock {
  const from = clock.endedAt ?? at;
  return { ...clock, endedAt: null, stops: [...clock.stops, { from, to: plus(at, 0), cause: 'fed_back' }] };
}
