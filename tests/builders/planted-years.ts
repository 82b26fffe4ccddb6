import { DAY_MS, HOUR_MS, instant } from '#domain/base/instant.ts';
import { Random } from '#domain/base/random.ts';
import type { EventOf } from '#domain/case/events.ts';
import { FigureBook } from '#domain/metrics/figure-book.ts';
import type { FigureRules } from '#domain/metrics/fold-figures.ts';
import type { NetArea } from '#domain/foresight/hot-spots.ts';

export interface YearsOptions {
  readonly seed: number;
  readonly townships: number;
  readonly gridsOfTownship: number;
  readonly classes: number;
  readonly days: number;
  readonly reportsPerDay: number;
  /** Bursts of one class in one grid: one in each of so many last weeks. */
  readonly burstWeeks: number;
  /** Squares of 3 × 3 grids where reports come so many times as often in the last 28 days. */
  readonly hotSquares: number;
}

/** A burst that was put in: so many more reports on days from `from` until before `to`. */
export interface PlantedBurst {
  readonly grid: string;
  readonly classKey: string;
  readonly from: number;
  readonly to: number;
  readonly extra: number;
}

export interface PlantedYears {
  readonly book: FigureBook;
  /** The day after the last one. */
  readonly until: number;
  readonly areas: readonly NetArea[];
  readonly bursts: readonly PlantedBurst[];
  /** Codes of the grids of each hot square. */
  readonly hot: readonly (readonly string[])[];
  readonly reports: number;
}

/** 2026-11-25. */
const UNTIL = Math.floor(Date.UTC(2026, 10, 25) / DAY_MS);
const SIDE_DEGREES = 0.006;
const HOT_TIMES = 4;

/** Townships are the first three digits of their grids. */
const plantedRules: FigureRules = {
  placeOf: (code) => ({ township: code.slice(0, 3), village: null, grid: code }),
  answerCounts: () => null,
  isDispatchersFault: () => true,
};

/**
 * Years of reports whose truth is known: classes with a weekday and a yearly season of their own, grids with rates of their own,
 * each day independent, and bursts and hot squares put in. Townships are columns of a chessboard of grids.
 */
export function plantedYears(options: YearsOptions): PlantedYears {
  const { seed, townships, gridsOfTownship, days, reportsPerDay } = options;
  const random = new Random(seed);
  const width = Math.ceil(Math.sqrt(gridsOfTownship));
  const areas: NetArea[] = [];
  for (let township = 0; township < townships; township += 1) {
    for (let at = 0; at < gridsOfTownship; at += 1) {
      areas.push({
        code: `${101 + township}${String(at).padStart(4, '0')}`,
        lon: 116.5 + (township * width + (at % width)) * SIDE_DEGREES,
        lat: 40 + Math.floor(at / width) * SIDE_DEGREES,
      });
    }
  }
  const rates = areas.map(() => Math.exp(random.normal() * 0.4));
  const classes = Array.from({ length: options.classes }, (_, at) => ({
    code: `0${101 + at}`,
    weight: 1 / (at + 1),
    weekend: 0.5 + random.next(),
    swing: random.next() * 0.6,
    phase: random.next() * 2 * Math.PI,
  }));
  const weights = classes.reduce((sum, { weight }) => sum + weight, 0);
  const total = rates.reduce((sum, rate) => sum + rate, 0);
  const from = UNTIL - days;
  const book = new FigureBook(plantedRules);
  const serials = new Map<string, number>();
  let reports = 0;
  const report = (day: number, area: NetArea, code: string) => {
    const date = new Date(day * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '');
    const serial = (serials.get(date) ?? 0) + 1;
    serials.set(date, serial);
    const [lon, lat] = [
      area.lon + (random.next() - 0.5) * SIDE_DEGREES,
      area.lat + (random.next() - 0.5) * SIDE_DEGREES,
    ];
    const at = day * DAY_MS - 8 * HOUR_MS + Math.floor(random.next() * DAY_MS);
    book.apply(archived(`${date}${String(serial).padStart(6, '0')}`, at, area.code, code, lon, lat));
    reports += 1;
  };

  const bursts = Array.from({ length: options.burstWeeks }, (_, week): PlantedBurst => {
    const end = UNTIL - week * 7;
    return {
      grid: random.pick(areas).code,
      classKey: `matter:${random.pick(classes).code}`,
      ...{ from: end - random.integer(2, 6), to: end, extra: random.integer(5, 12) },
    };
  });
  const squares = Array.from({ length: options.hotSquares }, (_, square) => {
    const [x, y] = [1 + random.integer(0, width - 3), 1 + random.integer(0, width - 3)];
    const township = Math.floor((square * townships) / options.hotSquares);
    return [-1, 0, 1].flatMap((dy) =>
      [-1, 0, 1].map((dx) => `${101 + township}${String((y + dy) * width + x + dx).padStart(4, '0')}`),
    );
  });
  const isHot = new Set(squares.flat());

  for (let day = from; day < UNTIL; day += 1) {
    for (const { code, weight, weekend, swing, phase } of classes) {
      const isWeekend = (day + 4) % 7 === 0 || (day + 4) % 7 === 6;
      const season = 1 + swing * Math.cos((2 * Math.PI * day) / 365.25 + phase);
      const rate = ((reportsPerDay * weight) / weights) * season * (isWeekend ? weekend : 1);
      for (let left = poisson(random, rate); left > 0; left -= 1) {
        report(day, areas[drawn(random, rates, total)] ?? { code: '', lon: 0, lat: 0 }, code);
      }
    }
    if (day >= UNTIL - 28) {
      areas.forEach((area, at) => {
        if (!isHot.has(area.code)) return;
        const rate = ((reportsPerDay * (rates[at] ?? 0)) / total) * (HOT_TIMES - 1);
        for (let left = poisson(random, rate); left > 0; left -= 1) report(day, area, random.pick(classes).code);
      });
    }
    for (const burst of bursts) {
      if (day !== burst.from) continue;
      const area = areas.find(({ code }) => code === burst.grid) ?? { code: '', lon: 0, lat: 0 };
      for (let left = burst.extra; left > 0; left -= 1) {
        report(random.integer(burst.from, burst.to - 1), area, burst.classKey.slice('matter:'.length));
      }
    }
  }
  return { book, until: UNTIL, areas, bursts, hot: squares, reports };
}

function poisson(random: Random, mean: number): number {
  let count = 0;
  for (let time = random.exponential(1); time < mean; time += random.exponential(1)) count += 1;
  return count;
}

function drawn(random: Random, rates: readonly number[], total: number): number {
  let left = random.next() * total;
  return Math.max(
    0,
    rates.findIndex((rate) => (left -= rate) < 0),
  );
}

function archived(
  caseId: string,
  at: number,
  gridCode: string,
  code: string,
  lon: number,
  lat: number,
): EventOf<'case.archived.v1'> {
  const reportedAt = instant(at);
  return {
    ...{ type: 'case.archived.v1', caseId, version: 1, at: reportedAt, source: 'grid_staff' },
    by: { id: 'import', role: 'SYSTEM', unit: null },
    classRef: { standardRef: 'planted', kind: 'matter', code, name: code },
    place: { lon, lat, address: '', gridCode },
    ...{ description: '', reportedAt, closedAt: instant(at + HOUR_MS), reporterId: null, external: null, extra: {} },
    isDemo: true,
  };
}
