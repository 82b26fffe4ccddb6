import type { Figure } from '#domain/metrics/indicators.ts';

/** 1,234; thousands by comma, as in Chinese offices. */
export function countText(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** 98.5 %; "—" of 0/0. */
export function shareText({ value }: Figure, digits = 1): string {
  return value === null ? '—' : `${(value * 100).toFixed(digits)} %`;
}

/** `2026-11-22` as 11 月 22 日. */
export function dayWords(day: string): string {
  return `${Number(day.slice(5, 7))} 月 ${Number(day.slice(8, 10))} 日`;
}

/** An instant in Beijing, `2026-11-23 07:12`. */
export function momentWords(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}

/** Between 00:00 and more than a day, `5:30`; hours are not wrapped. */
export function hoursText(ms: number): string {
  const minutes = Math.floor(Math.abs(ms) / 60_000);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

/** So many days make a usual band; with fewer there is none. */
const DAYS_OF_BAND = 7;

/** 常态: between the lowest and the highest tenth, by the nearest rank; null of fewer than seven days. */
export function usualBand(values: readonly number[]): readonly [number, number] | null {
  if (values.length < DAYS_OF_BAND) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return [at(0.1), at(0.9)];
}

/** The middle one, of an even count the lower; null of none. */
export function median(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? null;
}
