import { expect, test } from 'vitest';
import { HOUR_MS, plus } from '#domain/base/instant.ts';
import { aClock, beijing, inBeijing, shippedCalendarData } from '#tests/builders/work-calendar.ts';
import { dueOf, usedMs, type ClockStop } from './clock.ts';
import { explainClock } from './ledger.ts';
import type { LimitUnit } from './limit.ts';
import { WorkCalendar } from './work-calendar.ts';

const calendar = new WorkCalendar(shippedCalendarData());
const later = beijing('2026-12-31 12:00');

function stop(from: string, to: string | null, cause: ClockStop['cause'] = 'suspended'): ClockStop {
  return { from: beijing(from), to: to === null ? null : beijing(to), cause };
}

const feasts = {
  spring25: { start: '2025-01-27 16:00', stop: ['2025-01-27 17:00', '2025-02-05 09:00'] },
  autumn25: { start: '2025-09-30 17:30', stop: ['2025-10-02 10:00', '2025-10-09 16:00'] },
  spring26: { start: '2026-02-13 17:00', stop: ['2026-02-14 10:00', '2026-02-24 14:00'] },
  autumn26: { start: '2026-09-19 21:00', stop: ['2026-09-20 16:00', '2026-09-28 09:00'] },
} as const;

test.each<[feast: keyof typeof feasts, value: number, unit: LimitUnit, due: string, extended: string, why: string]>([
  ['spring25', 90, 'minute', '02-05 09:30', '02-05 11:00', '60 min; 30 min'],
  ['spring25', 4, 'urgent_hour', '02-05 12:00', '02-05 16:00', '1 h; 3 h'],
  ['spring25', 4, 'work_hour', '02-05 12:00', '02-05 18:00', '1 h; 3 h until noon; 4 h after it'],
  ['spring25', 1, 'work_day', '02-05 18:00', '02-06 18:00', '1 h; 7 h; Thursday'],
  ['spring25', 2, 'work_day', '02-06 18:00', '02-08 18:00', '1 h; 7 h and Thursday; Friday and make-up Saturday'],
  ['spring25', 1, 'natural_day', '02-06 08:00', '02-07 08:00', '1 h; 23 h; a day'],

  ['autumn25', 30, 'minute', '09-30 18:00', '09-30 18:30', 'both over before the stop, which then moves nothing'],
  ['autumn25', 48, 'urgent_hour', '10-09 23:30', '10-11 23:30', '40½ h; 7½ h; 48 h'],
  ['autumn25', 4, 'work_hour', '10-10 09:30', '10-10 15:30', '½ h; 2 h and 1½ h; 2½ h and 1½ h'],
  ['autumn25', 1, 'work_day', '10-10 15:30', '10-11 15:30', '½ h; 2 h and 5½ h; 2½ h and 5½ h on make-up Saturday'],
  ['autumn25', 7, 'natural_day', '10-14 23:30', '10-21 23:30', '40½ h; 5 days 7½ h; 7 days'],

  ['spring26', 45, 'minute', '02-13 17:45', '02-13 18:30', 'both over before the stop'],
  ['spring26', 24, 'urgent_hour', '02-24 21:00', '02-25 21:00', '17 h; 7 h; a day'],
  [
    'spring26',
    8,
    'work_hour',
    '02-25 09:00',
    '02-26 09:00',
    '1 h and 2 h of make-up Saturday; 4 h and 1 h; 7 h and 1 h',
  ],
  ['spring26', 4, 'work_day', '02-28 09:00', '03-05 09:00', '3 h; 4 h, 25 to 27 Feb, 1 h; 7 h, 2 to 4 March, 1 h'],
  ['spring26', 2, 'natural_day', '02-25 21:00', '02-27 21:00', '17 h; 31 h; 48 h'],

  ['autumn26', 15, 'minute', '09-19 21:15', '09-19 21:30', 'both over before the stop'],
  ['autumn26', 20, 'urgent_hour', '09-28 10:00', '09-29 06:00', '19 h; 1 h; 20 h'],
  ['autumn26', 7, 'work_hour', '09-28 10:00', '09-29 09:00', '6 h of make-up Sunday; 1 h; 6 h and 1 h'],
  [
    'autumn26',
    3,
    'work_day',
    '09-30 11:00',
    '10-10 11:00',
    '6 h; 7 h, 8 h, 3 h; 5 h, 8 and 9 Oct, 3 h on make-up Saturday',
  ],
  ['autumn26', 1, 'natural_day', '09-28 14:00', '09-29 14:00', '19 h; 5 h; a day'],
])('%s: %d %s with a pause over the feast is due at %s, extended at %s: %s', (feast, value, unit, due, extended) => {
  const { start, stop: span } = feasts[feast];
  const limit = { value, unit };
  const startedAt = beijing(start);
  const clock = aClock({ limit, startedAt, stops: [stop(span[0], span[1])] });
  expect(inBeijing(dueOf(calendar, clock, later).at)).toBe(`${start.slice(0, 4)}-${due}`);

  const longer = { ...clock, extensions: [{ at: plus(startedAt, 60_000), limit }] };
  const { at, isProvisional } = dueOf(calendar, longer, later);
  expect([inBeijing(at), isProvisional]).toEqual([`${start.slice(0, 4)}-${extended}`, false]);

  const ledger = explainClock(calendar, { ...longer, dueAt: at }, at);
  const sum = ledger.lines.reduce((counted, line) => counted + line.countedMs, 0);
  expect([sum, ledger.usedMs, ledger.remainingMs]).toEqual([calendar.msOf(limit) * 2, calendar.msOf(limit) * 2, 0]);
});

