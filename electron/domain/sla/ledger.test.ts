import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, plus, type Instant } from '#domain/base/instant.ts';
import { aClock, beijing, inBeijing, shippedCalendarData } from '#tests/builders/work-calendar.ts';
import { dueOf, type ClockExtension, type ClockRecord, type ClockStop } from './clock.ts';
import { explainClock, type LedgerLine } from './ledger.ts';
import { limitUnits, type Limit } from './limit.ts';
import { WorkCalendar } from './work-calendar.ts';

const calendar = new WorkCalendar(shippedCalendarData());
const allStops = { pushing: ['suspended', 'fed_back', 'merged'] } as const;

function told(lines: readonly LedgerLine[]) {
  return lines.map(({ from, countedMs, cause, name }) => [inBeijing(from), countedMs / HOUR_MS, cause, name]);
}

test('a work day over 国庆 2025: what counted, what did not, and what is ahead', () => {
  const clock = aClock({
    limit: { value: 1, unit: 'work_day' },
    startedAt: beijing('2025-09-30 17:30'),
    dueAt: beijing('2025-10-09 17:30'),
  });
  const { lines, ahead, ...sums } = explainClock(calendar, clock, beijing('2025-10-09 10:00'));
  expect(sums).toEqual({
    limitMs: 8 * HOUR_MS,
    usedMs: 2.5 * HOUR_MS,
    remainingMs: 5.5 * HOUR_MS,
    dueAt: beijing('2025-10-09 17:30'),
    isProvisional: false,
  });
  expect(told(lines)).toEqual([
    ['2025-09-30 17:30', 0.5, 'work_time', null],
    ['2025-09-30 18:00', 0, 'night', null],
    ['2025-10-01 00:00', 0, 'holiday', '国庆节'],
    ['2025-10-06 00:00', 0, 'holiday', '中秋'],
    ['2025-10-07 00:00', 0, 'holiday', '国庆节'],
    ['2025-10-09 00:00', 0, 'night', null],
    ['2025-10-09 08:00', 2, 'work_time', null],
  ]);
  expect(told(ahead)).toEqual([
    ['2025-10-09 10:00', 2, 'remaining', null],
    ['2025-10-09 12:00', 0, 'break', null],
    ['2025-10-09 14:00', 3.5, 'remaining', null],
  ]);
});

test('a 挂账 of 200 days is one line, and while it is open the deadline moves with now', () => {
  const clock = aClock({ stops: [{ from: beijing('2026-03-10 10:20'), to: null, cause: 'suspended' }] });
  const ledger = explainClock(calendar, clock, plus(beijing('2026-03-10 10:20'), 200 * DAY_MS));
  expect(told(ledger.lines)).toEqual([
    ['2026-03-10 09:20', 1, 'work_time', null],
    ['2026-03-10 10:20', 0, 'suspended', null],
  ]);
  expect([ledger.usedMs, ledger.remainingMs]).toEqual([HOUR_MS, 3 * HOUR_MS]);
  // 200 days on is Saturday 26 September 2026, a day of 中秋; Monday is the next working day.
  expect(inBeijing(ledger.dueAt)).toBe('2026-09-28 11:00');
  expect(told(ledger.ahead)).toEqual([
    ['2026-09-26 10:20', 0, 'holiday', '中秋'],
    ['2026-09-28 00:00', 0, 'night', null],
    ['2026-09-28 08:00', 3, 'remaining', null],
  ]);
});

test('overdue is told in counted time: due Tuesday 15:20, on Wednesday 09:00 it is 3 h 40 late', () => {
  const ledger = explainClock(calendar, aClock(), beijing('2026-03-11 09:00'));
  expect([ledger.remainingMs / HOUR_MS, ledger.ahead]).toEqual([-(2 + 40 / 60 + 1), []]);
});

test('a clock that has ended keeps what was left, and has nothing ahead', () => {
  const clock = aClock({ endedAt: beijing('2026-03-10 09:54') });
  const { usedMs, remainingMs, ahead, lines } = explainClock(calendar, clock, beijing('2026-04-10 09:00'));
  expect([usedMs, remainingMs, ahead]).toEqual([34 * 60_000, 4 * HOUR_MS - 34 * 60_000, []]);
  expect(told(lines)).toEqual([['2026-03-10 09:20', 34 / 60, 'work_time', null]]);
});

test('with the deadline kept over 返工, what remains is up to the recorded deadline, and checking is not counted', () => {
  const fedBack = { from: beijing('2026-03-10 10:20'), to: beijing('2026-03-10 14:20'), cause: 'fed_back' } as const;
  const clock = aClock({ stops: [fedBack] });
  const inTime = explainClock(calendar, clock, beijing('2026-03-10 14:20'));
  expect([inTime.usedMs, inTime.remainingMs, inTime.limitMs]).toEqual([HOUR_MS, HOUR_MS, 4 * HOUR_MS]);
  const late = explainClock(calendar, clock, beijing('2026-03-10 16:20'));
  expect([late.usedMs, late.remainingMs]).toEqual([3 * HOUR_MS, -HOUR_MS]);
});

