import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BoardLearnt, BoardRange, BoardStep, Knowledge } from '#contract/board.ts';
import { DAY_MS } from '#domain/base/instant.ts';
import type { WireError } from '#contract/errors.ts';
import { ok, type Result } from '#domain/base/result.ts';
import type { ActGate } from '#renderer/actions/act-gate.ts';
import type { Client } from '#renderer/client/client.ts';
import type { CaseStage } from './case-stage.ts';

/** How many seconds of the past pass in one second while it plays. */
export const speeds = [1, 10, 60, 300, 900, 3_600] as const;
export type Speed = (typeof speeds)[number];

export interface MachineState {
  /** The past is shown, or is about to be: nothing can be done. */
  readonly isOn: boolean;
  /** Null before the first picture stands. */
  readonly shown: Omit<BoardStep, 'upserts' | 'removed'> | null;
  /** Where the hand is on the scrubber; the picture follows. Epoch milliseconds. */
  readonly wantedAt: number;
  readonly knowledge: Knowledge;
  readonly speed: Speed;
  readonly isPlaying: boolean;
  readonly isLoading: boolean;
  /** How far the host has read what came since, for what is known now; null while it need not. */
  readonly learnt: BoardLearnt | null;
  /** How much of the journal the scrubber shows, milliseconds; null is all of it. */
  readonly spanMs: number | null;
  /** Null until it is known. */
  readonly range: BoardRange | null;
  /** Why the picture does not follow; it stays as it was. */
  readonly error: WireError | null;
}

export interface MachineParts {
  readonly client: Pick<Client, 'call' | 'hostNow'>;
  readonly stage: CaseStage;
  readonly gate: ActGate;
  /** Milliseconds that only grow. */
  readonly elapsed: () => number;
  /** Does something later; the result cancels it. */
  readonly after: (delayMs: number, task: () => void) => () => void;
  /** Whether the person wants little motion: then the picture changes once a second while it plays. */
  readonly isCalm: () => boolean;
}

/** While it plays the picture changes at most this often. */
const FRAME_MS = 100;
const CALM_FRAME_MS = 1_000;
/** So many bars at most: the scrubber is as wide as the map. */
const BARS = 160;

type Wanted = { readonly time: number } | { readonly sequence: number };

/**
 * The time machine 历史回放: shows instants of the past, and plays them.
 *
 * 1. From `enter` to `leave` the gate is shut: no command that acts is run, and no act is sent.
 * 2. One picture is asked for at a time. What is wanted meanwhile comes after it; what lay between is left out.
 * 3. A picture that can't be had leaves the one before, and says why. Playing stops.
 * 4. What is known now is read in pieces, and the next is asked for only while nothing else is wanted.
 * 5. After `leave` nothing of the past is shown any more, whatever was under way.
 */
export class TimeMachine {
  readonly store: StoreApi<MachineState>;
  readonly #parts: MachineParts;
  /** Goes up whenever the machine is left: answers to an earlier visit are dropped. */
  #visit = 0;
  #wanted: Wanted | null = null;
  /** From this moment on everything is known that is known now, but for what is being recorded. */
  #knownFrom = Infinity;
  #isUnderWay = false;
  #isLoadingRange = false;
  #cancelPlay: () => void = () => {};

  constructor(parts: MachineParts) {
    this.#parts = parts;
    this.store = createStore<MachineState>(() => atRest);
  }

  enter(): void {
    if (this.store.getState().isOn) return;
    const { stage, gate, client } = this.#parts;
    gate.shut();
    stage.hold();
    this.store.setState({ isOn: true, wantedAt: client.hostNow() });
    void this.#loadRange();
    this.goTo(client.hostNow());
  }

  leave(): void {
    if (!this.store.getState().isOn) return;
    this.#visit += 1;
    this.#wanted = null;
    this.#isUnderWay = false;
    this.#isLoadingRange = false;
    this.#cancelPlay();
    const { knowledge, speed, spanMs } = this.store.getState();
    void this.#parts.stage.release();
    this.store.setState({ ...atRest, knowledge, speed, spanMs });
    this.#parts.gate.open();
  }

