import { HOUR_MS, MINUTE_MS } from '#domain/base/instant.ts';
import { Random } from '#domain/base/random.ts';
import type { CaseState } from '#domain/case/state.ts';
import { isOneOf } from './chances.ts';
import { drawBetween, drawLogNormal } from './draw.ts';
import { lastActAt } from './last-act.ts';
import type { Step } from './scene.ts';
import { seedOf } from './seed-of.ts';

/** How fast the simulated city works. */
export interface Tempo {
  readonly seed: number;
  /** Simulated milliseconds per millisecond of the host. */
  readonly speed: number;
  /** At most 1; below it, everybody works so much faster ({@link paceFor}). */
  readonly pace: number;
}

/**
 * Minutes of the simulated clock: median and deviation of the logarithm. Limits of desk posts are 15 to 30 minutes. The
 * call-back comes the same day, not the next: a demonstration is to see it.
 */
const waits: Partial<Readonly<Record<Step['action'], { readonly median: number; readonly sigma: number }>>> = {
  request_verify: { median: 4, sigma: 0.5 },
  verify: { median: 14, sigma: 0.4 },
  register: { median: 4, sigma: 0.5 },
  reject: { median: 5, sigma: 0.5 },
  void: { median: 5, sigma: 0.5 },
  merge: { median: 4, sigma: 0.5 },
  unmerge: { median: 25, sigma: 0.5 },
  dispatch: { median: 3, sigma: 0.5 },
  sub_dispatch: { median: 8, sigma: 0.6 },
  accept: { median: 12, sigma: 0.7 },
  return: { median: 15, sigma: 0.6 },
  feed_back: { median: 6, sigma: 0.6 },
  request_check: { median: 6, sigma: 0.5 },
  check: { median: 12, sigma: 0.4 },
  rework: { median: 5, sigma: 0.5 },
  close: { median: 5, sigma: 0.5 },
  sign: { median: 4, sigma: 0.5 },
  request_return: { median: 20, sigma: 0.5 },
  review_return: { median: 25, sigma: 0.5 },
  start_endorsement: { median: 4, sigma: 0.5 },
  endorse: { median: 9, sigma: 0.6 },
  assign: { median: 3, sigma: 0.5 },
  contact: { median: 4, sigma: 0.6 },
  start_work: { median: 8, sigma: 0.6 },
  accept_order: { median: 10, sigma: 0.6 },
  arrive: { median: 30, sigma: 0.5 },
  answer_order: { median: 45, sigma: 0.6 },
  waive_order: { median: 20, sigma: 0.6 },
  decide_extension: { median: 20, sigma: 0.5 },
  decide_suspension: { median: 25, sigma: 0.5 },
  answer_supervision: { median: 60, sigma: 0.6 },
  begin_call_back: { median: 120, sigma: 0.7 },
  conclude: { median: 15, sigma: 0.6 },
  redo: { median: 20, sigma: 0.6 },
  appeal: { median: 180, sigma: 0.6 },
  review_appeal: { median: 120, sigma: 0.6 },
};
const otherWait = { median: 10, sigma: 0.5 };

/** These end the work of a unit; everything else that happens meanwhile happens before it. */
const ends: ReadonlySet<Step['action']> = new Set(['handle', 'reply']);

/** What happens in the middle of the work: within the first three quarters of what is left of it. */
const meanwhile: ReadonlySet<Step['action']> = new Set([
  'urge',
  'supervise',
  'escalate',
  'whistle',
  'request_extension',
  'request_suspension',
  'force_close',
]);

/** Median hours of handling: street order 1.5, sanitation 3, components 30 (live-and-storage.md §6); others guessed. */
const handleHours = { street: 1.5, sanitation: 3, construction: 4, facility: 12, component: 30 } as const;
/** Of tickets by time class: far quicker than life, so that a day shows whole lives. */
const ticketHours: Readonly<Record<string, number>> = { emergency: 0.7, livelihood: 3, general: 9, complex: 24 };
const HANDLE_SIGMA = 0.9;
const ON_THE_SPOT_SHARE = 0.17;
const BAD_UNIT_SHARE = 1 / 12;
const BAD_UNIT_FACTOR = 3;

