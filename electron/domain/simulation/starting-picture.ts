import { HOUR_MS, MINUTE_MS, plus, type Instant } from '#domain/base/instant.ts';
import { Random } from '#domain/base/random.ts';
import type { CaseStateName } from '#domain/case/lifecycle.ts';
import type { CaseState } from '#domain/case/state.ts';
import type { ChanceName } from './chances.ts';
import { atHour } from './city-time.ts';
import { drawBetween } from './draw.ts';
import { ReportStream, type ReportStreamOptions } from './report-stream.ts';
import type { SimulatedReport } from './reports.ts';
import { seedOf } from './seed-of.ts';

/**
 * A case of the starting picture: report it as `ageMs` old, then take its steps until it has the state, and what was wished
 * for has happened to it.
 */
export interface PlannedCase {
  readonly report: SimulatedReport;
  readonly until: CaseStateName;
  readonly wish: ChanceName | null;
  readonly ageMs: number;
}

interface Part {
  readonly of: 'case' | 'public' | 'ticket';
  readonly until: CaseStateName;
  readonly count: number;
  readonly minutes: readonly [number, number];
  readonly wish?: ChanceName;
}

/**
 * How many cases and tickets of each state a first start shows, and how old their reports are: about 220 open ones and 30
 * closed today. Some show a side procedure for certain; more of them comes by itself, and a few end before their time.
 */
const parts: readonly Part[] = [
  { of: 'case', until: 'closed', count: 20, minutes: [90, 540] },
  { of: 'case', until: 'pending_close', count: 7, minutes: [75, 420] },
  { of: 'case', until: 'checking', count: 10, minutes: [70, 420] },
  { of: 'case', until: 'pending_check', count: 11, minutes: [60, 400] },
  { of: 'case', until: 'handle_finished', count: 8, minutes: [50, 360] },
  { of: 'case', until: 'handling', count: 36, minutes: [25, 300] },
  { of: 'case', until: 'handling', count: 3, minutes: [60, 300], wish: 'extended' },
  { of: 'case', until: 'handling', count: 3, minutes: [60, 300], wish: 'supervised' },
  { of: 'case', until: 'handling', count: 3, minutes: [60, 300], wish: 'urged' },
  { of: 'case', until: 'handling', count: 2, minutes: [60, 300], wish: 'whistled' },
  { of: 'case', until: 'handling', count: 2, minutes: [60, 300], wish: 'relay' },
  { of: 'case', until: 'suspended', count: 4, minutes: [120, 480], wish: 'suspended' },
  { of: 'case', until: 'returned', count: 5, minutes: [20, 120], wish: 'wrongUnit' },
  { of: 'case', until: 'pending_handle', count: 26, minutes: [10, 80] },
  { of: 'case', until: 'pending_handle', count: 2, minutes: [60, 200], wish: 'escalated' },
  { of: 'case', until: 'pending_dispatch', count: 14, minutes: [5, 25] },
  { of: 'case', until: 'pending_dispatch', count: 2, minutes: [10, 40], wish: 'caseEndorsed' },
  { of: 'public', until: 'verifying', count: 6, minutes: [5, 30], wish: 'verified' },
  { of: 'case', until: 'pending_register', count: 12, minutes: [0.5, 12] },
  { of: 'public', until: 'reported', count: 8, minutes: [0.5, 12] },
  { of: 'ticket', until: 'done', count: 10, minutes: [240, 600] },
  { of: 'ticket', until: 'calling_back', count: 4, minutes: [200, 500] },
  { of: 'ticket', until: 'replied', count: 8, minutes: [150, 420] },
  { of: 'ticket', until: 'handling', count: 14, minutes: [40, 300] },
  { of: 'ticket', until: 'co_handling', count: 3, minutes: [60, 300], wish: 'ticketWhistled' },
  { of: 'ticket', until: 'suspended', count: 2, minutes: [200, 500], wish: 'suspended' },
  { of: 'ticket', until: 'contacted', count: 5, minutes: [20, 60] },
  { of: 'ticket', until: 'assigned', count: 8, minutes: [15, 50] },
  { of: 'ticket', until: 'signed', count: 10, minutes: [5, 30] },
  { of: 'ticket', until: 'return_review', count: 3, minutes: [20, 50], wish: 'ticketReturned' },
  { of: 'ticket', until: 'to_sign', count: 8, minutes: [0.5, 10] },
];

/** How many second reports of planned matters are merged 并案. */
const MERGED = 6;

/** Reports are drawn from the late morning before, when every crowd is about. */
const FROM_HOUR = 9;

/** The picture, and second reports to be merged into cases of it when all of them are there. */
export interface StartingPicture {
  readonly cases: readonly PlannedCase[];
  readonly duplicates: readonly PlannedCase[];
}

