import type { StoredEvent } from '#domain/case/events.ts';
import { upcast } from '#domain/case/upcast.ts';
import { Codes, flag, has, type FigureRecord } from './figure-record.ts';
import { foldFigures, RareFacts, type FigureFold, type FigureRules } from './fold-figures.ts';
import { caseIdOf, FigureRows } from './figure-rows.ts';
import { ChainLog } from './chain-log.ts';
import { isSign, ReportIndex } from './report-index.ts';
import { figureOf, indicators, quantileOf, type Figure, type IndicatorId } from './indicators.ts';
import {
  dayBy,
  DISTRICT,
  groupOf,
  measureNames,
  measures,
  measuresByBasis,
  scaleOf,
  type DayBasis,
  type GroupKind,
  type Measure,
} from './measures.ts';
import { standsNowhere, stoodAt, type Standing, type StandingPart } from './standing.ts';
import { Tallies } from './tallies.ts';

/** Days from `from` until before `to`, as counts of days since 1970-01-01 in Beijing. */
export interface Span {
  readonly from: number;
  readonly to: number;
  /** Deadlines from this day on do not count yet, though the period goes on: nobody is late before. */
  readonly dueTo?: number;
}

/** Which cases a figure is about. `of` is the code of one group of the kind; of `district` it is empty. */
export interface FigureScope extends Span {
  readonly group: GroupKind;
  readonly of: string;
}

/** One case behind a number; `weight` is how much it adds to it. */
export interface CountedCase {
  readonly id: string;
  readonly weight: number;
}

/** Figures of all cases, folded from their events: a record of each, and sums by group and period. */
export class FigureBook {
  readonly #rows = new FigureRows();
  readonly #cursor = this.#rows.cursor();
  readonly #looked = this.#rows.cursor();
  readonly #tallies = new Tallies();
  readonly #fold: FigureFold;
  /** Reports by day and class. */
  readonly reports = new ReportIndex();
  /** Ways of the cases through steps and units. */
  readonly chains: ChainLog;
  #strays = 0;

