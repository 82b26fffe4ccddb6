import type { DailyCounts } from '#domain/metrics/report-index.ts';

/** What a series is expected to bring, read off its past. */
export interface Baseline {
  /** Expected count of a day, counted since 1970-01-01 as {@link DailyCounts} does. */
  readonly expected: (day: number) => number;
  readonly shape: Shape;
  /** Variance of a week's count by its mean: 1 of independent reports, more where they come together. */
  readonly dispersion: number;
  /** How many reports the level of today rests on: few make it uncertain. */
  readonly restsOn: number;
}

const WEEK = 7;
/** 52 weeks: a year that keeps its weekdays. */
const YEAR = 364;
const WEEKS = YEAR / WEEK;
const MOST_DAYS = 3 * YEAR;
/** The level of today: reports count half after four weeks, and not at all after half a year. */
const HALF_LIFE = 28;
const LEVEL_DAYS = 182;
/** A factor of few reports stays near 1: as if so many more had come as expected. */
const PRIOR_REPORTS = 10;
/** Weeks of the year that tell something about one, and how much. */
const SMOOTHING = [1 / 9, 2 / 9, 3 / 9, 2 / 9, 1 / 9] as const;
/** What lies farther above the expected is cut off there, in standard deviations: the residuals of Farrington's method. */
const CUT = 2.58;
const ROUNDS = 3;
const MIN_DAYS = 4 * WEEK;

/** How weekdays and weeks of the year differ from their mean, which is 1. */
interface Shape {
  readonly weekday: Float64Array;
  readonly season: Float64Array;
}

/**
 * Level of today × weekday × week of the year: the log-linear model of counts whose factors are their maximum likelihood under
 * quasi-Poisson (McCullagh and Nelder, Generalized Linear Models, 1989, §6.2), fitted in turn; earlier bursts weigh no more than
 * an unusual day, as in Farrington et al., J. R. Stat. Soc. A 159, 1996, and Noufaily et al., Stat. Med. 32, 2013. The yearly
 * season needs two whole years, else it is 1: one cannot tell it from what happened once. `like` gives the season of a larger area, which a small one cannot tell by its few
 * reports. Null: fewer than four weeks before `until`.
 */
export function fitBaseline(series: DailyCounts, until: number, like?: Baseline): Baseline | null {
  const from = Math.max(series.firstDay, until - MOST_DAYS);
  const days = until - from;
  if (days < MIN_DAYS) return null;
  const calendar = calendarOf(from, days);
  const seen = Float64Array.from({ length: days }, (_, at) => series.counts[from + at - series.firstDay] ?? 0);
  let fit = fitOnce(seen, calendar, like?.shape);
  for (let round = 0; round < ROUNDS; round += 1) {
    const { past } = fit;
    // What a burst adds to the scatter must not make room for it.
    const dispersion = round === 0 ? 1 : fit.dispersion;
    const cut = seen.map((count, at) => {
      const mean = past[at] ?? 0;
      return Math.min(count, Math.max(1, mean + CUT * Math.sqrt(dispersion * mean)));
    });
    fit = fitOnce(cut, calendar, like?.shape);
  }
  const { level, shape, dispersion, restsOn } = fit;
  return { expected: (day) => level * shapeOn(shape, day), ...{ shape, dispersion, restsOn } };
}

interface Fit extends Pick<Baseline, 'shape' | 'dispersion' | 'restsOn'> {
  readonly level: number;
  /** What each day of the past was expected to bring, by the level of its own year. */
  readonly past: Float64Array;
}

function fitOnce(counts: Float64Array, calendar: Calendar, like: Shape | undefined): Fit {
  const days = counts.length;
  const shape = like ?? shapeOf(counts, calendar);
  const past = new Float64Array(days);
  const shapes = shapesOf(shape, calendar);
  spread(counts, past, shapes);
  let [seen, mean] = [0, 0];
  for (let at = Math.max(0, days - LEVEL_DAYS); at < days; at += 1) {
    const weight = 2 ** ((at + 1 - days) / HALF_LIFE);
    seen += weight * (counts[at] ?? 0);
    mean += weight * (shapes[at] ?? 0);
  }
  return { level: mean > 0 ? seen / mean : 0, shape, dispersion: dispersionOf(counts, past), restsOn: seen, past };
}

/** Weekday and week of the year of each day of the past. */
interface Calendar {
  readonly weekdays: Uint8Array;
  readonly weeks: Uint8Array;
}

function calendarOf(from: number, days: number): Calendar {
  return {
    weekdays: Uint8Array.from({ length: days }, (_, at) => mod(from + at, WEEK)),
    weeks: Uint8Array.from({ length: days }, (_, at) => weekOf(from + at)),
  };
}

function shapeOf(counts: Float64Array, calendar: Calendar): Shape {
  const days = counts.length;
  const shape: Shape = { weekday: new Float64Array(WEEK).fill(1), season: new Float64Array(WEEKS).fill(1) };
  const past = new Float64Array(days);
  const wholeYears = Math.floor(days / YEAR) * YEAR;
  for (let turn = 0; turn < 2; turn += 1) {
    spread(counts, past, shapesOf(shape, calendar));
    adjust(shape.weekday, ...sumsBy(counts, past, 0, calendar.weekdays, WEEK));
    if (wholeYears < 2 * YEAR) continue;
    spread(counts, past, shapesOf(shape, calendar));
    const [seen, mean] = sumsBy(counts, past, days - wholeYears, calendar.weeks, WEEKS);
    adjust(shape.season, smoothed(seen), smoothed(mean));
  }
  return shape;
}

