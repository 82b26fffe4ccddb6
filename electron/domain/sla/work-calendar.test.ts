import { expect, test } from 'vitest';
import { HOUR_MS } from '#domain/base/instant.ts';
import { aCalendar, beijing, inBeijing, plainCalendar, shippedCalendarData } from '#tests/builders/work-calendar.ts';
import type { Limit, LimitUnit } from './limit.ts';
import { WorkCalendar } from './work-calendar.ts';

const shipped = new WorkCalendar(shippedCalendarData());
const allDay = [{ startMinute: 0, endMinute: 1_440 }];
const workHours = (value: number): Limit => ({ value, unit: 'work_hour' });

test('domain.md §12.1: 4 工作时 from Tuesday 09:20 are 2 h 40 before noon and 1 h 20 after 14:00', () => {
  const due = shipped.add(beijing('2026-03-10 09:20'), workHours(4));
  expect(due).toEqual({ at: beijing('2026-03-10 15:20'), isProvisional: false });
});

test('domain.md §5.1: 8 work hours are a work day, by a number of the calendar', () => {
  const from = beijing('2026-03-10 08:00');
  expect(shipped.add(from, { value: 1, unit: 'work_day' }).at).toBe(beijing('2026-03-10 18:00'));
  expect(aCalendar({ hoursPerWorkDay: 6 }).add(from, { value: 1, unit: 'work_day' }).at).toBe(
    beijing('2026-03-10 16:00'),
  );
});

test.each([
  {
    feast: '春节 2025: off Tue 28 January to Tue 4 February, make-up Sun 26 January and Sat 8 February',
    off: ['2025-01-25', '2025-01-28', '2025-02-04', '2025-02-09'],
    on: ['2025-01-26', '2025-01-27', '2025-02-05', '2025-02-08'],
  },
  {
    feast: '国庆 2025: off Wed 1 to Wed 8 October, make-up Sun 28 September and Sat 11 October',
    off: ['2025-09-27', '2025-10-01', '2025-10-06', '2025-10-08', '2025-10-12'],
    on: ['2025-09-28', '2025-09-30', '2025-10-09', '2025-10-11'],
  },
  {
    feast: '春节 2026: off Sun 15 to Mon 23 February, make-up Sat 14 and Sat 28 February',
    off: ['2026-02-15', '2026-02-23', '2026-03-01'],
    on: ['2026-02-13', '2026-02-14', '2026-02-24', '2026-02-28'],
  },
  {
    feast: '中秋 and 国庆 2026: off 25 to 27 September and 1 to 7 October, make-up Sun 20 September and Sat 10 October',
    off: ['2026-09-19', '2026-09-25', '2026-09-27', '2026-10-01', '2026-10-07', '2026-10-11'],
    on: ['2026-09-20', '2026-09-28', '2026-09-30', '2026-10-08', '2026-10-10'],
  },
])('$feast', ({ off, on }) => {
  const workOn = (day: string) => shipped.countedMs(beijing(`${day} 00:00`), beijing(`${day} 24:00`), 'work_hour');
  expect(off.map(workOn)).toEqual(off.map(() => 0));
  expect(on.map(workOn)).toEqual(on.map(() => 8 * HOUR_MS));
});

