import { DAY_MS, instant, MINUTE_MS, plus, type Instant } from '#domain/base/instant.ts';
import { dateOf, dayNumber, firstDayOf, weekdayOf, type DayNumber } from './calendar-day.ts';
import { DayHours, type WorkPeriod } from './day-hours.ts';
import { isContinuous, limitMs, type Limit, type LimitUnit } from './limit.ts';

/** A day that differs from its weekday: a statutory holiday 法定节假日, or a make-up workday 调休. */
export interface CalendarDay {
  readonly date: string;
  readonly kind: 'holiday' | 'workday';
  /** The holiday it belongs to, such as 国庆节. */
  readonly name: string;
}

/** Working hours of some days, Beijing time; `to` is excluded, null is open. Dates are written YYYY-MM-DD. */
export interface WorkHours {
  readonly from: string | null;
  readonly to: string | null;
  readonly periods: readonly WorkPeriod[];
}

/** What a calendar is made of (tables `calendar` and `work-hours`, domain.md §5.1). */
export interface WorkCalendarData {
  readonly version: string;
  readonly days: readonly CalendarDay[];
  /** Years whose holidays are announced. Any other year is counted Monday to Friday, provisionally. */
  readonly years: readonly number[];
  /** Without gap or overlap, the last one open. Days before the first row take its hours, provisionally. */
  readonly hours: readonly WorkHours[];
  /** Work hours in one 工作日: 8 (domain.md §5.1). */
  readonly hoursPerWorkDay: number;
  /** Local time minus UTC: 480 for Beijing, which has no daylight-saving time. */
  readonly offsetMinutes: number;
}

/** A deadline; provisional if it was counted through days that no table has announced. */
export interface Due {
  readonly at: Instant;
  readonly isProvisional: boolean;
}

/** Why a span counts (`work_time`, `continuous`) or not (午休, 班外, weekend, holiday). */
export type SliceCause = 'work_time' | 'continuous' | 'break' | 'night' | 'weekend' | 'holiday';

/** A half-open span of one cause. `name` is the holiday's, also on the work time of its make-up days. */
export interface Slice {
  readonly from: Instant;
  readonly to: Instant;
  readonly countedMs: number;
  readonly cause: SliceCause;
  readonly name: string | null;
}

/**
 * Working hours, holidays and make-up workdays, to count time limits with (domain.md §5.1).
 *
 * 1. Spans are half-open. A start outside working hours begins to count at the next working moment; a limit that is used
 *    up exactly at the end of a period is due at that end, not at the start of the next period.
 * 2. `add(from, limit).at` is the earliest moment by which the limit has been counted, so a limit of 0 (or of less than
 *    half a millisecond) is due at `from` itself, even at night.
 * 3. `countedMs(from, add(from, limit).at, limit.unit)` is the limit; `countedMs` is the sum of `slices`.
 * 4. Continuous units never are provisional: they need no table.
 *
 * Moments lie in the years 1901 to 9998; beyond them the methods throw RangeError.
 */
export class WorkCalendar {
  readonly version: string;
  readonly hoursPerWorkDay: number;
  readonly #offsetMs: number;
  readonly #days: ReadonlyMap<DayNumber, CalendarDay>;
  readonly #knownYears: ReadonlySet<number>;
  readonly #hours: readonly HoursFrom[];
  readonly #hoursKnownFrom: Instant;
  /** Years are worked out when they are first asked for. */
  readonly #years = new Map<number, CalendarYear>();

  /**
   * @throws RangeError for a date that does not exist or comes twice, for periods or rows of hours that overlap or leave
   * a gap, and for a calendar in which work time comes to an end (no hours, or last hours that end or have no period):
   * no deadline could be found in it
   */
  constructor(data: WorkCalendarData) {
    if (!(data.hoursPerWorkDay > 0 && data.hoursPerWorkDay < Infinity)) {
      throw new RangeError(`a work day needs hours above 0, not ${data.hoursPerWorkDay}`);
    }
    this.version = data.version;
    this.hoursPerWorkDay = data.hoursPerWorkDay;
    this.#offsetMs = data.offsetMinutes * MINUTE_MS;
    this.#days = daysByNumber(data.days);
    this.#knownYears = new Set(data.years);
    this.#hours = hoursInOrder(data.hours);
    this.#hoursKnownFrom = this.#startOf(this.#hours[0]?.firstDay ?? 0);
  }

  /** Whether the holidays of that year are announced. */
  knowsYear(year: number): boolean {
    return this.#knownYears.has(year);
  }

