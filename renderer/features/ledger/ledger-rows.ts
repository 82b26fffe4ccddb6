import type { LedgerCause, LedgerLine } from '#contract/clock.ts';
import { MINUTE_MS } from '#domain/base/instant.ts';
import { isStop } from './ledger-at.ts';

/** A row of the ledger's table: one line, or the lines of one day. */
export interface LedgerRow {
  readonly from: number;
  readonly to: number;
  /** Counted minutes as shown: rows add up to the total as shown, to the minute. */
  readonly minutes: number;
  readonly isCounted: boolean;
  readonly isAhead: boolean;
  /** What the row is made of, in order, each once. */
  readonly causes: readonly { readonly cause: LedgerCause; readonly name: string | null }[];
}

/** Longer ledgers are shown by day first. */
export const MOST_LINES = 12;

/** The table of a ledger; `isFolded` puts the lines of a day into one row. */
export function rowsOf(
  { lines, ahead }: { readonly lines: readonly LedgerLine[]; readonly ahead: readonly LedgerLine[] },
  isFolded: boolean,
): readonly LedgerRow[] {
  const groups = [
    ...grouped(lines, isFolded).map((group) => ({ group, isAhead: false })),
    ...grouped(ahead, isFolded).map((group) => ({ group, isAhead: true })),
  ];
  let counted = 0;
  return groups.map(({ group, isAhead }) => {
    const before = Math.floor(counted / MINUTE_MS);
    const own = group.reduce((sum, { countedMs }) => sum + countedMs, 0);
    counted += own;
    return {
      from: group[0]?.from ?? 0,
      to: group.at(-1)?.to ?? 0,
      minutes: Math.floor(counted / MINUTE_MS) - before,
      isCounted: own > 0,
      isAhead,
      causes: causesOf(group),
    };
  });
}

/** Minutes of all rows: the total line. */
export function totalMinutes(rows: readonly LedgerRow[]): number {
  return rows.reduce((sum, { minutes }) => sum + minutes, 0);
}

/** A day begins with the night, weekend or holiday before its work; a stop stands alone. */
function grouped(lines: readonly LedgerLine[], isFolded: boolean): readonly (readonly LedgerLine[])[] {
  const groups: LedgerLine[][] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    const stands = last?.some(({ cause }) => isStop(cause)) === true || isStop(line.cause);
    const hasWork = last?.some(({ countedMs }) => countedMs > 0) === true;
    const isNextDay = hasWork && (line.cause === 'night' || line.cause === 'weekend' || line.cause === 'holiday');
    if (last === undefined || !isFolded || stands || isNextDay) groups.push([line]);
    else last.push(line);
  }
  return groups;
}

function causesOf(group: readonly LedgerLine[]): LedgerRow['causes'] {
  const found = new Map(group.map(({ cause, name }) => [`${cause} ${name ?? ''}`, { cause, name }]));
  const counted = group.find(({ countedMs }) => countedMs > 0)?.cause;
  return [...found.values()].toSorted((a, b) => Number(b.cause === counted) - Number(a.cause === counted));
}

/** `3:15`; hours go on beyond a day, since a counted day is not a day of the calendar. */
export function hoursText(minutes: number): string {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

/** As {@link hoursText}, of counted milliseconds; the sign is left to words. */
export function countedText(ms: number): string {
  return hoursText(Math.floor(Math.abs(ms) / MINUTE_MS));
}
