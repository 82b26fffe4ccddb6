import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/base/instant.ts';

/**
 * Units of time limits (domain.md §5.1).
 *
 * - `minute` 分钟: continuous; the stage clocks 受理, 派遣, 核实, 核查.
 * - `urgent_hour` 紧急工作时: continuous hours, nights and holidays included.
 * - `work_hour` 工作时: only inside working hours on working days.
 * - `work_day` 工作日: as many work hours as the calendar's `hoursPerWorkDay` says (8); weekends and statutory holidays do
 *   not count, make-up workdays 调休 do.
 * - `natural_day` 自然日, also 紧急工作日: 24 continuous hours.
 */
export const limitUnits = ['minute', 'urgent_hour', 'work_hour', 'work_day', 'natural_day'] as const;

export type LimitUnit = (typeof limitUnits)[number];

/** A time limit 时限: a finite number ≥ 0 (fractions allowed) of its unit. Counted to the nearest millisecond. */
export interface Limit {
  readonly value: number;
  readonly unit: LimitUnit;
}

/** Whether the unit runs day and night, so that no calendar is needed to count it (domain.md §5.1). */
export function isContinuous(unit: LimitUnit): boolean {
  return unit !== 'work_hour' && unit !== 'work_day';
}

/**
 * The limit as counted milliseconds, to the nearest one.
 *
 * @param hoursPerWorkDay  work hours in one 工作日, from the calendar
 * @throws RangeError if the value is negative, not finite, or beyond exact counting (about 285,000 years)
 */
export function limitMs(limit: Limit, hoursPerWorkDay: number): number {
  const ms = Math.round(limit.value * unitMs(limit.unit, hoursPerWorkDay));
  if (!Number.isSafeInteger(ms) || ms < 0) throw new RangeError(`not a time limit: ${limit.value} ${limit.unit}`);
  return ms;
}

function unitMs(unit: LimitUnit, hoursPerWorkDay: number): number {
  switch (unit) {
    case 'minute':
      return MINUTE_MS;
    case 'urgent_hour':
    case 'work_hour':
      return HOUR_MS;
    case 'work_day':
      return hoursPerWorkDay * HOUR_MS;
    case 'natural_day':
      return DAY_MS;
  }
}