  /** The local day that the moment lies in, written YYYY-MM-DD. */
  dateAt(at: Instant): string {
    return dateOf(this.#dayAt(at));
  }

  /** The limit as counted milliseconds. @throws RangeError if it is negative or not finite */
  msOf(limit: Limit): number {
    return limitMs(limit, this.hoursPerWorkDay);
  }

  /** When a limit that starts at `from` is used up. @throws RangeError if the limit is negative or not finite */
  add(from: Instant, limit: Limit): Due {
    return this.addMs(from, limitMs(limit, this.hoursPerWorkDay), limit.unit);
  }

  /** As `add`, for a remainder of `ms` counted milliseconds: an integer ≥ 0. */
  addMs(from: Instant, ms: number, unit: LimitUnit): Due {
    if (isContinuous(unit) || ms === 0) return { at: plus(from, ms), isProvisional: false };
    if (from + ms > LAST_MOMENT_MS) throw beyondYears(from + ms);
    const day = this.#dayAt(from);
    let year = this.#yearOfDay(day);
    let workMs = workUntil(year, day, from - this.#startOf(day)) + ms;
    while (workMs > year.totalMs) {
      workMs -= year.totalMs;
      year = this.#year(year.year + 1);
    }
    const index = lastBelow(year.workBefore, workMs);
    const hours = year.hours[index];
    if (hours === undefined || hours === null) throw new RangeError(`no work on day ${index} of ${year.year}`);
    const msOfDay = hours.momentAfter(workMs - (year.workBefore[index] ?? 0));
    const at = plus(this.#startOf(year.firstDay + index), msOfDay);
    return { at, isProvisional: this.isProvisional(from, at) };
  }

  /** Counted time in [from, to) in milliseconds; 0 if `to` is not after `from`. */
  countedMs(from: Instant, to: Instant, unit: LimitUnit): number {
    if (to <= from) return 0;
    if (isContinuous(unit)) return to - from;
    const [firstDay, lastDay] = [this.#dayAt(from), this.#dayAt(to)];
    let year = this.#yearOfDay(firstDay);
    const lastYear = this.#yearOfDay(lastDay);
    let sum = -workUntil(year, firstDay, from - this.#startOf(firstDay));
    while (year.year < lastYear.year) {
      sum += year.totalMs;
      year = this.#year(year.year + 1);
    }
    return sum + workUntil(lastYear, lastDay, to - this.#startOf(lastDay));
  }

  /** [from, to) in order, without hole or overlap; neighbors of one cause and name are one slice. */
  slices(from: Instant, to: Instant, unit: LimitUnit): readonly Slice[] {
    if (to <= from) return [];
    if (isContinuous(unit)) return [{ from, to, countedMs: to - from, cause: 'continuous', name: null }];
    const slices: Slice[] = [];
    for (let day = this.#dayAt(from); this.#startOf(day) < to; day += 1) {
      for (const slice of this.#slicesOf(day)) {
        if (slice.to > from && slice.from < to) pushSlice(slices, clipped(slice, from, to));
      }
    }
    return slices;
  }

  /**
   * Whether [from, to) touches days that no table has announced, so that work time in it may still change: years that are
   * not known, and the last days of the year before one.
   */
  isProvisional(from: Instant, to: Instant): boolean {
    if (to <= from) return false;
    if (from < this.#hoursKnownFrom) return true;
    const lastDay = this.#dayAt(plus(to, -1));
    const last = this.#yearOfDay(lastDay);
    for (let { year } = this.#yearOfDay(this.#dayAt(from)); year <= last.year; year += 1) {
      if (!this.knowsYear(year)) return true;
    }
    const isAtEnd = lastDay >= last.firstDay + last.hours.length - DAYS_OF_NEXT_NOTICE;
    return isAtEnd && !this.knowsYear(last.year + 1);
  }

  #slicesOf(day: DayNumber): readonly Slice[] {
    const year = this.#yearOfDay(day);
    const hours = year.hours[day - year.firstDay] ?? null;
    const special = this.#days.get(day);
    const start = this.#startOf(day);
    if (hours === null) {
      const cause = special?.kind === 'holiday' ? 'holiday' : 'weekend';
      return [{ from: start, to: plus(start, DAY_MS), countedMs: 0, cause, name: special?.name ?? null }];
    }
    return hours.parts.map(({ fromMs, toMs, cause }) => ({
      from: plus(start, fromMs),
      to: plus(start, toMs),
      countedMs: cause === 'work_time' ? toMs - fromMs : 0,
      cause,
      name: cause === 'work_time' ? (special?.name ?? null) : null,
    }));
  }

  #dayAt(at: Instant): DayNumber {
    return Math.floor((at + this.#offsetMs) / DAY_MS);
  }

  #startOf(day: DayNumber): Instant {
    return instant(day * DAY_MS - this.#offsetMs);
  }

  #yearOfDay(day: DayNumber): CalendarYear {
    const guess = this.#year(Math.floor(1970 + day / 365.2425));
    if (day < guess.firstDay) return this.#year(guess.year - 1);
    return day < guess.firstDay + guess.hours.length ? guess : this.#year(guess.year + 1);
  }

  #year(year: number): CalendarYear {
    const known = this.#years.get(year);
    if (known !== undefined) return known;
    const built = this.#buildYear(year);
    this.#years.set(year, built);
    return built;
  }

  #buildYear(year: number): CalendarYear {
    if (!(year >= FIRST_YEAR && year <= LAST_YEAR)) throw beyondYears(Date.UTC(year, 0, 1));
    const firstDay = firstDayOf(year);
    const days = firstDayOf(year + 1) - firstDay;
    const hours = Array.from({ length: days }, (_, index) => this.#hoursOn(firstDay + index));
    const workBefore = new Float64Array(days);
    let totalMs = 0;
    for (const [index, ofDay] of hours.entries()) {
      workBefore[index] = totalMs;
      totalMs += ofDay?.totalMs ?? 0;
    }
    return { year, firstDay, hours, workBefore, totalMs };
  }

  #hoursOn(day: DayNumber): DayHours | null {
    const isWorkday = (this.#days.get(day)?.kind ?? (weekdayOf(day) < 5 ? 'workday' : 'holiday')) === 'workday';
    if (!isWorkday) return null;
    return (this.#hours.findLast(({ firstDay }) => firstDay <= day) ?? this.#hours[0])?.hours ?? null;
  }
}

/**
 * The notice for a year reaches so many days back into the one before: New Year's holiday began on 2022-12-31 and on
 * 2018-12-30, with a make-up workday on 2018-12-29 (notices of the State Council for 2023 and 2019).
 */
const DAYS_OF_NEXT_NOTICE = 3;

const FIRST_YEAR = 1900;
const LAST_YEAR = 9999;
const LAST_MOMENT_MS = Date.UTC(LAST_YEAR, 0, 1);

interface HoursFrom {
  readonly firstDay: DayNumber;
  readonly hours: DayHours;
}

interface CalendarYear {
  readonly year: number;
  readonly firstDay: DayNumber;
  /** By day of the year, from 0; null is a day without work. */
  readonly hours: readonly (DayHours | null)[];
  /** Work time in the year before that day, in milliseconds. */
  readonly workBefore: Float64Array;
  readonly totalMs: number;
}

function daysByNumber(days: readonly CalendarDay[]): ReadonlyMap<DayNumber, CalendarDay> {
  const byNumber = new Map(days.map((day) => [dayNumber(day.date), day]));
  if (byNumber.size === days.length) return byNumber;
  const twice = days.find((day) => byNumber.get(dayNumber(day.date)) !== day);
  throw new RangeError(`the calendar has ${twice?.date} twice`);
}

function hoursInOrder(rows: readonly WorkHours[]): readonly HoursFrom[] {
  const ordered = rows
    .map(({ from, to, periods }) => ({
      firstDay: from === null ? firstDayOf(FIRST_YEAR) : dayNumber(from),
      endDay: to === null ? null : dayNumber(to),
      hours: new DayHours(periods),
    }))
    .sort((a, b) => a.firstDay - b.firstDay);
  for (const [index, { firstDay, endDay }] of ordered.entries()) {
    const next = ordered[index + 1];
    if (endDay !== null && endDay <= firstDay) throw new RangeError(`working hours end before ${dateOf(firstDay)}`);
    if (next !== undefined && endDay !== next.firstDay) {
      throw new RangeError(`working hours overlap or leave a gap before ${dateOf(next.firstDay)}`);
    }
  }
  const last = ordered.at(-1);
  if (last === undefined) throw new RangeError('a calendar without working hours has no deadlines');
  if (last.endDay !== null) throw new RangeError(`no working hours from ${dateOf(last.endDay)} on`);
  if (last.hours.totalMs === 0) throw new RangeError(`no work time in the working hours from ${dateOf(last.firstDay)}`);
  return ordered;
}

function workUntil(year: CalendarYear, day: DayNumber, msOfDay: number): number {
  const index = day - year.firstDay;
  return (year.workBefore[index] ?? 0) + (year.hours[index]?.workUntil(msOfDay) ?? 0);
}

/** Index of the last value below `limit` in ascending numbers of which the first is below it. */
function lastBelow(ascending: Float64Array, limit: number): number {
  let below = 0;
  let notBelow = ascending.length;
  while (notBelow - below > 1) {
    const middle = (below + notBelow) >> 1;
    if ((ascending[middle] ?? Infinity) < limit) below = middle;
    else notBelow = middle;
  }
  return below;
}

function clipped(slice: Slice, from: Instant, to: Instant): Slice {
  const [start, end] = [slice.from < from ? from : slice.from, slice.to > to ? to : slice.to];
  return { ...slice, from: start, to: end, countedMs: slice.cause === 'work_time' ? end - start : 0 };
}

function pushSlice(slices: Slice[], slice: Slice): void {
  const last = slices.at(-1);
  if (last?.cause !== slice.cause || last.name !== slice.name) slices.push(slice);
  else slices[slices.length - 1] = { ...last, to: slice.to, countedMs: last.countedMs + slice.countedMs };
}

function beyondYears(ms: number): RangeError {
  return new RangeError(`a work calendar counts in the years 1901 to 9998, not at ${ms}`);
}