/** Desk steps of which {@link SLOW_DESK_SHARE} come close to the end of their clock or pass it. */
const deskSteps: ReadonlySet<Step['action']> = new Set([
  'request_verify',
  'verify',
  'register',
  'dispatch',
  'request_check',
  'check',
  'sign',
  'assign',
]);
const SLOW_DESK_SHARE = 0.08;
/** A desk clock longer than this is not waited out, and no handling limit longer than that one. */
const LONGEST_DESK_MS = 2 * HOUR_MS;
const LONGEST_LATE_MS = 4 * HOUR_MS;

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
 * Milliseconds of the host from the last act on the case ({@link lastActAt}) until the step is done.
 *
 * The simulated clock runs faster than the host's, on which the limits run, so at speed 20 nothing would ever be due soon.
 * Hence 8 % of the waits at the desk (立案, 派遣, 核查) are drawn in host time, at 0.8 to 1.6 of the limit, and so are 5 % of
 * handling where the limit is four hours or less: a quarter of an hour after the start, 3 % of the open cases are due soon
 * and as many overdue. Otherwise handling is late only by its own length, at speeds near 1: people work to the deadline, so
 * most of what would pass it is done in its last tenth.
 */
export function stepWait(found: CaseState, step: Step, tempo: Tempo): number {
  const random = new Random(seedOf(tempo.seed, 'wait', found.id, found.version));
  if (step.action === 'recall') return recallWait(found, random);
  if (ends.has(step.action)) return Math.max(0, workUntil(found, tempo) - lastActAt(found));
  if (meanwhile.has(step.action)) {
    return Math.max(0, workUntil(found, tempo) - lastActAt(found)) * drawBetween(random, 0.1, 0.75);
  }
  const { median, sigma } = waits[step.action] ?? otherWait;
  const usual = inHostTime(drawLogNormal(random, median, sigma), tempo);
  const limit = deskSteps.has(step.action) ? deskLimit(found) : null;
  if (limit === null || limit > LONGEST_DESK_MS || !random.chance(SLOW_DESK_SHARE * tempo.pace)) return usual;
  return Math.max(usual, limit * drawBetween(random, 0.8, 1.6));
}

/** Somewhere in the first two thirds of the window. */
function recallWait(found: CaseState, random: Random): number {
  const { recall } = found.side;
  return recall === null ? 0 : Math.max(0, recall.until - lastActAt(found)) * drawBetween(random, 0.1, 0.66);
}

/** Until when the unit works: drawn once for each time that it begins, whatever happens beside it. */
function workUntil(found: CaseState, tempo: Tempo): number {
  const { id, chain, returnCount, reworkCount } = found;
  const random = new Random(seedOf(tempo.seed, 'work', id, chain.length, returnCount, reworkCount));
  return found.stateSince + handleWait(found, tempo, random);
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
  if (limit <= LONGEST_LATE_MS && tempo.pace === 1 && isOneOf(tempo.seed, 'late', found.id)) {
    return Math.max(usual, left + drawBetween(random, 0.02, 0.4) * limit);
  }
  if (usual <= left || limit <= 0) return usual;
  const isInTime = left > limit / 10 && random.chance(unitFactor > 1 ? 0.5 : 0.85);
  return isInTime ? left - (limit / 10) * random.next() : Math.max(0, left) + drawBetween(random, 0, limit / 2);
}

function medianHours({ record, classRef: { kind, code }, side }: CaseState): number {
  if (record === 'ticket') return ticketHours[side.ticket?.timeClass ?? ''] ?? ticketHours['general'] ?? 1;
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
