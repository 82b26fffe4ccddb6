import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY_MS, MINUTE_MS, plus, type Instant } from '#domain/base/instant.ts';
import { beijing, plainCalendar } from '#tests/builders/work-calendar.ts';
import { MinuteWalk } from '#tests/support/minute-walk.ts';
import type { WorkPeriod } from './day-hours.ts';
import { limitUnits, type Limit } from './limit.ts';
import { WorkCalendar, type WorkCalendarData } from './work-calendar.ts';

const yearEnd = beijing('2026-01-01 00:00');

/** Any moment, to the millisecond, of a few weeks around a turn of the year. */
const moments = fc.integer({ min: -15 * DAY_MS, max: 15 * DAY_MS }).map((ms) => plus(yearEnd, ms));
const units = fc.constantFrom(...limitUnits);
const limits: fc.Arbitrary<Limit> = fc.record({
  unit: units,
  value: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.double({ min: 1e-5, max: 5, noNaN: true })),
});

const periods: fc.Arbitrary<readonly WorkPeriod[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: 1_440 }), { minLength: 2, maxLength: 6 })
  .map((minutes) => {
    const bounds = minutes.toSorted((a, b) => a - b);
    const pairs = Array.from({ length: bounds.length >> 1 }, (_, index) => bounds.slice(index * 2, index * 2 + 2));
    return pairs.map(([startMinute = 0, endMinute = 0]) => ({ startMinute, endMinute }));
  });

const days = fc
  .uniqueArray(fc.tuple(fc.integer({ min: -16, max: 45 }), fc.constantFrom('holiday', 'workday')), {
    selector: ([day]) => day,
    maxLength: 20,
  })
  .map((rows) => rows.map(([day, kind]) => ({ date: dateIn(day), kind, name: `${kind} ${day}` }) as const));

const calendars: fc.Arbitrary<WorkCalendarData> = fc
  .record({
    days,
    years: fc.subarray([2025, 2026]),
    before: periods,
    after: periods,
    changeDay: fc.integer({ min: -15, max: 15 }),
    hoursPerWorkDay: fc.constantFrom(6, 7.5, 8),
  })
  .map(({ before, after, changeDay, ...data }) => ({
    ...{ ...plainCalendar, ...data },
    hours: [
      { from: null, to: dateIn(changeDay), periods: before },
      { from: dateIn(changeDay), to: null, periods: after },
    ],
  }));

describe('over calendars made by chance', () => {
  test('counted time is that of a walk through every minute, and the sum of slices that tile the span', () => {
    fc.assert(
      fc.property(calendars, moments, moments, units, (data, a, b, unit) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        const calendar = new WorkCalendar(data);
        const counted = calendar.countedMs(from, to, unit);
        const slices = calendar.slices(from, to, unit);
        expect(counted).toBe(new MinuteWalk(data).countedMs(from, to, unit));
        expect(slices.reduce((sum, { countedMs }) => sum + countedMs, 0)).toBe(counted);
        expect([from, ...slices.map((slice) => slice.to)]).toEqual([...slices.map((slice) => slice.from), to]);
        for (const { cause, countedMs, from: start, to: end } of slices) {
          expect(countedMs).toBe(cause === 'work_time' || cause === 'continuous' ? end - start : 0);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('a deadline is the first moment by which the limit has been counted, as a walk finds it', () => {
    const shortDays = calendars.filter(({ hours }) => hours.every((row) => minutesOf(row.periods) >= 60));
    fc.assert(
      fc.property(shortDays, moments, limits, (data, from, limit) => {
        const calendar = new WorkCalendar(data);
        const { at } = calendar.add(from, limit);
        expect(at).toBe(new MinuteWalk(data).add(from, limit));
        expect(calendar.countedMs(from, at, limit.unit)).toBe(calendar.msOf(limit));
        expect(calendar.countedMs(from, plus(at, -1), limit.unit)).toBe(calendar.msOf(limit) - 1);
      }),
      { numRuns: 150 },
    );
  });

  test('a deadline is provisional if and only if work was counted for through a year that is not known', () => {
    fc.assert(
      fc.property(calendars, moments, limits, (data, from, limit) => {
        const calendar = new WorkCalendar(data);
        const { at, isProvisional } = calendar.add(from, limit);
        const isWork = limit.unit === 'work_hour' || limit.unit === 'work_day';
        expect(isProvisional).toBe(isWork && calendar.isProvisional(from, at));
      }),
    );
  });

  test('a later start or a longer limit never gives an earlier deadline', () => {
    fc.assert(
      fc.property(calendars, moments, fc.nat(3 * DAY_MS), limits, fc.nat(100), (data, from, laterBy, limit, more) => {
        const calendar = new WorkCalendar(data);
        const { at } = calendar.add(from, limit);
        expect(calendar.add(plus(from, laterBy), limit).at).toBeGreaterThanOrEqual(at);
        expect(calendar.add(from, { ...limit, value: limit.value + more / 10 }).at).toBeGreaterThanOrEqual(at);
      }),
    );
  });

  test('counted time of two neighboring spans is that of both together, over years', () => {
    const farMoments = fc
      .integer({ min: -3_000, max: 3_000 })
      .chain((day) => moments.map((at) => plus(at, day * DAY_MS)));
    fc.assert(
      fc.property(calendars, fc.tuple(farMoments, farMoments, farMoments), units, (data, three, unit) => {
        const [a, b, c] = three.toSorted((left, right) => left - right) as [Instant, Instant, Instant];
        const calendar = new WorkCalendar(data);
        const parts = calendar.countedMs(a, b, unit) + calendar.countedMs(b, c, unit);
        expect(calendar.countedMs(a, c, unit)).toBe(parts);
      }),
    );
  });
});

function dateIn(days: number): string {
  return new Date(yearEnd + 8 * 60 * MINUTE_MS + days * DAY_MS).toISOString().slice(0, 10);
}

function minutesOf(ofDay: readonly WorkPeriod[]): number {
  return ofDay.reduce((sum, { startMinute, endMinute }) => sum + endMinute - startMinute, 0);
}
