import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/base/instant.ts';

/** Received today 今日受理 · open 在办 · past their limit 超期 · due within two hours 2 h 内到期. */
export const figureKinds = ['received', 'open', 'overdue', 'soon'] as const;
export type FigureKind = (typeof figureKinds)[number];
export type Figures = Readonly<Record<FigureKind, number>>;

/** Ten minutes of a day; 144 a day. */
const BIN_MS = 10 * MINUTE_MS;
export const BINS = DAY_MS / BIN_MS;
/** Days that the usual band looks back, and fewer than how many make none. */
export const BAND_DAYS = 28;
export const LEAST_BAND_DAYS = 7;

const BEIJING_MS = 8 * HOUR_MS;

/** One figure as it was last seen in each bin of a day; null where nobody looked. */
export type DayLine = readonly (number | null)[];

/** Day in Beijing, counted from 1970-01-01, and bin of that day. */
export function binOf(now: number): { readonly day: number; readonly bin: number } {
  const local = now + BEIJING_MS;
  return { day: Math.floor(local / DAY_MS), bin: Math.floor((((local % DAY_MS) + DAY_MS) % DAY_MS) / BIN_MS) };
}

/** First instant of the day in Beijing that holds `now`. */
export function dayStart(now: number): number {
  return binOf(now).day * DAY_MS - BEIJING_MS;
}

/** Nine tenths and one tenth of the days lay below; null where fewer than {@link LEAST_BAND_DAYS} are known. */
export interface UsualBand {
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

/** The usual band 常态 of each bin over past days. */
export function usualBand(days: readonly DayLine[]): UsualBand {
  const bins = Array.from({ length: BINS }, (_, bin) => {
    const known = days.map((line) => line[bin] ?? null).filter((value) => value !== null);
    return known.length < LEAST_BAND_DAYS ? null : known.sort((a, b) => a - b);
  });
  const at = (share: number) => (known: readonly number[] | null) =>
    known === null ? null : (known[Math.round((known.length - 1) * share)] ?? null);
  return { low: bins.map(at(0.1)), high: bins.map(at(0.9)) };
}
