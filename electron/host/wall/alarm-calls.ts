import type { WallInterrupt } from '#domain/wall/director.ts';
import type { Alarms } from '#host/ports/alarms.ts';
import type { Interrupts } from '#host/ports/wall.ts';

/**
 * Alarms of level Ⅰ about a case call for the wall until somebody acknowledges them (desk-wall-briefing.md §9.12). One about
 * the program itself does not: no scene shows more of it than the strip that every page has.
 */
export function alarmCalls(alarms: Pick<Alarms, 'standing'>): Interrupts {
  return {
    list: () =>
      alarms.standing().flatMap(({ id, priority, about, raisedAt, acknowledged }): WallInterrupt[] => {
        if (priority !== 1 || about.kind !== 'case') return [];
        return [{ id: `alarm:${id}`, caseId: about.caseId, since: raisedAt, acknowledgedAt: acknowledged?.at ?? null }];
      }),
  };
}
