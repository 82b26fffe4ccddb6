import { clockNames } from '#domain/case/state.ts';
import { limitUnits } from '#domain/sla/limit.ts';
import { Instant, z } from './schema.ts';

const Limit = z.object({
  value: z.number(),
  unit: z.enum(limitUnits),
  /** The row of the limit table that it came from, in words. */
  basis: z.string(),
});

/** Why a span counts or not: work time, continuous, 午休, 班外, weekend, holiday, a stop of the clock, or what is left. */
const LedgerCause = z.enum([
  'work_time',
  'continuous',
  'break',
  'night',
  'weekend',
  'holiday',
  'suspended',
  'fed_back',
  'merged',
  'remaining',
]);
export type LedgerCause = z.infer<typeof LedgerCause>;

const LedgerLine = z.object({
  from: Instant,
  to: Instant,
  countedMs: z.int(),
  cause: LedgerCause,
  /** The holiday, also of a make-up day. */
  name: z.string().nullable(),
});
export type LedgerLine = z.infer<typeof LedgerLine>;

/**
 * One clock of a case from its start to its end or to now. `lines` tile that time without hole or overlap and their
 * counted milliseconds add up to `usedMs`; `ahead` is what lies between now and the deadline.
 */
const ClockLedger = z.object({
  clock: z.enum(clockNames),
  limit: Limit,
  startedAt: Instant,
  endedAt: Instant.nullable(),
  /** The deadline by which it is judged; a merged report may have an earlier one than the case's own. */
  dueAt: Instant,
  mergedDueAt: Instant.nullable(),
  isProvisional: z.boolean(),
  isOverdue: z.boolean(),
  limitMs: z.int(),
  usedMs: z.int(),
  /** Negative when more has been used than the limit with its extensions. */
  remainingMs: z.int(),
  extensions: z.array(z.object({ at: Instant, value: z.number(), unit: z.enum(limitUnits) })),
  lines: z.array(LedgerLine),
  ahead: z.array(LedgerLine),
});
export type ClockLedger = z.infer<typeof ClockLedger>;

/** Every clock that the case ever had, in the order of their starts. */
export const ClockExplanation = z.object({
  id: z.string(),
  asOf: Instant,
  calendarVersion: z.string(),
  /** The case has ended, and the calendar of its end is gone: today's was used. */
  isRecounted: z.boolean(),
  clocks: z.array(ClockLedger),
});
export type ClockExplanation = z.infer<typeof ClockExplanation>;