test.each<[from: string, value: number, unit: LimitUnit, due: string, why: string]>([
  ['2025-01-27 16:00', 15, 'minute', '2025-01-27 16:15', 'continuous'],
  ['2025-01-27 16:00', 4, 'urgent_hour', '2025-01-27 20:00', 'continuous, into the evening'],
  ['2025-01-27 16:00', 2, 'work_hour', '2025-01-27 18:00', 'used up at the last moment of work before 春节'],
  ['2025-01-27 16:00', 4, 'work_hour', '2025-02-05 10:00', '2 h on Monday, 2 h on Wednesday after the feast'],
  ['2025-01-27 16:00', 1, 'work_day', '2025-02-05 16:00', '2 h; then 4 h before noon and 2 h after'],
  ['2025-01-27 16:00', 5, 'work_day', '2025-02-10 16:00', '2 h; 5, 6, 7 and make-up 8 Feb are 32 h; 6 h on Mon 10'],
  ['2025-01-27 16:00', 3, 'natural_day', '2025-01-30 16:00', 'continuous, due on a holiday'],
  ['2025-01-24 17:00', 2, 'work_hour', '2025-01-26 09:00', '1 h on Friday, 1 h on make-up Sunday'],
  ['2025-01-24 14:00', 2, 'work_day', '2025-01-27 12:00', '4 h on Friday, 8 h on make-up Sunday, 4 h on Monday'],

  ['2025-09-30 17:30', 30, 'minute', '2025-09-30 18:00', 'continuous'],
  ['2025-09-30 17:30', 24, 'urgent_hour', '2025-10-01 17:30', 'continuous, through the first holiday'],
  ['2025-09-30 17:30', 1, 'work_hour', '2025-10-09 08:30', 'half an hour before 国庆, half an hour after it'],
  ['2025-09-30 17:30', 1, 'work_day', '2025-10-09 17:30', '½ h; then 4 h and 3½ h on Thursday'],
  ['2025-09-30 17:30', 3, 'work_day', '2025-10-11 17:30', '½ h; 8 h on 9 and 10 Oct; 7½ h on make-up Saturday'],
  ['2025-09-30 17:30', 4, 'work_day', '2025-10-13 17:30', 'as before, Sunday 12 is free, 7½ h on Monday'],
  ['2025-09-30 17:30', 7, 'natural_day', '2025-10-07 17:30', 'continuous, due on a holiday'],
  ['2025-09-26 16:00', 1, 'work_day', '2025-09-28 16:00', '2 h on Friday, 6 h on make-up Sunday'],
  ['2025-10-03 11:00', 4, 'work_hour', '2025-10-09 12:00', 'filed on a holiday: begins on Thursday at 08:00'],

  ['2026-02-13 17:00', 30, 'minute', '2026-02-13 17:30', 'continuous'],
  ['2026-02-13 17:00', 2, 'urgent_hour', '2026-02-13 19:00', 'continuous'],
  ['2026-02-13 17:00', 4, 'work_hour', '2026-02-14 11:00', '1 h on Friday, 3 h on make-up Saturday'],
  ['2026-02-13 17:00', 2, 'work_day', '2026-02-24 17:00', '1 h, 8 h on make-up Saturday, 7 h on Tue 24'],
  [
    '2026-02-13 17:00',
    7,
    'work_day',
    '2026-03-02 17:00',
    '1 h; 14, 24 to 27 and make-up 28 Feb are 48 h; 7 h on 2 Mar',
  ],
  ['2026-02-13 17:00', 10, 'natural_day', '2026-02-23 17:00', 'continuous, due on the last holiday'],

  ['2026-09-19 21:00', 15, 'minute', '2026-09-19 21:15', 'continuous, on Saturday night'],
  ['2026-09-19 21:00', 4, 'urgent_hour', '2026-09-20 01:00', 'continuous, over midnight'],
  ['2026-09-19 21:00', 4, 'work_hour', '2026-09-20 12:00', 'make-up Sunday before noon'],
  ['2026-09-19 21:00', 1, 'work_day', '2026-09-20 18:00', 'make-up Sunday'],
  ['2026-09-19 21:00', 6, 'work_day', '2026-09-28 18:00', '20 to 24 Sep are 5; 25 to 27 is 中秋; Mon 28'],
  ['2026-09-19 21:00', 11, 'work_day', '2026-10-10 18:00', '5; 28 to 30 Sep are 3; 8, 9 and make-up 10 Oct'],
  ['2026-09-19 21:00', 12, 'work_day', '2026-10-12 18:00', 'as before, Sunday 11 is free'],
  ['2026-09-19 21:00', 15, 'natural_day', '2026-10-04 21:00', 'continuous'],

  ['2026-03-10 22:30', 2, 'work_hour', '2026-03-11 10:00', 'filed at night: begins at 08:00'],
  ['2026-03-10 03:00', 2, 'work_hour', '2026-03-10 10:00', 'filed before dawn: begins the same day'],
  ['2026-03-10 12:00', 1, 'work_hour', '2026-03-10 15:00', 'filed as 午休 begins: begins at 14:00'],
  ['2026-03-10 18:00', 1, 'work_hour', '2026-03-11 09:00', 'filed as work ends: begins the next morning'],
  ['2026-03-14 10:00', 1, 'work_day', '2026-03-16 18:00', 'filed on Saturday: all of Monday'],
  ['2026-03-10 08:00', 4, 'work_hour', '2026-03-10 12:00', 'due at the end of the morning, not at 14:00'],
  ['2026-03-13 08:00', 1, 'work_day', '2026-03-13 18:00', 'due on Friday at 18:00, not on Monday'],
])('from %s, %d %s is due at %s: %s', (from, value, unit, due) => {
  const { at, isProvisional } = shipped.add(beijing(from), { value, unit });
  expect([inBeijing(at), isProvisional]).toEqual([due, false]);
});

