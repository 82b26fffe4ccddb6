import { caseRow } from '#contract/case-row.ts';
import type { CaseDetail, HistoryStep } from '#contract/cases.ts';
import { required } from '#domain/base/assert-never.ts';
import { ok } from '#domain/base/result.ts';
import type { CaseEvent } from '#domain/case/events.ts';
import { actionRefusal } from '#domain/case/decide.ts';
import { caseActions } from '#domain/case/lifecycle.ts';
import type { CaseState } from '#domain/case/state.ts';
import type { Principal } from '#domain/access/permissions.ts';
import { BadCursor, ProjectionUnavailable } from '#host/ports/projection.ts';
import { refuse, type Handlers } from '../dispatcher.ts';
import type { HostParts } from '../host-parts.ts';

type Reads = Pick<Handlers, 'cases.count' | 'cases.list' | 'case.get' | 'case.history'>;

/** Lists and counts come from the projection; one case and its history from memory and the journal. */
export function caseReads({ cases, journal, projection, clock }: HostParts): Reads {
  return {
    'cases.count': ({ filter }) => projected(() => projection.count(filter, clock.now())),
    'cases.list': (query) => projected(() => projection.list(query, clock.now())),

    'case.get': async ({ id }, { principal }) => {
      const state = await cases.load(id);
      if (state === undefined) return refuse('not_found', { caseId: id });
      return ok(detailOf(state, required(cases.sequencesOf(id).at(-1), 'a case has an entry'), principal));
    },

    'case.history': async ({ id }) => {
      const sequences = cases.sequencesOf(id);
      if (sequences.length === 0) return refuse('not_found', { caseId: id });
      const entries = await journal.readEach(sequences);
      const steps = entries.flatMap((entry) =>
        entry.events.filter((event) => event.caseId === id).map((event) => stepOf(event, entry.sequence)),
      );
      return ok({ id, steps });
    },
  };
}

async function projected<Value>(read: () => Promise<Value>) {
  try {
    return ok(await read());
  } catch (cause) {
    if (cause instanceof ProjectionUnavailable) return refuse('unavailable', { part: 'projection' });
    if (cause instanceof BadCursor) return refuse('bad_input', { field: 'after', problem: 'is no cursor of a page' });
    throw cause;
  }
}

function detailOf(state: CaseState, sequence: number, principal: Principal): CaseDetail {
  const actor = { id: principal.id, roles: principal.roles, unit: null };
  return {
    ...caseRow(state, sequence),
    standardRef: state.classRef.standardRef,
    reporterId: state.reporterId,
    external: state.external === null ? null : { ...state.external },
    extra: { ...state.extra },
    chain: state.chain.map((hop) => ({ ...hop })),
    handlerId: state.handlerId,
    collectorId: state.collectorId,
    handleDueAt: state.handleDueAt,
    handleFinishedAt: state.handleFinishedAt,
    returnedTo: state.returnedTo,
    lastCheck: state.lastCheck,
    actions: caseActions
      .filter((action) => action !== 'report')
      .map((action) => {
        const refusal = actionRefusal(state, action, actor);
        return { action, refusal: refusal === null ? null : { code: refusal.code, detail: { ...refusal.detail } } };
      }),
  };
}

function stepOf(event: CaseEvent, sequence: number): HistoryStep {
  const { caseId: _, version, at, type, by, ...facts } = event;
  return { sequence, version, at, type, by: { ...by }, facts: facts as unknown as HistoryStep['facts'] };
}
