import type { Actor, Role } from '#domain/access/roles.ts';
import { refused } from '#domain/base/result.ts';
import type { ReceiveTicket } from './commands.ts';
import { isInFuture, placeOf } from './decide-report.ts';
import {
  deadlineFrom,
  events,
  isBlank,
  queryOf,
  refuse,
  step,
  unitRefusal,
  type DecideContext,
  type Decider,
  type Decision,
} from './decision.ts';
import type { EventOf } from './events.ts';
import { withReporter } from './reporter.ts';

type TicketAction =
  | 'sign'
  | 'request_return'
  | 'review_return'
  | 'contact'
  | 'start_work'
  | 'reply'
  | 'begin_call_back'
  | 'conclude'
  | 'redo';

/** T1: a ticket from the city's system. Its clocks count from its issue (whether from signing is open, domain.md §15, 6). */
export function decideReceive(body: ReceiveTicket, actor: Actor, context: DecideContext): Decision {
  const posts: readonly Role[] = ['HOTLINE_DESK', 'SYSTEM'];
  const role = posts.find((name) => actor.roles.includes(name));
  if (role === undefined) return refuse('wrong_role', { action: 'receive' });
  if (isBlank(body.description)) return refuse('description_missing');
  if ((body.lon === null) !== (body.lat === null)) return refuse('place_incomplete');
  if (isInFuture(body.issuedAt, context)) return refuse('reported_in_future');
  if (!context.rules.isTimeClass(body.timeClass, context.now)) {
    return refuse('time_class_unknown', { timeClass: body.timeClass });
  }
  const noUnit = unitRefusal(body.unit, context);
  if (noUnit !== null) return refused(noUnit);

  const place = placeOf(body, context);
  const { classRef, timeClass } = body;
  const areaCode = place.gridCode ?? body.unit;
  const query = { record: 'ticket', classRef, areaCode, timeClass, condition: null } as const;
  const dispatch = deadlineFrom(context, { ...query, clock: 'dispatch' }, body.issuedAt);
  const contact = deadlineFrom(context, { ...query, clock: 'contact' }, body.issuedAt);
  const received: EventOf<'ticket.received.v1'> = {
    type: 'ticket.received.v1',
    caseId: context.newCaseId(body.issuedAt),
    version: 1,
    at: context.now,
    by: { id: actor.id, role, unit: actor.unit },
    classRef: body.classRef,
    place,
    description: body.description,
    reporterId: body.reporterId,
    external: body.external,
    extra: body.extra,
    isDemo: body.isDemo,
    issuedAt: body.issuedAt,
    timeClass: body.timeClass,
    unit: body.unit,
    isConfidential: body.isConfidential,
    dueAt: dispatch.dueAt,
    contactDueAt: contact.dueAt,
    handle: deadlineFrom(context, { ...query, clock: 'handle' }, body.issuedAt),
  };
  return withReporter(received, body.reporter);
}

/** The ticket 工单 from 签收 to 办结 (domain.md §7.7); T5, T6 and T9 are rules of the chain. */
export const ticketRules: { readonly [Action in TicketAction]: Decider<Action> } = {
  // T2
  sign: (_, found, ask) => events({ type: 'ticket.signed.v1', ...step(found, 'sign', ask) }),

  // T3, 退单申请
  request_return: (body, found, ask) => {
    if (!ask.context.rules.isReturnReason('ticket_return', body.reasonCode, ask.context.now)) {
      return refuse('reason_code_unknown', { code: body.reasonCode });
    }
    if (isBlank(body.reason)) return refuse('reason_missing');
    return events({
      type: 'ticket.return_requested.v1',
      reasonCode: body.reasonCode,
      reason: body.reason.trim(),
      ...step(found, 'request_return', ask),
    });
  },

  // T4, 改派 or 驳回
  review_return: (body, found, ask) => {
    if (isBlank(body.opinion)) return refuse('opinion_missing');
    if (body.unit !== null) {
      const noUnit = unitRefusal(body.unit, ask.context);
      if (noUnit !== null) return refused(noUnit);
      if (body.unit === returning(found)) return refuse('unit_twice', { unit: body.unit });
    }
    return events({
      type: 'ticket.return_reviewed.v1',
      unit: body.unit,
      opinion: body.opinion.trim(),
      ...step(found, 'review_return', ask),
    });
  },

  // T7, 首响
  contact: (body, found, ask) => {
    if (isBlank(body.result)) return refuse('result_missing');
    if (body.handlerId !== undefined && body.handlerId === found.reporterId) {
      return refuse('finder_is_handler', { handlerId: body.handlerId });
    }
    return events({
      type: 'ticket.contacted.v1',
      result: body.result.trim(),
      handlerId: body.handlerId ?? found.handlerId,
      ...step(found, 'contact', ask),
    });
  },

  // T8
  start_work: (_, found, ask) => events({ type: 'ticket.work_started.v1', ...step(found, 'start_work', ask) }),

  // T10, 反馈: the handling clock stops
  reply: (body, found, ask) => {
    if (isBlank(body.reply)) return refuse('result_missing');
    return events({ type: 'ticket.replied.v1', reply: body.reply.trim(), ...step(found, 'reply', ask) });
  },

  // T11
  begin_call_back: (_, found, ask) =>
    events({ type: 'ticket.call_back_begun.v1', ...step(found, 'begin_call_back', ask) }),

  // T12
  conclude: (body, found, ask) => {
    const { rules, now } = ask.context;
    if (!rules.isCallBackAnswer('solved', body.solved, now)) return refuse('answer_unknown', { answer: body.solved });
    if (!rules.isCallBackAnswer('satisfied', body.satisfied, now)) {
      return refuse('answer_unknown', { answer: body.satisfied });
    }
    return events({
      type: 'ticket.concluded.v1',
      solved: body.solved,
      satisfied: body.satisfied,
      ...step(found, 'conclude', ask),
    });
  },

  // T13, 未解决再办: a new limit from now on
  redo: (body, found, ask) => {
    if (isBlank(body.reason)) return refuse('reason_missing');
    return events({
      type: 'ticket.redone.v1',
      reason: body.reason.trim(),
      ...deadlineFrom(ask.context, queryOf(found, 'handle'), ask.context.now),
      ...step(found, 'redo', ask),
    });
  },
};

/** The unit that asked to give the ticket back: the last that had it to sign. */
function returning(found: Parameters<Decider<'sign'>>[1]): string | null {
  return found.chain.findLast(({ unit }) => unit !== null)?.unit ?? null;
}
