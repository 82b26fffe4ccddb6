import type { Instant } from '#domain/base/instant.ts';
import {
  byUnit,
  clockEnd,
  dueOf,
  limitSpans,
  stretches,
  usedMs,
  type ClockRecord,
  type ClockRules,
  type StopCause,
} from './clock.ts';
import type { SliceCause, WorkCalendar } from './work-calendar.ts';

/** Why a line counts or not; `remaining` is time that will count until the deadline. */
export type LedgerCause = SliceCause | StopCause | 'remaining';

/** One line of a clock's account, half-open. `name` is the holiday's, also on the work time of its make-up days 调休. */
export interface LedgerLine {
  readonly from: Instant;
  readonly to: Instant;
  readonly countedMs: number;
  readonly cause: LedgerCause;
  readonly name: string | null;
}

/**
 * How a clock came to where it stands, to show and to prove a deadline with (decision 0007). All spans are counted
 * milliseconds.
 *
 * 1. `lines` tile [startedAt, min(endedAt, now)) without hole or overlap; their `countedMs` add up to `usedMs`.
 * 2. `ahead` tiles from there to `dueAt` for a clock that runs and is not overdue; its `countedMs` add up to
 *    `remainingMs`. It is empty for a clock that has ended.
 * 3. As long as every stop pushes the deadline and the recorded deadline is that of `dueOf`, `remainingMs` is `limitMs` −
 *    `usedMs`.
 */
export interface ClockLedger {
  /** The limit and its extensions. */
  readonly limitMs: number;
  readonly usedMs: number;
  /** Until `dueAt`, at the end of the clock or now; negative is overdue. No stop counts on either side. */
  readonly remainingMs: number;
  /** The recorded deadline; while a stop that pushes it is open, the deadline if that stop ended now. */
  readonly dueAt: Instant;
  readonly isProvisional: boolean;
  readonly lines: readonly LedgerLine[];
  readonly ahead: readonly LedgerLine[];
}

/** @throws RangeError if a limit of the record is negative or not finite */
export function explainClock(
  calendar: WorkCalendar,
  record: ClockRecord,
  now: Instant,
  rules: ClockRules = {},
): ClockLedger {
  const due = dueOf(calendar, record, now, rules);
  const dueAt = isPushedNow(record, rules) ? due.at : record.dueAt;
  const end = clockEnd(record, now);
  const standsAt = end > record.startedAt ? end : record.startedAt;
  const linesOf = (from: Instant, to: Instant) => linesBetween(calendar, record, { from, to }, now, rules);
  const toDue = linesOf(standsAt, dueAt);
  const pastDue = linesOf(dueAt > record.startedAt ? dueAt : record.startedAt, standsAt);
  return {
    limitMs: [record, ...record.extensions].reduce((sum, { limit }) => sum + calendar.msOf(limit), 0),
    usedMs: usedMs(calendar, record, now, rules),
    remainingMs: countedIn(toDue) - countedIn(pastDue),
    dueAt,
    isProvisional: due.isProvisional,
    lines: linesOf(record.startedAt, standsAt),
    ahead: record.endedAt === null ? toDue.map(asRemaining) : [],
  };
}

function isPushedNow(record: ClockRecord, { pushing = ['suspended'] }: ClockRules): boolean {
  return record.endedAt === null && record.stops.some(({ to, cause }) => to === null && pushing.includes(cause));
}

function linesBetween(
  calendar: WorkCalendar,
  record: ClockRecord,
  { from, to }: { readonly from: Instant; readonly to: Instant },
  now: Instant,
  rules: ClockRules,
): readonly LedgerLine[] {
  const spans = limitSpans(calendar, record, now, rules);
  const lines: LedgerLine[] = [];
  for (const stretch of stretches(record.stops, from, to, now)) {
    if (stretch.stop !== null) {
      pushLine(lines, { from: stretch.from, to: stretch.to, countedMs: 0, cause: stretch.stop, name: null });
      continue;
    }
    for (const part of byUnit(spans, stretch)) {
      for (const slice of calendar.slices(part.from, part.to, part.unit)) pushLine(lines, slice);
    }
  }
  return lines;
}

/** Neighbors of one cause and name are one line: a stop, a night or a holiday of many days, but each part of a workday. */
function pushLine(lines: LedgerLine[], line: LedgerLine): void {
  const last = lines.at(-1);
  if (last?.cause !== line.cause || last.name !== line.name) lines.push(line);
  else lines[lines.length - 1] = { ...last, to: line.to, countedMs: last.countedMs + line.countedMs };
}

function asRemaining(line: LedgerLine): LedgerLine {
  return line.cause === 'work_time' || line.cause === 'continuous' ? { ...line, cause: 'remaining' } : line;
}

function countedIn(lines: readonly LedgerLine[]): number {
  return lines.reduce((sum, { countedMs }) => sum + countedMs, 0);
}
