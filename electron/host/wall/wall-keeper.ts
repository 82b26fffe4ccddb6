import type { ParsedInputOf } from '#contract/api.ts';
import type { WireError } from '#contract/errors.ts';
import type { DisplayState, Shown, WallItem, WallOverview } from '#contract/wall.ts';
import { MINUTE_MS, SECOND_MS } from '#domain/base/instant.ts';
import { ok, refused, type Result } from '#domain/base/result.ts';
import {
  advanced,
  paused,
  shownOn,
  type WallDisplay,
  type WallInterrupt,
  type WallPlan,
  type WallState,
} from '#domain/wall/director.ts';
import { sceneOf, type StartScene } from '#domain/wall/scene.ts';
import type { Clock, Scheduler } from '#host/ports/clock.ts';
import type { HealthFacts } from '#host/ports/health.ts';
import type { Log } from '#host/ports/log.ts';
import type { Interrupts, Wall } from '#host/ports/wall.ts';
import type { DayFigures } from './day-figures-keeper.ts';
import { readWall, writeWall, type KeptWall } from './wall-memory.ts';

export interface WallKeeperOptions {
  readonly folder: string;
  /** Shown from this start on instead of the plan that is remembered. */
  readonly startScene: StartScene | null;
  readonly interrupts: Interrupts;
  readonly figures: DayFigures;
  readonly isArchiveDown: () => boolean;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly health: HealthFacts;
  readonly log: Log;
}

/** Pages that hear nothing for longer say that the wall stands still (W8). */
const BEAT_MS = SECOND_MS;
/** A page says that it is there every 20 s. */
const GONE_AFTER_MS = MINUTE_MS;
const MOST_DISPLAYS = 32;
/** What could not be written is tried again after so long. */
const RETRY_AFTER_MS = 15 * SECOND_MS;
const FACT = 'wall.state';
const DAMAGED_FACT = 'wall.damaged';
const DEFAULT_DWELL_MS = 2 * MINUTE_MS;

/** Opens the wall as it was left. @throws the system's error */
export async function openWall(options: WallKeeperOptions): Promise<Wall & { close(): Promise<void> }> {
  const { clock, health, startScene } = options;
  const read = await readWall(options.folder);
  if (read === 'damaged') health.raise({ id: DAMAGED_FACT, severity: 'warning', code: 'wall_damaged', detail: {} });
  const firstPlan: WallPlan = {
    scenes: [{ kind: 'watch' }],
    dwellMs: DEFAULT_DWELL_MS,
    since: clock.now(),
    pausedAt: null,
  };
  const begin: WallState = { plan: firstPlan, night: null, displays: [], taking: null };
  const kept: KeptWall = read === 'damaged' || read === null ? { state: begin, acknowledged: {} } : read;
  if (startScene === null) return new WallKeeper(options, kept);
  const plan = { ...firstPlan, scenes: [sceneOf(startScene)] };
  const displays = kept.state.displays.map((display) => ({ ...display, plan: null, push: null }));
  return new WallKeeper(options, { ...kept, state: { ...kept.state, plan, displays } });
}

class WallKeeper implements Wall {
  readonly #options: WallKeeperOptions;
  readonly #pages = new Map<string, { readonly width: number; readonly height: number; readonly seenAt: number }>();
  readonly #listeners = new Set<(items: readonly WallItem[]) => void>();
  readonly #told = new Map<string, string>();
  #kept: KeptWall;
  #found: readonly WallInterrupt[] = [];
  #beats = 0;
  #cancel: () => void;
  #writing: Promise<unknown> = Promise.resolve();
  #failedAt: number | null = null;

