import type { ClockLedger, LedgerCause, LedgerLine } from '#contract/clock.ts';
import { isContinuous } from '#domain/sla/limit.ts';

/**
 * The ledger as it stands at `now`, made of nothing but what the host said was ahead: lines that have passed since move
 * from `ahead` to `lines`. The same ledger when that is not known: for a clock that has ended or stands still, where
 * nothing is ahead any more, and where units that count differently follow each other.
 */
export function ledgerAt(ledger: ClockLedger, now: number): ClockLedger {
  if (ledger.endedAt !== null || isStanding(ledger)) return ledger;
  const cause = countedCause(ledger);
  if (cause === null) return ledger;
  const passed = ledger.ahead.flatMap((line) => partOf(line, line.from, Math.min(line.to, now)) ?? []);
  if (passed.length === 0) return ledger;
  const lines = [...ledger.lines];
  for (const line of passed) pushLine(lines, line.cause === 'remaining' ? { ...line, cause } : line);
  const counted = passed.reduce((sum, { countedMs }) => sum + countedMs, 0);
  return {
    ...ledger,
    lines,
    ahead: ledger.ahead.flatMap((line) => partOf(line, Math.max(line.from, now), line.to) ?? []),
    usedMs: ledger.usedMs + counted,
    remainingMs: ledger.remainingMs - counted,
  };
}

/** Whether the clock stands still at its last line: 挂账, 反馈 or merged. */
function isStanding(ledger: ClockLedger): boolean {
  const last = ledger.lines.at(-1);
  return ledger.endedAt === null && last !== undefined && isStop(last.cause);
}

/** Whether the line is a stop of the clock, not a time of the calendar. */
export function isStop(cause: LedgerCause): boolean {
  return cause === 'suspended' || cause === 'fed_back' || cause === 'merged';
}

function countedCause({ limit, extensions }: ClockLedger): 'continuous' | 'work_time' | null {
  const kinds = new Set([limit, ...extensions].map(({ unit }) => isContinuous(unit)));
  if (kinds.size > 1) return null;
  return kinds.has(true) ? 'continuous' : 'work_time';
}

/** The part of a line between two moments; all of a counted line counts, so its part counts in full. */
function partOf(line: LedgerLine, from: number, to: number): LedgerLine | null {
  if (to <= from) return null;
  return { ...line, from, to, countedMs: line.countedMs === 0 ? 0 : to - from };
}

function pushLine(lines: LedgerLine[], line: LedgerLine): void {
  const last = lines.at(-1);
  if (last?.to !== line.from || last.cause !== line.cause || last.name !== line.name) lines.push(line);
  else lines[lines.length - 1] = { ...last, to: line.to, countedMs: last.countedMs + line.countedMs };
}
