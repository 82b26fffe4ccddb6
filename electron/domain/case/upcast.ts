import type { CaseEvent, OldEvent, StoredEvent } from './events.ts';

const MINUTE_MS = 60_000;

/**
 * The newest form of an event, whatever form the journal holds (architecture.md §5, 4). One step for each old version.
 *
 * v1 of a dispatch knew natural minutes only, so its limit is read off its deadline. v1 of a sub-dispatch, a return and a
 * rework lacked persons, orders, reason codes and the unit they led to. v1 of a report, a verification, a result and a check
 * brought no photos.
 */
export function upcast(event: StoredEvent): CaseEvent {
  switch (event.type) {
    case 'case.reported.v1':
      return { photos: [], ...event, type: 'case.reported.v2' };
    case 'case.verified.v1':
      return { photos: [], ...event, type: 'case.verified.v2' };
    case 'case.handled.v1':
      return { photos: [], ...event, type: 'case.handled.v2' };
    case 'case.checked.v1':
      return { photos: [], ...event, type: 'case.checked.v2' };
    case 'case.dispatched.v1': {
      const { dueAt, ...rest } = event;
      const limit = { value: (dueAt - event.at) / MINUTE_MS, unit: 'minute', basis: 'v1' } as const;
      return {
        ...rest,
        ...plain(event),
        type: 'case.dispatched.v2',
        mode: 'frontline',
        deadline: { limit, dueAt, isProvisional: false },
      };
    }
    case 'case.sub_dispatched.v1':
      return { ...event, ...plain(event), type: 'case.sub_dispatched.v2', mode: null };
    case 'case.returned.v1':
      return { ...event, type: 'case.returned.v2', unit: null, reasonCode: null };
    case 'case.reworked.v1':
      return { ...event, type: 'case.reworked.v2', dueAt: null };
    default:
      return event;
  }
}

/** Nobody could recall in v1: the window closed when it opened. */
function plain(event: OldEvent): { personId: null; orders: []; recallUntil: OldEvent['at'] } {
  return { personId: null, orders: [], recallUntil: event.at };
}
