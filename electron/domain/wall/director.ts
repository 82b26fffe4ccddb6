import { isNight, type NightHours } from './wall-times.ts';
import type { WallScene } from './scene.ts';

/** Scenes in turn. Instants are epoch milliseconds; which scene has its turn follows from the time alone. */
export interface WallPlan {
  /** Never empty. */
  readonly scenes: readonly WallScene[];
  readonly dwellMs: number;
  /** When the first scene had its turn. */
  readonly since: number;
  /** The turns stand still since then. */
  readonly pausedAt: number | null;
}

/** A scene that a person put on the wall 上墙. */
export interface WallPush {
  readonly scene: WallScene;
  readonly by: string;
  readonly at: number;
  readonly until: number;
}

/** A display as people set it up. `pitchMm` is the width of one pixel, `seatM` how far the farthest seat is. */
export interface WallDisplay {
  readonly id: string;
  readonly pitchMm: number | null;
  readonly seatM: number | null;
  /** Its own plan; null follows that of the wall. */
  readonly plan: WallPlan | null;
  readonly push: WallPush | null;
}

/** The one display that an interrupt has taken; it goes back at `endsAt`. */
export interface WallTaking {
  readonly interrupt: string;
  readonly caseId: string;
  readonly display: string;
  readonly since: number;
  readonly endsAt: number | null;
}

/** What the wall remembers over a crash (W7). */
export interface WallState {
  readonly plan: WallPlan;
  /** Hours in which the night scene takes the place of the turns; null for none. */
  readonly night: NightHours | null;
  readonly displays: readonly WallDisplay[];
  readonly taking: WallTaking | null;
}

/** Something of level Ⅰ that calls for the wall until somebody acknowledged it. */
export interface WallInterrupt {
  readonly id: string;
  readonly caseId: string;
  readonly since: number;
  readonly acknowledgedAt: number | null;
}

/** What a display shows now, and why. `by` pushed it; `replaced` is what the interrupt took the place of. */
export interface WallShown {
  readonly scene: WallScene;
  readonly why: 'turn' | 'paused' | 'night' | 'push' | 'interrupt';
  readonly since: number;
  readonly until: number | null;
  readonly by: string | null;
  readonly replaced: WallScene | null;
}

/** A display goes back so long after the interrupt was acknowledged or ended (desk-wall-briefing.md §9.12). */
export const RETURNS_AFTER_MS = 60_000;

/** @param id a display that need not be known: it follows the plan of the wall */
export function shownOn(state: WallState, id: string, now: number): WallShown {
  const display = state.displays.find((known) => known.id === id);
  const usual = withoutInterrupt(state, display, now);
  const { taking } = state;
  if (taking === null || taking.display !== id) return usual;
  return {
    scene: { kind: 'incident', caseId: taking.caseId },
    why: 'interrupt',
    since: taking.since,
    until: taking.endsAt,
    by: null,
    replaced: usual.scene,
  };
}

function withoutInterrupt(state: WallState, display: WallDisplay | undefined, now: number): WallShown {
  const nobody = { by: null, replaced: null };
  const push = display?.push ?? null;
  if (push !== null && now < push.until) {
    return { scene: push.scene, why: 'push', since: push.at, until: push.until, by: push.by, replaced: null };
  }
  const plan = display?.plan ?? state.plan;
  const turn = turnOf(plan, now);
  if (plan.pausedAt !== null) return { ...turn, why: 'paused', until: null, ...nobody };
  if (state.night !== null && isNight(state.night, now)) {
    return { scene: { kind: 'night' }, why: 'night', since: turn.since, until: null, ...nobody };
  }
  return { ...turn, why: 'turn', until: plan.scenes.length === 1 ? null : turn.until, ...nobody };
}

function turnOf({ scenes, dwellMs, since, pausedAt }: WallPlan, now: number) {
  const turns = Math.max(0, Math.floor(((pausedAt ?? now) - since) / dwellMs));
  const scene = scenes[turns % scenes.length] ?? { kind: 'watch' as const };
  return { scene, since: since + turns * dwellMs, until: since + (turns + 1) * dwellMs };
}

/** Pauses the turns, or lets the scene that stands have the rest of its turn. */
export function paused(plan: WallPlan, isPaused: boolean, now: number): WallPlan {
  if (isPaused === (plan.pausedAt !== null)) return plan;
  if (isPaused) return { ...plan, pausedAt: now };
  return { ...plan, pausedAt: null, since: plan.since + (now - (plan.pausedAt ?? now)) };
}

/**
 * Moves the wall on to `now`: ended pushes go, an interrupt takes one display among those that are `connected`, and gives
 * it back. The same state comes back when nothing changed.
 *
 * 1. One display at most is taken, by the interrupt that has waited longest.
 * 2. A display that shows what nobody pushed is taken before others; among equals the first by id.
 * 3. The display that was taken keeps the interrupt until it ends, unless it goes away.
 */
export function advanced(
  state: WallState,
  interrupts: readonly WallInterrupt[],
  connected: readonly string[],
  now: number,
): WallState {
  const areEnded = state.displays.some(({ push }) => push !== null && push.until <= now);
  const displays = areEnded ? state.displays.map((display) => withoutEnded(display, now)) : state.displays;
  const taking = nextTaking({ ...state, displays }, interrupts, connected, now);
  return !areEnded && taking === state.taking ? state : { ...state, displays, taking };
}

function withoutEnded(display: WallDisplay, now: number): WallDisplay {
  return display.push !== null && display.push.until <= now ? { ...display, push: null } : display;
}

function nextTaking(
  state: WallState,
  interrupts: readonly WallInterrupt[],
  connected: readonly string[],
  now: number,
): WallTaking | null {
  const held = state.taking;
  if (held !== null) {
    const call = interrupts.find(({ id }) => id === held.interrupt);
    const calmAt = call === undefined ? (held.endsAt ?? now + RETURNS_AFTER_MS) : endOf(call);
    if (calmAt === null || now < calmAt) {
      const display = connected.includes(held.display) ? held.display : (displayFor(state, connected) ?? held.display);
      const isSame = display === held.display && calmAt === held.endsAt;
      return isSame ? held : { ...held, display, endsAt: calmAt };
    }
  }
  const [waiting] = interrupts
    .filter(({ acknowledgedAt }) => acknowledgedAt === null)
    .sort((a, b) => a.since - b.since || (a.id < b.id ? -1 : 1));
  const display = displayFor(state, connected);
  if (waiting === undefined || display === undefined) return null;
  return { interrupt: waiting.id, caseId: waiting.caseId, display, since: now, endsAt: null };
}

function endOf({ acknowledgedAt }: WallInterrupt): number | null {
  return acknowledgedAt === null ? null : acknowledgedAt + RETURNS_AFTER_MS;
}

function displayFor({ displays }: WallState, connected: readonly string[]): string | undefined {
  const isPushed = (id: string) => displays.some((display) => display.id === id && display.push !== null);
  return [...connected].sort((a, b) => Number(isPushed(a)) - Number(isPushed(b)) || (a < b ? -1 : 1))[0];
}
