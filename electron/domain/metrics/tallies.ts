import { firstDayOfMonth, monthOfDay, type FigureRecord } from './figure-record.ts';
import { dayBy, groupKinds, groupOf, measureNames, measuresByBasis, type GroupKind } from './measures.ts';

const WIDTH = measureNames.length;
const FIRST_CELLS = 256;
/** Days until 2149 and months until 5461 lie below it. */
const PERIODS = 65_536;

/** Kinds with so few groups that each day has its own sums; others have months. */
const daily: ReadonlySet<GroupKind> = new Set<GroupKind>(['district', 'township', 'source']);

/** Sums of all measures by group and period, moved on with every change of a record. */
export class Tallies {
  readonly #months = new Map(groupKinds.map((kind) => [kind, new Cells()]));
  readonly #days = new Map([...daily].map((kind) => [kind, new Cells()]));
  readonly #groups = new Map(groupKinds.map((kind) => [kind, new Set<number>()]));
  readonly #values = new Float64Array(WIDTH);

  /** Adds what a record counts (`sign` 1), or takes it away (-1): the record must then be as it was when added. */
  move(record: FigureRecord, sign: 1 | -1): void {
    for (const { basis, measures } of measuresByBasis) {
      const day = dayBy(basis, record);
      if (day === null) continue;
      let isAny = false;
      for (const { at, of } of measures) {
        const value = of(record);
        this.#values[at] = value;
        isAny ||= value !== 0;
      }
      if (!isAny) continue;
      const month = monthOf(day);
      for (const kind of groupKinds) {
        const group = groupOf(kind, basis, record);
        if (group === 0) continue;
        this.#groups.get(kind)?.add(group);
        const inMonth = this.#months.get(kind);
        const inDay = this.#days.get(kind);
        for (const { at } of measures) {
          const value = (this.#values[at] ?? 0) * sign;
          if (value === 0) continue;
          inMonth?.add(group * PERIODS + month, at, value);
          inDay?.add(group * PERIODS + day, at, value);
        }
      }
    }
  }

  /** Groups of a kind that anything was ever counted for. */
  groups(kind: GroupKind): readonly number[] {
    return [...(this.#groups.get(kind) ?? [])];
  }

  /**
   * Sums of all measures from a day until before another one, added into `into`; false where only records can tell: part of a
   * month of a kind that has no days.
   */
  sum(kind: GroupKind, group: number, from: number, to: number, into: Float64Array): boolean {
    let day = from;
    while (day < to) {
      const month = monthOf(day);
      const next = firstDayOfMonth(month + 1);
      if (day === firstDayOfMonth(month) && next <= to) {
        this.#months.get(kind)?.addInto(group * PERIODS + month, into);
        day = next;
        continue;
      }
      const cells = this.#days.get(kind);
      if (cells === undefined) return false;
      cells.addInto(group * PERIODS + day, into);
      day += 1;
    }
    return true;
  }
}

/** `monthOfDay` of the day asked last, which most calls ask again. */
let lastDay = Number.NaN;
let lastMonth = 0;
function monthOf(day: number): number {
  if (day !== lastDay) {
    lastDay = day;
    lastMonth = monthOfDay(day);
  }
  return lastMonth;
}

class Cells {
  readonly #places = new Map<number, number>();
  #sums = new Float64Array(FIRST_CELLS * WIDTH);

  add(key: number, measure: number, value: number): void {
    let place = this.#places.get(key);
    if (place === undefined) {
      place = this.#places.size * WIDTH;
      this.#places.set(key, place);
      if (place + WIDTH > this.#sums.length) {
        const wider = new Float64Array(this.#sums.length * 2);
        wider.set(this.#sums);
        this.#sums = wider;
      }
    }
    this.#sums[place + measure] = (this.#sums[place + measure] ?? 0) + value;
  }

  addInto(key: number, into: Float64Array): void {
    const place = this.#places.get(key);
    if (place === undefined) return;
    for (let at = 0; at < WIDTH; at += 1) into[at] = (into[at] ?? 0) + (this.#sums[place + at] ?? 0);
  }
}