test('a limit of 0, or of less than half a millisecond, is due at once, even at night', () => {
  const night = beijing('2026-03-10 23:00');
  for (const unit of ['minute', 'work_hour', 'work_day'] as const) {
    expect(shipped.add(night, { value: 0, unit }).at).toBe(night);
    expect(shipped.add(night, { value: 1e-10, unit }).at).toBe(night);
  }
  expect(shipped.add(night, workHours(1 / HOUR_MS)).at).toBe(beijing('2026-03-11 08:00') + 1);
});

test.each([-1, NaN, Infinity, 1e300])('a limit of %d is refused', (value) => {
  expect(() => shipped.add(beijing('2026-03-10 09:00'), workHours(value))).toThrow(/not a time limit/);
});

test('deadlines end with the year 9998', () => {
  expect(() => shipped.add(beijing('2026-03-10 09:00'), workHours(1e9))).toThrow(/years 1901 to 9998/);
  expect(shipped.add(beijing('2026-03-10 09:00'), { value: 1e5, unit: 'work_day' }).isProvisional).toBe(true);
});

test('what touches a year that is not announced is provisional, and counted Monday to Friday', () => {
  const from = beijing('2026-12-31 16:00');
  expect(shipped.add(from, workHours(3))).toEqual({ at: beijing('2027-01-01 09:00'), isProvisional: true });
  expect(shipped.add(from, { value: 30, unit: 'natural_day' }).isProvisional).toBe(false);
  const holed = aCalendar({ years: [2025, 2027] });
  expect(holed.add(beijing('2025-12-31 17:00'), { value: 300, unit: 'work_day' }).isProvisional).toBe(true);
  expect(holed.isProvisional(beijing('2025-06-01 00:00'), beijing('2027-06-01 00:00'))).toBe(true);
});

test('the last days of a year are as provisional as the next one, whose notice may move them', () => {
  const monday = beijing('2026-12-28 16:00');
  expect(shipped.add(monday, workHours(2))).toEqual({ at: beijing('2026-12-28 18:00'), isProvisional: false });
  expect(shipped.add(monday, workHours(3))).toEqual({ at: beijing('2026-12-29 09:00'), isProvisional: true });
  expect(shipped.isProvisional(monday, beijing('2026-12-29 00:00'))).toBe(false);
  expect(shipped.isProvisional(monday, beijing('2026-12-29 00:01'))).toBe(true);
  expect(shipped.isProvisional(beijing('2025-12-28 16:00'), beijing('2026-01-02 00:00'))).toBe(false);
});

test('working hours change on a day, and days before the first row are provisional', () => {
  const summer = [{ startMinute: 7 * 60, endMinute: 15 * 60 }];
  const changing = aCalendar({
    hours: [
      { from: '2026-06-01', to: null, periods: summer },
      { from: '2026-03-01', to: '2026-06-01', periods: plainCalendar.hours[0]?.periods ?? [] },
    ],
  });
  const friday = beijing('2026-05-29 17:00');
  expect(changing.add(friday, workHours(2))).toEqual({ at: beijing('2026-06-01 08:00'), isProvisional: false });
  expect(changing.add(friday, { value: 1, unit: 'work_day' }).at).toBe(beijing('2026-06-01 14:00'));
  const february = beijing('2026-02-26 17:00');
  expect(changing.add(february, workHours(2))).toEqual({ at: beijing('2026-02-27 09:00'), isProvisional: true });
});