test('a recorded deadline is a fact: another calendar explains it and does not move it', () => {
  const clock = aClock({ dueAt: beijing('2026-03-10 17:20') });
  const ledger = explainClock(calendar, clock, beijing('2026-03-10 14:20'));
  expect([inBeijing(ledger.dueAt), ledger.remainingMs]).toEqual(['2026-03-10 17:20', 3 * HOUR_MS]);
});

test('a clock that starts later has all its limit ahead', () => {
  const { lines, ahead, remainingMs, usedMs } = explainClock(calendar, aClock(), beijing('2026-03-10 08:00'));
  expect([lines, usedMs, remainingMs, told(ahead)[0]]).toEqual([
    [],
    0,
    4 * HOUR_MS,
    ['2026-03-10 09:20', 2 + 40 / 60, 'remaining', null],
  ]);
});

const limits: fc.Arbitrary<Limit> = fc.record({
  unit: fc.constantFrom(...limitUnits),
  value: fc.oneof(fc.integer({ min: 0, max: 8 }), fc.double({ min: 0, max: 8, noNaN: true })),
});
const start = fc.integer({ min: 0, max: 900 * DAY_MS }).map((ms) => plus(beijing('2024-06-01 00:00'), ms));
const gaps = fc.nat(6 * DAY_MS);

/** Clocks whose stops come after each other, the last one perhaps still open, with one rule: every stop pushes. */
const records: fc.Arbitrary<ClockRecord> = fc
  .record({
    limit: limits,
    startedAt: start,
    gaps: fc.array(fc.tuple(gaps, gaps, fc.constantFrom(...allStops.pushing)), { maxLength: 4 }),
    isLastOpen: fc.boolean(),
    extensions: fc.array(limits, { maxLength: 2 }),
  })
  .map(({ limit, startedAt, gaps: spans, isLastOpen, extensions }) => {
    const stops: ClockStop[] = [];
    let at: Instant = startedAt;
    for (const [index, [run, rest, cause]] of spans.entries()) {
      const from = plus(at, run);
      at = plus(from, rest);
      stops.push({ from, to: isLastOpen && index === spans.length - 1 ? null : at, cause });
    }
    const approved = extensions.map((extension): ClockExtension => ({ at: startedAt, limit: extension }));
    return aClock({ limit, startedAt, stops, extensions: approved });
  });

test('lines tile the clock, add up to the used time, and what is ahead adds up to what remains', () => {
  fc.assert(
    fc.property(records, gaps, gaps, fc.boolean(), (record, nowAfter, endedBefore, hasEnded) => {
      const lastStop = record.stops.at(-1);
      const settled = lastStop?.to ?? lastStop?.from ?? record.startedAt;
      const now = plus(settled, nowAfter);
      const dueAt = dueOf(calendar, record, now, allStops).at;
      const isOpen = lastStop?.to === null;
      const endedAt = hasEnded && !isOpen ? plus(now, -Math.min(endedBefore, nowAfter)) : null;
      const clock = { ...record, dueAt, endedAt };
      const { lines, ahead, usedMs, limitMs, remainingMs } = explainClock(calendar, clock, now, allStops);

      const end = endedAt ?? now;
      expectTiles(lines, record.startedAt, end);
      expect(countedIn(lines)).toBe(usedMs);
      expect(remainingMs).toBe(limitMs - usedMs);
      expect(lines.every(({ countedMs, from, to }) => countedMs === 0 || countedMs === to - from)).toBe(true);
      expect(lines.some(({ cause }, index) => cause === 'suspended' && lines[index + 1]?.cause === cause)).toBe(false);
      if (endedAt !== null || dueAt <= now) expect(ahead).toEqual([]);
      else {
        expectTiles(ahead, end, dueAt);
        expect(countedIn(ahead)).toBe(remainingMs);
        expect(ahead.some(({ cause }) => cause === 'work_time' || cause === 'continuous')).toBe(false);
      }
    }),
    { numRuns: 500 },
  );
});

test('a deadline is the first moment by which the clock has used its limit and extensions', () => {
  fc.assert(
    fc.property(records, (record) => {
      const now = plus(record.startedAt, 60 * DAY_MS);
      const dueAt = dueOf(calendar, record, now, allStops).at;
      const stops = record.stops.map((stop) => ({ ...stop, to: stop.to ?? now }));
      const clock = { ...record, stops, dueAt };
      const atDue = explainClock(calendar, clock, dueAt, allStops);
      expect([atDue.usedMs, atDue.remainingMs]).toEqual([atDue.limitMs, 0]);
      if (atDue.limitMs === 0) return;
      const before = explainClock(calendar, clock, plus(dueAt, -1), allStops);
      expect([before.usedMs, before.remainingMs]).toEqual([atDue.limitMs - 1, 1]);
    }),
    { numRuns: 300 },
  );
});

function expectTiles(lines: readonly LedgerLine[], from: Instant, to: Instant): void {
  expect([from, ...lines.map((line) => line.to)]).toEqual([...lines.map((line) => line.from), to]);
  expect(lines.every((line) => line.to > line.from)).toBe(true);
}

function countedIn(lines: readonly LedgerLine[]): number {
  return lines.reduce((sum, { countedMs }) => sum + countedMs, 0);
}
