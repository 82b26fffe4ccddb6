import type { Instant } from '#domain/base/instant.ts';
import type { Limit, LimitUnit } from './limit.ts';
import type { Due, WorkCalendar } from './work-calendar.ts';

/**
 * Why a clock stands still: 挂账 (suspended), 反馈 (fed back: waiting for the check), merged into another case
 * (domain.md §4.4 rows 13 and 20).
 */
export type StopCause = 'suspended' | 'fed_back' | 'merged';

/** A span in which the clock stands still, half-open; `to` is null while it does. */
export interface ClockStop {
  readonly from: Instant;
  readonly to: Instant | null;
  readonly cause: StopCause;
}

/** An approved 延期: `limit` is added to the end of the deadline in force (domain.md §4.5). */
export interface ClockExtension {
  readonly at: Instant;
  readonly limit: Limit;
}

/**
 * One clock of a case: all that is needed to count it again (decision 0007). Stops and extensions are in the order in
 * which they happened.
 */
export interface ClockRecord {
  readonly limit: Limit;
  readonly startedAt: Instant;
  readonly stops: readonly ClockStop[];
  readonly extensions: readonly ClockExtension[];
  readonly endedAt: Instant | null;
  /** The deadline as events recorded it; `dueOf` says what they should record. */
  readonly dueAt: Instant;
}

/** A rule of the caller: which stops move the deadline. Without one, only 挂账 does (domain.md §4.4, rework keeps it). */
export interface ClockRules {
  readonly pushing?: readonly StopCause[];
}

/**
 * The deadline of a clock: the limit from the start, then each extension from the deadline before it, counted in its own
 * unit. Time inside a stop that pushes does not count; one that is still open is taken to end at `now`.
 *
 * @throws RangeError if a limit is negative or not finite
 */
export function dueOf(calendar: WorkCalendar, record: ClockRecord, now: Instant, rules: ClockRules = {}): Due {
  const spans = limitSpans(calendar, record, now, rules);
  const isProvisional = spans.some((span) => span.isProvisional);
  return { at: spans.at(-1)?.to ?? record.startedAt, isProvisional };
}

/**
 * Counted time from the start to the end of the clock, or to `now` while it runs, in milliseconds. No stop counts,
 * whether it pushes the deadline or not. Time beyond the deadline is counted in the unit that was the last to run.
 */
export function usedMs(calendar: WorkCalendar, record: ClockRecord, now: Instant, rules: ClockRules = {}): number {
  const spans = limitSpans(calendar, record, now, rules);
  return stretches(record.stops, record.startedAt, clockEnd(record, now), now)
    .filter(({ stop }) => stop === null)
    .flatMap((stretch) => byUnit(spans, stretch))
    .reduce((sum, { from, to, unit }) => sum + calendar.countedMs(from, to, unit), 0);
}

/** Where the clock stands: its end, or `now` while it runs or before it ended. */
export function clockEnd(record: ClockRecord, now: Instant): Instant {
  return record.endedAt === null || record.endedAt > now ? now : record.endedAt;
}

/** A deadline of the clock on its way: the limit's own, then one for each extension. */
export interface LimitSpan {
  readonly from: Instant;
  readonly to: Instant;
  readonly unit: LimitUnit;
  readonly isProvisional: boolean;
}

/** The limit and the extensions, laid end to end from the start of the clock to its deadline. */
export function limitSpans(
  calendar: WorkCalendar,
  record: ClockRecord,
  now: Instant,
  { pushing = ['suspended'] }: ClockRules,
): readonly LimitSpan[] {
  const stops = record.stops.filter(({ cause }) => pushing.includes(cause));
  const spans: LimitSpan[] = [];
  let from = record.startedAt;
  for (const limit of [record.limit, ...record.extensions.map((extension) => extension.limit)]) {
    const due = addAround(calendar, stops, from, limit, now);
    spans.push({ from, to: due.at, unit: limit.unit, isProvisional: due.isProvisional });
    from = due.at;
  }
  return spans;
}

/** A half-open span in which the clock runs (`stop` is null) or stands still. */
export interface Stretch {
  readonly from: Instant;
  readonly to: Instant;
  readonly stop: StopCause | null;
}

/**
 * [from, to) cut at the stops, without hole or overlap. Where stops overlap, the one that began first has the time; one
 * that is open ends at `now`.
 */
export function stretches(stops: readonly ClockStop[], from: Instant, to: Instant, now: Instant): readonly Stretch[] {
  const found: Stretch[] = [];
  let at = from;
  for (const stop of stops.toSorted((a, b) => a.from - b.from)) {
    const stopFrom = later(stop.from, at);
    const stopTo = earlier(stop.to ?? now, to);
    if (stopTo <= stopFrom) continue;
    if (stopFrom > at) found.push({ from: at, to: stopFrom, stop: null });
    found.push({ from: stopFrom, to: stopTo, stop: stop.cause });
    at = stopTo;
  }
  if (to > at) found.push({ from: at, to, stop: null });
  return found;
}

/** A running stretch cut where the unit changes; the last unit goes on beyond the deadline. */
export function byUnit(
  spans: readonly LimitSpan[],
  stretch: Stretch,
): readonly { readonly from: Instant; readonly to: Instant; readonly unit: LimitUnit }[] {
  return spans
    .map((span, index) => ({
      from: later(span.from, stretch.from),
      to: index === spans.length - 1 ? stretch.to : earlier(span.to, stretch.to),
      unit: span.unit,
    }))
    .filter(({ from, to }) => to > from);
}

/** As `WorkCalendar.add`, leaving out the stops. */
function addAround(
  calendar: WorkCalendar,
  stops: readonly ClockStop[],
  from: Instant,
  limit: Limit,
  now: Instant,
): Due {
  let leftMs = calendar.msOf(limit);
  let isProvisional = false;
  let at = from;
  if (leftMs > 0) {
    const end = stops.reduce((last, stop) => later(last, stop.to ?? now), from);
    for (const stretch of stretches(stops, from, end, now)) {
      at = stretch.to;
      if (stretch.stop !== null) continue;
      const due = calendar.addMs(stretch.from, leftMs, limit.unit);
      if (due.at <= stretch.to) return { at: due.at, isProvisional: isProvisional || due.isProvisional };
      leftMs -= calendar.countedMs(stretch.from, stretch.to, limit.unit);
      isProvisional ||= due.isProvisional && calendar.isProvisional(stretch.from, stretch.to);
    }
  }
  const due = calendar.addMs(at, leftMs, limit.unit);
  return { at: due.at, isProvisional: isProvisional || due.isProvisional };
}

function later(a: Instant, b: Instant): Instant {
  return a > b ? a : b;
}

function earlier(a: Instant, b: Instant): Instant {
  return a < b ? a : b;
}
