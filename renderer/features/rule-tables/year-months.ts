import { DAY_MS } from '#domain/base/instant.ts';

export interface YearDay {
  readonly date: string;
  readonly day: number;
  readonly isWeekend: boolean;
}

/** The days of a year by month and week, Monday first; null fills a week before its first and after its last day. */
export function monthsOf(year: number): readonly (readonly (readonly (YearDay | null)[])[])[] {
  return Array.from({ length: 12 }, (_, month) => {
    const days: (YearDay | null)[] = [];
    const first = Date.UTC(year, month, 1);
    for (let pad = (new Date(first).getUTCDay() + 6) % 7; pad > 0; pad -= 1) days.push(null);
    for (let at = first; at < Date.UTC(year, month + 1, 1); at += DAY_MS) {
      const date = new Date(at);
      const weekday = date.getUTCDay();
      const isWeekend = weekday === 0 || weekday === 6;
      days.push({ date: date.toISOString().slice(0, 10), day: date.getUTCDate(), isWeekend });
    }
    while (days.length % 7 > 0) days.push(null);
    return Array.from({ length: days.length / 7 }, (_unused, week) => days.slice(week * 7, week * 7 + 7));
  });
}

/** Years that the rows of the calendar name, and the one after them. */
export function yearsOf(dates: readonly string[]): readonly number[] {
  const named = [...new Set(dates.filter((date) => /^\d{4}-/.test(date)).map((date) => Number(date.slice(0, 4))))];
  const ordered = named.toSorted((a, b) => a - b);
  const last = ordered.at(-1);
  return last === undefined ? [] : [...ordered, last + 1];
}
