import { required } from '#domain/base/assert-never.ts';
import type { Instant } from '#domain/base/instant.ts';
import type { CaseClock } from '#domain/case/explain.ts';

/** What is wrong with the account of a clock: holes, overlaps, sums; empty if nothing is. */
export function ledgerFaults(clock: CaseClock, now: Instant): readonly string[] {
  const { startedAt, endedAt, dueAt, lines, ahead, usedMs, remainingMs, limitMs } = clock;
  const faults: string[] = [];
  const end = endedAt === null || endedAt > now ? now : endedAt;
  const standsAt = end > startedAt ? end : startedAt;
  if (!tiles(lines, startedAt, standsAt)) faults.push('lines do not tile');
  if (sum(lines) !== usedMs) faults.push(`lines add up to ${sum(lines)}, used ${usedMs}`);
  if (usedMs < 0 || limitMs < 0 || lines.some(({ countedMs }) => countedMs < 0)) faults.push('negative time');
  if (endedAt !== null && ahead.length > 0) faults.push('an ended clock has time ahead');
  if (endedAt === null && dueAt >= standsAt) {
    if (!tiles(ahead, standsAt, dueAt)) faults.push('ahead does not tile');
    if (sum(ahead) !== remainingMs) faults.push(`ahead adds up to ${sum(ahead)}, remaining ${remainingMs}`);
  }
  return faults.map((fault) => `${clock.clock}: ${fault}`);
}

function tiles(lines: CaseClock['lines'], from: Instant, to: Instant): boolean {
  if (lines.length === 0) return from >= to;
  const first = required(lines[0], 'there is a line');
  const isGapless = lines.every((line, index) => line.to > line.from && (lines[index + 1]?.from ?? to) === line.to);
  return first.from === from && isGapless;
}

function sum(lines: CaseClock['lines']): number {
  return lines.reduce((total, { countedMs }) => total + countedMs, 0);
}
