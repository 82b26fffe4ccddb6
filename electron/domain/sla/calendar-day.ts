import { DAY_MS } from '#domain/base/instant.ts';

/** A day of the calendar as a number: days since 1970-01-01, which is 0. */
export type DayNumber = number;

/** @throws RangeError unless `date` is a day that exists, written YYYY-MM-DD */
export function dayNumber(date: string): DayNumber {
  const epochMs = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : NaN;
  if (Number.isNaN(epochMs) || dateOf(epochMs / DAY_MS) !== date) throw new RangeError(`not a date: "${date}"`);
  return epochMs / DAY_MS;
}

/** Written YYYY-MM-DD. */
export function dateOf(day: DayNumber): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** 1 January of a year from 100 on. */
export function firstDayOf(year: number): DayNumber {
  return Date.UTC(year, 0, 1) / DAY_MS;
}

/** Monday 0 … Sunday 6; 1970-01-01 was a Thursday. */
export function weekdayOf(day: DayNumber): number {
  return (((day + 3) % 7) + 7) % 7;
}
