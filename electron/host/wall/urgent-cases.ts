import { caseRow } from '#contract/case-row.ts';
import type { WallInterrupt } from '#domain/wall/director.ts';
import type { Cases } from '#host/ports/cases.ts';
import type { Interrupts } from '#host/ports/wall.ts';

/** Cases of an urgent class past their limit (level Ⅰ): one call for each deadline that was missed. */
export function urgentCases(cases: Pick<Cases, 'openStates'>): Interrupts {
  return {
    list: (now) =>
      cases.openStates().flatMap((state): WallInterrupt[] => {
        const { id, dueAt } = state;
        if (dueAt === null || now <= dueAt || !caseRow(state, 0).isUrgent) return [];
        return [{ id: `urgent:${id}:${dueAt}`, caseId: id, since: dueAt, acknowledgedAt: null }];
      }),
  };
}
