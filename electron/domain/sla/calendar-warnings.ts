import type { Instant } from '#domain/base/instant.ts';
import type { WorkCalendar } from './work-calendar.ts';

/**
 * A year whose holidays the calendar does not know, so that its deadlines are provisional. `sinceOctober`: it is the next
 * year, which has been missing since 1 October; otherwise it has already begun.
 */
export interface CalendarWarning {
  readonly year: number;
  readonly sinceOctober: boolean;
}

/**
 * Years that should be adopted now: the present one at any time, the next one from 1 October, local time. The State
 * Council announces a year's holidays in November of the year before.
 */
export function calendarWarnings(calendar: WorkCalendar, now: Instant): readonly CalendarWarning[] {
  const today = calendar.dateAt(now);
  const year = Number(today.slice(0, 4));
  const isAutumn = today >= `${year}-10-01`;
  const wanted = [{ year, sinceOctober: false }, ...(isAutumn ? [{ year: year + 1, sinceOctober: true }] : [])];
  return wanted.filter((warning) => !calendar.knowsYear(warning.year));
}
