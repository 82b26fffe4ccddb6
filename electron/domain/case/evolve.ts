import { assertNever } from '#domain/base/assert-never.ts';
import type { CaseArchived, CaseEvent, CaseReported } from './events.ts';
import type { CaseAction } from './lifecycle.ts';
import type { CaseState, Holder, Hop, HopOutcome } from './state.ts';

/**
 * The next state of a case after an event. Total over the journal: what was recorded is a fact and is never refused.
 *
 * @throws Error if an event other than the first comes without a state, or out of order: then the journal is damaged
 */
export function evolve(state: CaseState | undefined, event: CaseEvent): CaseState {
  if (event.type === 'case.reported.v1' || event.type === 'case.archived.v1') return firstState(event);
  if (state === undefined || event.version !== state.version + 1) {
    throw new Error(`case ${event.caseId}: event ${event.version} does not follow ${state?.version ?? 'nothing'}`);
  }

  switch (event.type) {
    case 'case.registered.v1':
      return next(state, event, 'register', {
        state: 'pending_dispatch',
        holder: atDesk('DISPATCHER', event),
        clock: 'dispatch',
        clockStartedAt: event.at,
        dueAt: event.dueAt,
        returnedTo: null,
        chain: deskReceives(state.chain, event),
      });

    case 'case.dispatched.v1':
      return next(state, event, 'dispatch', {
        state: 'pending_handle',
        holder: atUnit(event.unit, 'DEPT', event),
        clock: 'handle',
        clockStartedAt: state.handleStartedAt ?? event.at,
        dueAt: event.dueAt,
        handleStartedAt: state.handleStartedAt ?? event.at,
        handleDueAt: event.dueAt,
        returnedTo: null,
        chain: sentOn(deskReceives(state.chain, event), event, event.unit, 'sent_on', event.opinion),
      });

    case 'case.sub_dispatched.v1':
      return next(state, event, 'sub_dispatch', {
        state: 'pending_handle',
        holder: atUnit(event.unit, 'DEPT', event),
        chain: sentOn(state.chain, event, event.unit, 'sent_on', event.opinion),
      });

    case 'case.accepted.v1':
      return next(state, event, 'accept', {
        state: 'handling',
        holder: withPost(state, 'HANDLER', event),
        handlerId: event.handlerId,
      });

    case 'case.handled.v1':
      return next(state, event, 'handle', {
        state: 'handle_finished',
        holder: withPost(state, 'DEPT', event),
        handleFinishedAt: event.at,
      });

    case 'case.fed_back.v1':
      return next(state, event, 'feed_back', {
        state: 'pending_check',
        holder: atDesk('ACCEPTOR', event),
        clock: null,
        clockStartedAt: null,
        dueAt: null,
        chain: ended(state.chain, event, 'fed_back', event.opinion),
      });

    case 'case.check_requested.v1':
      return next(state, event, 'request_check', {
        state: 'checking',
        holder: atDesk('COLLECTOR', event),
        collectorId: event.collectorId,
        clock: 'check',
        clockStartedAt: event.at,
        dueAt: event.dueAt,
      });

    case 'case.checked.v1':
      return next(state, event, 'check', {
        state: event.result === 'passed' ? 'pending_close' : 'pending_check',
        holder: atDesk(event.result === 'failed' ? 'DISPATCHER' : 'ACCEPTOR', event),
        clock: null,
        clockStartedAt: null,
        dueAt: null,
        lastCheck: event.result,
      });

    case 'case.reworked.v1':
      return next(state, event, 'rework', {
        state: 'pending_handle',
        holder: atUnit(event.unit, 'DEPT', event),
        clock: 'handle',
        clockStartedAt: state.handleStartedAt,
        dueAt: state.handleDueAt,
        handlerId: null,
        handleFinishedAt: null,
        reworkCount: state.reworkCount + 1,
        chain: [...state.chain, hop(event.unit, event)],
      });

    case 'case.returned.v1':
      return next(state, event, 'return', {
        ...afterReturn(state, event),
        state: event.to,
        returnedTo: event.returnedTo,
        returnCount: state.returnCount + 1,
      });

    case 'case.closed.v1':
      return next(state, event, 'close', {
        state: 'closed',
        holder: null,
        clock: null,
        clockStartedAt: null,
        dueAt: null,
        closedAt: event.at,
      });

    default:
      return assertNever(event, 'case event');
  }
}

