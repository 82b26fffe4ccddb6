import type { Measure } from './measures.ts';

/** A share n/d, a mean n/d in seconds, a count n, or a quantile of the seconds from report to end. */
export type Indicator =
  | { readonly kind: 'share' | 'mean'; readonly n: Measure; readonly d: Measure }
  | { readonly kind: 'count'; readonly n: Measure }
  | { readonly kind: 'quantile'; readonly at: number };

const share = (n: Measure, d: Measure) => ({ kind: 'share', n, d }) as const;
const count = (n: Measure) => ({ kind: 'count', n }) as const;

/** Indicators by the ids of domain.md §6, the three rates 三率 of §7.3, and the counts beside them. */
export const indicators = {
  response_rate: share('responded', 'assessed'),
  resolution_rate: share('solved', 'answered_solved'),
  satisfaction_rate: share('satisfied', 'answered_satisfied'),
  file_rate: share('reported_filed', 'reported_cases'),
  ontime_file_rate: share('filed_on_time', 'filed'),
  accurate_dispatch_rate: share('accurate', 'dispatched'),
  handle_rate: share('handled', 'due'),
  ontime_handle_rate: share('handled_on_time', 'due'),
  close_rate: share('due_closed', 'due'),
  ontime_close_rate: share('closed_on_time', 'due'),
  rework_rate: share('reworked', 'handled'),
  return_rate: share('returned', 'received'),
  verify_rate: share('verifies_done', 'verifies'),
  ontime_verify_rate: share('verifies_on_time', 'verifies'),
  check_rate: share('checks_done', 'checks'),
  ontime_check_rate: share('checks_on_time', 'checks'),
  check_pass_rate: share('checks_passed', 'checks_done'),
  valid_report_rate: share('valid', 'reported_cases'),
  miss_rate: share('missed', 'valid'),
  self_found_rate: share('self_found', 'valid'),
  photo_rate: share('with_photo', 'handled'),
  avg_accept_time: { kind: 'mean', n: 'accept_seconds', d: 'filed' },
  avg_handle_time: { kind: 'mean', n: 'handle_seconds', d: 'handled' },
  median_close_time: { kind: 'quantile', at: 0.5 },
  p90_close_time: { kind: 'quantile', at: 0.9 },
  reported: count('reported'),
  tickets: count('tickets'),
  valid: count('valid'),
  filed: count('filed'),
  dispatched: count('dispatched'),
  due: count('due'),
  handled: count('handled'),
  unhandled: count('unhandled'),
  handled_late: count('handled_late'),
  closed: count('closed'),
  closed_late: count('closed_late'),
  rejected: count('rejected'),
  voided: count('voided'),
  extended: count('extended'),
  suspended: count('suspended'),
  appeals_granted: count('appeals_granted'),
  appeals_refused: count('appeals_refused'),
  excluded: count('excluded'),
  impossible: count('impossible'),
} as const satisfies Record<string, Indicator>;

export type IndicatorId = keyof typeof indicators;
export const indicatorIds = Object.keys(indicators) as readonly IndicatorId[];

/** A figure with what it is made of. `d` is null of a count; `value` is null for 0/0, shown as "—". */
export interface Figure {
  readonly n: number;
  readonly d: number | null;
  readonly value: number | null;
}

export function figureOf(n: number, d: number | null): Figure {
  return { n, d, value: d === null ? n : d === 0 ? null : n / d };
}

/** The value at a share of sorted seconds, by the nearest rank; null of none. */
export function quantileOf(sorted: ArrayLike<number>, at: number): number | null {
  if (sorted.length === 0) return null;
  return sorted[Math.max(0, Math.ceil(at * sorted.length) - 1)] ?? null;
}
