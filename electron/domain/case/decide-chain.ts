import { required } from '#domain/base/assert-never.ts';
import { plus } from '#domain/base/instant.ts';
import { refused } from '#domain/base/result.ts';
import type { BodyOf, NewOrder } from './commands.ts';
import {
  deadlineFrom,
  events,
  isBlank,
  queryOf,
  refuse,
  step,
  unitRefusal,
  wordsOrNull,
  type Ask,
  type Decider,
  type Decision,
} from './decision.ts';
import type { SentOrder } from './events.ts';
import { isOrderOpen, nextInRelay } from './guards.ts';
import type { HandleMode, Order } from './side.ts';
import type { CaseState } from './state.ts';

type ChainAction =
  | 'dispatch'
  | 'sub_dispatch'
  | 'assign'
  | 'recall'
  | 'escalate'
  | 'hand_over'
  | 'whistle'
  | 'accept_order'
  | 'arrive'
  | 'answer_order'
  | 'waive_order'
  | 'start_endorsement'
  | 'endorse'
  | 'delegate_endorsement'
  | 'skip_endorsement';

/** The dispatch chain 派遣链: sending down and sideways, orders beside the lead's, whistles, endorsements (domain.md §7.5). */
export const chainRules: { readonly [Action in ChainAction]: Decider<Action> } = {
  // row 6; out of `returned` the dispatcher sends on, and a clock that runs is kept
  dispatch: (body, found, ask) => {
    const { redispatchTo } = found.side;
    if (redispatchTo !== null && body.unit !== redispatchTo) return refuse('not_the_same_unit', { unit: redispatchTo });
    return (
      requireUnit(ask, body.unit, null) ??
      requireOrders(body, found, ask) ??
      events({
        type: 'case.dispatched.v2',
        mode: body.mode ?? found.side.mode,
        deadline:
          found.handleClock === null ? deadlineFrom(ask.context, queryOf(found, 'handle'), ask.context.now) : null,
        ...step(found, 'dispatch', ask),
        ...sending(body, found, ask),
      })
    );
  },

  // row 6a, deadline unchanged
  sub_dispatch: (body, found, ask) =>
    requireUnit(ask, body.unit, required(found.holder, 'a dispatched case has a holder').unit) ??
    requireOrders(body, found, ask) ??
    events({
      type: 'case.sub_dispatched.v2',
      mode: body.mode ?? null,
      ...step(found, 'sub_dispatch', ask),
      ...sending(body, found, ask),
    }),

  // row T6, 一键派单
  assign: (body, found, ask) =>
    requireUnit(ask, body.unit, null) ??
    requireOrders(body, found, ask) ??
    events({
      type: 'ticket.assigned.v1',
      mode: body.mode ?? found.side.mode,
      ...step(found, 'assign', ask),
      ...sending(body, found, ask),
    }),

  recall: (body, found, ask) =>
    events({ type: 'case.recalled.v1', reason: wordsOrNull(body.reason), ...step(found, 'recall', ask) }),

  // 提级: up the chain, at most to the district desk
  escalate: (body, found, ask) => {
    if (isBlank(body.reason)) return refuse('reason_missing');
    const holder = found.holder?.unit ?? null;
    const asked = body.unit === undefined ? unitAbove(holder, ask) : body.unit;
    const target = asked === null || ask.context.units.unit(asked)?.parent === null ? null : asked;
    if (holder === null) return refuse('unit_not_above', { unit: String(target) });
    if (target !== null) {
      const noUnit = unitRefusal(target, ask.context);
      if (noUnit !== null) return refused(noUnit);
      if (!ask.context.units.isBelow(holder, target)) return refuse('unit_not_above', { unit: target });
    }
    return events({
      type: 'case.escalated.v1',
      unit: target,
      reason: body.reason.trim(),
      isHardCase: body.isHardCase ?? false,
      ...step(found, 'escalate', ask),
    });
  },

  // 接续办件: the next unit goes on
  hand_over: (body, found, ask) => {
    if (isBlank(body.words)) return refuse('words_missing');
    const { id, unit, personId } = required(nextInRelay(found), 'the guard found the next unit');
    return events({
      type: 'case.handed_over.v1',
      orderId: id,
      unit,
      personId,
      words: body.words.trim(),
      ...step(found, 'hand_over', ask),
    });
  },

  // T9, 吹哨
  whistle: (body, found, ask) => {
    if (isBlank(body.reason)) return refuse('reason_missing');
    if (body.orders.length === 0) return refuse('unit_unknown', { unit: '' });
    return (
      requireOrderUnits(body.orders, found.holder?.unit ?? '', found, ask) ??
      events({
        type: 'case.whistled.v1',
        orders: numbered(body.orders, found),
        reason: body.reason.trim(),
        ...step(found, 'whistle', ask),
      })
    );
  },

  accept_order: (body, found, ask) => {
    if (body.handlerId !== undefined && body.handlerId === found.reporterId) {
      return refuse('finder_is_handler', { handlerId: body.handlerId });
    }
    if (orderOf(found, body.orderId)?.acceptedAt != null) return refuse('unchanged');
    return (
      requireOrder(body.orderId, found, ask, ['sent', 'arrived']) ??
      events({
        type: 'case.order_accepted.v1',
        orderId: body.orderId,
        handlerId: body.handlerId ?? null,
        ...step(found, 'accept_order', ask),
      })
    );
  },

  // T9, 报到
  arrive: (body, found, ask) => {
    if (orderOf(found, body.orderId)?.arrivedAt != null) return refuse('unchanged');
    return (
      requireOrder(body.orderId, found, ask, ['sent', 'accepted']) ??
      events({ type: 'case.order_arrived.v1', orderId: body.orderId, ...step(found, 'arrive', ask) })
    );
  },

  answer_order: (body, found, ask) => {
    if (isBlank(body.words)) return refuse('words_missing');
    return (
      requireOrder(body.orderId, found, ask, ['accepted', 'arrived']) ??
      events({
        type: 'case.order_answered.v1',
        orderId: body.orderId,
        words: body.words.trim(),
        ...step(found, 'answer_order', ask),
      })
    );
  },

  waive_order: (body, found, ask) => {
    if (isBlank(body.reason)) return refuse('reason_missing');
    const order = orderOf(found, body.orderId);
    if (order === undefined) return refuse('order_unknown', { orderId: body.orderId });
    if (!isOrderOpen(order)) return refuse('order_ended', { orderId: body.orderId });
    return events({
      type: 'case.order_waived.v1',
      orderId: body.orderId,
      reason: body.reason.trim(),
      ...step(found, 'waive_order', ask),
    });
  },

  // T5, 逐级批示
  start_endorsement: (body, found, ask) => {
    if (body.steps.length === 0 || body.steps.some(({ post }) => isBlank(post))) return refuse('endorsement_empty');
    const { rules, now } = ask.context;
    const timeClass = found.side.ticket?.timeClass ?? null;
    const isUrgent = rules.isUrgent({ record: found.record, classRef: found.classRef, timeClass }, now);
    return events({
      type: 'case.endorsement_started.v1',
      steps: body.steps.map(({ post, personId, limitMinutes }) => ({ post: post.trim(), personId, limitMinutes })),
      mayDispatchFirst: isUrgent && rules.policiesAt(now).urgentDispatchesFirst,
      ...step(found, 'start_endorsement', ask),
    });
  },

  endorse: (body, found, ask) => {
    if (isBlank(body.opinion)) return refuse('opinion_missing');
    return events({
      type: 'case.endorsed.v1',
      decision: body.decision,
      opinion: body.opinion.trim(),
      ...step(found, 'endorse', ask),
    });
  },

  delegate_endorsement: (body, found, ask) => {
    if (isBlank(body.reason)) return refuse('reason_missing');
    return events({
      type: 'case.endorsement_delegated.v1',
      personId: body.personId,
      reason: body.reason.trim(),
      ...step(found, 'delegate_endorsement', ask),
    });
  },

  skip_endorsement: (body, found, ask) => {
    if (isBlank(body.reason)) return refuse('reason_missing');
    return events({
      type: 'case.endorsement_skipped.v1',
      reason: body.reason.trim(),
      ...step(found, 'skip_endorsement', ask),
    });
  },
};

