import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '#domain/base/instant.ts';
import type { Language } from './setup.ts';

/** The district's time zone: screens show its time whatever the machine is set to. */
const timeZone = 'Asia/Shanghai';

const clockParts = new Intl.DateTimeFormat('en-GB', {
  timeZone,
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hour12: false,
});
const dayParts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
const weekdays: Readonly<Record<Language, Intl.DateTimeFormat>> = {
  'zh-CN': new Intl.DateTimeFormat('zh-CN', { timeZone, weekday: 'short' }),
  en: new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short' }),
};

/** `14:35:04` */
export function clockTime(at: number): string {
  return clockParts.format(at);
}

/** `14:35` */
export function shortTime(at: number): string {
  return clockTime(at).slice(0, 5);
}

/** `2026-11-24` */
export function dayText(at: number): string {
  return dayParts.format(at);
}

/** `11-24` */
export function monthDay(at: number): string {
  return dayText(at).slice(5);
}

/** `11-24 周二` */
export function dayOfWeek(at: number, language: Language): string {
  return `${dayText(at).slice(5)} ${weekdays[language].format(at)}`;
}

/** The time alone on the day of `now`, `11-23 14:35` in the same year, else with the year. */
export function moment(at: number, now: number): string {
  const [thatDay, today] = [dayText(at), dayText(now)];
  if (thatDay === today) return shortTime(at);
  return `${thatDay.slice(0, 4) === today.slice(0, 4) ? thatDay.slice(5) : thatDay} ${shortTime(at)}`;
}

/** As {@link moment}, but the day alone in another year: for narrow columns. */
export function shortMoment(at: number, now: number): string {
  return dayText(at).slice(0, 4) === dayText(now).slice(0, 4) ? moment(at, now) : dayText(at);
}

/** `2026-11-24 14:35:04` */
export function fullTime(at: number): string {
  return `${dayText(at)} ${clockTime(at)}`;
}

/** A span as `0:42`, `23:05` (hours:minutes) or, from a day on, `2日 3:10` / `2d 3:10`. */
export function span(ms: number, language: Language): string {
  const total = Math.floor(Math.abs(ms) / MINUTE_MS) * MINUTE_MS;
  const days = Math.floor(total / DAY_MS);
  const hours = Math.floor((total % DAY_MS) / HOUR_MS);
  const minutes = String(Math.floor((total % HOUR_MS) / MINUTE_MS)).padStart(2, '0');
  if (days === 0) return `${hours}:${minutes}`;
  return `${days}${language === 'en' ? 'd' : '日'} ${hours}:${minutes}`;
}

/** What has passed, as minutes and seconds: `0:42`, `12:05`. */
export function stopwatch(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / SECOND_MS));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** `12,345` */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}