test('work around the clock is due at the end of the day, over months', () => {
  const calendar = aCalendar({ hours: [{ from: null, to: null, periods: allDay }], hoursPerWorkDay: 24 });
  expect(calendar.add(beijing('2026-03-13 00:00'), { value: 1, unit: 'work_day' }).at).toBe(
    beijing('2026-03-14 00:00'),
  );
  expect(calendar.countedMs(beijing('2026-03-09 00:00'), beijing('2026-05-04 00:00'), 'work_hour')).toBe(
    40 * 24 * HOUR_MS,
  );
});

test('nothing is counted backwards', () => {
  expect(shipped.countedMs(beijing('2026-03-10 10:00'), beijing('2026-03-10 09:00'), 'work_hour')).toBe(0);
  expect(shipped.slices(beijing('2026-03-10 10:00'), beijing('2026-03-10 10:00'), 'minute')).toEqual([]);
});

test('slices name what counts and what does not: 午休, 班外, weekend, make-up day 调休, holiday', () => {
  const slices = shipped.slices(beijing('2026-02-13 11:00'), beijing('2026-02-24 09:00'), 'work_day');
  expect(slices.map(({ from, countedMs, cause, name }) => [inBeijing(from), countedMs / HOUR_MS, cause, name])).toEqual(
    [
      ['2026-02-13 11:00', 1, 'work_time', null],
      ['2026-02-13 12:00', 0, 'break', null],
      ['2026-02-13 14:00', 4, 'work_time', null],
      ['2026-02-13 18:00', 0, 'night', null],
      ['2026-02-14 08:00', 4, 'work_time', '春节'],
      ['2026-02-14 12:00', 0, 'break', null],
      ['2026-02-14 14:00', 4, 'work_time', '春节'],
      ['2026-02-14 18:00', 0, 'night', null],
      ['2026-02-15 00:00', 0, 'holiday', '春节'],
      ['2026-02-24 00:00', 0, 'night', null],
      ['2026-02-24 08:00', 1, 'work_time', null],
    ],
  );
  const weekend = shipped.slices(beijing('2026-03-13 17:00'), beijing('2026-03-16 08:00'), 'work_hour');
  expect(weekend.map(({ cause }) => cause)).toEqual(['work_time', 'night', 'weekend', 'night']);
  expect(shipped.slices(beijing('2026-02-14 20:00'), beijing('2026-02-24 09:00'), 'natural_day')).toHaveLength(1);
});

test.each([
  ['no hours', { hours: [] }, /without working hours/],
  ['hours without a period', { hours: [{ from: '2020-01-01', to: null, periods: [] }] }, /no work time/],
  ['hours that end', { hours: [{ from: null, to: '2027-01-01', periods: allDay }] }, /from 2027-01-01 on/],
  [
    'a gap between hours',
    {
      hours: [
        { from: null, to: '2026-01-01', periods: allDay },
        { from: '2026-01-02', to: null, periods: allDay },
      ],
    },
    /gap before 2026-01-02/,
  ],
  [
    'hours that overlap',
    {
      hours: [
        { from: null, to: null, periods: allDay },
        { from: '2026-01-02', to: null, periods: allDay },
      ],
    },
    /overlap or leave a gap/,
  ],
  ['hours that end before they begin', { hours: [{ from: '2026-01-02', to: '2026-01-01', periods: allDay }] }, /end/],
  ['overlapping periods', { hours: [{ from: null, to: null, periods: [...allDay, ...allDay] }] }, /not a period/],
  ['a period of part of a minute', aPeriod(480.5, 500), /not a period/],
  ['a period beyond midnight', aPeriod(1_200, 1_500), /not a period/],
  ['an empty period', aPeriod(480, 480), /not a period/],
  ['no hours per work day', { hoursPerWorkDay: 0 }, /hours above 0/],
  ['a day that does not exist', { days: [{ date: '2026-02-29', kind: 'holiday', name: '' }] }, /not a date/],
  [
    'a day that comes twice',
    {
      days: [
        { date: '2026-02-14', kind: 'holiday', name: '' },
        { date: '2026-02-14', kind: 'workday', name: '' },
      ],
    },
    /2026-02-14 twice/,
  ],
] as const)('a calendar with %s is refused', (_, changes, message) => {
  expect(() => aCalendar(changes)).toThrow(message);
});

function aPeriod(startMinute: number, endMinute: number) {
  return { hours: [{ from: null, to: null, periods: [{ startMinute, endMinute }] }] };
}
