import { HOUR_MS, MINUTE_MS, plus, type Instant } from '#domain/base/instant.ts';
import { Random } from '#domain/base/random.ts';
import type { CaseStateName } from '#domain/case/lifecycle.ts';
import { atHour } from './city-time.ts';
import { drawBetween } from './draw.ts';
import { ReportStream, type ReportStreamOptions } from './report-stream.ts';
import type { SimulatedReport } from './reports.ts';
import { seedOf } from './seed-of.ts';

/** A case of the starting picture: report it as `ageMs` old, then take its steps until it has the state. */
export interface PlannedCase {
  readonly report: SimulatedReport;
  readonly until: CaseStateName;
  readonly ageMs: number;
}

/** How many cases of each state a first start shows, and how old their reports are: 220 open ones and 30 closed today. */
const parts: readonly {
  readonly until: CaseStateName;
  readonly count: number;
  readonly minutes: readonly [number, number];
}[] = [
  { until: 'closed', count: 30, minutes: [90, 540] },
  { until: 'pending_close', count: 10, minutes: [75, 420] },
  { until: 'checking', count: 14, minutes: [70, 420] },
  { until: 'pending_check', count: 16, minutes: [60, 400] },
  { until: 'handle_finished', count: 12, minutes: [50, 360] },
  { until: 'handling', count: 70, minutes: [25, 300] },
  { until: 'pending_handle', count: 46, minutes: [10, 80] },
  { until: 'pending_dispatch', count: 20, minutes: [5, 25] },
  { until: 'pending_register', count: 18, minutes: [0.5, 12] },
  { until: 'reported', count: 14, minutes: [0.5, 12] },
];

/** Reports are drawn from the late morning before, when every crowd is about. */
const FROM_HOUR = 9;

/**
 * A plausible picture of a running day for an empty journal: oldest report first. Only `reportedAt` lies in the past;
 * recorded times, and with them the clocks, begin when the host records.
 */
export function startingPicture(options: Omit<ReportStreamOptions, 'from'>, now: Instant): readonly PlannedCase[] {
  const random = new Random(seedOf(options.seed, 'picture'));
  const pool = reportsOfMorning(options, plus(now, -24 * HOUR_MS));
  const take = (isMarked: boolean): SimulatedReport | undefined => {
    const at = pool.findIndex((report) => (report.body.source === 'grid_staff') === isMarked);
    return at < 0 ? pool.shift() : pool.splice(at, 1)[0];
  };
  const planned: PlannedCase[] = [];
  for (const { until, count, minutes } of parts) {
    for (let index = 0; index < count; index += 1) {
      const isLookedAt = until === 'pending_register' || (until !== 'reported' && random.chance(0.6));
      const report = take(isLookedAt);
      if (report === undefined) break;
      const ageMs = Math.round(drawBetween(random, minutes[0], minutes[1]) * MINUTE_MS);
      planned.push({ report, until: firstStateOr(until, report), ageMs });
    }
  }
  return planned.sort((a, b) => b.ageMs - a.ageMs);
}

/** A collector's report begins as 待立案, any other as 已上报 (domain.md §4.4, row 1). */
function firstStateOr(until: CaseStateName, report: SimulatedReport): CaseStateName {
  if (until !== 'reported' && until !== 'pending_register') return until;
  return report.body.source === 'grid_staff' ? 'pending_register' : 'reported';
}

function reportsOfMorning(options: Omit<ReportStreamOptions, 'from'>, day: Instant): SimulatedReport[] {
  const wanted = parts.reduce((sum, { count }) => sum + count, 0) * 2;
  const from = atHour(day, FROM_HOUR);
  // A pool of the usual mix, however few or many reports an hour the player will send.
  const stream = new ReportStream({ ...options, ratePerHour: wanted, from });
  const pool = new Map<string, SimulatedReport>();
  for (let at = from; pool.size < wanted; at = plus(at, MINUTE_MS)) {
    for (let report = stream.takeDue(at); report !== null; report = stream.takeDue(at)) pool.set(report.key, report);
  }
  return [...pool.values()];
}
