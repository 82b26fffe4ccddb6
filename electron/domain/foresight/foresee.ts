import type { FigureBook } from '#domain/metrics/figure-book.ts';
import { degreesOf } from '#domain/metrics/figure-record.ts';
import { caseIdOf } from '#domain/metrics/figure-rows.ts';
import type { CaseChain } from '#domain/metrics/chain-log.ts';
import { isSign } from '#domain/metrics/report-index.ts';
import { backTest, expectedOf, fitBaseline, type BackTest, type Baseline } from './baseline.ts';
import { alarmLimit, expectedAt, isBurst, surprise, type BurstRules, type Watched } from './bursts.ts';
import { mineChains, type MinedChains } from './chains.ts';
import { hotSpots, type HotSpot, type Net } from './hot-spots.ts';
import { repeats, type PlacedReport, type RepeatRules } from './repeats.ts';
import type { Steps } from './steps.ts';

/** Days of the window 七天, and of the past that a grid is compared with. */
export const WINDOW_DAYS = 7;
const PAST_DAYS = 91;
/** With less of a past nothing is a burst: everything would be. */
export const LEAST_PAST_DAYS = 28;
/** Days of one window of hot spots, and how many of them tell a new spot from one that stays. */
export const SPOT_DAYS = 28;
const SPOT_WINDOWS = 4;
const BACK_TEST_WEEKS = 12;
const CHAINS_OF_A_TURN = 1_000;

/** Where a burst is: the smallest area that explains it. */
export const burstLevels = ['grid', 'township', 'district'] as const;
export type BurstLevel = (typeof burstLevels)[number];

/** More reports of one class than the season and chance explain, within the window. */
export interface Burst extends Watched {
  readonly level: BurstLevel;
  /** Code of the area; empty of the district. */
  readonly of: string;
  /** Kind and code of the class, as `matter:06042`. */
  readonly classKey: string;
  /** How likely so many or more were. */
  readonly chance: number;
  /** How far off the baseline was lately: of the class in the township, or in the district. */
  readonly backTest: BackTest | null;
  /** Case numbers, in the order of the days. */
  readonly cases: readonly string[];
}

interface Pair {
  readonly classCode: number;
  readonly area: number;
  readonly township: number;
  past: number;
  readonly rows: number[];
}

/** How many days before the window of `to` the past goes back, 91 at most: what bursts are compared with. */
export function pastDays(book: FigureBook, to: number): number {
  const from = to - WINDOW_DAYS;
  let first = from - PAST_DAYS;
  while (first < from && book.reports.rows(first).length === 0) first += 1;
  return from - first;
}

/** Bursts in the seven days before `to`, the most surprising first: grids, then townships and the district for what no grid explains. None with less than {@link LEAST_PAST_DAYS}. */
export function* findBursts(book: FigureBook, to: number, rules: BurstRules): Steps<readonly Burst[]> {
  const from = to - WINDOW_DAYS;
  const days = pastDays(book, to);
  if (days < LEAST_PAST_DAYS) return [];
  const pairs = yield* pairsOf(book, from, to, days);
  const baselineOf = baselinesOf(book);
  // Levels share the budget.
  const own = { ...rules, falseAlarms: rules.falseAlarms / burstLevels.length };
  /** What finer bursts have beyond the expected, by class and coarser area. */
  const explained = new Map<string, number>();
  const found: Burst[] = [];
  for (const level of burstLevels) {
    const watched = [...pairs[level].values()];
    const limit = alarmLimit(own, watched.length);
    for (const pair of watched) {
      const { classCode, area, township, past, rows } = pair;
      // Far from what it usually brings: the season makes no such difference.
      if (rows.length < Math.max(rules.least, (past * WINDOW_DAYS) / days / 2)) continue;
      yield;
      const expected = expectedIn(level, pair, baselineOf, { from, to, days });
      if (expected === null) continue;
      const seen = rows.length - (explained.get(`${level} ${classCode} ${area}`) ?? 0);
      const chance = surprise({ ...expected, seen: Math.round(seen) });
      if (!isBurst({ ...expected, seen }, chance, limit, rules)) continue;
      const beyond = rows.length - expected.expected;
      const coarser = level === 'grid' ? [`township ${classCode} ${township}`] : [];
      for (const key of level === 'district' ? [] : [...coarser, `district ${classCode} 0`]) {
        // What a township has beyond its grids is explained once.
        const already = level === 'township' ? (explained.get(`township ${classCode} ${area}`) ?? 0) : 0;
        explained.set(key, (explained.get(key) ?? 0) + Math.max(0, beyond - already));
      }
      const series = book.reports.series(classCode, level === 'district' ? 0 : township);
      found.push({
        ...expected,
        ...{ level, of: book.codeOf(area), classKey: book.codeOf(classCode), seen: rows.length, chance },
        backTest:
          series === null
            ? null
            : backTest(series, from, BACK_TEST_WEEKS, (until) =>
                level === 'district' ? undefined : (baselineOf(classCode, 0, until) ?? undefined),
              ),
        cases: rows.map((row) => caseIdOf(book.record(row))),
      });
    }
  }
  return found.sort((a, b) => a.chance - b.chance);
}