function firstState(event: CaseReported | CaseArchived): CaseState {
  const isArchived = event.type === 'case.archived.v1';
  return {
    id: event.caseId,
    version: event.version,
    state: isArchived ? 'closed' : event.state,
    stateSince: isArchived ? (event.closedAt ?? event.reportedAt) : event.at,
    source: event.source,
    classRef: event.classRef,
    place: event.place,
    description: event.description,
    reportedAt: event.reportedAt,
    recordedAt: event.at,
    reporterId: event.reporterId,
    external: event.external,
    extra: event.extra,
    isArchived,
    isDemo: event.isDemo,
    chain: [],
    holder: isArchived ? null : atDesk('ACCEPTOR', event),
    handlerId: null,
    collectorId: null,
    clock: isArchived || event.dueAt === null ? null : 'register',
    clockStartedAt: isArchived || event.dueAt === null ? null : event.at,
    dueAt: isArchived ? null : event.dueAt,
    handleStartedAt: null,
    handleDueAt: null,
    handleFinishedAt: null,
    closedAt: isArchived ? event.closedAt : null,
    returnedTo: null,
    returnCount: 0,
    reworkCount: 0,
    lastCheck: null,
    lastAction: 'report',
  };
}

function next(state: CaseState, event: CaseEvent, lastAction: CaseAction, change: Partial<CaseState>): CaseState {
  return { ...state, ...change, version: event.version, stateSince: event.at, lastAction };
}

function afterReturn(state: CaseState, event: CaseEvent & { type: 'case.returned.v1' }): Partial<CaseState> {
  if (event.to === 'pending_handle') return { holder: withPost(state, 'DEPT', event), handlerId: null };
  if (event.to === 'handling') return { holder: withPost(state, 'HANDLER', event), handleFinishedAt: null };
  const chain = ended(state.chain, event, 'returned', event.reason);
  return {
    holder: atDesk(event.returnedTo ?? 'DISPATCHER', event),
    chain: [...chain, hop(null, event)],
  };
}

function atDesk(post: Holder['post'], event: CaseEvent): Holder {
  return { unit: null, post, since: event.at };
}

function atUnit(unit: string, post: Holder['post'], event: CaseEvent): Holder {
  return { unit, post, since: event.at };
}

function withPost(state: CaseState, post: Holder['post'], event: CaseEvent): Holder {
  return { unit: state.holder?.unit ?? null, post, since: event.at };
}

function hop(unit: string | null, event: CaseEvent): Hop {
  return { unit, sentAt: event.at, sentBy: event.by.id, endedAt: null, outcome: null, opinion: null };
}

/** The desk stands at the head of the chain from 立案 on; a returned case already has it as its last hop. */
function deskReceives(chain: readonly Hop[], event: CaseEvent): readonly Hop[] {
  const last = chain.at(-1);
  return last !== undefined && last.unit === null && last.endedAt === null ? chain : [...chain, hop(null, event)];
}

function ended(chain: readonly Hop[], event: CaseEvent, outcome: HopOutcome, opinion: string | null): readonly Hop[] {
  const last = chain.at(-1);
  if (last === undefined || last.endedAt !== null) return chain;
  return [...chain.slice(0, -1), { ...last, endedAt: event.at, outcome, opinion }];
}

function sentOn(
  chain: readonly Hop[],
  event: CaseEvent,
  unit: string,
  outcome: HopOutcome,
  opinion: string | null,
): readonly Hop[] {
  return [...ended(chain, event, outcome, opinion), hop(unit, event)];
}
