import { plus } from '#domain/base/instant.ts';
import { MINUTE_MS } from '#domain/base/instant.ts';
import type { EventBase, EventOf, SentOrder } from './events.ts';
import {
  aside,
  atDesk,
  atUnit,
  begun,
  changeOrder,
  deskReceives,
  ended,
  handleRuns,
  hop,
  sentOn,
  sideWith,
  stepTo,
  turnEnded,
  turnGivenBack,
  type Fold,
} from './fold.ts';
import type { Endorsement, EndorsementStep, HandleMode, Order, SideFacts } from './side.ts';
import type { CaseState, HandleClock } from './state.ts';

type ChainEvent =
  | 'case.dispatched.v2'
  | 'case.sub_dispatched.v2'
  | 'ticket.assigned.v1'
  | 'case.recalled.v1'
  | 'case.escalated.v1'
  | 'case.handed_over.v1'
  | 'case.whistled.v1'
  | 'case.order_accepted.v1'
  | 'case.order_arrived.v1'
  | 'case.order_answered.v1'
  | 'case.order_waived.v1'
  | 'case.endorsement_started.v1'
  | 'case.endorsed.v1'
  | 'case.endorsement_delegated.v1'
  | 'case.endorsement_skipped.v1';

export const chainFolds: { readonly [Type in ChainEvent]: Fold<Type> } = {
  'case.dispatched.v2': (state, event) => {
    const { deadline } = event;
    const clock: HandleClock | null =
      state.handleClock ??
      (deadline === null
        ? null
        : {
            limit: deadline.limit,
            taken: deadline.limit,
            startedAt: event.at,
            stops: [],
            extensions: [],
            endedAt: null,
            dueAt: deadline.dueAt,
            isProvisional: deadline.isProvisional,
          });
    return recallable(
      state,
      event,
      stepTo(state, event, 'dispatch', {
        state: 'pending_handle',
        holder: atUnit(event.unit, 'DEPT', event),
        ...(clock === null ? {} : handleRuns(state, clock)),
        returnedTo: null,
        chain: sentOn(deskReceives(state.chain, event), event, event, 'sent_on', event.opinion),
        side: withOrders(state, event, event.mode, event.orders, { redispatchTo: null }),
      }),
    );
  },

  'case.sub_dispatched.v2': (state, event) =>
    recallable(
      state,
      event,
      stepTo(state, event, 'sub_dispatch', {
        state: 'pending_handle',
        holder: atUnit(event.unit, 'DEPT', event),
        returnedTo: null,
        chain: sentOn(state.chain, event, event, 'sent_on', event.opinion),
        side: withOrders(state, event, event.mode ?? state.side.mode, event.orders, {}),
      }),
    ),

  'ticket.assigned.v1': (state, event) =>
    recallable(
      state,
      event,
      stepTo(state, event, 'assign', {
        state: 'assigned',
        holder: atUnit(event.unit, 'HANDLER', event),
        ...(state.handleClock === null ? {} : handleRuns(state, state.handleClock)),
        chain: sentOn(state.chain, event, event, 'sent_on', event.opinion),
        side: withOrders(state, event, event.mode, event.orders, {}),
      }),
    ),

  'case.recalled.v1': (state, event) => {
    const before = state.side.recall?.before ?? state;
    const unit = before.holder?.unit ?? null;
    // A handling clock that ran before may have been extended meanwhile; one that the order began never was.
    const handleClock = before.handleClock === null ? null : state.handleClock;
    const shown =
      before.clock === 'handle' && handleClock !== null
        ? handleRuns(state, handleClock)
        : { clock: before.clock, clockStartedAt: before.clockStartedAt, dueAt: before.dueAt, handleClock };
    return stepTo(state, event, 'recall', {
      state: before.state,
      holder: atUnit(unit, before.holder?.post ?? 'DISPATCHER', event),
      ...shown,
      returnedTo: before.returnedTo,
      chain: [...ended(state.chain, event, 'recalled', event.reason), hop(unit, event)],
      side: sideWith(state, {
        mode: before.side.mode,
        orders: before.side.orders,
        redispatchTo: before.side.redispatchTo,
      }),
    });
  },

  'case.escalated.v1': (state, event) => {
    const side = sideWith(state, {
      escalationCount: state.side.escalationCount + 1,
      isHardCase: state.side.isHardCase || event.isHardCase,
      orders: turnGivenBack(state),
      recall: null,
    });
    const chain = sentOn(state.chain, event, { unit: event.unit, personId: null }, 'escalated', event.reason);
    if (state.record === 'ticket') {
      const holder = atUnit(event.unit, 'HANDLER', event);
      return { ...aside(state, event, 'escalate', side), chain, holder, handlerId: null };
    }
    return stepTo(state, event, 'escalate', {
      state: event.unit === null ? 'pending_dispatch' : 'pending_handle',
      holder: event.unit === null ? atDesk('DISPATCHER', event) : atUnit(event.unit, 'DEPT', event),
      handlerId: null,
      returnedTo: null,
      chain,
      side,
    });
  },

  'case.handed_over.v1': (state, event) => {
    const orders = turnEnded(state, event, event.words).map((order) =>
      order.id === event.orderId ? { ...order, state: 'sent' as const, sentAt: event.at } : order,
    );
    return stepTo(state, event, 'hand_over', {
      state: state.record === 'case' ? 'pending_handle' : 'assigned',
      holder: atUnit(event.unit, state.record === 'case' ? 'DEPT' : 'HANDLER', event),
      handlerId: null,
      handleFinishedAt: null,
      chain: sentOn(state.chain, event, event, 'handed_over', event.words),
      side: sideWith(state, { orders }),
    });
  },

  'case.whistled.v1': (state, event) => {
    const orders = [...state.side.orders, ...begun(event.orders, 'whistle', event)];
    const mode: HandleMode = state.side.mode === 'frontline' ? 'joint' : state.side.mode;
    return afterOrders(state, aside(state, event, 'whistle', { orders, mode }), event);
  },

  'case.order_accepted.v1': (state, event) =>
    withOrder(state, event, 'accept_order', event.orderId, {
      ...(hasArrived(state, event.orderId) ? {} : { state: 'accepted' }),
      acceptedAt: event.at,
    }),

  'case.order_arrived.v1': (state, event) =>
    withOrder(state, event, 'arrive', event.orderId, { state: 'arrived', arrivedAt: event.at }),

  'case.order_answered.v1': (state, event) =>
    withOrder(state, event, 'answer_order', event.orderId, {
      state: 'answered',
      endedAt: event.at,
      words: event.words,
    }),

  'case.order_waived.v1': (state, event) =>
    withOrder(state, event, 'waive_order', event.orderId, { state: 'waived', endedAt: event.at, words: event.reason }),

  'case.endorsement_started.v1': (state, event) =>
    aside(state, event, 'start_endorsement', {
      endorsement: {
        mayDispatchFirst: event.mayDispatchFirst,
        steps: event.steps.map((step, index) => {
          const begins = index === 0;
          return {
            state: begins ? 'current' : 'waiting',
            startedAt: begins ? event.at : null,
            dueAt: begins ? plus(event.at, step.limitMinutes * MINUTE_MS) : null,
            endedAt: null,
            endedBy: null,
            opinion: null,
            delegatedBy: [],
            ...step,
          };
        }),
      },
    }),

  'case.endorsed.v1': (state, event) =>
    aside(state, event, 'endorse', {
      endorsement: stepEnded(
        state.side.endorsement,
        event,
        event.decision === 'agree' ? 'endorsed' : 'sent_back',
        event.opinion,
      ),
    }),

  'case.endorsement_skipped.v1': (state, event) =>
    aside(state, event, 'skip_endorsement', {
      endorsement: stepEnded(state.side.endorsement, event, 'skipped', event.reason),
    }),

  'case.endorsement_delegated.v1': (state, event) =>
    aside(state, event, 'delegate_endorsement', {
      endorsement:
        state.side.endorsement === null
          ? null
          : {
              ...state.side.endorsement,
              steps: state.side.endorsement.steps.map((step) =>
                step.state === 'current'
                  ? {
                      ...step,
                      personId: event.personId,
                      delegatedBy: [...step.delegatedBy, step.personId ?? event.by.id],
                    }
                  : step,
              ),
            },
    }),
};

