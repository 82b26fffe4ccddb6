import { DAY_MS, type Instant } from '#domain/base/instant.ts';
import type { RepeatPolicy } from './policy.ts';

/** A report at a spot, of the class in question. */
export interface RepeatReport {
  readonly metres: number;
  readonly sameClass: boolean;
  readonly reportedAt: Instant;
}

/**
 * Whether a spot is a repeated complaint 屡诉未决: at least `leastReports` reports of one class within `radiusMetres` in
 * the last `days` before `now`. The report that asks is to be among `reports`; closed ones count, since a problem that
 * came again was not settled.
 *
 * Rule: same place + class ≥ 2. Source: domain.md §11 (反复问题预警); radius and days are placeholders 可配置.
 */
export function isRepeatComplaint(reports: readonly RepeatReport[], policy: RepeatPolicy, now: Instant): boolean {
  const since = now - policy.days * DAY_MS;
  const counted = reports.filter(
    ({ metres, sameClass, reportedAt }) =>
      sameClass && metres <= policy.radiusMetres && reportedAt >= since && reportedAt <= now,
  );
  return counted.length >= policy.leastReports;
}
