import { DAY_MS, HOUR_MS, MINUTE_MS, type Instant } from '#domain/base/instant.ts';

/** A day in Beijing as `YYYY-MM-DD`. Days compare as text. */
export type Day = string;

const BEIJING_MS = 8 * HOUR_MS;

/** The day in Beijing (UTC+8, no summer time since 1991) that holds an instant. */
export function dayOf(at: Instant): Day {
  return new Date(at + BEIJING_MS).toISOString().slice(0, 10);
}

/** Minutes since midnight in Beijing, 0 to 1,439. */
export function minuteOfDay(at: Instant): number {
  return Math.floor(((((at + BEIJING_MS) % DAY_MS) + DAY_MS) % DAY_MS) / MINUTE_MS);
}

/** Whether the text is a day that the calendar has: 2026-02-29 is none. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text;
}

/** Days from `from` on, before `to`; null is open. */
export interface Days {
  readonly from: Day | null;
  readonly to: Day | null;
}

export function isInForce({ from, to }: Days, day: Day): boolean {
  return (from === null || from <= day) && (to === null || day < to);
}

export function overlap(a: Days, b: Days): boolean {
  const aBeforeB = a.to !== null && b.from !== null && a.to <= b.from;
  const bBeforeA = b.to !== null && a.from !== null && b.to <= a.from;
  return !aBeforeB && !bBeforeA;
}

/** Order by first day; an open beginning comes first. */
export function byFrom(a: Days, b: Days): number {
  if (a.from === b.from) return 0;
  if (a.from === null) return -1;
  if (b.from === null) return 1;
  return a.from < b.from ? -1 : 1;
}
