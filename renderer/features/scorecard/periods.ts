import { dayNumberOf, dayText, firstDayOfMonth, monthOfDay } from '#domain/metrics/figure-record.ts';

/** A period one can choose: days in Beijing, `to` excluded. */
export interface Period {
  /** `2026-10`, `2026-Q3` or `2026`. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

const MONTHS = 12;
const QUARTERS = 4;
const YEARS = 3;

function period(id: string, firstMonth: number, months: number): Period {
  return {
    id,
    from: dayText(firstDayOfMonth(firstMonth)),
    to: dayText(firstDayOfMonth(firstMonth + months)),
  };
}

/** The month, quarter and year of a day, and those before them; months first, each newest first. */
export function periodsUpTo(day: string): readonly Period[] {
  const month = monthOfDay(dayNumberOf(day));
  const year = Math.floor(month / 12);
  const quarter = Math.floor(month / 3);
  return [
    ...Array.from({ length: MONTHS }, (_, back) => {
      const first = month - back;
      return period(dayText(firstDayOfMonth(first)).slice(0, 7), first, 1);
    }),
    ...Array.from({ length: QUARTERS }, (_, back) => {
      const first = quarter - back;
      return period(`${Math.floor(first / 4)}-Q${(first % 4) + 1}`, first * 3, 3);
    }),
    ...Array.from({ length: YEARS }, (_, back) => period(String(year - back), (year - back) * 12, 12)),
  ];
}
