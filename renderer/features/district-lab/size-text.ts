import { count } from '#renderer/i18n/format.ts';

/** A size with as many digits as say something: 1,234 · 12.3 · 1.23. */
export function sizeText(value: number): string {
  return value >= 100 ? count(Math.round(value)) : value.toFixed(value >= 10 ? 1 : 2);
}
