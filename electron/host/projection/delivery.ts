import {
  ProjectionUnavailable,
  type Handover,
  type ProjectedCase,
  type StoredSequences,
} from '#host/ports/projection.ts';
import { HandoverQueue, type Slice } from './handover-queue.ts';
import { OpenFeed, type OpenWork } from './open-feed.ts';

/** About 10 ms of work for the worker, so that reads get their turn (live-and-storage.md PJ5 asks for 50 ms). */
const SLICE_ROWS = 500;
/** One in work, one waiting, so that the worker need not wait for the host. */
const SLICES_IN_FLIGHT = 2;
/** More waiting rows than these are forgotten, and read from the journal again later. */
export const MAX_WAITING_ROWS = 20_000;
/** What lies no more entries behind than this is waited for; a replay of them takes a second or two. */
export const FAR_BEHIND = 20_000;

/** What the host makes handovers of: everything after a sequence, with a way to look up what it has given already. */
export type Replay = (afterSequence: number, stored: StoredSequences) => AsyncIterable<Handover>;

/** Where rows that were not handed over come from. */
export interface Origin {
  readonly replay: Replay;
  readonly openRows: () => Iterable<ProjectedCase>;
}

/** How the worker is reached. It does what is sent and asked in the order of the calls. */
export interface Reach {
  send(work: OpenWork | ({ readonly type: 'apply' } & Slice)): void;
  sequencesOf: StoredSequences;
}

export interface DeliveryEvents {
  /** The tables contain more than before, or it is known that nothing is missing, or what waited for them is on its way. */
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
 * 3. While the tables are far behind since they were opened, `#feed` brings what is open, and every change, beside the
 *    replay; the position does not move with these.
 */
export class Delivery {
  readonly #origin: Origin;
  readonly #events: DeliveryEvents;
  readonly #queue = new HandoverQueue(SLICE_ROWS);
  #reach: Reach | null = null;
  #replayingTo: Reach | null = null;
  #feed: OpenFeed | null = null;
  #onQueueEmpty: (() => void)[] = [];
  #isComplete = false;
  #isBehind = false;
  #hasBeenLevel = false;
  #contained = 0;
  #posted = 0;
  #handedOver = 0;
  #levelAt = 0;
  #inFlight = 0;

  constructor(origin: Origin, events: DeliveryEvents) {
    this.#origin = origin;
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

  /** So much is missing that nobody should wait for it; the open cases are brought first. */
  get isFar(): boolean {
    return this.#feed !== null && this.#handedOver - this.#contained > FAR_BEHIND;
  }

  /** Whoever asks the worker now for open cases alone is answered with all that was handed over. */
  get isOpenCurrent(): boolean {
    return this.#feed?.isEmpty ?? false;
  }

  get isIdle(): boolean {
    return !this.#isBehind && this.#inFlight === 0 && this.#queue.isEmpty;
  }

  handOver(rows: readonly ProjectedCase[], sequence: number): void {
    this.#handedOver = Math.max(this.#handedOver, sequence);
    if (this.#isBehind) {
      this.#feed?.add(rows, sequence);
      return this.#pump();
    }
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
    this.#moved();
  }

  /** A worker with these tables is there. */
  opened(sequence: number, reach: Reach): void {
    this.#reach = reach;
    this.#contained = sequence;
    this.#posted = sequence;
    this.#inFlight = 0;
    this.#queue.clear();
    this.#feed = null;
    this.#handedOver = Math.max(this.#handedOver, sequence);
    this.#levelAt = this.#handedOver;
    this.#isBehind = false;
    this.#hasBeenLevel = false;
    if (this.#posted < this.#handedOver) this.#fallBehind();
    this.#moved();
  }

  /** The worker has done the oldest slice under way. */
  applied(sequence: number): void {
    this.#inFlight -= 1;
    this.#contained = sequence;
    this.#moved();
    this.#pump();
  }

  /** There is no worker any more. */
  ended(): void {
    this.#reach = null;
    this.#contained = 0;
    this.#posted = 0;
    this.#inFlight = 0;
    this.#queue.clear();
    this.#feed = null;
    this.#tellQueueEmpty();
  }

  /** Sends all that waits and takes nothing more; a replay under way stops. Returns the sequence the worker ends with. */
  finish(): number {
    for (let slice = this.#queue.take(); slice !== null; slice = this.#queue.take()) this.#post(slice);
    const last = this.#posted;
    this.ended();
    return last;
  }

  #moved(): void {
    if (this.isLevel) this.#hasBeenLevel = true;
    this.#events.onMoved();
  }

  #pump(): void {
    const wasCurrent = this.isOpenCurrent;
    while (this.#reach !== null && this.#inFlight < SLICES_IN_FLIGHT) {
      const open = this.#feed?.take() ?? null;
      if (open !== null) {
        this.#inFlight += 1;
        this.#reach.send(open);
        continue;
      }
      const slice = this.#queue.take();
      if (slice === null) break;
      this.#post(slice);
    }
    if (this.isOpenCurrent && !wasCurrent) this.#events.onMoved();
    if (this.#queue.isEmpty) this.#tellQueueEmpty();
  }

  #post(slice: Slice): void {
    this.#inFlight += 1;
    if (slice.sequence !== null) this.#posted = slice.sequence;
    this.#reach?.send({ type: 'apply', ...slice });
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
    try {
      this.#startFeed();
      let from = this.#posted;
      while (from < this.#handedOver) {
        const before = from;
        for await (const handover of this.#origin.replay(from, (id) => this.#stored(reach, id))) {
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
      this.#feed = null;
      this.#levelAt = from;
      this.#moved();
    } catch (cause) {
      if (reach === this.#reach) this.#events.onReplayFailed(cause);
    } finally {
      if (this.#replayingTo === reach) this.#replayingTo = null;
    }
  }

  /** In the ordinary course of things the tables are as good as level, and one short wait serves all reads. */
  #startFeed(): void {
    if (this.#hasBeenLevel || this.#handedOver - this.#posted <= FAR_BEHIND) return;
    this.#feed = new OpenFeed({
      openRows: this.#origin.openRows,
      sequence: () => this.#handedOver,
      sliceRows: SLICE_ROWS,
      maxWaiting: MAX_WAITING_ROWS,
    });
    this.#pump();
  }

  /** All that the replay has given is on its way to the worker by then. */
  async #stored(reach: Reach, id: string): Promise<readonly number[] | null> {
    await this.#queueEmpty();
    if (reach !== this.#reach) throw new ProjectionUnavailable('down');
    return reach.sequencesOf(id);
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
