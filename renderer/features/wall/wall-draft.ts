import type { InputOf } from '#contract/api.ts';
import { pitchOf } from '#domain/wall/legibility.ts';

type Night = NonNullable<InputOf<'wall.set'>['night']>;

/** `22:00-06:00` as minutes of the day; null for an empty text, undefined for what can't be understood. */
export function nightOf(text: string): Night | null | undefined {
  if (text.trim() === '') return null;
  const found = /^\s*(\d{1,2}):(\d{2})\s*[-–—~至]\s*(\d{1,2}):(\d{2})\s*$/u.exec(text);
  if (found === null) return undefined;
  const [, fromHour, fromMinute, toHour, toMinute] = found.map(Number);
  const from = minuteOf(fromHour, fromMinute);
  const to = minuteOf(toHour, toMinute);
  return from === null || to === null ? undefined : { from, to };
}

function minuteOf(hour = NaN, minute = NaN): number | null {
  return hour < 24 && minute < 60 ? hour * 60 + minute : null;
}

/** A number of people, with a point; undefined for what is none, or not within the bounds. */
export function numberOf(text: string, least: number, most: number): number | undefined {
  const value = Number(text);
  return text.trim() === '' || !(value >= least && value <= most) ? undefined : value;
}

/**
 * Width of a pixel in millimetres as a person tells it: the pitch itself `1.25`, or the diagonal in inches `55"` of a screen of that
 * many pixels. Undefined for what can't be understood.
 */
export function pitchFrom(text: string, width: number | null, height: number | null): number | undefined {
  const inches = /^\s*([\d.]+)\s*(["″”寸]|in|英寸)\s*$/u.exec(text)?.[1];
  if (inches === undefined) return numberOf(text, 0.05, 20);
  const diagonal = numberOf(inches, 5, 2_000);
  return diagonal === undefined || width === null || height === null ? undefined : pitchOf(diagonal, width, height);
}
