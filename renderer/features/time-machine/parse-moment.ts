import { dayText } from '#renderer/i18n/format.ts';

const pattern = /^(?:(?:(\d{4})[-/.])?(\d{1,2})[-/.](\d{1,2}))?[ T]*(?:(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?)?$/;

/**
 * A moment as people write it in Beijing time, epoch milliseconds: `2026-11-24 09:30:15`, `11-24 9:30` in the year of
 * `near`, `09:30` on its day, a day alone for its first moment. Null for anything else.
 */
export function parseMoment(text: string, near: number): number | null {
  const found = pattern.exec(text.trim());
  if (found === null || text.trim() === '') return null;
  const [, year, month, day, hour = '0', minute = '0', second = '0'] = found;
  const today = dayText(near);
  const date =
    month === undefined || day === undefined ? today : [year ?? today.slice(0, 4), two(month), two(day)].join('-');
  const at = Date.parse(`${date}T${two(hour)}:${two(minute)}:${two(second)}+08:00`);
  // A day that no month has is read as one of the next.
  return Number.isNaN(at) || dayText(at) !== date ? null : at;
}

function two(digits: string): string {
  return digits.padStart(2, '0');
}