  constructor(options: WallKeeperOptions, kept: KeptWall) {
    this.#options = options;
    this.#kept = kept;
    options.figures.onFigures((figures) => this.#send([{ kind: 'figures', figures }]));
    this.#cancel = options.scheduler.after(0, () => this.#tick());
  }

  overview(): WallOverview {
    const { plan, night } = this.#kept.state;
    return {
      plan: turnsOf(plan),
      isPaused: plan.pausedAt !== null,
      night,
      displays: this.#ids().map((id, place) => this.#displayState(id, place)),
      calls: this.#calls(),
    };
  }

  hello({ display, width, height }: ParsedInputOf<'wall.hello'>): Shown | null {
    if (!this.#ids().includes(display) && this.#ids().length >= MOST_DISPLAYS) return null;
    this.#pages.set(display, { width, height, seenAt: this.#now() });
    this.#move();
    return copied(shownOn(this.#kept.state, display, this.#now()));
  }

  set(change: ParsedInputOf<'wall.set'>): Promise<Result<WallOverview, WireError>> {
    const now = this.#now();
    const { state } = this.#kept;
    const { display, plan, isPaused, night, sight } = change;
    // Somebody sets it up again: that is what the fact asks for.
    this.#options.health.clear(DAMAGED_FACT);
    if (display === undefined) {
      const next = plan === undefined || plan === null ? state.plan : planOf(plan, now);
      const changed = isPaused === undefined ? next : paused(next, isPaused, now);
      return this.#change({ ...state, plan: changed, night: night === undefined ? state.night : night });
    }
    return this.#changeDisplay(display, (known) => {
      const own = plan === undefined ? known.plan : plan === null ? null : planOf(plan, now);
      const stopped = isPaused === undefined ? own : paused(own ?? state.plan, isPaused, now);
      const seen =
        sight === undefined ? known : { ...known, pitchMm: sight?.pitchMm ?? null, seatM: sight?.seatM ?? null };
      return { ...seen, plan: stopped };
    });
  }

  push({ display, scene, minutes }: ParsedInputOf<'wall.push'>, by: string): Promise<Result<WallOverview, WireError>> {
    const at = this.#now();
    const push = { scene, by, at, until: at + minutes * MINUTE_MS };
    return this.#changeDisplay(display, (known) => ({ ...known, push }));
  }

  release(what: ParsedInputOf<'wall.release'>): Promise<Result<WallOverview, WireError>> {
    if ('display' in what) {
      if (!this.#ids().includes(what.display)) return notFound({ display: what.display });
      return this.#changeDisplay(what.display, (known) => ({ ...known, push: null }));
    }
    const call = this.#interrupts().find(({ id }) => id === what.call);
    if (call === undefined) return notFound({ call: what.call });
    const acknowledged = { ...this.#kept.acknowledged, [call.id]: call.acknowledgedAt ?? this.#now() };
    return this.#keep({ ...this.#kept, acknowledged });
  }

  items(): readonly WallItem[] {
    const figures = this.#options.figures.figures();
    return [
      this.#beat(),
      ...this.#ids().map((id, place): WallItem => ({ kind: 'display', state: this.#displayState(id, place) })),
      { kind: 'calls', calls: this.#calls() },
      ...(figures === null ? [] : [{ kind: 'figures' as const, figures }]),
    ];
  }

  onItems(listener: (items: readonly WallItem[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#cancel();
    await this.#writing;
  }

  #tick(): void {
    this.#found = this.#options.interrupts.list(this.#now());
    this.#beats += 1;
    for (const [id, { seenAt }] of this.#pages) if (this.#now() - seenAt > GONE_AFTER_MS) this.#pages.delete(id);
    this.#move();
    this.#send([this.#beat()]);
    this.#cancel = this.#options.scheduler.after(BEAT_MS, () => this.#tick());
  }

  /** What came due by itself; that it is on the disk is not waited for: it would come due again. */
  #move(): void {
    const state = advanced(this.#kept.state, this.#interrupts(), [...this.#pages.keys()], this.#now());
    const open = new Set(this.#found.map(({ id }) => id));
    const acknowledged = Object.fromEntries(
      Object.entries(this.#kept.acknowledged).filter(([id]) => this.#beats <= 1 || open.has(id)),
    );
    const isSame =
      state === this.#kept.state && Object.keys(acknowledged).length === Object.keys(this.#kept.acknowledged).length;
    if (!isSame) this.#kept = { state, acknowledged };
    if (!isSame || this.#isWriteDue()) {
      this.#write(this.#kept).catch((cause: unknown) => this.#notKept(cause));
    }
    this.#tell();
  }

  /** Tells which displays show something else than was told before. */
  #tell(): void {
    const items: WallItem[] = this.#ids().map((id, place) => ({
      kind: 'display',
      state: this.#displayState(id, place),
    }));
    items.push({ kind: 'calls', calls: this.#calls() });
    const news = items.filter((item) => {
      const key = item.kind === 'display' ? `display:${item.state.id}` : item.kind;
      const text = JSON.stringify(item);
      if (this.#told.get(key) === text) return false;
      this.#told.set(key, text);
      return true;
    });
    if (news.length > 0) this.#send(news);
  }

  #changeDisplay(id: string, change: (display: WallDisplay) => WallDisplay): Promise<Result<WallOverview, WireError>> {
    const { state } = this.#kept;
    const known = state.displays.find((display) => display.id === id);
    if (known === undefined && !this.#ids().includes(id) && this.#ids().length >= MOST_DISPLAYS) {
      return Promise.resolve(refused({ code: 'busy', detail: {} }));
    }
    const next = change(known ?? { id, pitchMm: null, seatM: null, plan: null, push: null });
    const others = state.displays.filter((display) => display.id !== id);
    return this.#change({ ...state, displays: [...others, next].sort((a, b) => (a.id < b.id ? -1 : 1)) });
  }

  #change(state: WallState): Promise<Result<WallOverview, WireError>> {
    return this.#keep({ ...this.#kept, state });
  }

  /** The wall changes once it is on the disk, or not at all. */
  async #keep(kept: KeptWall): Promise<Result<WallOverview, WireError>> {
    const before = this.#kept;
    this.#kept = kept;
    try {
      await this.#write(kept);
    } catch (cause) {
      if (this.#kept === kept) this.#kept = before;
      this.#notKept(cause);
      return refused({ code: 'unavailable', detail: { part: 'wall' } });
    }
    this.#move();
    return ok(this.overview());
  }

  /** What could not be written is tried again, and the fact of it goes once it is on the disk. */
  #isWriteDue(): boolean {
    return this.#failedAt !== null && this.#now() - this.#failedAt >= RETRY_AFTER_MS;
  }

  #write(kept: KeptWall): Promise<void> {
    this.#failedAt = null;
    const writing = this.#writing.then(() => writeWall(this.#options.folder, kept));
    this.#writing = writing.catch(() => {});
    return writing.then(() => this.#options.health.clear(FACT));
  }

  #notKept(cause: unknown): void {
    this.#failedAt = this.#now();
    const reason = cause instanceof Error ? cause.message : String(cause);
    this.#options.health.raise({ id: FACT, severity: 'warning', code: 'wall_not_kept', detail: { reason } });
    this.#options.log.warn('the state of the wall could not be written', { reason });
  }

  #interrupts(): readonly WallInterrupt[] {
    const { acknowledged } = this.#kept;
    return this.#found.map((call) => ({
      ...call,
      acknowledgedAt: call.acknowledgedAt ?? acknowledged[call.id] ?? null,
    }));
  }

