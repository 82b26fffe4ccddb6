import { DAY_MS, plus, type Instant } from '#domain/base/instant.ts';
import { Random } from '#domain/base/random.ts';
import { limitUnits, type Limit } from '#domain/sla/limit.ts';
import { WorkCalendar } from '#domain/sla/work-calendar.ts';
import { beijing, daysOfTable, plainCalendar } from '#tests/builders/work-calendar.ts';
import { MinuteWalk } from '#tests/support/minute-walk.ts';
import { calendarTable } from '#tests/tools/calendar-table.mjs';

const ROUNDS = 5;
const OWN_DEADLINES = 500_000;
const WALKED_DEADLINES = 100;
const FIRST_YEAR = 2017;
const DAYS = 3_600;

/** Deadlines of all units from any moment of the ten years up to 2026: ours, and by a walk through minutes, turn by turn. */
export async function run(): Promise<Record<string, number>> {
  const data = { ...plainCalendar, ...daysOfTable(calendarTable(FIRST_YEAR)) };
  const buildStart = performance.now();
  const calendar = new WorkCalendar(data);
  for (let year = 0; year < 10; year += 1) {
    calendar.add(beijing(`${FIRST_YEAR + year}-06-01 09:00`), { value: 1, unit: 'work_hour' });
  }
  const buildMs = performance.now() - buildStart;
  const walk = new MinuteWalk(data);

  const random = new Random(42);
  const asked = Array.from({ length: OWN_DEADLINES }, (_, at) => ({
    from: plus(beijing(`${FIRST_YEAR}-01-01 00:00`), random.integer(0, DAYS * DAY_MS)),
    limit: { value: random.integer(1, 15), unit: limitUnits[at % limitUnits.length] ?? 'minute' },
  }));
  for (const { from, limit } of asked.slice(0, WALKED_DEADLINES)) {
    if (calendar.add(from, limit).at !== walk.add(from, limit)) throw new Error('the two ways differ');
  }

  const own: number[] = [];
  const walked: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    own.push(perSecond(asked, (from, limit) => calendar.add(from, limit).at));
    walked.push(perSecond(asked.slice(0, WALKED_DEADLINES), (from, limit) => walk.add(from, limit)));
  }
  const ratios = own.map((value, at) => value / (walked[at] ?? 1));
  return {
    deadlinesPerSecond: median(own),
    walkedPerSecond: median(walked),
    ratioToWalk: median(ratios),
    buildMs,
  };
}

function perSecond(
  asked: readonly { readonly from: Instant; readonly limit: Limit }[],
  add: (from: Instant, limit: Limit) => Instant,
): number {
  const start = performance.now();
  let inOrder = 0;
  for (const { from, limit } of asked) if (add(from, limit) > from) inOrder += 1;
  const seconds = (performance.now() - start) / 1_000;
  if (inOrder !== asked.length) throw new Error('a deadline does not come after its start');
  return asked.length / seconds;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