  /** Shows a moment, held within the journal; one to come is now. */
  goTo(time: number): void {
    const { isOn, range } = this.store.getState();
    if (!isOn) return;
    const now = this.#parts.client.hostNow();
    const held = Math.round(Math.min(now, Math.max(range?.first ?? time, time)));
    this.store.setState({ wantedAt: held });
    if (range !== null && !this.#isLoadingRange && !holds(range, held)) void this.#loadRange();
    this.#want({ time: held });
  }

  /** The picture after the entry before or behind the one that is shown. Stops playing. */
  stepBy(direction: 1 | -1): void {
    const { shown, range } = this.store.getState();
    if (shown === null) return;
    this.pause();
    const sequence = Math.max(1, shown.sequence + direction);
    if (range !== null && range.first !== null && sequence !== shown.sequence) this.#want({ sequence });
  }

  setKnowledge(knowledge: Knowledge): void {
    this.store.setState({ knowledge, learnt: null });
    this.goTo(this.store.getState().wantedAt);
  }

  setSpeed(speed: Speed): void {
    const { isPlaying } = this.store.getState();
    this.pause();
    this.store.setState({ speed });
    if (isPlaying) this.play();
  }

  setSpan(spanMs: number | null): void {
    this.store.setState({ spanMs });
    void this.#loadRange();
  }

  play(): void {
    const { isOn, isPlaying, wantedAt, speed } = this.store.getState();
    if (!isOn || isPlaying) return;
    const { elapsed, after, isCalm } = this.#parts;
    const startedAt = elapsed();
    const from = wantedAt;
    const frameMs = Math.max(isCalm() ? CALM_FRAME_MS : FRAME_MS, 1_000 / speed);
    const tick = () => {
      const at = from + (elapsed() - startedAt) * speed;
      this.goTo(at);
      if (at >= this.#parts.client.hostNow()) this.pause();
      else this.#cancelPlay = after(frameMs, tick);
    };
    this.store.setState({ isPlaying: true });
    this.#cancelPlay = after(frameMs, tick);
  }

  pause(): void {
    this.#cancelPlay();
    this.#cancelPlay = () => {};
    if (this.store.getState().isPlaying) this.store.setState({ isPlaying: false });
  }

  /** Asks again for what could not be had. */
  retry(): void {
    void this.#loadRange();
    this.goTo(this.store.getState().wantedAt);
  }

  #want(wanted: Wanted): void {
    this.#wanted = wanted;
    if (!this.#isUnderWay) void this.#follow();
  }

  async #follow(): Promise<void> {
    const visit = this.#visit;
    this.#isUnderWay = true;
    while (this.#wanted !== null) {
      const wanted = this.#wanted;
      this.#wanted = null;
      const { knowledge, shown } = this.store.getState();
      this.store.setState({ isLoading: true });
      const learnt = knowledge === 'then' ? ok(true) : await this.#learn(wanted, visit);
      if (visit !== this.#visit) return;
      if (learnt.ok && !learnt.value) continue;
      const from = shown === null ? {} : { from: shown.picture };
      const outcome = learnt.ok
        ? await this.#parts.client.call('board.step', { ...wanted, knowledge, ...from })
        : learnt;
      if (visit !== this.#visit) return;
      if (!outcome.ok) {
        this.pause();
        this.store.setState({ error: outcome.error, learnt: null });
        break;
      }
      if (knowledge === 'now') this.#knownFrom = Math.min(this.#knownFrom, outcome.value.asOf);
      await this.#show(outcome.value, 'sequence' in wanted);
      if (visit !== this.#visit) return;
    }
    this.#isUnderWay = false;
    this.store.setState({ isLoading: false });
  }

  /** Has the host read what came since; false when something else is wanted before it has. */
  async #learn(wanted: Wanted, visit: number): Promise<Result<boolean, WireError>> {
    if ('time' in wanted && wanted.time >= this.#knownFrom) return ok(true);
    for (;;) {
      const outcome = await this.#parts.client.call('board.learn', wanted);
      if (!outcome.ok) return outcome;
      if (visit !== this.#visit) return ok(false);
      const isWhole = outcome.value.known >= outcome.value.of;
      const isLeft = this.store.getState().knowledge === 'then';
      this.store.setState({ learnt: isWhole || isLeft ? null : outcome.value });
      if (isWhole || this.#wanted !== null) return ok(isWhole);
    }
  }

  async #show(step: BoardStep, isStep: boolean): Promise<void> {
    const { upserts: _, removed: __, ...shown } = step;
    const drawn = this.#parts.stage.show(step);
    this.store.setState({ shown, error: null, ...(isStep ? { wantedAt: step.asOf } : {}) });
    await drawn;
  }

  /** The part of the journal around the hand, of which the scrubber is made. */
  async #loadRange(): Promise<void> {
    const visit = this.#visit;
    const { spanMs, wantedAt } = this.store.getState();
    const now = this.#parts.client.hostNow();
    const to = spanMs === null ? now : Math.min(now, wantedAt + spanMs / 2);
    const from = spanMs === null ? {} : { from: Math.floor(to - spanMs) };
    this.#isLoadingRange = true;
    const outcome = await this.#parts.client.call('board.range', { ...from, to: Math.ceil(to), most: BARS });
    if (visit !== this.#visit || !this.store.getState().isOn) return;
    this.#isLoadingRange = false;
    this.store.setState(outcome.ok ? { range: outcome.value } : { error: outcome.error });
  }
}

/** Whether a moment lies on the scrubber. */
function holds({ from, barMs, entries }: BoardRange, at: number): boolean {
  return from <= at && at <= from + barMs * Math.max(1, entries.length);
}

const atRest: MachineState = {
  isOn: false,
  shown: null,
  wantedAt: 0,
  knowledge: 'then',
  spanMs: DAY_MS,
  speed: 60,
  isPlaying: false,
  isLoading: false,
  learnt: null,
  range: null,
  error: null,
};
