import { restarted } from './decide-steps.ts';
import {
  atDesk,
  atUnit,
  deskReceives,
  ended,
  handleRuns,
  hop,
  noClock,
  sideWith,
  stepTo,
  stopped,
  turnEnded,
  turnGivenBack,
  withPhotos,
  withPost,
  type Fold,
} from './fold.ts';
import type { EventOf } from './events.ts';
import type { CaseState } from './state.ts';

type StepEvent =
  | 'case.verify_requested.v1'
  | 'case.verified.v2'
  | 'case.registered.v1'
  | 'case.rejected.v1'
  | 'case.voided.v1'
  | 'case.returned.v2'
  | 'case.accepted.v1'
  | 'case.handled.v2'
  | 'case.fed_back.v1'
  | 'case.reworked.v2'
  | 'case.check_requested.v1'
  | 'case.checked.v2'
  | 'case.closed.v1'
  | 'case.close_failed.v1'
  | 'case.force_closed.v1';

export const stepFolds: { readonly [Type in StepEvent]: Fold<Type> } = {
  'case.verify_requested.v1': (state, event) =>
    stepTo(state, event, 'request_verify', {
      state: 'verifying',
      holder: atDesk('COLLECTOR', event),
      clock: 'verify',
      clockStartedAt: event.at,
      dueAt: event.dueAt,
      side: sideWith(state, { verification: { collectorId: event.collectorId, result: null, opinion: null } }),
    }),

  'case.verified.v2': (state, event) =>
    stepTo(state, event, 'verify', {
      state: 'pending_register',
      holder: atDesk('ACCEPTOR', event),
      clock: 'register',
      clockStartedAt: event.at,
      dueAt: event.dueAt,
      side: sideWith(state, {
        photos: withPhotos(state.side.photos, event, 'verify'),
        verification: {
          collectorId: state.side.verification?.collectorId ?? event.by.id,
          result: event.result,
          opinion: event.opinion,
        },
      }),
    }),

  'case.registered.v1': (state, event) =>
    stepTo(state, event, 'register', {
      state: 'pending_dispatch',
      holder: atDesk('DISPATCHER', event),
      clock: 'dispatch',
      clockStartedAt: event.at,
      dueAt: event.dueAt,
      returnedTo: null,
      condition: event.condition,
      chain: deskReceives(state.chain, event),
    }),

  'case.rejected.v1': (state, event) => finished(state, event, 'reject', 'not_accepted', event.reason),
  'case.voided.v1': (state, event) => finished(state, event, 'void', 'void', event.reason),
  'case.force_closed.v1': (state, event) => finished(state, event, 'force_close', 'forced_close', event.reason),
  'case.closed.v1': (state, event) => finished(state, event, 'close', 'closed', null),

  'case.accepted.v1': (state, event) =>
    stepTo(state, event, 'accept', {
      state: 'handling',
      holder: withPost(state, 'HANDLER', event),
      handlerId: event.handlerId,
      returnedTo: null,
      side:
        state.side.firstReceiver === null ? sideWith(state, { firstReceiver: state.holder?.unit ?? null }) : state.side,
    }),

  'case.handled.v2': (state, event) =>
    stepTo(state, event, 'handle', {
      state: 'handle_finished',
      holder: withPost(state, 'DEPT', event),
      handleFinishedAt: event.at,
      ...sideWithPhotos(state, event, 'handle'),
    }),

  'case.fed_back.v1': (state, event) =>
    stepTo(state, event, 'feed_back', {
      state: 'pending_check',
      holder: atDesk('ACCEPTOR', event),
      ...noClock,
      handleClock: stopped(state.handleClock, event.at),
      chain: ended(state.chain, event, 'fed_back', event.opinion),
      side:
        state.side.orders.length === 0
          ? state.side
          : sideWith(state, { orders: turnEnded(state, event, event.opinion) }),
    }),

  'case.check_requested.v1': (state, event) =>
    stepTo(state, event, 'request_check', {
      state: 'checking',
      holder: atDesk('COLLECTOR', event),
      collectorId: event.collectorId,
      clock: 'check',
      clockStartedAt: event.at,
      dueAt: event.dueAt,
    }),

  'case.checked.v2': (state, event) =>
    stepTo(state, event, 'check', {
      state: event.result === 'passed' ? 'pending_close' : 'pending_check',
      holder: atDesk(event.result === 'failed' ? 'DISPATCHER' : 'ACCEPTOR', event),
      ...noClock,
      lastCheck: event.result,
      ...sideWithPhotos(state, event, 'check'),
    }),

  'case.reworked.v2': (state, event) =>
    stepTo(state, event, 'rework', {
      state: 'pending_handle',
      holder: atUnit(event.unit, 'DEPT', event),
      ...runsAgain(state, event),
      handlerId: null,
      handleFinishedAt: null,
      reworkCount: state.reworkCount + 1,
      chain: [...state.chain, hop(event.unit, event)],
    }),

  'case.close_failed.v1': (state, event) =>
    stepTo(state, event, 'fail_close', {
      state: 'pending_dispatch',
      holder: atDesk('DISPATCHER', event),
      ...runsAgain(state, event),
      handlerId: null,
      handleFinishedAt: null,
      reworkCount: state.reworkCount + 1,
      chain: deskReceives(state.chain, event),
      side: sideWith(state, { redispatchTo: event.unit }),
    }),

  'case.returned.v2': (state, event) =>
    stepTo(state, event, 'return', {
      state: event.to,
      returnedTo: event.returnedTo,
      returnCount: state.returnCount + 1,
      ...afterReturn(state, event),
    }),
};

