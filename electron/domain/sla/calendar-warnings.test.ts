import { expect, test } from 'vitest';
import { beijing, shippedCalendarData } from '#tests/builders/work-calendar.ts';
import { calendarWarnings } from './calendar-warnings.ts';
import { WorkCalendar } from './work-calendar.ts';

const shipped = new WorkCalendar(shippedCalendarData());

test.each([
  ['2026-09-30 23:59', []],
  ['2026-10-01 00:00', [{ year: 2027, sinceOctober: true }]],
  ['2026-12-31 23:59', [{ year: 2027, sinceOctober: true }]],
  ['2027-01-01 00:00', [{ year: 2027, sinceOctober: false }]],
  [
    '2027-10-01 00:00',
    [
      { year: 2027, sinceOctober: false },
      { year: 2028, sinceOctober: true },
    ],
  ],
  ['2025-11-01 12:00', []],
])('the shipped calendar knows up to 2026; at %s it lacks %j', (now, warnings) => {
  expect(calendarWarnings(shipped, beijing(now))).toEqual(warnings);
});