/**
 * A plausible picture of a running day for an empty journal: oldest report first. Only `reportedAt` lies in the past;
 * recorded times, and with them the clocks of cases, begin when the host records. Without tables of tickets their part is
 * left out.
 */
export function startingPicture(options: Omit<ReportStreamOptions, 'from'>, now: Instant): StartingPicture {
  const random = new Random(seedOf(options.seed, 'picture'));
  const pool = reportsOfMorning(options, plus(now, -24 * HOUR_MS));
  const firsts = [...new Map(pool.toReversed().map((report) => [report.incident, report])).values()].toReversed();
  const first = new Set(firsts);
  const several = new Set(pool.filter((report) => !first.has(report)).map(({ incident }) => incident));
  const taken = new Set<SimulatedReport>();
  const take = (fits: (report: SimulatedReport) => boolean): SimulatedReport | undefined => {
    const found = firsts.find((report) => !taken.has(report) && fits(report));
    if (found !== undefined) taken.add(found);
    return found;
  };
  const cases: PlannedCase[] = [];
  for (const { of, until, count, minutes, wish = null } of parts) {
    for (let index = 0; index < count; index += 1) {
      const fromCollector = until === 'pending_register' || random.chance(0.75);
      const wanted = of === 'case' ? (fromCollector ? 'collector' : 'public') : of;
      const isPaired = index < MERGED / 2 && wish === null && isBeforeEnd(until);
      const paired = isPaired ? take((one) => kindOf(one) === wanted && several.has(one.incident)) : undefined;
      const report = paired ?? take((one) => kindOf(one) === wanted) ?? (of === 'case' ? take(isReport) : undefined);
      if (report === undefined) break;
      const ageMs = Math.round(drawBetween(random, minutes[0], minutes[1]) * MINUTE_MS);
      cases.push({ report, until: firstStateOr(until, report), wish, ageMs });
    }
  }
  const waiting = new Set(cases.filter(({ until }) => isBeforeEnd(until)).map(({ report }) => report.incident));
  const duplicates = pool
    .filter((report) => waiting.has(report.incident) && !taken.has(report))
    .slice(0, MERGED)
    .map((report): PlannedCase => ({ report, until: 'void', wish: 'merged', ageMs: MINUTE_MS }));
  return { cases: cases.sort((a, b) => b.ageMs - a.ageMs), duplicates };
}

/** Whether what was wished for has happened; wishes that a state alone stands for are true. */
export function isFulfilled({ side }: CaseState, wish: ChanceName | null): boolean {
  switch (wish) {
    case 'extended':
      return side.extensionRequest !== null || side.extensionCount > 0;
    case 'supervised':
      return side.supervisions.length > 0;
    case 'urged':
      return side.urgeCount > 0;
    case 'whistled':
      return side.orders.some(({ via }) => via === 'whistle');
    case 'relay':
      return side.orders.some(({ via }) => via === 'relay');
    case 'escalated':
      return side.escalationCount > 0;
    case 'caseEndorsed':
      return side.endorsement !== null;
    default:
      return true;
  }
}

function isReport({ body }: SimulatedReport): boolean {
  return body.type === 'report';
}

function kindOf({ body }: SimulatedReport): 'collector' | 'public' | 'ticket' {
  if (body.type === 'receive') return 'ticket';
  return body.source === 'grid_staff' ? 'collector' : 'public';
}

/** States in which a second report is merged rather than handled again. */
function isBeforeEnd(state: CaseStateName): boolean {
  return state === 'handling' || state === 'pending_handle' || state === 'assigned' || state === 'contacted';
}

/** A collector's report begins as 待立案, any other as 已上报 (domain.md §4.4, row 1). */
function firstStateOr(until: CaseStateName, report: SimulatedReport): CaseStateName {
  if (until !== 'reported' && until !== 'pending_register') return until;
  return kindOf(report) === 'collector' ? 'pending_register' : 'reported';
}

function reportsOfMorning(options: Omit<ReportStreamOptions, 'from'>, day: Instant): SimulatedReport[] {
  const wanted = parts.reduce((sum, { count }) => sum + count, 0) * 5;
  const from = atHour(day, FROM_HOUR);
  // A pool of the usual mix, however few or many reports an hour the player will send.
  const stream = new ReportStream({ ...options, ratePerHour: wanted, from });
  const pool = new Map<string, SimulatedReport>();
  for (let at = from; pool.size < wanted; at = plus(at, MINUTE_MS)) {
    for (let report = stream.takeDue(at); report !== null; report = stream.takeDue(at)) pool.set(report.key, report);
  }
  return [...pool.values()];
}