function sending(body: BodyOf<'dispatch' | 'sub_dispatch' | 'assign'>, found: CaseState, { context }: Ask) {
  return {
    unit: body.unit,
    personId: body.personId ?? null,
    orders: numbered(body.orders ?? [], found),
    opinion: wordsOrNull(body.opinion),
    recallUntil: plus(context.now, context.rules.policiesAt(context.now).recallWindowMs),
  };
}

function numbered(orders: readonly NewOrder[], found: CaseState): readonly SentOrder[] {
  const first = found.side.orders.length + 1;
  return orders.map(({ unit, personId, role }, index) => ({
    id: `${found.id}-${first + index}`,
    unit,
    personId,
    role,
  }));
}

/** The unit one level up, null for the district desk: the district itself is the desk. */
function unitAbove(holder: string | null, { context }: Ask): string | null {
  const parent = holder === null ? null : (context.units.unit(holder)?.parent ?? null);
  return parent === null || (context.units.unit(parent)?.parent ?? null) === null ? null : parent;
}

function requireUnit({ context }: Ask, code: string, sender: string | null): Decision | null {
  if (context.units.unit(code)?.parent === null) return refuse('unit_not_below', { unit: code });
  const noUnit = unitRefusal(code, context);
  if (noUnit !== null) return refused(noUnit);
  return context.units.isBelow(code, sender) ? null : refuse('unit_not_below', { unit: code });
}

