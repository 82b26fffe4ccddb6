import { expect, test } from 'vitest';
import type { ClockLedger, LedgerLine } from '#contract/clock.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/base/instant.ts';
import { placeWords, stripOf } from './strip-layout.ts';

/** Beijing time on 2026-11-24, hours may go beyond a day. */
function at(hour: number): number {
  return Date.UTC(2026, 10, 24, -8) + hour * HOUR_MS;
}

function line(from: number, to: number, cause: LedgerLine['cause'], isCounted = true): LedgerLine {
  return { from, to, countedMs: isCounted ? to - from : 0, cause, name: null };
}

function aLedger(change: Partial<ClockLedger>): ClockLedger {
  return {
    clock: 'handle',
    limit: { value: 4, unit: 'work_hour', basis: 'limits 2' },
    startedAt: at(9),
    endedAt: null,
    dueAt: at(15),
    mergedDueAt: null,
    isProvisional: false,
    isOverdue: false,
    limitMs: 4 * HOUR_MS,
    usedMs: 0,
    remainingMs: 0,
    extensions: [],
    lines: [],
    ahead: [],
    ...change,
  };
}

test('a day is laid out by the hour: counted, the break, now, what is left, the deadline', () => {
  const strip = stripOf(
    aLedger({
      lines: [
        line(at(9), at(12), 'work_time'),
        line(at(12), at(14), 'break', false),
        line(at(14), at(14.5), 'work_time'),
      ],
      ahead: [line(at(14.5), at(15), 'remaining')],
    }),
  );
  expect(strip.tickMs).toBe(HOUR_MS);
  expect(strip.ticks.map((tick) => (tick.at - at(0)) / HOUR_MS)).toEqual([9, 10, 11, 12, 13, 14, 15, 16]);
  expect(strip.segments.map(({ kind }) => kind)).toEqual(['counted', 'uncounted', 'counted', 'ahead']);
  expect(strip.now).toBeCloseTo(5.5 / 7);
  expect(strip.due).toBeCloseTo(6 / 7);
});

test('time beyond the deadline is told apart, and a stop from the calendar', () => {
  const { segments } = stripOf(
    aLedger({
      dueAt: at(11),
      lines: [line(at(9), at(10), 'suspended', false), line(at(10), at(12), 'continuous')],
    }),
  );
  expect(segments.map(({ kind, from, to }) => [kind, from.toFixed(2), to.toFixed(2)].join(' '))).toEqual([
    'stop 0.00 0.29',
    'counted 0.29 0.57',
    'late 0.57 0.86',
  ]);
});

test('segments follow each other without a hole, and ticks stay few whatever the length', () => {
  for (const length of [
    MINUTE_MS,
    15 * MINUTE_MS,
    4 * HOUR_MS,
    3 * DAY_MS,
    40 * DAY_MS,
    400 * DAY_MS,
    2_000 * DAY_MS,
  ]) {
    const half = at(9) + length / 2;
    const strip = stripOf(
      aLedger({
        dueAt: at(9) + length,
        lines: [line(at(9), half, 'continuous')],
        ahead: [line(half, at(9) + length, 'remaining')],
      }),
    );
    expect(strip.ticks.length, String(length)).toBeLessThanOrEqual(14);
    expect(strip.segments[0]?.to).toBe(strip.segments[1]?.from);
    expect(strip.due).toBeLessThanOrEqual(1);
  }
});

test('days are cut at midnight in Beijing, weeks on Mondays', () => {
  const days = stripOf(aLedger({ dueAt: at(9) + 10 * DAY_MS, ahead: [] }));
  expect(days.ticks.every(({ isDay }) => isDay)).toBe(true);
  const weeks = stripOf(aLedger({ dueAt: at(9) + 60 * DAY_MS, ahead: [] }));
  expect(new Date((weeks.ticks[0]?.at ?? 0) + 8 * HOUR_MS).getUTCDay()).toBe(1);
});

test('words keep inside the line, the first ones have the room', () => {
  expect(
    placeWords([
      { id: 'due', center: 0.98, width: 0.1 },
      { id: 'start', center: 0, width: 0.2 },
      { id: 'hidden', center: 0.15, width: 0.1 },
      { id: 'break', center: 0.5, width: 0.1 },
    ]).map(({ id, left }) => `${id} ${left.toFixed(2)}`),
  ).toEqual(['due 0.90', 'start 0.00', 'break 0.45']);
});
