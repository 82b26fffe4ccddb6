import { MINUTE_MS, type Instant } from '#domain/base/instant.ts';
import { dueOf, type ClockRecord, type StopCause } from '#domain/sla/clock.ts';
import { explainClock, type LedgerLine } from '#domain/sla/ledger.ts';
import type { LimitUnit } from '#domain/sla/limit.ts';
import type { WorkCalendar } from '#domain/sla/work-calendar.ts';
import type { CaseEvent, StoredEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { TakenLimit } from './side.ts';
import type { CaseState, ClockName, HandleClock } from './state.ts';
import { upcast } from './upcast.ts';

/**
 * One clock of a case from its start to its end or to now, to show and to prove a deadline with.
 *
 * 1. `lines` tile [startedAt, min(endedAt, now)) without hole or overlap; their counted milliseconds add up to `usedMs`.
 * 2. `ahead` tiles from there to `dueAt` for a clock that runs and is not overdue; it adds up to `remainingMs`.
 */
export interface CaseClock {
  readonly clock: ClockName;
  readonly limit: TakenLimit;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  /** The deadline by which it is judged. */
  readonly dueAt: Instant;
  /** The deadline of a report merged in 并案, where that is the one that counts; else null. */
  readonly mergedDueAt: Instant | null;
  readonly isProvisional: boolean;
  readonly isOverdue: boolean;
  /** The limit with its extensions, counted. */
  readonly limitMs: number;
  readonly usedMs: number;
  /** Counted time until `dueAt`, at the end of the clock or now; negative is overdue. */
  readonly remainingMs: number;
  readonly extensions: readonly { readonly at: Instant; readonly value: number; readonly unit: LimitUnit }[];
  readonly lines: readonly LedgerLine[];
  readonly ahead: readonly LedgerLine[];
}

/**
 * Every clock that a case or ticket ever had, in the order of their starts: 受理, 核实, 派遣 and 核查 as its events begin and
 * end them, and 处置 from its record; a ticket's second round 未解决再办 is a clock of its own. A clock that an order 派遣
 * began and a recall 撤回 took back ended with the recall; one that a recall or 拆案 brings back has run on.
 *
 * @param events  all events of one case, in order
 * @param now  not before the last event
 */
export function explainCase(
  events: readonly StoredEvent[],
  calendar: WorkCalendar,
  now: Instant,
): { readonly clocks: readonly CaseClock[] } {
  const walk = walkThrough(events);
  const stages = walk.stages.map((stage) => stageAccount(stage, calendar, now));
  const handles = walk.handles.map((record, index) => {
    const isLast = index === walk.handles.length - 1;
    return handleAccount(record, isLast ? earliestMerged(walk.last) : null, calendar, now);
  });
  return { clocks: [...stages, ...handles].sort((a, b) => a.startedAt - b.startedAt) };
}

interface StageClock {
  readonly clock: ClockName;
  readonly startedAt: Instant;
  dueAt: Instant;
  endedAt: Instant | null;
  /** From the event that moved it 时限表更新; null while it is what the step gave it. */
  limit: TakenLimit | null;
  isProvisional: boolean;
}

interface Walk {
  readonly stages: readonly StageClock[];
  readonly handles: readonly HandleClock[];
  readonly last: CaseState | undefined;
}

function walkThrough(events: readonly StoredEvent[]): Walk {
  const stages: StageClock[] = [];
  const handles: HandleClock[] = [];
  let state: CaseState | undefined;
  for (const stored of events) {
    const event = upcast(stored);
    const before = state;
    state = evolve(before, event);
    followStage(stages, state, event);
    followHandle(handles, before?.handleClock ?? null, state.handleClock, event.at);
  }
  return { stages, handles, last: state };
}

function followStage(stages: StageClock[], state: CaseState, event: CaseEvent): void {
  const { clock, clockStartedAt: startedAt, dueAt } = state;
  const runs = clock !== null && clock !== 'handle' && startedAt !== null && dueAt !== null;
  const running = stages.find(({ endedAt }) => endedAt === null);
  if (running !== undefined && !(runs && running.clock === clock && running.startedAt === startedAt)) {
    running.endedAt = event.at;
  }
  if (!runs) return;
  const known = stages.find((stage) => stage.clock === clock && stage.startedAt === startedAt);
  if (known === undefined) {
    stages.push({ clock, startedAt, dueAt, endedAt: null, limit: null, isProvisional: false });
    return;
  }
  known.endedAt = null;
  known.dueAt = dueAt;
  if (event.type === 'case.redated.v1' && event.clock === clock) {
    known.limit = event.limit;
    known.isProvisional = event.isProvisional;
  }
}

function followHandle(
  handles: HandleClock[],
  before: HandleClock | null,
  after: HandleClock | null,
  at: Instant,
): void {
  if (after !== null) {
    const place = handles.findIndex(({ startedAt }) => startedAt === after.startedAt);
    handles[place < 0 ? handles.length : place] = after;
  } else if (before !== null) {
    handles[handles.length - 1] = { ...before, endedAt: at };
  }
}

function stageAccount(stage: StageClock, calendar: WorkCalendar, now: Instant): CaseClock {
  const { clock, startedAt, dueAt, endedAt, isProvisional } = stage;
  const limit = stage.limit ?? { value: (dueAt - startedAt) / MINUTE_MS, unit: 'minute', basis: clock };
  const record: ClockRecord = { limit, startedAt, endedAt, dueAt, stops: [], extensions: [] };
  return { ...accountOf(clock, limit, record, calendar, now, []), isProvisional };
}

function handleAccount(
  record: HandleClock,
  mergedDueAt: Instant | null,
  calendar: WorkCalendar,
  now: Instant,
): CaseClock {
  const own = accountOf('handle', record.taken, record, calendar, now, pushingStops(record, calendar, now));
  const account = { ...own, isProvisional: record.isProvisional || own.isProvisional };
  if (mergedDueAt === null || mergedDueAt >= own.dueAt) return account;
  // The merged report was not paused with the case: no stop pushes its deadline.
  const merged = accountOf('handle', record.taken, { ...record, dueAt: mergedDueAt }, calendar, now, []);
  const { dueAt, isOverdue, remainingMs, ahead } = merged;
  return { ...account, dueAt, mergedDueAt, isOverdue, remainingMs, ahead };
}

function accountOf(
  clock: ClockName,
  limit: TakenLimit,
  record: ClockRecord,
  calendar: WorkCalendar,
  now: Instant,
  pushing: readonly StopCause[],
): CaseClock {
  const { dueAt, isProvisional, limitMs, usedMs, remainingMs, lines, ahead } = explainClock(calendar, record, now, {
    pushing,
  });
  return {
    clock,
    limit,
    startedAt: record.startedAt,
    endedAt: record.endedAt,
    dueAt,
    mergedDueAt: null,
    isProvisional,
    isOverdue: (record.endedAt ?? now) > dueAt,
    limitMs,
    usedMs,
    remainingMs,
    extensions: record.extensions.map(({ at, limit: { value, unit } }) => ({ at, value, unit })),
    lines,
    ahead,
  };
}

/**
 * Which stops moved the recorded deadline. 挂账 does; the time between 反馈 and 返工 does where the policy was to resume,
 * which shows in the deadline that the event recorded.
 */
function pushingStops(record: HandleClock, calendar: WorkCalendar, now: Instant): readonly StopCause[] {
  const ended = { ...record, stops: record.stops.filter(({ to }) => to !== null) };
  const candidates: readonly (readonly StopCause[])[] = [['suspended'], ['suspended', 'fed_back']];
  return candidates.find((pushing) => dueOf(calendar, ended, now, { pushing }).at === record.dueAt) ?? ['suspended'];
}

function earliestMerged(state: CaseState | undefined): Instant | null {
  const due = (state?.side.merged ?? []).flatMap(({ handleDueAt }) => handleDueAt ?? []);
  return due.length === 0 ? null : due.reduce((a, b) => (a < b ? a : b));
}
