import type { Figure, FiguresRow } from '#contract/figures.ts';
import type { IndicatorId } from '#domain/metrics/indicators.ts';

/** Figures of the scorecard 考核, in the order of their columns (desk-wall-briefing.md §9.9). */
export const shownIndicators = [
  'tickets',
  'response_rate',
  'resolution_rate',
  'satisfaction_rate',
  'reported',
  'self_found_rate',
  'ontime_close_rate',
  'rework_rate',
  'excluded',
] as const satisfies readonly IndicatorId[];
export type ShownIndicator = (typeof shownIndicators)[number];

/** What is asked for: the columns, and every other share that a scheme may weigh or a file should have. */
export const askedIndicators = [
  ...shownIndicators,
  'file_rate',
  'ontime_file_rate',
  'valid_report_rate',
  'miss_rate',
  'accurate_dispatch_rate',
  'return_rate',
  'handle_rate',
  'ontime_handle_rate',
  'close_rate',
  'verify_rate',
  'ontime_verify_rate',
  'check_rate',
  'ontime_check_rate',
  'check_pass_rate',
  'photo_rate',
] as const satisfies readonly IndicatorId[];

/** What one can compare, and whether the groups are few enough to be told apart by a plot. */
export const shownGroups = [
  { id: 'township', hasPlot: true },
  { id: 'village', hasPlot: false },
  { id: 'department', hasPlot: false },
  { id: 'class', hasPlot: false },
  { id: 'source', hasPlot: true },
] as const;
export type ShownGroup = (typeof shownGroups)[number]['id'];

/** `97.7`, a share in per cent; a whole number; "—" for nothing over nothing. */
export function figureText({ d, value }: Figure): string {
  if (value === null) return '—';
  return d === null ? value.toLocaleString('en-US') : (value * 100).toFixed(1);
}

/** `1,033/1,066`; of a count the number alone. */
export function partsText({ n, d }: Figure): string {
  const part = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: 1 });
  return d === null ? part(n) : `${part(n)}/${part(d)}`;
}

export function scoreText(score: number | null | undefined): string {
  return score === null || score === undefined ? '—' : score.toFixed(2);
}

/** `2–8`, `4` where the intervals leave no other. */
export function bandText(row: FiguresRow): string {
  const { bandFrom = null, bandTo = null } = row.score ?? {};
  if (bandFrom === null || bandTo === null) return '—';
  return bandFrom === bandTo ? String(bandFrom) : `${bandFrom}–${bandTo}`;
}

/** `↑2` better by two ranks than in the period before, `–` the same or not known. */
export function changeText(row: FiguresRow): string {
  const { rank = null, rankBefore = null } = row.score ?? {};
  if (rank === null || rankBefore === null || rank === rankBefore) return '–';
  return rank < rankBefore ? `↑${rankBefore - rank}` : `↓${rank - rankBefore}`;
}
