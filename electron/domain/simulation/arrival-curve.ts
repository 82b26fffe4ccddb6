import { Random } from '#domain/base/random.ts';
import type { Instant } from '#domain/base/instant.ts';
import type { Source } from '#domain/case/state.ts';
import { cityTime } from './city-time.ts';
import { seedOf } from './seed-of.ts';

/** Who reports, as far as the hours of their day differ. `machines` are cameras, sensors and transfers. */
export const crowds = ['collectors', 'citizens', 'machines'] as const;
export type Crowd = (typeof crowds)[number];

/** Weights of the hours 0 … 23 (live-and-storage.md §6: collectors' shifts, citizens' calls). */
const weightsByHour: Readonly<Record<Crowd, readonly number[]>> = {
  collectors: [0, 0, 0, 0, 0, 0, 0, 0.55, 0.85, 1, 1, 0.8, 0.35, 0.6, 0.95, 0.95, 0.95, 0.6, 0.35, 0.15, 0, 0, 0, 0],
  citizens: [
    0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.4, 0.8, 1, 1, 0.65, 0.65, 0.65, 0.85, 0.85, 0.6, 0.6, 0.6, 0.5, 0.5, 0.5, 0.25,
    0.25,
  ],
  machines: Array.from({ length: 24 }, () => 1),
};

/** Weights of Monday … Sunday (live-and-storage.md §6: Monday backlog). */
const weightsByWeekday: readonly number[] = [1.15, 1.05, 1.05, 1.05, 1, 0.85, 0.8];

/**
 * Source mix of Shunyi (live-and-storage.md §6): hotline 33, grid reports 60 (of them 6 from lane stewards, our guess),
 * video 4, sensors 2 (they come in as a transfer from a department), other 1 %.
 */
export const sourceShares: readonly { readonly source: Source; readonly crowd: Crowd; readonly share: number }[] = [
  { source: 'grid_staff', crowd: 'collectors', share: 0.54 },
  { source: 'lane_steward', crowd: 'collectors', share: 0.06 },
  { source: 'hotline', crowd: 'citizens', share: 0.33 },
  { source: 'leader', crowd: 'citizens', share: 0.01 },
  { source: 'video', crowd: 'machines', share: 0.04 },
  { source: 'department', crowd: 'machines', share: 0.02 },
];

/** Share of all reports that come from a crowd, averaged over a week. */
export function shareOf(crowd: Crowd): number {
  return sourceShares.filter((row) => row.crowd === crowd).reduce((sum, row) => sum + row.share, 0);
}

/** How much busier a crowd is at that moment than on average; the mean over a week of days is 1. */
export function curveAt(crowd: Crowd, at: Instant): number {
  const { hour, weekday } = cityTime(at);
  return ofMean(weightsByHour[crowd], hour) * ofMean(weightsByWeekday, weekday);
}

/** The log-normal factor of a day, mean 1, sigma 0.15 (live-and-storage.md §6: months swing by ± 22 %). */
export function dayFactor(seed: number, day: number): number {
  const sigma = 0.15;
  return Math.exp(sigma * new Random(seedOf(seed, 'day', day)).normal() - (sigma * sigma) / 2);
}

function ofMean(weights: readonly number[], index: number): number {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return ((weights[index] ?? 0) * weights.length) / sum;
}