  constructor(rules: FigureRules) {
    this.#fold = { codes: new Codes(), rules, rare: new RareFacts() };
    this.chains = new ChainLog(this.#fold.codes);
  }

  /** Cases that are counted. */
  get size(): number {
    return this.#rows.size;
  }

  /** Events without the first of their case, as a damaged journal gives them: they are left out. */
  get strays(): number {
    return this.#strays;
  }

  apply(stored: StoredEvent): void {
    const event = upcast(stored);
    const cursor = this.#cursor;
    const isFirst = event.version === 1;
    if (isFirst) {
      cursor.at = this.#rows.add(event.caseId);
    } else {
      const row = this.#rows.find(event.caseId);
      if (row === null) {
        this.#strays += 1;
        return;
      }
      cursor.at = row;
      this.#tallies.move(cursor, -1);
    }
    const wasSign = !isFirst && isSign(cursor);
    foldFigures(cursor, event, this.#fold);
    this.#tallies.move(cursor, 1);
    this.chains.note(cursor.at, event);
    if (isFirst) this.reports.add(cursor, cursor.at);
    if (isSign(cursor) !== wasSign) this.reports.move(cursor, wasSign ? -1 : 1);
  }

  /** The record of a row; the next call gives the same object with another row in it. */
  record(row: number): Readonly<FigureRecord> {
    this.#looked.at = row;
    return this.#looked;
  }

  /** The code that an index in a record stands for; empty for 0. */
  codeOf(index: number): string {
    return this.#fold.codes.text(index);
  }

  /** Codes of the groups of a kind that anything was ever counted for. */
  groups(kind: GroupKind): readonly string[] {
    if (kind === 'district') return [''];
    return this.#tallies.groups(kind).map((group) => this.#fold.codes.text(group));
  }

  /** Sums of all measures, in the order of `measureNames`. */
  sums(scope: FigureScope): Float64Array {
    return this.#sumsOf(scope.group, scope, [this.#groupIndex(scope)])[0] ?? noSums();
  }

  /** The same of every group of a kind, by its code; one look at the records at most, however many groups there are. */
  allSums(group: GroupKind, span: Span): ReadonlyMap<string, Float64Array> {
    const indexes = group === 'district' ? [DISTRICT] : this.#tallies.groups(group);
    const sums = this.#sumsOf(group, span, indexes);
    return new Map(
      indexes.map((index, at) => [group === 'district' ? '' : this.#fold.codes.text(index), sums[at] ?? noSums()]),
    );
  }

  #sumsOf(kind: GroupKind, { from, to, dueTo = to }: Span, groups: readonly number[]): readonly Float64Array[] {
    const sums = this.#sumsBetween(kind, from, to, groups);
    if (dueTo >= to) return sums;
    const ahead = this.#sumsBetween(kind, Math.max(from, dueTo), to, groups);
    const dueMeasures = measureNames.flatMap((name, at) => (measures[name].basis === 'due' ? [at] : []));
    sums.forEach((own, group) => {
      for (const at of dueMeasures) own[at] = (own[at] ?? 0) - (ahead[group]?.[at] ?? 0);
    });
    return sums;
  }

  #sumsBetween(kind: GroupKind, from: number, to: number, groups: readonly number[]): readonly Float64Array[] {
    const sums = groups.map(noSums);
    if (from >= to) return sums;
    if (groups.every((group, at) => this.#tallies.sum(kind, group, from, to, sums[at] ?? noSums()))) return sums;
    const places = new Map(groups.map((group, at) => [group, at]));
    const scanned = groups.map(noSums);
    this.#scan((record) => {
      for (const { basis, measures: counted } of measuresByBasis) {
        const day = dayBy(basis, record);
        if (day === null || day < from || day >= to) continue;
        const own = scanned[places.get(groupOf(kind, basis, record)) ?? -1];
        if (own === undefined) continue;
        for (const { at, of } of counted) own[at] = (own[at] ?? 0) + of(record);
      }
    });
    return scanned;
  }

  /** An indicator in a scope, with numerator and denominator. */
  figure(id: IndicatorId, scope: FigureScope, sums = this.sums(scope)): Figure {
    const indicator = indicators[id];
    if (indicator.kind === 'quantile') {
      const sorted = this.#closeTimes(scope);
      return { n: sorted.length, d: null, value: quantileOf(sorted, indicator.at) };
    }
    const sum = (measure: Measure) => (sums[measureNames.indexOf(measure)] ?? 0) / scaleOf(measure);
    return figureOf(sum(indicator.n), indicator.kind === 'count' ? null : sum(indicator.d));
  }

  /** The cases that a measure counts in a scope, in the order of their reports. */
  cases(measure: Measure, scope: FigureScope): readonly CountedCase[] {
    const { basis, of } = measures[measure];
    const group = this.#groupIndex(scope);
    const found: CountedCase[] = [];
    if (group === 0) return found;
    this.#scan((record) => {
      if (!isIn(record, basis, scope, group)) return;
      const weight = of(record) / scaleOf(measure);
      if (weight !== 0) found.push({ id: caseIdOf(record), weight });
    });
    return found.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** What stood at each moment, by the code of its group of a kind; one look at all records. */
  standing(group: GroupKind, moments: readonly number[]): ReadonlyMap<string, Standing> {
    const found = new Map<number, Standing>();
    this.#scan((record) => {
      const own = groupOf(group, 'report', record);
      if (own === 0) return;
      const counts = found.get(own) ?? noStanding(moments.length);
      found.set(own, counts);
      moments.forEach((at, place) => {
        if (!stoodAt(record, 'open', at)) return;
        counts.open[place] = (counts.open[place] ?? 0) + 1;
        if (stoodAt(record, 'overdue', at)) counts.overdue[place] = (counts.overdue[place] ?? 0) + 1;
      });
    });
    return new Map(
      Array.from(found, ([own, counts]) => [group === 'district' ? '' : this.#fold.codes.text(own), counts]),
    );
  }

  /** The cases that stood at a moment, in the order of their reports. */
  standingCases(part: StandingPart, at: number, scope: Pick<FigureScope, 'group' | 'of'>): readonly CountedCase[] {
    const group = this.#groupIndex({ ...scope, from: 0, to: 0 });
    const found: CountedCase[] = [];
    if (group === 0) return found;
    this.#scan((record) => {
      if (groupOf(scope.group, 'report', record) !== group || !stoodAt(record, part, at)) return;
      found.push({ id: caseIdOf(record), weight: 1 });
    });
    return found.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** Reports of the days that stand nowhere: merged into others, or ended nobody knows when. */
  reportedNowhere({ from, to }: Span): number {
    let count = 0;
    this.#scan((record) => {
      const day = dayBy('report', record);
      if (day !== null && day >= from && day < to && standsNowhere(record)) count += 1;
    });
    return count;
  }

  /** The day of the first report, as a count of days; null of none. */
  firstDay(): number | null {
    let first: number | null = null;
    this.#scan((record) => {
      const day = dayBy('report', record);
      if (day !== null && (first === null || day < first)) first = day;
    });
    return first;
  }

  /** Seconds from report to end of what ended in the scope, shortest first; impossible rows are in none. */
  #closeTimes(scope: FigureScope): Float64Array {
    const group = this.#groupIndex(scope);
    const times: number[] = [];
    this.#scan((record) => {
      if (group === 0 || !isIn(record, 'close', scope, group)) return;
      if (has(record, flag.isImpossible) || measures.closed.of(record) === 0) return;
      times.push(record.closedAt - record.reportedAt);
    });
    return Float64Array.from(times).sort();
  }

  #groupIndex({ group, of }: FigureScope): number {
    return group === 'district' ? DISTRICT : this.#fold.codes.find(of);
  }

  #scan(look: (record: FigureRecord) => void): void {
    const cursor = this.#cursor;
    for (let row = 0; row < this.#rows.size; row += 1) {
      cursor.at = row;
      look(cursor);
    }
  }
}

function noStanding(moments: number): Standing {
  return { open: new Int32Array(moments), overdue: new Int32Array(moments) };
}

function noSums(): Float64Array {
  return new Float64Array(measureNames.length);
}

function isIn(record: FigureRecord, basis: DayBasis, scope: FigureScope, group: number): boolean {
  const { group: kind, from, to, dueTo = to } = scope;
  if (groupOf(kind, basis, record) !== group) return false;
  const day = dayBy(basis, record);
  return day !== null && day >= from && day < (basis === 'due' ? Math.min(to, dueTo) : to);
}
