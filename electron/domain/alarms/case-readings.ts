import { instant, MINUTE_MS, type Instant } from '#domain/base/instant.ts';
import { isOpen, type CaseStateName } from '#domain/case/lifecycle.ts';
import type { CaseState } from '#domain/case/state.ts';
import { isUrgentCase } from '#domain/case/urgent.ts';
import type { AlarmPlace, Reading } from './alarm.ts';
import { isForClass, type AlarmCondition, type AlarmTypeRow } from './alarm-type.ts';

/** When a condition stands; `to` null: until the case changes. */
interface Span {
  readonly from: number;
  readonly to: number | null;
}

/** What stands for a subject now, and when that changes by time alone; null if it does not. */
export interface Watched {
  readonly readings: readonly Reading[];
  readonly nextAt: Instant | null;
}

type CaseCondition = Extract<
  AlarmCondition,
  'life_danger' | 'urgent_overdue' | 'overdue' | 'not_accepted' | 'returned' | 'ticket_due_soon' | 'machine_report'
>;

/** Nobody has taken it yet: reported, on its way, sent back. */
const untaken: ReadonlySet<CaseStateName> = new Set([
  ...(['reported', 'verifying', 'pending_register', 'pending_dispatch', 'pending_handle'] as const),
  ...(['returned', 'to_sign', 'return_review', 'signed', 'assigned'] as const),
]);
const unread: ReadonlySet<CaseStateName> = new Set(['reported', 'verifying', 'pending_register']);
const ordered: ReadonlySet<CaseStateName> = new Set(['pending_handle', 'assigned']);

/** Spans by condition. `slack`: the dead band, while the alarm is on already, in the unit of the threshold. */
const spans: Readonly<Record<CaseCondition, (state: CaseState, row: AlarmTypeRow, slack: number) => Span | null>> = {
  life_danger: ({ state, reportedAt }, { threshold }) =>
    untaken.has(state) ? { from: reportedAt + threshold * MINUTE_MS, to: null } : null,
  urgent_overdue: (found, { threshold }, slack) =>
    isUrgentCase(found) ? pastLimit(found.dueAt, threshold - slack) : null,
  overdue: (found, { threshold }, slack) => (isUrgentCase(found) ? null : pastLimit(found.dueAt, threshold - slack)),
  not_accepted: ({ state, holder, stateSince }, { threshold }) =>
    ordered.has(state) ? { from: (holder?.since ?? stateSince) + threshold * MINUTE_MS, to: null } : null,
  returned: ({ state, returnCount, stateSince }, { threshold }, slack) =>
    untaken.has(state) && returnCount >= threshold - slack ? { from: stateSince, to: null } : null,
  ticket_due_soon: ({ record, clock, clockStartedAt, dueAt }, { threshold }, slack) => {
    if (record !== 'ticket' || clock !== 'handle' || dueAt === null || clockStartedAt === null) return null;
    return { from: dueAt - (dueAt - clockStartedAt) * (threshold + slack), to: dueAt };
  },
  machine_report: ({ state, source, reportedAt }, { threshold }) =>
    source === 'video' && unread.has(state) ? { from: reportedAt + threshold * MINUTE_MS, to: null } : null,
};

/**
 * Alarms that a case calls for. Of several types of one condition the most urgent that stands counts. `typeOf` is the type
 * by which a subject's alarm is on now: it ends only behind the dead band.
 */
export function caseReadings(
  state: CaseState,
  types: readonly AlarmTypeRow[],
  area: string | null,
  typeOf: (key: string) => string | null,
  now: Instant,
): Watched {
  if (!isOpen(state.state) || state.isArchived) return { readings: [], nextAt: null };
  const place: AlarmPlace = { area, grid: state.place.gridCode };
  const readings = new Map<string, Reading>();
  let nextAt = Infinity;
  for (const row of types) {
    if (!isCaseCondition(row.condition) || !isForClass(row, state.classRef.code)) continue;
    const key = `${row.condition} ${state.id}`;
    const span = spans[row.condition](state, row, typeOf(key) === row.id ? row.deadBand : 0);
    if (span === null || (span.to !== null && span.to <= now)) continue;
    if (span.from > now) {
      nextAt = Math.min(nextAt, span.from);
      continue;
    }
    nextAt = Math.min(nextAt, span.to ?? Infinity);
    const about = { kind: 'case', caseId: state.id, className: state.classRef.name } as const;
    if ((readings.get(key)?.priority ?? 4) > row.priority) readings.set(key, readingOf(row, key, place, about));
  }
  return { readings: [...readings.values()], nextAt: Number.isFinite(nextAt) ? instant(Math.ceil(nextAt)) : null };
}

/** Keys of everything that a case may ring for. */
export function caseKeys(caseId: string): readonly string[] {
  return Object.keys(spans).map((condition) => `${condition} ${caseId}`);
}

/** A reading of a type for a subject. */
export function readingOf(row: AlarmTypeRow, key: string, place: AlarmPlace, about: Reading['about']): Reading {
  return {
    ...{ key, place, about },
    typeId: row.id,
    condition: row.condition,
    priority: row.priority,
    isShelvable: row.isShelvable && row.priority !== 1,
    offDelayMs: row.offDelaySeconds * 1_000,
  };
}

function pastLimit(dueAt: Instant | null, minutes: number): Span | null {
  return dueAt === null ? null : { from: dueAt + minutes * MINUTE_MS, to: null };
}

function isCaseCondition(condition: AlarmCondition): condition is CaseCondition {
  return Object.hasOwn(spans, condition);
}
