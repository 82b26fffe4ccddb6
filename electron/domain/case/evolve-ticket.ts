import { required } from '#domain/base/assert-never.ts';
import {
  aside,
  atDesk,
  atUnit,
  ended,
  handleRuns,
  hop,
  noClock,
  sentOn,
  sideWith,
  stepTo,
  stopped,
  turnEnded,
  withPost,
  type Fold,
} from './fold.ts';
import type { SideFacts, TicketFacts } from './side.ts';
import type { CaseState } from './state.ts';
import { lastHandlingUnit } from './decision.ts';

type TicketEvent =
  | 'ticket.signed.v1'
  | 'ticket.return_requested.v1'
  | 'ticket.return_reviewed.v1'
  | 'ticket.accepted.v1'
  | 'ticket.contacted.v1'
  | 'ticket.work_started.v1'
  | 'ticket.replied.v1'
  | 'ticket.call_back_begun.v1'
  | 'ticket.concluded.v1'
  | 'ticket.redone.v1';

export const ticketFolds: { readonly [Type in TicketEvent]: Fold<Type> } = {
  'ticket.signed.v1': (state, event) =>
    stepTo(state, event, 'sign', {
      state: 'signed',
      holder: withPost(state, 'HOTLINE_DESK', event),
      side: sideWith(state, {
        firstReceiver: state.holder?.unit ?? null,
        ticket: ticketWith(state, { signedAt: event.at }),
      }),
    }),

  'ticket.return_requested.v1': (state, event) => {
    const { at, by, reasonCode, reason } = event;
    return stepTo(state, event, 'request_return', {
      state: 'return_review',
      holder: atDesk('HOTLINE_DESK', event),
      returnCount: state.returnCount + 1,
      chain: [...ended(state.chain, event, 'returned', reason), hop(null, event)],
      side: ticketSide(state, { returnRequest: { at, by: by.id, reasonCode, reason } }),
    });
  },

  'ticket.return_reviewed.v1': (state, event) => {
    const unit = event.unit ?? lastUnit(state);
    return stepTo(state, event, 'review_return', {
      state: 'to_sign',
      holder: atUnit(unit, 'HOTLINE_DESK', event),
      chain: sentOn(state.chain, event, { unit, personId: null }, 'sent_on', event.opinion),
      side: ticketSide(state, { returnRequest: null }),
    });
  },

  'ticket.accepted.v1': (state, event) =>
    aside(
      state,
      event,
      'accept',
      { ticket: ticketWith(state, { acceptedAt: event.at }), recall: null },
      { handlerId: event.handlerId },
    ),

  'ticket.contacted.v1': (state, event) =>
    stepTo(state, event, 'contact', {
      state: 'contacted',
      holder: withPost(state, 'HANDLER', event),
      handlerId: event.handlerId,
      side: ticketSide(state, {
        firstContactAt: state.side.ticket?.firstContactAt ?? event.at,
        contactResult: event.result,
      }),
    }),

  'ticket.work_started.v1': (state, event) =>
    stepTo(state, event, 'start_work', { state: 'handling', holder: withPost(state, 'HANDLER', event) }),

  'ticket.replied.v1': (state, event) =>
    stepTo(state, event, 'reply', {
      state: 'replied',
      holder: atDesk('HOTLINE_DESK', event),
      ...noClock,
      handleClock: stopped(state.handleClock, event.at),
      handleFinishedAt: event.at,
      chain: ended(state.chain, event, 'fed_back', event.reply),
      side: sideWith(state, {
        orders: turnEnded(state, event, event.reply),
        ticket: ticketWith(state, { reply: event.reply }),
      }),
    }),

  'ticket.call_back_begun.v1': (state, event) =>
    stepTo(state, event, 'begin_call_back', { state: 'calling_back', holder: atDesk('HOTLINE_DESK', event) }),

  'ticket.concluded.v1': (state, event) =>
    stepTo(state, event, 'conclude', {
      state: 'done',
      holder: null,
      closedAt: event.at,
      side: ticketSide(state, { solved: event.solved, satisfied: event.satisfied }),
    }),

  'ticket.redone.v1': (state, event) => {
    const unit = lastHandlingUnit(state);
    const { limit, dueAt, isProvisional } = event;
    return stepTo(state, event, 'redo', {
      state: 'handling',
      holder: atUnit(unit, 'HANDLER', event),
      ...handleRuns(state, {
        ...{ limit, taken: limit, startedAt: event.at, stops: [], extensions: [], endedAt: null },
        ...{ dueAt, isProvisional },
      }),
      handleFinishedAt: null,
      reworkCount: state.reworkCount + 1,
      chain: [...state.chain, hop(unit, event)],
      side: ticketSide(state, { round: (state.side.ticket?.round ?? 1) + 1 }),
    });
  },
};

function ticketWith(state: CaseState, change: Partial<TicketFacts>): TicketFacts {
  return { ...required(state.side.ticket, 'a ticket has the facts of a ticket'), ...change };
}

function ticketSide(state: CaseState, change: Partial<TicketFacts>): SideFacts {
  return sideWith(state, { ticket: ticketWith(state, change) });
}

function lastUnit(state: CaseState): string | null {
  return state.chain.findLast(({ unit }) => unit !== null)?.unit ?? null;
}