function sideWithPhotos(
  state: CaseState,
  event: EventOf<'case.handled.v2' | 'case.checked.v2'>,
  step: 'handle' | 'check',
): Partial<CaseState> {
  if (event.photos.length === 0) return {};
  return { side: sideWith(state, { photos: withPhotos(state.side.photos, event, step) }) };
}

/** The end of a case. A clock that runs stops here, and so does what waits in the chain. */
function finished(
  state: CaseState,
  event: EventOf<'case.rejected.v1' | 'case.voided.v1' | 'case.force_closed.v1' | 'case.closed.v1'>,
  action: 'reject' | 'void' | 'force_close' | 'close',
  end: 'not_accepted' | 'void' | 'forced_close' | 'closed',
  reason: string | null,
): CaseState {
  const isPlain = reason === null && state.side.suspension === null && state.side.orders.length === 0;
  return stepTo(state, event, action, {
    state: end,
    holder: null,
    ...noClock,
    handleClock: stopped(state.handleClock, event.at),
    closedAt: event.at,
    returnedTo: null,
    chain: ended(state.chain, event, 'stopped', reason),
    ...(isPlain ? {} : { side: sideWith(state, { endReason: reason, suspension: null }) }),
  });
}

function runsAgain(state: CaseState, event: EventOf<'case.reworked.v2' | 'case.close_failed.v1'>): Partial<CaseState> {
  const clock = state.handleClock;
  if (clock === null) return {};
  return handleRuns(state, { ...restarted(clock, event.at), dueAt: event.dueAt ?? clock.dueAt });
}

function afterReturn(state: CaseState, event: EventOf<'case.returned.v2'>): Partial<CaseState> {
  if (event.to === 'pending_handle') return { holder: withPost(state, 'DEPT', event), handlerId: null };
  if (event.to === 'handling') return { holder: withPost(state, 'HANDLER', event), handleFinishedAt: null };
  const chain = ended(state.chain, event, 'returned', event.reason);
  const isRelay = state.side.mode === 'relay';
  return {
    ...(isRelay ? { side: sideWith(state, { orders: turnGivenBack(state) }) } : {}),
    holder: atUnit(event.unit, event.returnedTo ?? 'DISPATCHER', event),
    chain: [...chain, hop(event.unit, event)],
  };
}
