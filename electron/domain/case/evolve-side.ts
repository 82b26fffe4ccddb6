import { handleDueAt } from './deadline.ts';
import { withStopEnded } from './decide-side.ts';
import { aside, ended, handleRuns, hop, noClock, sideWith, stepTo, type Fold } from './fold.ts';
import { withReporterOf } from './reporter.ts';
import type { CaseState } from './state.ts';

type SideEvent =
  | 'case.extension_requested.v1'
  | 'case.extension_passed.v1'
  | 'case.extended.v1'
  | 'case.extension_refused.v1'
  | 'case.suspension_requested.v1'
  | 'case.suspended.v1'
  | 'case.suspension_refused.v1'
  | 'case.resumed.v1'
  | 'case.supervised.v1'
  | 'case.supervision_answered.v1'
  | 'case.urged.v1'
  | 'case.appealed.v1'
  | 'case.appeal_reviewed.v1'
  | 'case.merged.v1'
  | 'case.merged_into.v1'
  | 'case.unmerged.v1'
  | 'case.unmerged_from.v1'
  | 'case.redated.v1';

export const sideFolds: { readonly [Type in SideEvent]: Fold<Type> } = {
  'case.extension_requested.v1': (state, event) =>
    aside(state, event, 'request_extension', {
      extensionRequest: { at: event.at, by: event.by.id, reason: event.reason, waitsFor: event.waitsFor },
    }),

  'case.extension_passed.v1': (state, event) =>
    aside(state, event, 'pass_extension', {
      extensionRequest:
        state.side.extensionRequest === null ? null : { ...state.side.extensionRequest, waitsFor: 'DISPATCHER' },
    }),

  'case.extended.v1': (state, event) => {
    const clock = state.handleClock;
    const extended =
      clock === null
        ? {}
        : handleRuns(state, {
            ...clock,
            extensions: [...clock.extensions, { at: event.at, limit: event.limit }],
            dueAt: event.dueAt,
            isProvisional: event.isProvisional,
          });
    const side = { extensionRequest: null, extensionCount: state.side.extensionCount + 1 };
    return aside(state, event, 'decide_extension', side, extended);
  },

  'case.extension_refused.v1': (state, event) => aside(state, event, 'decide_extension', { extensionRequest: null }),

  'case.suspension_requested.v1': (state, event) =>
    aside(state, event, 'request_suspension', {
      suspensionRequest: { at: event.at, by: event.by.id, until: event.until, reason: event.reason },
    }),

  'case.suspended.v1': (state, event) =>
    stepTo(state, event, 'decide_suspension', {
      state: 'suspended',
      ...noClock,
      handleClock:
        state.handleClock === null
          ? null
          : {
              ...state.handleClock,
              stops: [...state.handleClock.stops, { from: event.at, to: null, cause: 'suspended' }],
            },
      side: sideWith(state, {
        suspensionRequest: null,
        suspensionCount: state.side.suspensionCount + 1,
        suspension: { since: event.at, until: event.until, reason: event.reason, previous: state.state },
      }),
    }),

  'case.suspension_refused.v1': (state, event) => aside(state, event, 'decide_suspension', { suspensionRequest: null }),

  'case.resumed.v1': (state, event) => {
    const clock = state.handleClock;
    return stepTo(state, event, 'resume', {
      state: state.side.suspension?.previous ?? 'pending_handle',
      ...(clock === null
        ? {}
        : handleRuns(state, {
            ...withStopEnded(clock, event.at),
            dueAt: event.dueAt,
            isProvisional: event.isProvisional,
          })),
      side: sideWith(state, { suspension: null }),
    });
  },

  'case.supervised.v1': (state, event) =>
    aside(state, event, 'supervise', {
      supervisions: [
        ...state.side.supervisions,
        {
          id: event.supervisionId,
          kind: event.kind,
          level: event.level,
          party: event.party,
          reason: event.reason,
          at: event.at,
          by: event.by.id,
          answerBy: event.answerBy,
          answer: null,
        },
      ],
    }),

  'case.supervision_answered.v1': (state, event) =>
    aside(state, event, 'answer_supervision', {
      supervisions: state.side.supervisions.map((supervision) =>
        supervision.id === event.supervisionId
          ? { ...supervision, answer: { at: event.at, by: event.by.id, words: event.words } }
          : supervision,
      ),
    }),

  'case.urged.v1': (state, event) => aside(state, event, 'urge', { urgeCount: state.side.urgeCount + 1 }),

  'case.appealed.v1': (state, event) =>
    aside(state, event, 'appeal', {
      appeal: { kind: event.kind, at: event.at, by: event.by.id, reason: event.reason, reviews: [], result: 'pending' },
    }),

  'case.appeal_reviewed.v1': (state, event) =>
    aside(state, event, 'review_appeal', {
      appeal:
        state.side.appeal === null
          ? null
          : {
              ...state.side.appeal,
              reviews: [
                ...state.side.appeal.reviews,
                { at: event.at, by: event.by.id, isGranted: event.isGranted, opinion: event.opinion },
              ],
              result: event.result,
            },
    }),

  'case.merged.v1': (state, event) =>
    withEarliest(
      aside(state, event, 'merge', {
        merged: [...state.side.merged, ...event.reports.map((report) => ({ at: event.at, ...report }))],
      }),
    ),

  'case.unmerged.v1': (state, event) =>
    withEarliest(
      aside(state, event, 'unmerge', { merged: state.side.merged.filter(({ caseId }) => caseId !== event.id) }),
    ),

  'case.merged_into.v1': (state, event) => {
    const before = state.side.recall === null ? state : { ...state, side: { ...state.side, recall: null } };
    return stepTo(state, event, 'merge', {
      state: 'void',
      holder: null,
      ...noClock,
      closedAt: event.at,
      returnedTo: null,
      chain: ended(state.chain, event, 'stopped', event.reason),
      side: sideWith(state, { mergedInto: { caseId: event.into, before }, endReason: event.reason }),
    });
  },

  // The case is what it was, its clock included: it ran on. Only the chain shows the detour.
  'case.unmerged_from.v1': (state, event) => {
    const before = withReporterOf(state.side.mergedInto?.before ?? state, state);
    const last = before.chain.at(-1);
    const isHeld = last !== undefined && last.endedAt === null;
    return stepTo(before, event, 'unmerge', {
      state: before.state,
      chain: isHeld ? [...state.chain, hop(last.unit, event, last.personId)] : before.chain,
    });
  },

  'case.redated.v1': (state, event) => {
    if (event.clock !== 'handle' || state.handleClock === null) {
      return aside(state, event, 'redate', {}, { dueAt: event.after });
    }
    const { limit, after, isProvisional } = event;
    const handleClock = {
      ...state.handleClock,
      limit,
      taken: limit,
      extensions: state.handleClock.extensions.map(({ at }) => ({ at, limit })),
      dueAt: after,
      isProvisional,
    };
    return aside(
      state,
      event,
      'redate',
      {},
      state.clock === 'handle' ? handleRuns(state, handleClock) : { handleClock },
    );
  },
};

function withEarliest(state: CaseState): CaseState {
  return state.clock === 'handle' ? { ...state, dueAt: handleDueAt(state) } : state;
}