/** 一线办件 has one unit; 接续 and 联合 need more, and those join whatever the mode was before (row 6a). */
function requireOrders(
  { unit, mode, orders = [] }: BodyOf<'dispatch' | 'sub_dispatch' | 'assign'>,
  found: CaseState,
  ask: Ask,
): Decision | null {
  const chosen: HandleMode = mode ?? found.side.mode;
  if (chosen === 'frontline' && orders.length > 0) return refuse('orders_without_mode');
  if (mode !== undefined && mode !== 'frontline' && orders.length === 0 && found.side.orders.length === 0) {
    return refuse('mode_without_orders', { mode });
  }
  return requireOrderUnits(orders, unit, found, ask);
}

/** Orders go sideways too: to departments, zones, enterprises. Each unit gets one, and the lead has its own. */
function requireOrderUnits(
  orders: readonly NewOrder[],
  lead: string,
  found: CaseState,
  { context }: Ask,
): Decision | null {
  const taken = new Set([lead, ...found.side.orders.filter(isOrderOpen).map(({ unit }) => unit)]);
  for (const { unit } of orders) {
    const noUnit = unitRefusal(unit, context);
    if (noUnit !== null) return refused(noUnit);
    if (taken.has(unit)) return refuse('unit_twice', { unit });
    taken.add(unit);
  }
  return null;
}

function orderOf(found: CaseState, orderId: string): Order | undefined {
  return found.side.orders.find(({ id }) => id === orderId);
}

function requireOrder(
  orderId: string,
  found: CaseState,
  { actor }: Ask,
  states: readonly Order['state'][],
): Decision | null {
  const order = orderOf(found, orderId);
  if (order === undefined) return refuse('order_unknown', { orderId });
  if (actor.unit !== null && actor.unit !== order.unit) return refuse('not_holder', { unit: actor.unit });
  if (!isOrderOpen(order)) return refuse('order_ended', { orderId });
  return states.includes(order.state) ? null : refuse('order_not_accepted', { orderId, state: order.state });
}
