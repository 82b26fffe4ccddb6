import { actInputs } from '#contract/case-acts.ts';
import { caseRow } from '#contract/case-row.ts';
import type { CaseDetail, HistoryStep } from '#contract/cases.ts';
import type { Actor } from '#domain/access/roles.ts';
import type { CaseEvent } from '#domain/case/events.ts';
import { actionRefusal } from '#domain/case/guards.ts';
import { photoNeed } from '#domain/case/photos.ts';
import type { CaseState } from '#domain/case/state.ts';
import { caseActions } from '#domain/case/transitions.ts';
import { aCase, aContext, desk, morning } from './cases.ts';

/** A case as `case.get` answers it, with what `actor` could do at `now`. */
export function detailOf(state: CaseState, now: number = morning, actor: Actor = desk): CaseDetail {
  const { side } = state;
  const context = { ...aContext(), now: now as typeof morning };
  return structuredClone({
    ...caseRow(state, state.version),
    standardRef: state.classRef.standardRef,
    reporterId: state.reporterId,
    external: state.external,
    extra: state.extra,
    chain: state.chain,
    handlerId: state.handlerId,
    collectorId: state.collectorId,
    handleDueAt: state.handleClock?.dueAt ?? null,
    isProvisional: false,
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
    presentGridCode: state.place.gridCode,
    recallUntil: side.recall?.until ?? null,
    endReason: side.endReason,
    photos: side.photos,
    reporter: null,
    ticket: side.ticket,
    actions: caseActions
      .filter((action) => Object.hasOwn(actInputs, action))
      .map((action) => ({
        action,
        refusal: actionRefusal(state, action, actor, context),
        photo: photoNeed(action, context.rules.policiesAt(context.now)),
      })),
  }) as unknown as CaseDetail;
}

/** A case as `case.get` answers it, of a fresh report unless `change` says otherwise. */
export function aDetail(change: Partial<CaseDetail> = {}): CaseDetail {
  return { ...detailOf(aCase(1)), ...change };
}

/** Events as `case.history` answers them. */
export function historyOf(events: readonly CaseEvent[]): readonly HistoryStep[] {
  return events.map((event, index): HistoryStep => {
    const { caseId: _, version, at, type, by, ...facts } = event;
    return { sequence: index + 1, version, at, type, by: { ...by }, facts: facts as unknown as HistoryStep['facts'] };
  });
}

/** Steps of a history with only what matters to a test. */
export function stepsOf(
  steps: readonly { readonly type: string; readonly at?: number; readonly facts?: HistoryStep['facts'] }[],
): readonly HistoryStep[] {
  return steps.map(({ type, at = morning, facts = {} }, index) => ({
    ...{ sequence: index + 1, version: index + 1, at, type, facts },
    by: { id: 'desk-1', role: 'DISPATCHER', unit: null },
  }));
}
