import type { Instant } from '#domain/base/instant.ts';
import { copyOf, copyOfSide, withFields } from './copy-state.ts';
import { handleDueAt } from './deadline.ts';
import type { CaseEventType, EventBase, EventOf, SentOrder } from './events.ts';
import type { CasePhoto, Photo, PhotoStep } from './photos.ts';
import type { Order, SideFacts } from './side.ts';
import type { CaseState, HandleClock, Holder, Hop, HopOutcome } from './state.ts';
import type { CaseStateName } from './lifecycle.ts';
import type { CaseAction } from './transitions.ts';

/** How one type of event changes a case. */
export type Fold<Type extends CaseEventType> = (state: CaseState, event: EventOf<Type>) => CaseState;

/** States in which a wish for 延期 or 挂账 can wait; it lapses when the case leaves them. */
const requestStates: readonly CaseStateName[] = ['pending_handle', 'handling', 'assigned', 'contacted', 'co_handling'];

/** A step: the state is entered anew, requests lapse where they must, and nothing can be recalled any more. */
export function stepTo(
  state: CaseState,
  event: EventBase,
  lastAction: CaseAction,
  change: Partial<CaseState> & { readonly state: CaseStateName },
): CaseState {
  const next = withFields(copyOf(state), change);
  next.side = settled(next.side, change.state);
  next.version = event.version;
  next.stateSince = event.at;
  next.lastAction = lastAction;
  return next;
}

/** A side procedure: state, holder and clock stay. */
export function aside(
  state: CaseState,
  event: EventBase,
  lastAction: CaseAction,
  side: Partial<SideFacts>,
  change: Partial<CaseState> = {},
): CaseState {
  const next = withFields(copyOf(state), change);
  next.side = sideWith(state, side);
  next.version = event.version;
  next.lastAction = lastAction;
  return next;
}

function settled(side: SideFacts, next: CaseStateName): SideFacts {
  if (side.recall === null && side.extensionRequest === null && side.suspensionRequest === null) return side;
  const canWait = requestStates.includes(next);
  const own = copyOfSide(side);
  own.recall = null;
  if (!canWait) {
    own.extensionRequest = null;
    own.suspensionRequest = null;
  }
  return own;
}

/** The same side facts with some replaced; untouched if nothing is. */
export function sideWith(state: CaseState, change: Partial<SideFacts>): SideFacts {
  return withFields(copyOfSide(state.side), change);
}

/** Photos of a case after an event that brings some. */
export function withPhotos(
  before: readonly CasePhoto[],
  event: EventBase & { readonly photos: readonly Photo[] },
  step: PhotoStep,
): readonly CasePhoto[] {
  if (event.photos.length === 0) return before;
  return [...before, ...event.photos.map((photo) => ({ ...photo, step, at: event.at, by: event.by.id }))];
}

/** What a running handling clock shows: its deadline, or the earliest of the reports merged in. */
export function handleRuns(
  state: Pick<CaseState, 'side'>,
  handleClock: HandleClock,
): Pick<CaseState, 'clock' | 'clockStartedAt' | 'dueAt' | 'handleClock'> {
  return {
    clock: 'handle',
    clockStartedAt: handleClock.startedAt,
    dueAt: handleDueAt({ handleClock, side: state.side }),
    handleClock,
  };
}

export const noClock = { clock: null, clockStartedAt: null, dueAt: null } as const;

/** The end of the handling clock, and of a pause that it was in. */
export function stopped(clock: HandleClock | null, at: Instant): HandleClock | null {
  if (clock === null || clock.endedAt !== null) return clock;
  const stops = clock.stops.some(({ to }) => to === null)
    ? clock.stops.map((stop) => (stop.to === null ? { ...stop, to: at } : stop))
    : clock.stops;
  return { ...clock, endedAt: at, stops };
}

export function atDesk(post: Holder['post'], event: EventBase): Holder {
  return { unit: null, post, since: event.at };
}

export function atUnit(unit: string | null, post: Holder['post'], event: EventBase): Holder {
  return { unit, post, since: event.at };
}

export function withPost(state: CaseState, post: Holder['post'], event: EventBase): Holder {
  return { unit: state.holder?.unit ?? null, post, since: event.at };
}

export function hop(unit: string | null, event: EventBase, personId: string | null = null): Hop {
  return { unit, personId, sentAt: event.at, sentBy: event.by.id, endedAt: null, outcome: null, opinion: null };
}

/** The desk stands at the head of the chain from 立案 on; a returned case already has it as its last hop. */
export function deskReceives(chain: readonly Hop[], event: EventBase): readonly Hop[] {
  const last = chain.at(-1);
  return last !== undefined && last.unit === null && last.endedAt === null ? chain : [...chain, hop(null, event)];
}

export function ended(
  chain: readonly Hop[],
  event: EventBase,
  outcome: HopOutcome,
  opinion: string | null,
): readonly Hop[] {
  const last = chain.at(-1);
  if (last === undefined || last.endedAt !== null) return chain;
  return [...chain.slice(0, -1), { ...last, endedAt: event.at, outcome, opinion }];
}

export function sentOn(
  chain: readonly Hop[],
  event: EventBase,
  to: { readonly unit: string | null; readonly personId: string | null },
  outcome: HopOutcome,
  opinion: string | null,
): readonly Hop[] {
  return [...ended(chain, event, outcome, opinion), hop(to.unit, event, to.personId)];
}

/** Orders 子单 as they begin; those of a relay 接续办件 wait for their turn. */
export function begun(orders: readonly SentOrder[], via: Order['via'], event: EventBase): readonly Order[] {
  const isRelay = via === 'relay';
  return orders.map((order) => ({
    via,
    state: isRelay ? 'waiting' : 'sent',
    sentAt: isRelay ? null : event.at,
    acceptedAt: null,
    arrivedAt: null,
    endedAt: null,
    words: null,
    ...order,
  }));
}

export function changeOrder(state: CaseState, orderId: string, change: Partial<Order>): readonly Order[] {
  return state.side.orders.map((order) => (order.id === orderId ? { ...order, ...change } : order));
}

/** In a relay 接续办件 the order whose turn it is ends when its unit, or one below it, hands over or feeds back. */
export function turnEnded(state: CaseState, event: EventBase, words: string | null): readonly Order[] {
  return state.side.orders.map((order) =>
    hasTurn(order) ? { ...order, state: 'answered', endedAt: event.at, words } : order,
  );
}

/** The order whose turn it is waits again when its unit sends the case back or up. */
export function turnGivenBack(state: CaseState): readonly Order[] {
  if (!state.side.orders.some(hasTurn)) return state.side.orders;
  return state.side.orders.map((order) =>
    hasTurn(order) ? { ...order, state: 'waiting', sentAt: null, acceptedAt: null, arrivedAt: null } : order,
  );
}

/** Of a relay's orders the one that the case went to; the others wait or have ended. */
export function hasTurn(order: Order): boolean {
  return order.via === 'relay' && order.state !== 'waiting' && order.endedAt === null;
}
