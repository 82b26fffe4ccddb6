import { MINUTE_MS, DAY_MS } from '#domain/base/instant.ts';

/** Minutes since midnight, Beijing time; half-open, so that 12:00 is the end of the morning and no part of it. */
export interface WorkPeriod {
  readonly startMinute: number;
  readonly endMinute: number;
}

/** A part of a working day, in milliseconds since midnight, half-open. */
export interface DayPart {
  readonly fromMs: number;
  readonly toMs: number;
  readonly cause: 'work_time' | 'break' | 'night';
}

/** The working hours of one day, ready to count with. Times are milliseconds since midnight. */
export class DayHours {
  /** Work time of the whole day. */
  readonly totalMs: number;
  /** The day from midnight to midnight: work, 午休 between periods, 班外 before the first and after the last one. */
  readonly parts: readonly DayPart[];
  readonly #work: readonly DayPart[];

  /** @throws RangeError unless the periods lie inside one day, each with a length, in order and apart */
  constructor(periods: readonly WorkPeriod[]) {
    for (const [index, { startMinute, endMinute }] of periods.entries()) {
      const earliest = periods[index - 1]?.endMinute ?? 0;
      const isOrdered = startMinute >= earliest && endMinute > startMinute && endMinute <= DAY_MS / MINUTE_MS;
      if (!isOrdered || !Number.isInteger(startMinute) || !Number.isInteger(endMinute)) {
        throw new RangeError(`not a period of work in order inside one day: minutes ${startMinute} to ${endMinute}`);
      }
    }
    this.parts = partsOf(periods);
    this.#work = this.parts.filter(({ cause }) => cause === 'work_time');
    this.totalMs = this.#work.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  }

  /** Work time between midnight and that moment of the day. */
  workUntil(atMs: number): number {
    let sum = 0;
    for (const { fromMs, toMs } of this.#work) {
      if (atMs <= fromMs) return sum;
      if (atMs < toMs) return sum + atMs - fromMs;
      sum += toMs - fromMs;
    }
    return sum;
  }

  /** The earliest moment of the day by which `workMs` of work time has passed; 0 < workMs ≤ `totalMs`. */
  momentAfter(workMs: number): number {
    let left = workMs;
    for (const { fromMs, toMs } of this.#work) {
      if (left <= toMs - fromMs) return fromMs + left;
      left -= toMs - fromMs;
    }
    throw new RangeError(`a day of ${this.totalMs} ms of work has no moment after ${workMs} ms`);
  }
}

function partsOf(periods: readonly WorkPeriod[]): readonly DayPart[] {
  const parts: DayPart[] = [];
  let atMs = 0;
  const pushUntil = (toMs: number, cause: DayPart['cause']) => {
    if (toMs > atMs) parts.push({ fromMs: atMs, toMs, cause });
    atMs = toMs;
  };
  for (const [index, { startMinute, endMinute }] of periods.entries()) {
    pushUntil(startMinute * MINUTE_MS, index === 0 ? 'night' : 'break');
    pushUntil(endMinute * MINUTE_MS, 'work_time');
  }
  pushUntil(DAY_MS, 'night');
  return parts;
}
