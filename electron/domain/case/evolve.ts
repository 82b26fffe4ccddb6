import type { CaseEventType, EventOf, StoredEvent, CaseEvent } from './events.ts';
import { chainFolds } from './evolve-chain.ts';
import { sideFolds } from './evolve-side.ts';
import { stepFolds } from './evolve-steps.ts';
import { ticketFolds } from './evolve-ticket.ts';
import { atDesk, atUnit, hop, sentOn, withPhotos, type Fold } from './fold.ts';
import { reporterFolds } from './reporter.ts';
import { noSide } from './side.ts';
import type { CaseState } from './state.ts';
import { upcast } from './upcast.ts';

type FirstEvent = 'case.reported.v2' | 'case.archived.v1' | 'ticket.received.v1';

/** Every event that changes a case, by type; a missing one is a compile error. */
const folds: { readonly [Type in Exclude<CaseEventType, FirstEvent>]: Fold<Type> } = {
  ...stepFolds,
  ...chainFolds,
  ...sideFolds,
  ...ticketFolds,
  ...reporterFolds,
};

/**
 * The next state of a case after an event. Total over the journal: what was recorded is a fact and is never refused.
 *
 * @throws Error if an event other than the first comes without a state, or out of order: then the journal is damaged
 */
export function evolve(state: CaseState | undefined, stored: StoredEvent): CaseState {
  const event = upcast(stored);
  if (event.type === 'case.reported.v2' || event.type === 'case.archived.v1') return firstState(event);
  if (event.type === 'ticket.received.v1') return firstTicketState(event);
  if (state === undefined || event.version !== state.version + 1) {
    throw new Error(`case ${event.caseId}: event ${event.version} does not follow ${state?.version ?? 'nothing'}`);
  }
  return foldOf(event)(state, event);
}

/** The fold of an event's own type: the table above pairs them, which the compiler cannot see through a union. */
function foldOf(event: CaseEvent): (state: CaseState, event: CaseEvent) => CaseState {
  return folds[event.type as Exclude<CaseEventType, FirstEvent>] as (state: CaseState, event: CaseEvent) => CaseState;
}

function firstState(event: EventOf<'case.reported.v2'> | EventOf<'case.archived.v1'>): CaseState {
  const isArchived = event.type === 'case.archived.v1';
  return {
    id: event.caseId,
    record: 'case',
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
    handleClock: null,
    handleFinishedAt: null,
    closedAt: isArchived ? event.closedAt : null,
    returnedTo: null,
    condition: null,
    returnCount: 0,
    reworkCount: 0,
    lastCheck: null,
    lastAction: 'report',
    side: isArchived || event.photos.length === 0 ? noSide : { ...noSide, photos: withPhotos([], event, 'report') },
  };
}

function firstTicketState(event: EventOf<'ticket.received.v1'>): CaseState {
  const { handle } = event;
  return {
    id: event.caseId,
    record: 'ticket',
    version: event.version,
    state: 'to_sign',
    stateSince: event.at,
    source: 'hotline',
    classRef: event.classRef,
    place: event.place,
    description: event.description,
    reportedAt: event.issuedAt,
    recordedAt: event.at,
    reporterId: event.reporterId,
    external: event.external,
    extra: event.extra,
    isArchived: false,
    isDemo: event.isDemo,
    chain: sentOn([hop(null, event)], event, { unit: event.unit, personId: null }, 'sent_on', null),
    holder: atUnit(event.unit, 'HOTLINE_DESK', event),
    handlerId: null,
    collectorId: null,
    clock: 'dispatch',
    clockStartedAt: event.issuedAt,
    dueAt: event.dueAt,
    handleClock: {
      limit: handle.limit,
      taken: handle.limit,
      startedAt: event.issuedAt,
      stops: [],
      extensions: [],
      endedAt: null,
      dueAt: handle.dueAt,
      isProvisional: handle.isProvisional,
    },
    handleFinishedAt: null,
    closedAt: null,
    returnedTo: null,
    condition: null,
    returnCount: 0,
    reworkCount: 0,
    lastCheck: null,
    lastAction: 'receive',
    side: {
      ...noSide,
      ticket: {
        timeClass: event.timeClass,
        issuedAt: event.issuedAt,
        isConfidential: event.isConfidential,
        signedAt: null,
        acceptedAt: null,
        contactDueAt: event.contactDueAt,
        firstContactAt: null,
        contactResult: null,
        returnRequest: null,
        round: 1,
        reply: null,
        solved: null,
        satisfied: null,
      },
    },
  };
}
