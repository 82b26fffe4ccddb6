import type { ClockLedger, LedgerCause } from '#contract/clock.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/base/instant.ts';
import { isStop } from './ledger-at.ts';

/** How a span of the strip is drawn: solid, hatched, outlined and hatched, outlined, hatched ahead, solid past the deadline. */
export type SegmentKind = 'counted' | 'uncounted' | 'stop' | 'ahead' | 'ahead_uncounted' | 'late';

/** A span of the strip; `from` and `to` are shares of its width, 0 … 1. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  readonly kind: SegmentKind;
  readonly cause: LedgerCause;
  readonly name: string | null;
}

/** A line of the time axis. `isDay` when it is midnight in Beijing. */
export interface Tick {
  readonly share: number;
  readonly at: number;
  readonly isDay: boolean;
}

export interface Strip {
  readonly segments: readonly Segment[];
  readonly ticks: readonly Tick[];
  /** What ticks are apart, milliseconds. */
  readonly tickMs: number;
  readonly start: number;
  readonly due: number;
  /** Where the clock stands: now, or its end. */
  readonly now: number;
}

const BEIJING_MS = 8 * HOUR_MS;
const MOST_TICKS = 10;
const steps = [
  ...[1, 5, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 4, 6, 12].map((hours) => hours * HOUR_MS),
  ...[1, 2, 7, 14, 28, 56, 112].map((days) => days * DAY_MS),
];

/** Lays a ledger out on one time axis that holds its start, its deadline and where it stands, with a little room. */
export function stripOf(ledger: ClockLedger): Strip {
  const standsAt = ledger.endedAt ?? ledger.lines.at(-1)?.to ?? ledger.startedAt;
  const last = Math.max(standsAt, ledger.dueAt, ledger.ahead.at(-1)?.to ?? 0, ledger.startedAt + MINUTE_MS);
  const tickMs = stepFor(last - ledger.startedAt);
  const first = floorTo(ledger.startedAt, tickMs);
  const end = Math.max(floorTo(last, tickMs) + tickMs, first + tickMs);
  const share = (at: number) => (at - first) / (end - first);
  const segments: Segment[] = [];
  for (const { from, to, cause, name, countedMs } of ledger.lines) {
    if (isStop(cause) || countedMs === 0) {
      segments.push({ from: share(from), to: share(to), kind: isStop(cause) ? 'stop' : 'uncounted', cause, name });
      continue;
    }
    const cut = Math.min(Math.max(ledger.dueAt, from), to);
    if (cut > from) segments.push({ from: share(from), to: share(cut), kind: 'counted', cause, name });
    if (to > cut) segments.push({ from: share(cut), to: share(to), kind: 'late', cause, name });
  }
  for (const { from, to, cause, name, countedMs } of ledger.ahead) {
    const kind = countedMs > 0 ? 'ahead' : 'ahead_uncounted';
    segments.push({ from: share(from), to: share(to), kind, cause, name });
  }
  const count = Math.round((end - first) / tickMs);
  const ticks = Array.from({ length: count + 1 }, (_, index) => {
    const at = first + index * tickMs;
    return { share: share(at), at, isDay: (at + BEIJING_MS) % DAY_MS === 0 };
  });
  return { segments, ticks, tickMs, start: share(ledger.startedAt), due: share(ledger.dueAt), now: share(standsAt) };
}

function stepFor(length: number): number {
  return steps.find((step) => length / step <= MOST_TICKS) ?? Math.ceil(length / MOST_TICKS / DAY_MS) * DAY_MS;
}

/** The last whole step before, counted from midnight in Beijing, weeks from a Monday. */
function floorTo(at: number, step: number): number {
  const zero = step >= 7 * DAY_MS ? -3 * DAY_MS : 0;
  return Math.floor((at + BEIJING_MS - zero) / step) * step + zero - BEIJING_MS;
}

/** A word on a line of the strip: its middle, and how wide it is, as shares of the width. The first ones come first. */
export interface Wish<Id> {
  readonly id: Id;
  readonly center: number;
  readonly width: number;
}

/** A word that found room; `left` is a share. */
export interface Placed<Id> {
  readonly id: Id;
  readonly left: number;
}

/** Puts words on one line, each inside [0, 1] and none over another; a word without room is left out. */
export function placeWords<Id>(wishes: readonly Wish<Id>[]): readonly Placed<Id>[] {
  const taken: { readonly from: number; readonly to: number }[] = [];
  return wishes.flatMap(({ id, center, width }) => {
    if (width > 1) return [];
    const from = Math.min(Math.max(center - width / 2, 0), 1 - width);
    const to = from + width;
    if (taken.some((other) => from < other.to && to > other.from)) return [];
    taken.push({ from, to });
    return [{ id, left: from }];
  });
}
