import { SECOND_MS } from '#domain/base/instant.ts';
import { dayNumber, flag, has, type FigureRecord } from './figure-record.ts';

/** The day that a count belongs to: of the report, of filing 立案, of the first dispatch, … */
export type DayBasis = 'report' | 'register' | 'dispatch' | 'due' | 'close' | 'verify' | 'check';

interface MeasureSpec {
  readonly basis: DayBasis;
  readonly of: (record: FigureRecord) => number;
}

const isValid = (r: FigureRecord) => r.registeredAt > 0 && !has(r, flag.isRejected | flag.isVoid);
/** Under a deadline of its own: 不立案, 作废 and merged ones are not. */
const isOwed = (r: FigureRecord) => !has(r, flag.isRejected | flag.isVoid | flag.isMerged | flag.isArchived);
const isHandled = (r: FigureRecord) => isOwed(r) && r.handledAt > 0;
const isLate = (r: FigureRecord) => has(r, flag.isHandledLate) && !has(r, flag.isExempt);
const isClosed = (r: FigureRecord) => has(r, flag.isClosed) && !has(r, flag.isMerged);
const isAssessed = (r: FigureRecord) =>
  has(r, flag.isTicket) && isClosed(r) && !has(r, flag.isArchived) && !has(r, flag.isExcluded);
const one = (test: (record: FigureRecord) => boolean) => (record: FigureRecord) => (test(record) ? 1 : 0);

/**
 * What is counted of a case, and on which day (domain.md §6, §7.3). The formulas of GB/T 30428.4 are not public: these are
 * derived [D] from the fields. Every count is a sum over cases, so that areas add up to those above them.
 */
export const measures = {
  /** 上报. */
  reported: { basis: 'report', of: () => 1 },
  /** 工单受理. */
  tickets: { basis: 'report', of: one((r) => has(r, flag.isTicket)) },
  /** 立案 of what was reported in the period. */
  reported_filed: { basis: 'report', of: one((r) => r.registeredAt > 0) },
  /** Cases alone: tickets are never filed. */
  reported_cases: { basis: 'report', of: one((r) => !has(r, flag.isTicket)) },
  /** 有效上报: filed, and neither 不立案 nor 作废 since. */
  valid: { basis: 'report', of: one(isValid) },
  /** 自主发现 of the valid ones; the rest was told by others: 漏报. */
  self_found: { basis: 'report', of: one((r) => isValid(r) && has(r, flag.isSelfFound)) },
  missed: { basis: 'report', of: one((r) => isValid(r) && !has(r, flag.isSelfFound)) },
  /** 立案 in the period. */
  filed: { basis: 'register', of: one((r) => r.registeredAt > 0) },
  filed_on_time: { basis: 'register', of: one((r) => has(r, flag.isFiledOnTime)) },
  accept_seconds: { basis: 'register', of: (r) => Math.max(0, r.registeredAt - r.reportedAt) },
  /** 派遣: once a case, at its first. */
  dispatched: { basis: 'dispatch', of: one((r) => r.dispatchedAt > 0) },
  accurate: { basis: 'dispatch', of: one((r) => r.dispatchedAt > 0 && !has(r, flag.isBounced)) },
  /** 接收 and 回退: every order to a unit, and every one it sent back. */
  received: { basis: 'dispatch', of: (r) => r.received },
  returned: { basis: 'dispatch', of: (r) => r.returns },
  /** 应处置 and 应结案: whose deadline lies in the period. */
  due: { basis: 'due', of: one(isOwed) },
  handled: { basis: 'due', of: one(isHandled) },
  handled_on_time: { basis: 'due', of: one((r) => isHandled(r) && !isLate(r)) },
  handled_late: { basis: 'due', of: one((r) => isHandled(r) && isLate(r)) },
  unhandled: { basis: 'due', of: one((r) => isOwed(r) && r.handledAt === 0) },
  handle_seconds: { basis: 'due', of: (r) => (isHandled(r) ? Math.max(0, r.handledAt - r.dispatchedAt) : 0) },
  with_photo: { basis: 'due', of: one((r) => isHandled(r) && has(r, flag.hasResultPhoto)) },
  reworked: { basis: 'due', of: one((r) => isHandled(r) && r.reworks > 0) },
  extended: { basis: 'due', of: (r) => (isOwed(r) ? r.extensions : 0) },
  suspended: { basis: 'due', of: (r) => (isOwed(r) ? r.suspensions : 0) },
  due_closed: { basis: 'due', of: one((r) => isOwed(r) && isClosed(r)) },
  closed_on_time: { basis: 'due', of: one((r) => isOwed(r) && isClosed(r) && !isLate(r)) },
  closed_late: { basis: 'due', of: one((r) => isOwed(r) && isClosed(r) && isLate(r)) },
  verifies: { basis: 'verify', of: (r) => r.verifies },
  verifies_done: { basis: 'verify', of: (r) => r.verifiesDone },
  verifies_on_time: { basis: 'verify', of: (r) => r.verifiesOnTime },
  checks: { basis: 'check', of: (r) => r.checks },
  checks_done: { basis: 'check', of: (r) => r.checksDone },
  checks_on_time: { basis: 'check', of: (r) => r.checksOnTime },
  checks_passed: { basis: 'check', of: (r) => r.checksPassed },
  /** 结案 in the period, those out of files too. */
  closed: { basis: 'close', of: one(isClosed) },
  impossible: { basis: 'close', of: one((r) => has(r, flag.isImpossible)) },
  rejected: { basis: 'close', of: one((r) => has(r, flag.isRejected)) },
  voided: { basis: 'close', of: one((r) => has(r, flag.isVoid)) },
  appeals_granted: { basis: 'close', of: one((r) => has(r, flag.isAppealGranted)) },
  appeals_refused: { basis: 'close', of: one((r) => has(r, flag.isAppealRefused)) },
  /** 考核件: called back in the period, without those left out 剔除. */
  assessed: { basis: 'close', of: one(isAssessed) },
  excluded: { basis: 'close', of: one((r) => has(r, flag.isTicket) && isClosed(r) && has(r, flag.isExcluded)) },
  responded: { basis: 'close', of: one((r) => isAssessed(r) && has(r, flag.isContactOnTime)) },
  answered_solved: { basis: 'close', of: one((r) => isAssessed(r) && has(r, flag.hasAnsweredSolved)) },
  solved: { basis: 'close', of: (r) => (isAssessed(r) ? r.solvedCounts : 0) },
  answered_satisfied: { basis: 'close', of: one((r) => isAssessed(r) && has(r, flag.hasAnsweredSatisfied)) },
  satisfied: { basis: 'close', of: (r) => (isAssessed(r) ? r.satisfiedCounts : 0) },
} as const satisfies Record<string, MeasureSpec>;

