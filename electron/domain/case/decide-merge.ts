import { handleDueAt } from './deadline.ts';
import { events, isBlank, refuse, step, type Decider } from './decision.ts';
import type { CaseEvent, EventOf } from './events.ts';
import type { MergedReport } from './side.ts';
import type { CaseState } from './state.ts';
import { actionRefusal } from './guards.ts';
import { refused } from '#domain/base/result.ts';

/** Most reports that one act merges. */
const MOST_MERGED = 50;

/**
 * 并案 and its reversal 拆案: several reports of one cause become one case. Every reporter is kept and the earliest
 * deadline counts. The clocks of merged reports run on, since whoever reported still waits; so a reversal gives each its
 * own deadline back, as if it had never been merged.
 */
export const mergeRules: { readonly [Action in 'merge' | 'unmerge']: Decider<Action> } = {
  merge: (body, found, ask) => {
    if (isBlank(body.reason)) return refuse('reason_missing');
    if (body.ids.length === 0) return refuse('merge_empty');
    if (body.ids.length > MOST_MERGED) return refuse('merge_too_many', { most: String(MOST_MERGED) });
    const into: CaseEvent[] = [];
    const reports: EventOf<'case.merged.v1'>['reports'][number][] = [];
    for (const id of new Set(body.ids)) {
      if (id === found.id) return refuse('merge_with_itself', { caseId: id });
      const other = ask.world.caseById(id);
      if (other === undefined) return refuse('not_found', { caseId: id });
      const guard = actionRefusal(other, 'merge', ask.actor, ask.context);
      if (guard !== null) return refused({ ...guard, detail: { ...guard.detail, caseId: id } });
      if (other.record !== found.record) return refuse('merge_other_record', { caseId: id });
      into.push({
        type: 'case.merged_into.v1',
        into: found.id,
        reason: body.reason.trim(),
        ...step(other, 'merge', ask),
      });
      reports.push(reportOf(other), ...other.side.merged.map(takenOver));
    }
    // The case that goes on comes last: its state is that of the receipt.
    return events(...into, {
      type: 'case.merged.v1',
      reports,
      reason: body.reason.trim(),
      ...step(found, 'merge', ask),
    });
  },

  unmerge: (body, found, ask) => {
    if (isBlank(body.reason)) return refuse('reason_missing');
    const other = ask.world.caseById(body.id);
    if (other?.side.mergedInto?.caseId !== found.id) return refuse('not_merged_here', { caseId: body.id });
    const reason = body.reason.trim();
    // What had been merged into it before leaves with it.
    const leaving = [other.id, ...other.side.mergedInto.before.side.merged.map(({ caseId }) => caseId)];
    const own = step(found, 'unmerge', ask);
    return events(
      {
        caseId: other.id,
        version: other.version + 1,
        at: ask.context.now,
        by: own.by,
        type: 'case.unmerged_from.v1',
        from: found.id,
        reason,
      },
      ...leaving.map((id, index): CaseEvent => {
        return { type: 'case.unmerged.v1', id, reason, ...own, version: own.version + index };
      }),
    );
  },
};

/** A report that comes along: its moment is that of the new merge. */
function takenOver({ caseId, source, reporterId, external, reportedAt, description, handleDueAt: due }: MergedReport) {
  return { caseId, source, reporterId, external, reportedAt, description, handleDueAt: due };
}

function reportOf(other: CaseState): EventOf<'case.merged.v1'>['reports'][number] {
  return {
    caseId: other.id,
    source: other.source,
    reporterId: other.reporterId,
    external: other.external,
    reportedAt: other.reportedAt,
    description: other.description,
    handleDueAt: other.handleClock?.endedAt === null ? handleDueAt(other) : null,
  };
}
