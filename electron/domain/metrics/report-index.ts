import { SECOND_MS } from '#domain/base/instant.ts';
import { dayNumber, flag, has, type FigureRecord } from './figure-record.ts';

/** Counts of consecutive days, the first of `firstDay`: days since 1970-01-01 in Beijing. */
export interface DailyCounts {
  readonly firstDay: number;
  readonly counts: ArrayLike<number>;
}

/** So many days of a series are kept, three years and some: what a yearly season is read off. */
const KEPT_DAYS = 1_200;
const MOST_IN_A_DAY = 65_535;

/** Whether a report counts as a sign of what goes on: not 不立案, 作废, merged into another, or dated ahead of its entry. */
export function isSign(record: Pick<FigureRecord, 'flags'>): boolean {
  return !has(record, flag.isRejected | flag.isVoid | flag.isMerged | flag.isAhead);
}

/** Reports by the day they were made: their rows, and how many there were of a class in the district and in each township. */
export class ReportIndex {
  readonly #rows = new Map<number, number[]>();
  readonly #series = new Map<number, Series>();

  add(record: FigureRecord, row: number): void {
    const day = dayNumber(record.reportedAt * SECOND_MS);
    const known = this.#rows.get(day);
    if (known === undefined) this.#rows.set(day, [row]);
    else known.push(row);
  }

  /** Counts a report that {@link isSign} (`sign` 1), or no longer (-1). */
  move(record: FigureRecord, sign: 1 | -1): void {
    const day = dayNumber(record.reportedAt * SECOND_MS);
    this.#move(keyOf(record.classCode, 0), day, sign);
    if (record.township !== 0) this.#move(keyOf(record.classCode, record.township), day, sign);
  }

  /** Rows of the reports of a day, in the order they were recorded. */
  rows(day: number): readonly number[] {
    return this.#rows.get(day) ?? [];
  }

  /** How many reports of a class there were each day; `township` 0 is the whole district. Null: never one. */
  series(classCode: number, township: number): DailyCounts | null {
    return this.#series.get(keyOf(classCode, township)) ?? null;
  }

  #move(key: number, day: number, sign: 1 | -1): void {
    let series = this.#series.get(key);
    if (series === undefined) this.#series.set(key, (series = new Series(day)));
    series.move(day, sign);
  }
}

/** Codes are indexes of what was ever seen: far fewer than a million. */
function keyOf(classCode: number, township: number): number {
  return classCode * 1_048_576 + township;
}

class Series implements DailyCounts {
  firstDay: number;
  counts = new Uint16Array(16);

  constructor(day: number) {
    this.firstDay = day;
  }

  move(day: number, sign: 1 | -1): void {
    if (day < this.firstDay + this.counts.length - 2 * KEPT_DAYS) return;
    if (day < this.firstDay) this.#put(day, this.firstDay + this.counts.length);
    if (day >= this.firstDay + this.counts.length) {
      const from = Math.max(this.firstDay, day - KEPT_DAYS);
      this.#put(from, day + 1 + Math.min(KEPT_DAYS / 2, this.counts.length));
    }
    const at = day - this.firstDay;
    this.counts[at] = Math.min(MOST_IN_A_DAY, Math.max(0, (this.counts[at] ?? 0) + sign));
  }

  #put(from: number, to: number): void {
    const counts = new Uint16Array(to - from);
    for (let day = Math.max(from, this.firstDay); day < Math.min(to, this.firstDay + this.counts.length); day += 1) {
      counts[day - from] = this.counts[day - this.firstDay] ?? 0;
    }
    this.firstDay = from;
    this.counts = counts;
  }
}