export type Measure = keyof typeof measures;
/** Answers count in thousandths while they are added, so that adding and taking away leaves nothing behind. */
export function scaleOf(measure: Measure): number {
  return measure === 'solved' || measure === 'satisfied' ? 1_000 : 1;
}

export const measureNames = Object.keys(measures) as readonly Measure[];

/** What cases are grouped by. */
export const groupKinds = [
  'district',
  'township',
  'village',
  'grid',
  'department',
  'person',
  'class',
  'source',
] as const;
export type GroupKind = (typeof groupKinds)[number];

const bases = ['report', 'register', 'dispatch', 'due', 'close', 'verify', 'check'] as const;

/** Places of the measures of each basis, with their functions: what a record is counted by. */
export const measuresByBasis: readonly {
  readonly basis: DayBasis;
  readonly measures: readonly { readonly at: number; readonly of: (record: FigureRecord) => number }[];
}[] = bases.map((basis) => ({
  basis,
  measures: measureNames.flatMap((name, at) => (measures[name].basis === basis ? [{ at, of: measures[name].of }] : [])),
}));

/** The day in Beijing that a record has by a basis, as a number of days; null when it has none. */
export function dayBy(basis: DayBasis, record: FigureRecord): number | null {
  const at = momentBy(basis, record);
  return at === 0 ? null : dayNumber(at);
}

function momentBy(basis: DayBasis, record: FigureRecord): number {
  switch (basis) {
    case 'report':
      return record.reportedAt * SECOND_MS;
    case 'register':
      return record.registeredAt * SECOND_MS;
    case 'dispatch':
      return record.dispatchedAt * SECOND_MS;
    case 'due':
      return record.handleDueAt;
    case 'close':
      return record.closedAt * SECOND_MS;
    case 'verify':
      return record.verifyAskedAt * SECOND_MS;
    case 'check':
      return record.checkAskedAt * SECOND_MS;
  }
}

/**
 * Index of the group of a kind that a record counts in; 0 is none. What was dispatched counts for the unit that got it first,
 * everything else for the one that has it or had it last.
 */
export function groupOf(kind: GroupKind, basis: DayBasis, record: FigureRecord): number {
  switch (kind) {
    case 'district':
      return DISTRICT;
    case 'township':
      return record.township;
    case 'village':
      return record.village;
    case 'grid':
      return record.grid;
    case 'department':
      return basis === 'dispatch' ? record.firstUnit : record.unit;
    case 'person':
      return record.person;
    case 'class':
      return record.classCode;
    case 'source':
      return record.source;
  }
}

/** The one group of kind `district`. */
export const DISTRICT = 1;
