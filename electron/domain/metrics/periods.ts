import { firstDayOfMonth, monthOfDay } from './figure-record.ts';

/** Days, `to` excluded, as counts since 1970-01-01 in Beijing. */
interface Days {
  readonly from: number;
  readonly to: number;
}

/** Whole months, of which the number; null for any other period. */
function wholeMonths({ from, to }: Days): number | null {
  const [first, last] = [monthOfDay(from), monthOfDay(to)];
  return from === firstDayOfMonth(first) && to === firstDayOfMonth(last) && last > first ? last - first : null;
}

/** 环比: as many whole months before whole months, else as many days. */
export function periodBefore(days: Days): Days {
  const months = wholeMonths(days);
  const { from, to } = days;
  if (months === null) return { from: from - (to - from), to: from };
  return { from: firstDayOfMonth(monthOfDay(from) - months), to: from };
}

/** 同比: the same days of the year before; 29 February is the day after 28 February there. */
export function yearBefore({ from, to }: Days): Days {
  return { from: dayAYearBefore(from), to: dayAYearBefore(to) };
}

function dayAYearBefore(day: number): number {
  const month = monthOfDay(day);
  return firstDayOfMonth(month - 12) + (day - firstDayOfMonth(month));
}

/** The month that holds a day and those before it, the earliest first. */
export function monthsUpTo(day: number, count: number): readonly Days[] {
  const last = monthOfDay(day);
  return Array.from({ length: count }, (_, at) => {
    const month = last - count + 1 + at;
    return { from: firstDayOfMonth(month), to: firstDayOfMonth(month + 1) };
  });
}
