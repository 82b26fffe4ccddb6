import { actInputs } from '#contract/case-acts.ts';
import { caseRow } from '#contract/case-row.ts';
import type { CaseDetail, HistoryStep } from '#contract/cases.ts';
import { required } from '#domain/base/assert-never.ts';
import { ok } from '#domain/base/result.ts';
import { handleDueAt } from '#domain/case/deadline.ts';
import type { StoredEvent } from '#domain/case/events.ts';
import { isOpen } from '#domain/case/lifecycle.ts';
import { actionRefusal } from '#domain/case/guards.ts';
import type { DecideContext } from '#domain/case/decision.ts';
import { photoNeed } from '#domain/case/photos.ts';
import type { CaseState } from '#domain/case/state.ts';
import { caseActions } from '#domain/case/transitions.ts';
import type { Principal } from '#domain/access/permissions.ts';
import type { Cases } from '#host/ports/cases.ts';
import type { LoadedDistrict } from '#host/ports/district.ts';
import { BadCursor, ProjectionUnavailable } from '#host/ports/projection.ts';
import { refuse, type Handlers } from '../dispatcher.ts';
import type { HostParts } from '../host-parts.ts';
import { maskedReporter } from './people.ts';

type Reads = Pick<Handlers, 'cases.count' | 'cases.list' | 'case.get' | 'case.history'>;

/** Lists and counts come from the projection; one case and its history from memory and the journal. */
export function caseReads({ cases, journal, projection, people, clock, reference, district }: HostParts): Reads {
  const projected = <Value>(read: () => Promise<Value>) => answered(read, () => projection.status().sequence, cases);
  /** Nothing can be done in the past, and nothing of it is shown in plain words. */
  const pastDetail = async (id: string, sequence: number, principal: Principal) => {
    const last = cases.sequencesOf(id).findLast((own) => own <= sequence);
    const state = last === undefined ? undefined : await cases.folded(id, last);
    if (last === undefined || state === undefined) return refuse('not_found', { caseId: id });
    const detail = detailOf(state, last, principal, {
      ...{ ...reference(), now: clock.now(), reporter: null, presentGridCode: null },
    });
    return ok({ ...detail, recallUntil: null, actions: [] });
  };
  return {
    'cases.count': ({ filter }) => projected(() => projection.count(filter, clock.now())),
    'cases.list': (query) => projected(() => projection.list(query, clock.now())),

    'case.get': async ({ id, sequence }, { principal }) => {
      const state = await cases.load(id);
      if (state === undefined) return refuse('not_found', { caseId: id });
      if (sequence !== undefined) return pastDetail(id, sequence, principal);
      return ok(
        detailOf(state, required(cases.sequencesOf(id).at(-1), 'a case has an entry'), principal, {
          ...reference(),
          now: clock.now(),
          presentGridCode: presentGrid(state, district),
          reporter: await maskedReporter(state, people, principal),
        }),
      );
    },

    'case.history': async ({ id, sequence }) => {
      if ((await cases.load(id)) === undefined) return refuse('not_found', { caseId: id });
      const sequences = cases.sequencesOf(id).filter((own) => own <= (sequence ?? Infinity));
      if (sequences.length === 0) return refuse('not_found', { caseId: id });
      const entries = await journal.readEach(sequences);
      const steps = entries.flatMap((entry) =>
        entry.events.filter((event) => event.caseId === id).map((event) => stepOf(event, entry.sequence)),
      );
      return ok({ id, steps });
    },
  };
}

function presentGrid({ state, place: { lon, lat } }: CaseState, district: Pick<LoadedDistrict, 'locate'>) {
  return lon === null || lat === null || !isOpen(state) ? null : district.locate(lon, lat);
}

async function answered<Value>(read: () => Promise<Value>, contained: () => number, cases: Pick<Cases, 'sequence'>) {
  try {
    return ok(await read());
  } catch (cause) {
    if (cause instanceof ProjectionUnavailable) {
      if (cause.reason === 'busy') return refuse('busy');
      if (cause.reason !== 'rebuilding') return refuse('unavailable', { part: 'projection' });
      return refuse('archive_rebuilding', { behind: String(Math.max(0, cases.sequence() - contained())) });
    }
    if (cause instanceof BadCursor) return refuse('bad_input', { field: 'after', problem: 'is no cursor of a page' });
    throw cause;
  }
}

function detailOf(
  state: CaseState,
  sequence: number,
  principal: Principal,
  context: Pick<DecideContext, 'now' | 'units' | 'rules'> & Pick<CaseDetail, 'reporter' | 'presentGridCode'>,
): CaseDetail {
  const actor = { id: principal.id, roles: principal.roles, unit: null };
  const { side } = state;
  return copied({
    ...caseRow(state, sequence),
    presentGridCode: context.presentGridCode,
    standardRef: state.classRef.standardRef,
    reporterId: state.reporterId,
    external: state.external,
    extra: state.extra,
    chain: state.chain,
    handlerId: state.handlerId,
    collectorId: state.collectorId,
    handleDueAt: handleDueAt(state),
    isProvisional: state.handleClock?.isProvisional ?? false,
    handleFinishedAt: state.handleFinishedAt,
    returnedTo: state.returnedTo,
    lastCheck: state.lastCheck,
    condition: state.condition,
    mode: side.mode,
    orders: side.orders,
    firstReceiver: side.firstReceiver,
    redispatchTo: side.redispatchTo,
    endorsement: side.endorsement,
    verification: side.verification,
    extensionRequest: side.extensionRequest,
    extensionCount: side.extensionCount,
    suspensionRequest: side.suspensionRequest,
    suspension: side.suspension,
    supervisions: side.supervisions,
    urgeCount: side.urgeCount,
    escalationCount: side.escalationCount,
    isHardCase: side.isHardCase,
    appeal: side.appeal,
    merged: side.merged,
    mergedInto: side.mergedInto?.caseId ?? null,
    recallUntil: side.recall !== null && side.recall.until >= context.now ? side.recall.until : null,
    endReason: side.endReason,
    photos: side.photos,
    reporter: context.reporter,
    ticket: side.ticket,
    actions: caseActions
      .filter((action) => Object.hasOwn(actInputs, action))
      .map((action) => ({
        action,
        refusal: actionRefusal(state, action, actor, context),
        photo: photoNeed(action, context.rules.policiesAt(context.now)),
      })),
  });
}

/** A copy without the `readonly` of the state: what goes over the wire is JSON anyway. */
function copied(detail: Frozen<CaseDetail>): CaseDetail {
  return structuredClone(detail) as CaseDetail;
}

type Frozen<Value> = Value extends object ? { readonly [Key in keyof Value]: Frozen<Value[Key]> } : Value;

function stepOf(event: StoredEvent, sequence: number): HistoryStep {
  const { caseId: _, version, at, type, by, ...facts } = event;
  return { sequence, version, at, type, by: { ...by }, facts: facts as unknown as HistoryStep['facts'] };
}
