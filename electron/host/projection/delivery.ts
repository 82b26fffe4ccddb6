import {
  ProjectionUnavailable,
  type Handover,
  type ProjectedCase,
  type StoredSequences,
} from '#host/ports/projection.ts';
import { HandoverQueue, type Slice } from './handover-queue.ts';

/** About 10 ms of work for the worker, so that reads get their turn (live-and-storage.md PJ5 asks for 50 ms). */
const SLICE_ROWS = 500;
/** One in work, one waiting, so that the worker need not wait for the host. */
const SLICES_IN_FLIGHT = 2;
/** More waiting rows than these are forgotten, and read from the journal again later. */
export const MAX_WAITING_ROWS = 20_000;

/** What the host makes handovers of: everything after a sequence, with a way to look up what it has given already. */
export type Replay = (afterSequence: number, stored: StoredSequences) => AsyncIterable<Handover>;

/** How the worker is reached. It does what is sent and asked in the order of the calls. */
export interface Reach {
  send(slice: Slice): void;
  sequencesOf: StoredSequences;
}

export interface DeliveryEvents {
  /** The tables contain more than before, or it is known that nothing is missing. */
  onMoved(): void;
  onReplayFailed(cause: unknown): void;
}

/**
 * Brings handovers to the worker, whichever worker there is, with a bounded number of rows waiting.
 *
 * Invariants:
 * 1. `contained` ≤ `#posted` ≤ `handedOver`: in the tables, on the way to them, told by the host.
 * 2. While `#isBehind`, what is handed over is forgotten: the journal has it. Only a replay that reaches `handedOver`
 *    ends that, so nothing is left out between replay and live rows.
 */
export class Delivery {
  readonly #replay: Replay;
  readonly #events: DeliveryEvents;
  readonly #queue = new HandoverQueue(SLICE_ROWS);
  #reach: Reach | null = null;
  #replayingTo: Reach | null = null;
  #onQueueEmpty: (() => void)[] = [];
  #isComplete = false;
  #isBehind = false;
  #contained = 0;
  #posted = 0;
  #handedOver = 0;
  #levelAt = 0;
  #inFlight = 0;

  constructor(replay: Replay, events: DeliveryEvents) {
    this.#replay = replay;
    this.#events = events;
  }

  /** Last sequence in the tables; 0 without a worker. */
  get contained(): number {
    return this.#contained;
  }

  get handedOver(): number {
    return this.#handedOver;
  }

  /** The host has said that it is complete. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** The tables have reached what was missing when the worker opened or the host said that it is complete. */
  get isLevel(): boolean {
    return this.#reach !== null && this.#isComplete && !this.#isBehind && this.#contained >= this.#levelAt;
  }

  get isIdle(): boolean {
    return !this.#isBehind && this.#inFlight === 0 && this.#queue.isEmpty;
  }

  handOver(rows: readonly ProjectedCase[], sequence: number): void {
    this.#handedOver = Math.max(this.#handedOver, sequence);
    if (this.#isBehind) return;
    if (this.#reach === null || this.#queue.size + rows.length > MAX_WAITING_ROWS) return this.#fallBehind();
    this.#queue.add({ rows, sequence });
    this.#pump();
  }

  complete(sequence: number): void {
    this.#isComplete = true;
    const isMissingSome = sequence > this.#handedOver;
    this.#handedOver = Math.max(this.#handedOver, sequence);
    this.#levelAt = this.#handedOver;
    if (this.#isBehind || isMissingSome) this.#fallBehind();
    this.#events.onMoved();
  }

  /** A worker with these tables is there. */
  opened(sequence: number, reach: Reach): void {
    this.#reach = reach;
    this.#contained = sequence;
    this.#posted = sequence;
    this.#inFlight = 0;
    this.#queue.clear();
    this.#handedOver = Math.max(this.#handedOver, sequence);
    this.#levelAt = this.#handedOver;
    this.#isBehind = false;
    if (this.#posted < this.#handedOver) this.#fallBehind();
    this.#events.onMoved();
  }

  /** The worker has done the oldest slice under way. */
  applied(sequence: number): void {
    this.#inFlight -= 1;
    this.#contained = sequence;
    this.#events.onMoved();
    this.#pump();
  }

  /** There is no worker any more. */
  ended(): void {
    this.#reach = null;
    this.#contained = 0;
    this.#posted = 0;
    this.#inFlight = 0;
    this.#queue.clear();
    this.#tellQueueEmpty();
  }

  /** Sends all that waits and takes nothing more; a replay under way stops. Returns the sequence the worker ends with. */
  finish(): number {
    for (let slice = this.#queue.take(); slice !== null; slice = this.#queue.take()) this.#post(slice);
    const last = this.#posted;
    this.ended();
    return last;
  }

  #pump(): void {
    while (this.#reach !== null && this.#inFlight < SLICES_IN_FLIGHT) {
      const slice = this.#queue.take();
      if (slice === null) break;
      this.#post(slice);
    }
    if (this.#queue.isEmpty) this.#tellQueueEmpty();
  }

  #post(slice: Slice): void {
    this.#inFlight += 1;
    if (slice.sequence !== null) this.#posted = slice.sequence;
    this.#reach?.send(slice);
  }

  #fallBehind(): void {
    this.#isBehind = true;
    if (this.#reach === null || this.#replayingTo === this.#reach) return;
    this.#queue.clear();
    if (this.#isComplete) void this.#catchUp(this.#reach);
  }

  /** Fetches what is missing until nothing is; each handover waits until the one before has been sent. */
  async #catchUp(reach: Reach): Promise<void> {
    this.#replayingTo = reach;
    const stored: StoredSequences = async (id) => {
      await this.#queueEmpty();
      if (reach !== this.#reach) throw new ProjectionUnavailable('the projection ended during a replay');
      return reach.sequencesOf(id);
    };
    try {
      let from = this.#posted;
      while (from < this.#handedOver) {
        const before = from;
        for await (const handover of this.#replay(from, stored)) {
          await this.#queueEmpty();
          if (reach !== this.#reach) return;
          this.#queue.add(handover);
          this.#pump();
          from = handover.sequence;
        }
        if (reach !== this.#reach) return;
        if (from <= before) throw new Error(`the replay after ${before} gave nothing up to ${this.#handedOver}`);
      }
      this.#replayingTo = null;
      this.#isBehind = false;
      this.#levelAt = from;
      this.#events.onMoved();
    } catch (cause) {
      if (reach === this.#reach) this.#events.onReplayFailed(cause);
    } finally {
      if (this.#replayingTo === reach) this.#replayingTo = null;
    }
  }

  #queueEmpty(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#queue.isEmpty) resolve();
      else this.#onQueueEmpty.push(resolve);
    });
  }

  #tellQueueEmpty(): void {
    for (const resolve of this.#onQueueEmpty.splice(0)) resolve();
  }
}
