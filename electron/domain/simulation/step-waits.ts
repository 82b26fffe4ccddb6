import { MINUTE_MS } from '#domain/base/instant.ts';
import { Random } from '#domain/base/random.ts';
import type { CaseState } from '#domain/case/state.ts';
import type { Step } from './case-steps.ts';
import { drawBetween, drawLogNormal } from './draw.ts';
import { seedOf } from './seed-of.ts';

/** How fast the simulated city works. */
export interface Tempo {
  readonly seed: number;
  /** Simulated milliseconds per millisecond of the host. */
  readonly speed: number;
  /** At most 1; below it, everybody works so much faster ({@link paceFor}). */
  readonly pace: number;
}

/** Minutes of the simulated clock: median and deviation of the logarithm. Limits of desk posts are 15 to 30 minutes. */
const waits: Partial<Readonly<Record<Step['action'], { readonly median: number; readonly sigma: number }>>> = {
  register: { median: 4, sigma: 0.5 },
  dispatch: { median: 3, sigma: 0.5 },
  sub_dispatch: { median: 8, sigma: 0.6 },
  accept: { median: 12, sigma: 0.7 },
  return: { median: 15, sigma: 0.6 },
  feed_back: { median: 6, sigma: 0.6 },
  request_check: { median: 6, sigma: 0.5 },
  check: { median: 12, sigma: 0.4 },
  rework: { median: 5, sigma: 0.5 },
  close: { median: 5, sigma: 0.5 },
};
const otherWait = { median: 10, sigma: 0.5 };

/** Median hours of handling: street order 1.5, sanitation 3, components 30 (live-and-storage.md §6); others guessed. */
const handleHours = { street: 1.5, sanitation: 3, construction: 4, facility: 12, component: 30 } as const;
const HANDLE_SIGMA = 0.9;
const ON_THE_SPOT_SHARE = 0.17;
const BAD_UNIT_SHARE = 1 / 12;
const BAD_UNIT_FACTOR = 3;

/** Share of desk waits that come close to the end of their clock or pass it. */
const SLOW_DESK_SHARE = 0.05;

/** Open cases at which the staff works at its usual pace. */
const USUAL_OPEN_CASES = 400;

/**
 * The more is open, the faster everybody works: with arrivals λ and a usual life L the open cases settle at the cube root
 * of λ · L · 400², instead of at λ · L.
 */
export function paceFor(openCases: number): number {
  return Math.min(1, (USUAL_OPEN_CASES / Math.max(1, openCases)) ** 2);
}

/**
 * Milliseconds of the host from the moment the case got its state until the step is done.
 *
 * The simulated clock runs faster than the host's, on which the limits run, so at speed 20 nothing would ever be due soon.
 * Hence 5 % of the waits at the desk (立案, 派遣, 核查) are drawn in host time, at 0.8 to 1.6 of the limit: a quarter of an
 * hour after the start, 3 % of the open cases are due soon and as many overdue. Handling is late only by its own
 * length, at speeds near 1: people work to the deadline, so most of what would pass it is done in its last tenth.
 */
export function stepWait(found: CaseState, step: Step, tempo: Tempo): number {
  const random = new Random(seedOf(tempo.seed, 'wait', found.id, found.version));
  if (step.action === 'handle') return handleWait(found, tempo, random);
  const { median, sigma } = waits[step.action] ?? otherWait;
  const usual = inHostTime(drawLogNormal(random, median, sigma), tempo);
  const limit = deskLimit(found);
  if (limit === null || !random.chance(SLOW_DESK_SHARE * tempo.pace)) return usual;
  return Math.max(usual, limit * drawBetween(random, 0.8, 1.6));
}

function handleWait(found: CaseState, tempo: Tempo, random: Random): number {
  const isQuick = found.source === 'grid_staff' && random.chance(ON_THE_SPOT_SHARE);
  const unitFactor = isBadUnit(found.holder?.unit ?? '') ? BAD_UNIT_FACTOR : 1;
  const minutes = isQuick ? drawBetween(random, 5, 15) : drawLogNormal(random, medianHours(found) * 60, HANDLE_SIGMA);
  const usual = inHostTime(minutes * unitFactor, tempo);
  const clock = found.handleClock;
  if (clock === null) return usual;
  const limit = clock.dueAt - clock.startedAt;
  const left = clock.dueAt - found.stateSince;
  if (usual <= left || limit <= 0) return usual;
  const isInTime = left > limit / 10 && random.chance(unitFactor > 1 ? 0.5 : 0.85);
  return isInTime ? left - (limit / 10) * random.next() : Math.max(0, left) + drawBetween(random, 0, limit / 2);
}

function medianHours({ classRef: { kind, code } }: CaseState): number {
  if (kind === 'component') return handleHours.component;
  if (code.startsWith('06')) return handleHours.sanitation;
  if (code.startsWith('08')) return handleHours.construction;
  return /^0[1-5]/.test(code) ? handleHours.facility : handleHours.street;
}

/** Length of the clock that the step stops, where it is one of the desk's. */
function deskLimit({ clock, clockStartedAt, dueAt }: CaseState): number | null {
  if (clock === null || clock === 'handle' || clockStartedAt === null || dueAt === null) return null;
  return dueAt - clockStartedAt;
}

function isBadUnit(unit: string): boolean {
  return new Random(seedOf('bad unit', unit)).chance(BAD_UNIT_SHARE);
}

function inHostTime(minutes: number, { speed, pace }: Tempo): number {
  return ((minutes * MINUTE_MS) / speed) * pace;
}
