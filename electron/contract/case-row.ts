import { isUrgentCase } from '#domain/case/urgent.ts';
import type { CaseState } from '#domain/case/state.ts';
import type { CaseRow } from './cases.ts';

/** The row of a case. `sequence` is that of the journal entry that changed it last. */
export function caseRow(state: CaseState, sequence: number): CaseRow {
  return {
    id: state.id,
    record: state.record,
    version: state.version,
    sequence,
    state: state.state,
    stateSince: state.stateSince,
    source: state.source,
    classKind: state.classRef.kind,
    classCode: state.classRef.code,
    className: state.classRef.name,
    description: state.description,
    address: state.place.address,
    lon: state.place.lon,
    lat: state.place.lat,
    gridCode: state.place.gridCode,
    holderUnit: state.holder?.unit ?? null,
    holderPost: state.holder?.post ?? null,
    holderSince: state.holder?.since ?? null,
    clock: state.clock,
    clockStartedAt: state.clockStartedAt,
    dueAt: state.dueAt,
    reportedAt: state.reportedAt,
    recordedAt: state.recordedAt,
    closedAt: state.closedAt,
    returnCount: state.returnCount,
    reworkCount: state.reworkCount,
    openSupervisions: openSupervisions(state),
    mergedCount: state.side.merged.length,
    isUrgent: isUrgentCase(state),
    isDemo: state.isDemo,
    isArchived: state.isArchived,
  };
}

function openSupervisions({ side }: CaseState): number {
  return side.supervisions.length === 0 ? 0 : side.supervisions.filter(({ answer }) => answer === null).length;
}
