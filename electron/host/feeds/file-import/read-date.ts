import { tzOffset } from '@date-fns/tz';
import { DAY_MS, instant, type Instant } from '#domain/base/instant.ts';

/** Reads a date as a file writes it; null when it can't be read. */
export type DateReader = (text: string) => Instant | null;

const ISO =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;
const US = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:[ ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp][Mm])?)?$/;
const CHINESE = /^(\d{4})年(\d{1,2})月(\d{1,2})日?\s*(?:(\d{1,2})[时点:](\d{1,2})?[分:]?(?:(\d{1,2})秒?)?)?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?$/;

/**
 * Dates as they are met: `2024-03-05 08:30:00`, `2024/3/5 8:30`, ISO 8601 with zone, `03/05/2024 08:30:00 AM` (month
 * first), `2024年3月5日 8时30分`, `20240305083000`, and days alone, which mean their first moment. Times without a zone
 * are of `timeZone`; in the hour that a change to winter time repeats the first one is meant, and a time that a change to
 * summer time leaves out is moved on by the hour.
 */
export function dateReader(timeZone: string): DateReader {
  const offsets = new Map<number, number>();
  const offsetMs = (at: number): number => {
    const known = offsets.get(at);
    if (known !== undefined) return known;
    const made = tzOffset(timeZone, new Date(at)) * 60_000;
    offsets.set(at, made);
    return made;
  };
  const fromWall = (wall: number): Instant => {
    const day = Math.floor(wall / DAY_MS);
    const early = offsetMs((day - 1) * DAY_MS);
    const late = offsetMs((day + 2) * DAY_MS);
    if (early === late) return instant(wall - early);
    for (const offset of [early, late]) {
      if (tzOffset(timeZone, new Date(wall - offset)) * 60_000 === offset) return instant(wall - offset);
    }
    return instant(wall - early);
  };

  const days = new Map<number, Day>();
  const dayOf = (date: number): Day => {
    const known = days.get(date);
    if (known !== undefined) return known;
    const [year, month, ofMonth] = [Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100];
    const midnight = wallTime(String(year), String(month), String(ofMonth), '0', '0', '0');
    const dayNumber = Math.floor((midnight ?? 0) / DAY_MS);
    const early = offsetMs((dayNumber - 1) * DAY_MS);
    const hasOneOffset = midnight !== null && early === offsetMs((dayNumber + 2) * DAY_MS);
    const day: Day = hasOneOffset ? { startsAt: midnight - early } : null;
    if (days.size < KEPT_DAYS) days.set(date, day);
    return day;
  };
  /** The form that most files have, on an ordinary day; null for anything else. */
  const fromUsual = (text: string): Instant | null => {
    const seconds = usualSeconds(text);
    if (seconds < 0) return null;
    const day = dayOf(digitsAt(text, 0, 4) * 10_000 + digitsAt(text, 5, 2) * 100 + digitsAt(text, 8, 2));
    return day === null ? null : instant(day.startsAt + seconds * 1_000);
  };

  return (text) => {
    const trimmed = text.trim();
    const usual = fromUsual(trimmed);
    if (usual !== null) return usual;
    const iso = ISO.exec(trimmed) ?? CHINESE.exec(trimmed) ?? COMPACT.exec(trimmed);
    if (iso !== null) {
      const wall = wallTime(iso[1], iso[2], iso[3], iso[4], iso[5], iso[6]);
      if (wall === null) return null;
      const zone = iso[7];
      return zone === undefined ? fromWall(wall) : instant(wall - zoneMs(zone));
    }
    const us = US.exec(trimmed);
    if (us === null) return null;
    const hour = us[7] === undefined ? us[4] : hourOf(Number(us[4]), us[7]);
    const wall = wallTime(us[3], us[1], us[2], hour, us[5], us[6]);
    return wall === null ? null : fromWall(wall);
  };
}

/** When a day begins; null for one that does not exist, or near which the zone changes its offset. */
type Day = { readonly startsAt: number } | null;

const KEPT_DAYS = 10_000;

/** Seconds of the day in `2024-03-05 08:30:00` (also with slashes or a T); negative for any other form or time. */
function usualSeconds(text: string): number {
  if (text.length !== 19) return -1;
  const dash = text.charCodeAt(4);
  if ((dash !== DASH && dash !== SLASH) || text.charCodeAt(7) !== dash) return -1;
  const gap = text.charCodeAt(10);
  if ((gap !== SPACE && gap !== LETTER_T) || text.charCodeAt(13) !== COLON || text.charCodeAt(16) !== COLON) return -1;
  const [hour, minute, second] = [digitsAt(text, 11, 2), digitsAt(text, 14, 2), digitsAt(text, 17, 2)];
  if (!(hour < 24 && minute < 60 && second < 60)) return -1;
  return (hour * 60 + minute) * 60 + second;
}

/** The number written there; NaN where one of the characters is no digit. */
function digitsAt(text: string, from: number, count: number): number {
  let number = 0;
  for (let at = from; at < from + count; at += 1) {
    const digit = text.charCodeAt(at) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

const SPACE = 0x20;
const DASH = 0x2d;
const SLASH = 0x2f;
const ZERO = 0x30;
const COLON = 0x3a;
const LETTER_T = 0x54;

/** Whether the name is a time zone that this machine knows. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (cause) {
    if (cause instanceof RangeError) return false;
    throw cause;
  }
}

function hourOf(hour: number, half: string): string {
  if (hour < 1 || hour > 12) return 'x';
  return String((hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0));
}

/** Epoch milliseconds as if the wall clock were UTC; null for a day or time that does not exist. */
function wallTime(...parts: readonly (string | undefined)[]): number | null {
  const [year, month, day, hour, minute, second] = parts.map((part) => Number(part ?? 0));
  if (year === undefined || month === undefined || day === undefined) return null;
  if (hour === undefined || minute === undefined || second === undefined) return null;
  if (!(hour < 24 && minute < 60 && second < 60)) return null;
  const at = Date.UTC(year, month - 1, day, hour, minute, second);
  const made = new Date(at);
  const isReal = made.getUTCFullYear() === year && made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
  return isReal && year >= 1970 ? at : null;
}

function zoneMs(zone: string): number {
  if (zone === 'Z') return 0;
  const digits = zone.replace(':', '');
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return (digits.startsWith('-') ? -minutes : minutes) * 60_000;
}