/** Keeps what the sender had, so that the order can be taken back while the window is open. */
function recallable(
  before: CaseState,
  event: EventOf<'case.dispatched.v2' | 'case.sub_dispatched.v2' | 'ticket.assigned.v1'>,
  after: CaseState,
): CaseState {
  if (event.recallUntil <= event.at) return after;
  const bare = before.side.recall === null ? before : { ...before, side: { ...before.side, recall: null } };
  return { ...after, side: { ...after.side, recall: { until: event.recallUntil, before: bare } } };
}

function withOrders(
  state: CaseState,
  event: EventBase,
  mode: HandleMode,
  orders: readonly SentOrder[],
  change: Partial<SideFacts>,
): SideFacts {
  if (orders.length === 0 && mode === state.side.mode && state.side.redispatchTo === null) return state.side;
  const begin = begun(orders, mode === 'relay' ? 'relay' : 'dispatch', event);
  return sideWith(state, { ...change, mode, orders: [...state.side.orders, ...begin] });
}

function withOrder(
  state: CaseState,
  event: EventBase,
  action: 'accept_order' | 'arrive' | 'answer_order' | 'waive_order',
  orderId: string,
  change: Partial<Order>,
): CaseState {
  return afterOrders(state, aside(state, event, action, { orders: changeOrder(state, orderId, change) }), event);
}

function hasArrived(state: CaseState, orderId: string): boolean {
  return state.side.orders.some(({ id, arrivedAt }) => id === orderId && arrivedAt !== null);
}

/** A ticket is 吹哨协办 while a whistled unit has not come, and 办理中 again when all have (T9). */
function afterOrders(before: CaseState, after: CaseState, event: EventBase): CaseState {
  if (after.record !== 'ticket') return after;
  const isAwaited = after.side.orders.some(
    ({ via, state }) => via === 'whistle' && (state === 'sent' || state === 'accepted'),
  );
  if (before.state === 'handling' && isAwaited) return { ...after, state: 'co_handling', stateSince: event.at };
  if (before.state === 'co_handling' && !isAwaited) return { ...after, state: 'handling', stateSince: event.at };
  return after;
}

/** The current step ends; the next begins, unless the chain was sent back: then it ends whole. */
function stepEnded(
  endorsement: Endorsement | null,
  event: EventBase,
  end: 'endorsed' | 'skipped' | 'sent_back',
  opinion: string,
): Endorsement | null {
  if (endorsement === null) return null;
  const at = endorsement.steps.findIndex(({ state }) => state === 'current');
  const steps = endorsement.steps.map((step, index): EndorsementStep => {
    if (index === at) return { ...step, state: end, endedAt: event.at, endedBy: event.by.id, opinion };
    if (index <= at) return step;
    if (end === 'sent_back') return { ...step, state: 'sent_back' };
    if (index > at + 1) return step;
    return {
      ...step,
      state: 'current',
      startedAt: event.at,
      dueAt: plus(event.at, step.limitMinutes * MINUTE_MS),
    };
  });
  return { ...endorsement, steps };
}
