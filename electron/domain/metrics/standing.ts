import { SECOND_MS } from '#domain/base/instant.ts';
import { flag, has, type FigureRecord } from './figure-record.ts';

/** What stood in hand 在办 at a moment, and what of it was past its limit 超期. */
export type StandingPart = 'open' | 'overdue';

/** Counts at several moments, in their order. */
export type Standing = Readonly<Record<StandingPart, Int32Array>>;

/** Reports that were merged into another case, and rows of files that ended nobody knows when, stand nowhere. */
export function standsNowhere(record: FigureRecord): boolean {
  return has(record, flag.isMerged) || (has(record, flag.isClosed) && record.closedAt === 0);
}

/**
 * Whether a case was in hand, or in hand and past its limit, at a moment (epoch milliseconds), by what is known of it now. One
 * that was handled in time, or exempted after an appeal, is not overdue.
 */
export function stoodAt(record: FigureRecord, part: StandingPart, at: number): boolean {
  const isOpen = !standsNowhere(record) && isBefore(record.reportedAt, at) && !isBefore(record.closedAt, at);
  if (part === 'open' || !isOpen) return isOpen;
  const isDue = record.handleDueAt !== 0 && record.handleDueAt < at && !has(record, flag.isExempt);
  return isDue && !isBefore(record.handledAt, at);
}

function isBefore(seconds: number, at: number): boolean {
  return seconds !== 0 && seconds * SECOND_MS < at;
}