  #calls(): WallOverview['calls'] {
    const { taking } = this.#kept.state;
    return this.#interrupts().map((call) => ({
      ...call,
      display: taking?.interrupt === call.id && this.#pages.has(taking.display) ? taking.display : null,
    }));
  }

  #ids(): readonly string[] {
    return [...new Set([...this.#pages.keys(), ...this.#kept.state.displays.map(({ id }) => id)])].sort();
  }

  #displayState(id: string, place: number): DisplayState {
    const { state } = this.#kept;
    const known = state.displays.find((display) => display.id === id);
    const page = this.#pages.get(id);
    const { pitchMm = null, seatM = null } = known ?? {};
    const plan = known?.plan ?? null;
    return {
      id,
      isConnected: page !== undefined,
      width: page?.width ?? null,
      height: page?.height ?? null,
      sight: pitchMm === null || seatM === null ? null : { pitchMm, seatM },
      plan: plan === null ? null : turnsOf(plan),
      isPaused: (plan ?? state.plan).pausedAt !== null,
      place,
      shown: copied(shownOn(state, id, this.#now())),
    };
  }

  #beat(): WallItem {
    return { kind: 'beat', hostTime: this.#now(), isArchiveDown: this.#options.isArchiveDown() };
  }

  #now(): number {
    return this.#options.clock.now();
  }

  #send(items: readonly WallItem[]): void {
    for (const listener of this.#listeners) listener(items);
  }
}

function planOf({ scenes, dwellSeconds }: WallOverview['plan'], now: number): WallPlan {
  return { scenes, dwellMs: dwellSeconds * SECOND_MS, since: now, pausedAt: null };
}

function turnsOf({ scenes, dwellMs }: WallPlan): WallOverview['plan'] {
  return { scenes: scenes.map((scene) => ({ ...scene })), dwellSeconds: dwellMs / SECOND_MS };
}

function copied({ scene, replaced, ...rest }: ReturnType<typeof shownOn>): Shown {
  return { ...rest, scene: { ...scene }, replaced: replaced === null ? null : { ...replaced } };
}

function notFound(detail: WireError['detail']): Promise<Result<never, WireError>> {
  return Promise.resolve(refused({ code: 'not_found', detail }));
}