function shapesOf({ weekday, season }: Shape, { weekdays, weeks }: Calendar): Float64Array {
  const shapes = new Float64Array(weekdays.length);
  for (let at = 0; at < shapes.length; at += 1) {
    shapes[at] = (weekday[weekdays[at] ?? 0] ?? 1) * (season[weeks[at] ?? 0] ?? 1);
  }
  return shapes;
}

function sumsBy(
  counts: Float64Array,
  past: Float64Array,
  from: number,
  bins: Uint8Array,
  size: number,
): readonly [Float64Array, Float64Array] {
  const [seen, mean] = [new Float64Array(size), new Float64Array(size)];
  for (let at = from; at < counts.length; at += 1) {
    const bin = bins[at] ?? 0;
    seen[bin] = (seen[bin] ?? 0) + (counts[at] ?? 0);
    mean[bin] = (mean[bin] ?? 0) + (past[at] ?? 0);
  }
  return [seen, mean];
}

function shapeOn({ weekday, season }: Shape, day: number): number {
  return (weekday[mod(day, WEEK)] ?? 1) * (season[weekOf(day)] ?? 1);
}

/** Expected counts of the past: the mean of each whole year, in the shape of week and year; the first has what is over. */
function spread(counts: Float64Array, past: Float64Array, shape: Float64Array): void {
  const blocks = Math.max(1, Math.floor(counts.length / YEAR));
  for (let block = 0; block < blocks; block += 1) {
    const to = counts.length - block * YEAR;
    const begin = block === blocks - 1 ? 0 : to - YEAR;
    let [seen, mean] = [0, 0];
    for (let at = begin; at < to; at += 1) {
      seen += counts[at] ?? 0;
      mean += shape[at] ?? 0;
    }
    for (let at = begin; at < to; at += 1) past[at] = mean > 0 ? (seen / mean) * (shape[at] ?? 0) : 0;
  }
}

function adjust(factors: Float64Array, seen: Float64Array, mean: Float64Array): void {
  for (let at = 0; at < factors.length; at += 1) {
    factors[at] = ((factors[at] ?? 1) * ((seen[at] ?? 0) + PRIOR_REPORTS)) / ((mean[at] ?? 0) + PRIOR_REPORTS);
  }
  const average = factors.reduce((sum, factor) => sum + factor, 0) / factors.length;
  for (let at = 0; at < factors.length; at += 1) factors[at] = (factors[at] ?? 1) / average;
}

function smoothed(values: Float64Array): Float64Array {
  const middle = (SMOOTHING.length - 1) / 2;
  return values.map((_, at) =>
    SMOOTHING.reduce((sum, weight, near) => sum + weight * (values[mod(at + near - middle, values.length)] ?? 0), 0),
  );
}

/** Pearson's estimate over whole weeks: variance of a week by its mean, at least 1. */
function dispersionOf(counts: Float64Array, past: Float64Array): number {
  let [squares, means] = [0, 0];
  for (let end = counts.length; end >= WEEK; end -= WEEK) {
    let [seen, mean] = [0, 0];
    for (let at = end - WEEK; at < end; at += 1) {
      seen += counts[at] ?? 0;
      mean += past[at] ?? 0;
    }
    squares += (seen - mean) ** 2;
    means += mean;
  }
  return means > 0 ? Math.max(1, squares / means) : 1;
}

function weekOf(day: number): number {
  return Math.floor(mod(day, YEAR) / WEEK);
}

function mod(value: number, by: number): number {
  return ((value % by) + by) % by;
}

/** Expected sum of the days from `from` until before `to`. */
export function expectedOf(baseline: Baseline, from: number, to: number): number {
  let sum = 0;
  for (let day = from; day < to; day += 1) sum += baseline.expected(day);
  return sum;
}

/** Seen sum of the days from `from` until before `to`. */
function seenOf({ firstDay, counts }: DailyCounts, from: number, to: number): number {
  let sum = 0;
  for (let day = from; day < to; day += 1) sum += counts[day - firstDay] ?? 0;
  return sum;
}

/** How far off a baseline was, week by week, each told by what came before it. */
export interface BackTest {
  readonly weeks: number;
  /** Mean of a week's count, of how far off it was, and of how far off the same week of the year before was. */
  readonly mean: number;
  readonly error: number;
  readonly naiveError: number;
}

/**
 * Tells each of the last `weeks` weeks before `until` by what lay before it (rolling origin: Tashman, Int. J. Forecast. 16, 2000),
 * beside the seasonal-naive answer: the same week a year before, or the week before where there is no year. `likeAt`
 * gives the season by what lay before a day, as `like` does for a baseline. Null: too little past.
 */
export function backTest(
  series: DailyCounts,
  until: number,
  weeks: number,
  likeAt?: (until: number) => Baseline | undefined,
): BackTest | null {
  let [count, total, error, naiveError] = [0, 0, 0, 0];
  for (let back = weeks; back > 0; back -= 1) {
    const from = until - back * WEEK;
    const baseline = fitBaseline(series, from, likeAt?.(from));
    if (baseline === null) continue;
    const seen = seenOf(series, from, from + WEEK);
    const before = from - YEAR >= series.firstDay ? from - YEAR : from - WEEK;
    count += 1;
    total += seen;
    error += Math.abs(seen - expectedOf(baseline, from, from + WEEK));
    naiveError += Math.abs(seen - seenOf(series, before, before + WEEK));
  }
  return count === 0
    ? null
    : { weeks: count, mean: total / count, error: error / count, naiveError: naiveError / count };
}
