import type { BoardRange } from '#contract/board.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/base/instant.ts';
import { dayText, monthDay, shortTime } from '#renderer/i18n/format.ts';

/** From left to right, epoch milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Tick {
  readonly at: number;
  readonly label: string;
}

const BEIJING_MS = 8 * HOUR_MS;
const tickWidths = [
  ...[MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS, 3 * HOUR_MS, 6 * HOUR_MS],
  ...[DAY_MS, 7 * DAY_MS, 30 * DAY_MS, 90 * DAY_MS, 365 * DAY_MS],
];

export function spanOf({ from, barMs, entries }: BoardRange): Span {
  return { from, to: from + barMs * Math.max(1, entries.length) };
}

/** Where a moment lies, 0 at the left end and 1 at the right one. */
export function shareOf({ from, to }: Span, at: number): number {
  return Math.min(1, Math.max(0, (at - from) / (to - from)));
}

export function momentAt({ from, to }: Span, share: number): number {
  return from + Math.min(1, Math.max(0, share)) * (to - from);
}

/** Heights from 0 to 1; a bar with anything in it can be seen. */
export function barHeights(entries: readonly number[]): readonly number[] {
  const most = Math.max(1, ...entries);
  return entries.map((count) => (count === 0 ? 0 : Math.max(0.08, count / most)));
}

/** Marks on whole minutes, hours and days of Beijing, at most `most`; a day is named where it begins. */
export function ticksOf({ from, to }: Span, most: number): readonly Tick[] {
  const width = tickWidths.find((one) => (to - from) / one <= most) ?? Math.ceil((to - from) / most);
  const ticks: Tick[] = [];
  const first = Math.ceil((from + BEIJING_MS) / width) * width - BEIJING_MS;
  for (let at = first; at < to; at += width) ticks.push({ at, label: labelOf(at, width) });
  return ticks;
}

function labelOf(at: number, width: number): string {
  if (width >= 90 * DAY_MS) return dayText(at).slice(0, 7);
  return width >= DAY_MS || shortTime(at) === '00:00' ? monthDay(at) : shortTime(at);
}
