import { readFileSync } from 'node:fs';
import path from 'node:path';
import { instant, type Instant } from '#domain/base/instant.ts';
import type { ClockRecord } from '#domain/sla/clock.ts';
import { WorkCalendar, type CalendarDay, type WorkCalendarData } from '#domain/sla/work-calendar.ts';

/** 08:00–12:00 and 14:00–18:00, Monday to Friday, 2026 known and without holidays. */
export const plainCalendar: WorkCalendarData = Object.freeze({
  version: 'test',
  days: [],
  years: [2026],
  hours: [
    {
      from: null,
      to: null,
      periods: [
        { startMinute: 8 * 60, endMinute: 12 * 60 },
        { startMinute: 14 * 60, endMinute: 18 * 60 },
      ],
    },
  ],
  hoursPerWorkDay: 8,
  offsetMinutes: 480,
});

export function aCalendar(changes: Partial<WorkCalendarData> = {}): WorkCalendar {
  return new WorkCalendar({ ...plainCalendar, ...changes });
}

/** The days of a table `date,kind,name,source`; each year that has a row is known. */
export function daysOfTable(table: string): Pick<WorkCalendarData, 'days' | 'years'> {
  const rows = table.trimEnd().split('\n').slice(1);
  const days = rows.map((row): CalendarDay => {
    const [date = '', kind, name = ''] = row.split(',');
    return { date, kind: kind === 'workday' ? 'workday' : 'holiday', name };
  });
  return { days, years: [...new Set(days.map(({ date }) => Number(date.slice(0, 4))))] };
}

/** The holidays that the program ships, with the hours of {@link plainCalendar}. */
export function shippedCalendarData(): WorkCalendarData {
  return { ...plainCalendar, ...daysOfTable(readFileSync(path.resolve('resources/tables/calendar.csv'), 'utf8')) };
}

/** A moment as Beijing's clocks show it, `2026-02-14 09:20` with seconds if they matter. */
export function beijing(written: string): Instant {
  return instant(Date.parse(`${written.replace(' ', 'T')}+08:00`));
}

/** The inverse of {@link beijing}, to the minute. */
export function inBeijing(at: Instant): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}

/** A running clock of 4 工作时 from Tuesday 2026-03-10 09:20 (domain.md §12.1); its recorded deadline is that of no stop. */
export function aClock(changes: Partial<ClockRecord> = {}): ClockRecord {
  return Object.freeze({
    ...{ limit: { value: 4, unit: 'work_hour' }, startedAt: beijing('2026-03-10 09:20') },
    ...{ stops: [], extensions: [], endedAt: null, dueAt: beijing('2026-03-10 15:20') },
    ...changes,
  } satisfies ClockRecord);
}