/** The baseline of a class in a township, 0 the district, by what lay before a day. */
type BaselineOf = (classCode: number, township: number, until: number) => Baseline | null;

function baselinesOf(book: FigureBook): BaselineOf {
  const known = new Map<string, Baseline | null>();
  const baselineOf: BaselineOf = (classCode, township, until) => {
    const key = `${classCode} ${township} ${until}`;
    let baseline = known.get(key);
    if (baseline === undefined) {
      const series = book.reports.series(classCode, township);
      // A township has the season of the district: its own few reports do not tell one.
      const like = township === 0 ? undefined : (baselineOf(classCode, 0, until) ?? undefined);
      baseline = series === null ? null : fitBaseline(series, until, like);
      known.set(key, baseline);
    }
    return baseline;
  };
  return baselineOf;
}

function* pairsOf(
  book: FigureBook,
  from: number,
  to: number,
  days: number,
): Steps<Readonly<Record<BurstLevel, ReadonlyMap<number, Pair>>>> {
  const pairs = { grid: new Map<number, Pair>(), township: new Map<number, Pair>(), district: new Map<number, Pair>() };
  const note = (of: Map<number, Pair>, classCode: number, area: number, township: number, row: number | null) => {
    // As in the index of reports.
    const key = classCode * 1_048_576 + area;
    let pair = of.get(key);
    if (pair === undefined) of.set(key, (pair = { classCode, area, township, past: 0, rows: [] }));
    if (row === null) pair.past += 1;
    else pair.rows.push(row);
  };
  for (let day = from - days; day < to; day += 1) {
    yield;
    for (const row of book.reports.rows(day)) {
      const record = book.record(row);
      if (!isSign(record)) continue;
      const { classCode, grid, township } = record;
      const now = day >= from ? row : null;
      if (grid !== 0) note(pairs.grid, classCode, grid, township, now);
      if (township !== 0) note(pairs.township, classCode, township, township, now);
      note(pairs.district, classCode, 0, 0, now);
    }
  }
  return pairs;
}

function expectedIn(
  level: BurstLevel,
  { classCode, township, past }: Pair,
  baselineOf: BaselineOf,
  { from, to, days }: { readonly from: number; readonly to: number; readonly days: number },
): Omit<Watched, 'seen'> | null {
  const baseline = baselineOf(classCode, level === 'district' ? 0 : township, from);
  if (level !== 'grid') {
    return baseline === null ? null : { ...baseline, expected: expectedOf(baseline, from, to) };
  }
  // A grid has its own rate, and the season of its township.
  const [now, before] =
    baseline === null ? [0, 0] : [expectedOf(baseline, from, to), expectedOf(baseline, from - days, from)];
  const ratio = before > 0 ? now / before : WINDOW_DAYS / days;
  return { ...expectedAt(past, ratio), dispersion: baseline?.dispersion ?? 1 };
}

/** A hot spot with its areas by code, and what was reported there. */
export interface Spot extends Omit<HotSpot, 'areas'> {
  readonly areas: readonly string[];
  /** Classes by how many of their reports lie there, the most first. */
  readonly classes: readonly { readonly classKey: string; readonly count: number }[];
  readonly cases: readonly string[];
}

