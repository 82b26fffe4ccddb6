import { MINUTE_MS, type Instant } from '#domain/base/instant.ts';
import type { ClockRecord } from '#domain/sla/clock.ts';
import { explainClock, type LedgerLine } from '#domain/sla/ledger.ts';
import type { LimitUnit } from '#domain/sla/limit.ts';
import type { WorkCalendar } from '#domain/sla/work-calendar.ts';
import { handleDueAt } from './deadline.ts';
import type { StoredEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { TakenLimit } from './side.ts';
import type { CaseState, ClockName } from './state.ts';

/** One clock of a case from its start to its end or to now, with every counted and uncounted interval. */
export interface ExplainedClock {
  readonly clock: ClockName;
  readonly limit: TakenLimit;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  /** The deadline by which it is judged. */
  readonly dueAt: Instant;
  /** Earliest deadline of a report merged into the case, where that is the one that counts. */
  readonly mergedDueAt: Instant | null;
  readonly isProvisional: boolean;
  readonly isOverdue: boolean;
  readonly limitMs: number;
  readonly usedMs: number;
  readonly remainingMs: number;
  readonly extensions: readonly { readonly at: Instant; readonly value: number; readonly unit: LimitUnit }[];
  readonly lines: readonly LedgerLine[];
  readonly ahead: readonly LedgerLine[];
}

interface Run {
  readonly clock: ClockName;
  readonly record: ClockRecord & { readonly taken: TakenLimit };
  readonly mergedDueAt: Instant | null;
}

/**
 * Every clock that a case ever had, in the order of their starts (domain.md §5): 受理, 核实, 派遣 and 核查 from its steps, 处置
 * from its record. The second round of a ticket has a handling clock of its own. Lines tile the time of their clock, and
 * what they count adds up to `usedMs` to the millisecond.
 */
export function explainCase(
  events: readonly StoredEvent[],
  calendar: WorkCalendar,
  now: Instant,
): { readonly clocks: readonly ExplainedClock[] } {
  const runs: Run[] = [];
  let before: CaseState | undefined;
  for (const event of events) {
    const state = evolve(before, event);
    if (before !== undefined) {
      const stage = stageRun(before, hasSameStage(before, state) ? null : event.at);
      if (stage !== null && !hasSameStage(before, state)) runs.push(stage);
      if (before.handleClock !== null && state.handleClock?.startedAt !== before.handleClock.startedAt) {
        // A recall takes the clock away as if it had not started; a new round begins another one.
        if (state.handleClock !== null) runs.push(handleRun(before, before.handleClock));
      }
    }
    before = state;
  }
  if (before !== undefined) {
    const stage = stageRun(before, null);
    if (stage !== null) runs.push(stage);
    if (before.handleClock !== null) runs.push(handleRun(before, before.handleClock));
  }
  return {
    clocks: runs
      .toSorted((a, b) => a.record.startedAt - b.record.startedAt)
      .map((run) => explained(run, calendar, now)),
  };
}

function explained({ clock, record, mergedDueAt }: Run, calendar: WorkCalendar, now: Instant): ExplainedClock {
  const ledger = explainClock(calendar, record, now);
  const dueAt = mergedDueAt ?? ledger.dueAt;
  return {
    clock,
    limit: record.taken,
    startedAt: record.startedAt,
    endedAt: record.endedAt,
    dueAt,
    mergedDueAt,
    isProvisional: ledger.isProvisional,
    isOverdue: (record.endedAt ?? now) > dueAt,
    limitMs: ledger.limitMs,
    usedMs: ledger.usedMs,
    remainingMs: ledger.remainingMs,
    extensions: record.extensions.map(({ at, limit }) => ({ at, value: limit.value, unit: limit.unit })),
    lines: ledger.lines,
    ahead: ledger.ahead,
  };
}

/** The stage clock that runs in a state; null if none does, or the handling clock. */
function stageRun({ clock, clockStartedAt, dueAt }: CaseState, endedAt: Instant | null): Run | null {
  if (clock === null || clock === 'handle' || clockStartedAt === null || dueAt === null) return null;
  const taken = { value: (dueAt - clockStartedAt) / MINUTE_MS, unit: 'minute', basis: clock } as const;
  const record = { limit: taken, taken, startedAt: clockStartedAt, stops: [], extensions: [], endedAt, dueAt };
  return { clock, record, mergedDueAt: null };
}

function hasSameStage(a: CaseState, b: CaseState): boolean {
  return a.clock === b.clock && a.clockStartedAt === b.clockStartedAt;
}

function handleRun(state: CaseState, record: NonNullable<CaseState['handleClock']>): Run {
  const due = handleDueAt(state);
  return { clock: 'handle', record, mergedDueAt: due !== null && due < record.dueAt ? due : null };
}
