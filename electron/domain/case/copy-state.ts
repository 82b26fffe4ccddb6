import type { SideFacts } from './side.ts';
import type { CaseState } from './state.ts';

/** A value whose fields may still be set: a copy that nobody else has. */
export type Own<Value> = { -readonly [Field in keyof Value]: Value[Field] };

/**
 * Field by field: V8 copies an object of so many fields by `{...state}` on its slow path, at five times the cost, and every
 * event of the journal makes a state (bench `rebuild`).
 */
export function copyOf(state: CaseState): Own<CaseState> {
  return {
    id: state.id,
    record: state.record,
    version: state.version,
    state: state.state,
    stateSince: state.stateSince,
    source: state.source,
    classRef: state.classRef,
    place: state.place,
    description: state.description,
    reportedAt: state.reportedAt,
    recordedAt: state.recordedAt,
    reporterId: state.reporterId,
    external: state.external,
    extra: state.extra,
    isArchived: state.isArchived,
    isDemo: state.isDemo,
    chain: state.chain,
    holder: state.holder,
    handlerId: state.handlerId,
    collectorId: state.collectorId,
    clock: state.clock,
    clockStartedAt: state.clockStartedAt,
    dueAt: state.dueAt,
    handleClock: state.handleClock,
    handleFinishedAt: state.handleFinishedAt,
    closedAt: state.closedAt,
    returnedTo: state.returnedTo,
    condition: state.condition,
    returnCount: state.returnCount,
    reworkCount: state.reworkCount,
    lastCheck: state.lastCheck,
    lastAction: state.lastAction,
    side: state.side,
  };
}

/** As {@link copyOf}. */
export function copyOfSide(side: SideFacts): Own<SideFacts> {
  return {
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
    suspensionCount: side.suspensionCount,
    supervisions: side.supervisions,
    urgeCount: side.urgeCount,
    escalationCount: side.escalationCount,
    isHardCase: side.isHardCase,
    appeal: side.appeal,
    merged: side.merged,
    mergedInto: side.mergedInto,
    recall: side.recall,
    endReason: side.endReason,
    photos: side.photos,
    reporter: side.reporter,
    ticket: side.ticket,
  };
}

/** Sets fields of a copy, and gives it back. */
export function withFields<Value extends object>(own: Own<Value>, change: Partial<Value>): Own<Value> {
  for (const field in change) own[field] = change[field] as Own<Value>[typeof field];
  return own;
}