test('domain.md §12.1: 反馈 at 09:54 stops the clock after 34 min of 4 工作时', () => {
  const clock = aClock({ endedAt: beijing('2026-03-10 09:54') });
  expect(usedMs(calendar, clock, later)).toBe(34 * 60_000);
});

test('an open stop moves the deadline as if it ended now', () => {
  const clock = aClock({ stops: [stop('2026-03-10 10:20', null)] });
  expect(inBeijing(dueOf(calendar, clock, beijing('2026-03-10 10:20')).at)).toBe('2026-03-10 15:20');
  expect(inBeijing(dueOf(calendar, clock, beijing('2026-03-10 11:20')).at)).toBe('2026-03-10 16:20');
  expect(inBeijing(dueOf(calendar, clock, beijing('2026-03-12 13:00')).at)).toBe('2026-03-12 17:00');
  expect(usedMs(calendar, clock, beijing('2026-03-12 13:00'))).toBe(HOUR_MS);
});

test('domain.md §4.4: after rework the deadline stays, or is pushed by the check, as the caller rules', () => {
  const clock = aClock({ stops: [stop('2026-03-10 10:20', '2026-03-10 16:20', 'fed_back')] });
  expect(inBeijing(dueOf(calendar, clock, later).at)).toBe('2026-03-10 15:20');
  const pushed = dueOf(calendar, clock, later, { pushing: ['suspended', 'fed_back'] });
  expect(inBeijing(pushed.at)).toBe('2026-03-11 09:20');
  expect(usedMs(calendar, clock, beijing('2026-03-10 17:20'))).toBe(2 * HOUR_MS);
});

test('stops that overlap or lie within each other push once', () => {
  const stops = [
    stop('2026-03-10 10:20', '2026-03-10 14:20'),
    stop('2026-03-10 11:00', '2026-03-10 12:00'),
    stop('2026-03-10 14:00', '2026-03-10 15:00'),
  ];
  const { at } = dueOf(calendar, aClock({ stops }), later);
  expect(inBeijing(at)).toBe('2026-03-10 18:00');
});

test('a limit used up as a stop begins is not moved by it', () => {
  const { at } = dueOf(calendar, aClock({ stops: [stop('2026-03-10 15:20', '2026-04-10 15:20')] }), later);
  expect(inBeijing(at)).toBe('2026-03-10 15:20');
});

test('an extension in another unit is counted in its own from the deadline on', () => {
  const extensions = [{ at: beijing('2026-03-10 11:00'), limit: { value: 1, unit: 'natural_day' } as const }];
  const clock = aClock({ extensions });
  expect(inBeijing(dueOf(calendar, clock, later).at)).toBe('2026-03-11 15:20');
  expect(usedMs(calendar, clock, beijing('2026-03-10 20:20'))).toBe(4 * HOUR_MS + 5 * HOUR_MS);
});

test('what reaches into a year that is not announced is provisional, a stop through it alone is not', () => {
  const limit = { value: 2, unit: 'work_day' } as const;
  const december = aClock({ limit, startedAt: beijing('2026-12-30 14:00') });
  expect(dueOf(calendar, december, later)).toEqual({ at: beijing('2027-01-01 12:00'), isProvisional: true });
  const known = aClock({ limit, startedAt: beijing('2026-12-24 14:00') });
  expect(dueOf(calendar, known, later)).toEqual({ at: beijing('2026-12-28 12:00'), isProvisional: false });
  const extended = { ...known, extensions: [{ at: later, limit }] };
  expect(dueOf(calendar, extended, later).isProvisional).toBe(true);
  const through = new WorkCalendar({ ...shippedCalendarData(), years: [2026, 2028] });
  const paused = { ...known, stops: [stop('2026-12-25 10:00', '2028-01-05 10:00')] };
  expect(dueOf(through, paused, later)).toEqual({ at: beijing('2028-01-06 12:00'), isProvisional: false });
});

test('a clock of 0 is due at its start', () => {
  const clock = aClock({
    limit: { value: 0, unit: 'work_day' },
    stops: [stop('2026-03-10 09:00', '2026-03-11 09:00')],
  });
  expect(dueOf(calendar, clock, later)).toEqual({ at: clock.startedAt, isProvisional: false });
});
