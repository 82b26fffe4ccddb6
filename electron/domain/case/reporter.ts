import { required } from '#domain/base/assert-never.ts';
import type { ReporterRef } from './commands.ts';
import { events, isBlank, refuse, step, type Decider, type Decision } from './decision.ts';
import type { CaseEvent } from './events.ts';
import { aside, type Fold } from './fold.ts';
import type { CaseState } from './state.ts';

/** The first event of a case, and beside it who reported, where that is kept. */
export function withReporter(first: CaseEvent, reporter: ReporterRef | undefined): Decision {
  if (reporter === undefined) return events(first);
  const { caseId, at, by } = first;
  const { ref, isConfidential } = reporter;
  return events(first, {
    type: 'case.reporter_recorded.v1',
    ref,
    isConfidential,
    ...{ caseId, version: first.version + 1, at, by },
  });
}

/** Who reported is seen or erased by an act with a reason, recorded like every other (security.md D2, D5). */
export const reporterRules: { readonly [Action in 'reveal_reporter' | 'erase_reporter']: Decider<Action> } = {
  reveal_reporter: (body, found, ask) => {
    if (isBlank(body.reason)) return refuse('reason_missing');
    return events({
      type: 'case.reporter_revealed.v1',
      reason: body.reason.trim(),
      ...step(found, 'reveal_reporter', ask),
    });
  },

  erase_reporter: (body, found, ask) => {
    if (isBlank(body.reason)) return refuse('reason_missing');
    const { ref } = required(found.side.reporter, 'the guard found a reporter');
    return events({
      type: 'case.reporter_erased.v1',
      ref,
      reason: body.reason.trim(),
      ...step(found, 'erase_reporter', ask),
    });
  },
};

type ReporterEvent = 'case.reporter_recorded.v1' | 'case.reporter_revealed.v1' | 'case.reporter_erased.v1';

export const reporterFolds: { readonly [Type in ReporterEvent]: Fold<Type> } = {
  'case.reporter_recorded.v1': (state, event) =>
    aside(state, event, state.lastAction, {
      reporter: { ref: event.ref, isConfidential: event.isConfidential, erasedAt: null },
    }),

  'case.reporter_revealed.v1': (state, event) => aside(state, event, 'reveal_reporter', {}),

  'case.reporter_erased.v1': (state, event) =>
    aside(state, event, 'erase_reporter', {
      reporter: state.side.reporter === null ? null : { ...state.side.reporter, erasedAt: event.at },
    }),
};

/** A case as it was before, but for who reported: what was erased since stays erased. */
export function withReporterOf(before: CaseState, { side: { reporter } }: CaseState): CaseState {
  return before.side.reporter === reporter ? before : { ...before, side: { ...before.side, reporter } };
}