/** Hot spots of the 28 days before `to`, the hottest first. */
export function* findSpots(book: FigureBook, net: Net, to: number, falseShare: number): Steps<readonly Spot[]> {
  const indexes = new Map(net.areas.map(({ code }, at) => [code, at]));
  const areaOf = new Map<number, number>();
  const from = to - SPOT_DAYS * SPOT_WINDOWS;
  const counts = Array.from({ length: SPOT_WINDOWS }, () => new Float64Array(net.areas.length));
  const latest = net.areas.map((): number[] => []);
  for (let day = from; day < to; day += 1) {
    yield;
    const window = Math.floor((day - from) / SPOT_DAYS);
    const own = counts[window] ?? new Float64Array(0);
    for (const row of book.reports.rows(day)) {
      const record = book.record(row);
      if (record.grid === 0 || !isSign(record)) continue;
      let area = areaOf.get(record.grid);
      if (area === undefined) areaOf.set(record.grid, (area = indexes.get(book.codeOf(record.grid)) ?? -1));
      if (area < 0) continue;
      own[area] = (own[area] ?? 0) + 1;
      if (window === SPOT_WINDOWS - 1) latest[area]?.push(row);
    }
  }
  return hotSpots(net, counts, falseShare).map(({ areas, ...spot }) => {
    const rows = areas.flatMap((area) => latest[area] ?? []);
    const classes = new Map<number, number>();
    for (const row of rows) {
      const { classCode } = book.record(row);
      classes.set(classCode, (classes.get(classCode) ?? 0) + 1);
    }
    return {
      ...spot,
      areas: areas.flatMap((area) => net.areas[area]?.code ?? []),
      classes: [...classes]
        .sort((a, b) => b[1] - a[1] || a[0] - b[0])
        .map(([classCode, count]) => ({ classKey: book.codeOf(classCode), count })),
      cases: rows.map((row) => caseIdOf(book.record(row))).sort(),
    };
  });
}

/** A place where the same class came again and again. */
export interface RepeatedPlace {
  readonly classKey: string;
  /** The place of the latest report, WGS-84 degrees, and its grid; empty where it lies in none. */
  readonly lon: number;
  readonly lat: number;
  readonly grid: string;
  readonly cases: readonly string[];
}

/** Repeats of the `days` before `to` whose latest report lies in the last seven of them. */
export function* findRepeats(
  book: FigureBook,
  to: number,
  days: number,
  rules: RepeatRules,
): Steps<readonly RepeatedPlace[]> {
  const placed: PlacedReport[] = [];
  for (let day = to - days; day < to; day += 1) {
    yield;
    for (const row of book.reports.rows(day)) {
      const record = book.record(row);
      const [lon, lat] = [degreesOf(record.lon), degreesOf(record.lat)];
      if (lon === null || lat === null || !isSign(record)) continue;
      placed.push({ key: row, classCode: record.classCode, lon, lat, day });
    }
  }
  return (yield* repeats(placed, rules)).flatMap(({ classCode, reports }) => {
    const last = reports.at(-1);
    if (last === undefined || last.day < to - WINDOW_DAYS) return [];
    return [
      {
        classKey: book.codeOf(classCode),
        ...{ lon: last.lon, lat: last.lat, grid: book.codeOf(book.record(last.key).grid) },
        cases: reports.map(({ key }) => caseIdOf(book.record(key))),
      },
    ];
  });
}

/**
 * What the ways of the cases say that ended on days from `from` until before `to`, and with `withOpen` of those that are open.
 * `now` in seconds since 1970.
 */
export function* findChains<Kind extends string>(
  book: FigureBook,
  when: { readonly from: number; readonly to: number; readonly withOpen: boolean; readonly now: number },
  kindOf: (unit: string) => Kind,
): Steps<MinedChains<Kind>> {
  const chains: CaseChain[] = [];
  for (const chain of book.chains.chains(when.from, when.to, when.withOpen)) {
    chains.push(chain);
    if (chains.length % CHAINS_OF_A_TURN === 0) yield;
  }
  const kinds = new Map<number, Kind>();
  const kindOfIndex = (unit: number) => {
    let kind = kinds.get(unit);
    if (kind === undefined) kinds.set(unit, (kind = kindOf(book.codeOf(unit))));
    return kind;
  };
  return yield* mineChains(chains, kindOfIndex, when.now);
}
