import { HOUR_MS, instant, MINUTE_MS, type Instant } from '#domain/base/instant.ts';
import type { Limit, LimitUnit } from '#domain/sla/limit.ts';
import type { WorkCalendarData } from '#domain/sla/work-calendar.ts';

/**
 * The plain way to count a time limit, to check and measure the work calendar against: looks at every minute, shares no
 * code with it, and needs a limit above 0.
 */
export class MinuteWalk {
  readonly #data: WorkCalendarData;
  readonly #kinds: ReadonlyMap<string, 'holiday' | 'workday'>;

  constructor(data: WorkCalendarData) {
    this.#data = data;
    this.#kinds = new Map(data.days.map(({ date, kind }) => [date, kind]));
  }

  countedMs(from: Instant, to: Instant, unit: LimitUnit): number {
    let sum = 0;
    for (let at: number = from; at < to; at = nextMinute(at)) {
      if (this.#counts(at, unit)) sum += Math.min(nextMinute(at), to) - at;
    }
    return sum;
  }

  add(from: Instant, limit: Limit): Instant {
    let leftMs = Math.round(limit.value * this.#hoursOf(limit.unit) * HOUR_MS);
    for (let at: number = from; ; at = nextMinute(at)) {
      if (!this.#counts(at, limit.unit)) continue;
      if (leftMs <= nextMinute(at) - at) return instant(at + leftMs);
      leftMs -= nextMinute(at) - at;
    }
  }

  #hoursOf(unit: LimitUnit): number {
    const { hoursPerWorkDay } = this.#data;
    return { minute: 1 / 60, urgent_hour: 1, work_hour: 1, work_day: hoursPerWorkDay, natural_day: 24 }[unit];
  }

  #counts(at: number, unit: LimitUnit): boolean {
    if (unit !== 'work_hour' && unit !== 'work_day') return true;
    const local = new Date(at + this.#data.offsetMinutes * MINUTE_MS);
    const date = local.toISOString().slice(0, 10);
    const isWeekend = local.getUTCDay() === 0 || local.getUTCDay() === 6;
    const kind = this.#kinds.get(date) ?? (isWeekend ? 'holiday' : 'workday');
    if (kind === 'holiday') return false;
    const hours =
      this.#data.hours.find(({ from, to }) => (from === null || from <= date) && (to === null || date < to)) ??
      this.#data.hours[0];
    const minute = local.getUTCHours() * 60 + local.getUTCMinutes();
    return hours?.periods.some(({ startMinute, endMinute }) => startMinute <= minute && minute < endMinute) ?? false;
  }
}

function nextMinute(at: number): number {
  return (Math.floor(at / MINUTE_MS) + 1) * MINUTE_MS;
}
