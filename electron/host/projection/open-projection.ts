import type { CaseCount, CaseFilter, CasePage } from '#contract/cases.ts';
import { assertNever } from '#domain/base/assert-never.ts';
import { MINUTE_MS, SECOND_MS, type Instant } from '#domain/base/instant.ts';
import type { SameCauseFacts } from '#domain/same-cause/facts.ts';
import type { Scheduler } from '#host/ports/clock.ts';
import type { HealthFacts } from '#host/ports/health.ts';
import type { Head, Journal } from '#host/ports/journal.ts';
import type { Log } from '#host/ports/log.ts';
import {
  ProjectionUnavailable,
  type ProjectedCase,
  type Projection,
  type ProjectionStatus,
  type UnavailableReason,
} from '#host/ports/projection.ts';
import { CheckpointTiming } from './checkpoint-timing.ts';
import { decodeCursor } from './cursor.ts';
import { Delivery, type Replay } from './delivery.ts';
import { mergeEndings } from './merge-endings.ts';
import type { Discarded } from './messages.ts';
import { isOpenOnly } from './queries.ts';
import { ReadGate, type Verdict, type Waiter } from './read-gate.ts';
import { WorkerLink, type WorkerNews } from './worker-link.ts';
import { damagedCode } from './year-shelf.ts';

export interface ProjectionOptions {
  /** `DIR/projection`; made when a checkpoint is written. */
  readonly folder: string;
  /** The bundled worker.ts. */
  readonly workerFile: string;
  /** A checkpoint counts only if it was made from this journal, with the same hash at its sequence. */
  readonly journal: Pick<Journal, 'id' | 'readEach'>;
  /**
   * What changed after a sequence, up to the journal's head, in handovers of about a thousand rows. Not called before
   * `markComplete`.
   */
  readonly replay: Replay;
  /**
   * All open cases from memory, each as it is when the iteration reaches it: cases may change meanwhile. Called when far
   * more than a short wait is missing, so that what is open can be listed while the archive is rebuilt.
   */
  readonly openRows: () => Iterable<ProjectedCase>;
  readonly scheduler: Scheduler;
  readonly health: HealthFacts;
  readonly log: Log;
}

/** A worker that ended is started again after this time, then after twice of it, up to the longest. */
export const FIRST_RESTART_MS = SECOND_MS;
const LONGEST_RESTART_MS = MINUTE_MS;

/** Facts of ended cases in a page. */
const ENDED_PAGE = 1_000;

const REPLAY_FAILED = 'replay failed';

/** More reads than these do not wait at a time; the next one is refused. */
const MAX_WAITING_READS = 1_000;

/**
 * Starts the projection; resolves when the position of its tables is known, or when its worker could not be started:
 * then it is `down` and tries again by itself. The host goes on with `apply` for what follows `status().sequence`, if
 * it has the rows at hand, and with `markComplete`.
 */
export async function openProjection(options: ProjectionOptions): Promise<Projection> {
  const projection = new WorkerProjection(options);
  await projection.start(false);
  return projection;
}

class WorkerProjection implements Projection {
  readonly #options: ProjectionOptions;
  readonly #delivery: Delivery;
  readonly #timing: CheckpointTiming;
  readonly #reads = new ReadGate();
  readonly #drains = new ReadGate();
  readonly #listeners = new Set<(status: ProjectionStatus) => void>();
  #state: ProjectionStatus['state'] = 'rebuilding';
  #link: WorkerLink | null = null;
  #hasOpened = false;
  #isSaving = false;
  #bytes = 0;
  #isClosed = false;
  #restartMs = FIRST_RESTART_MS;
  #cancelRestart: (() => void) | null = null;

  constructor(options: ProjectionOptions) {
    this.#options = options;
    this.#timing = new CheckpointTiming(options.scheduler, () => this.#saveIfDue());
    this.#delivery = new Delivery(options, {
      onMoved: () => this.#moved(),
      onReplayFailed: (cause) => this.#replayFailed(cause),
    });
  }

  /** Resolves when the worker has opened its tables or ended. `isFresh`: it shall ignore the checkpoint. */
  start(isFresh: boolean): Promise<void> {
    const { folder, workerFile, journal } = this.#options;
    return new Promise((resolve) => {
      this.#link = new WorkerLink(
        workerFile,
        { folder, journalId: journal.id, isFresh },
        {
          onOpened: (link, position, discarded) =>
            void this.#examine(link, position, discarded).then((isUsable) => isUsable && resolve()),
          onNews: (news) => this.#receive(news),
          onEnded: (reason) => {
            this.#workerEnded(reason);
            resolve();
          },
        },
      );
    });
  }

  status(): ProjectionStatus {
    return { state: this.#state, sequence: this.#delivery.contained, bytes: this.#bytes };
  }

  apply(rows: readonly ProjectedCase[], sequence: number): void {
    if (!this.#isClosed) this.#delivery.handOver(rows, sequence);
  }

  markComplete(sequence: number): void {
    if (!this.#isClosed) this.#delivery.complete(sequence);
  }

  count(filter: CaseFilter, now: number): Promise<CaseCount> {
    return this.#readCases(filter, (link) => link.count({ filter, now }));
  }

  async list(query: { filter: CaseFilter; limit: number; after?: string | undefined }, now: number): Promise<CasePage> {
    const { filter, limit } = query;
    const after = query.after === undefined ? null : decodeCursor(query.after);
    return this.#readCases(filter, (link) => link.list({ filter, now, limit, after }));
  }

  sequencesOf(id: string): Promise<readonly number[] | null> {
    return this.#read(false, (link) => link.sequencesOf(id));
  }

  async *endedSince(since: Instant): AsyncIterable<readonly SameCauseFacts[]> {
    const years = await this.#read(false, (link) => link.endedYears(since));
    yield* mergeEndings(
      years,
      (year, after) => this.#read(false, (link) => link.endedSince(year, since, after)),
      ENDED_PAGE,
    );
  }

  drained(): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) return reject(new ProjectionUnavailable('closed'));
      const sequence = this.#delivery.handedOver;
      this.#drains.wait({ sequence, isOpenOnly: false, pass: resolve, refuse: reject });
      this.#openDrains();
    });
  }

  onStatus(listener: (status: ProjectionStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#timing.stop();
    this.#cancelRestart?.();
    this.#reads.refuseAll('closed');
    this.#drains.refuseAll('closed');
    const sequence = this.#delivery.finish();
    const link = this.#link;
    if (link !== null) await link.finish(this.#hasOpened ? await this.#journalAt(sequence) : null);
  }

  /** Whether the tables that were opened belong to this journal; if not, the worker empties them and opens again. */
  async #examine(link: WorkerLink, position: Head, discarded: Discarded | null): Promise<boolean> {
    const { log } = this.#options;
    if (discarded !== null) log.warn('projection checkpoint discarded', { reason: discarded });
    const isOurs = (await this.#journalAt(position.sequence))?.hash === position.hash;
    if (link !== this.#link || this.#isClosed) return true;
    if (!isOurs) {
      log.warn('projection checkpoint discarded', { reason: 'other_history', sequence: position.sequence });
      link.reset();
      return false;
    }
    log.info('projection opened', { sequence: position.sequence });
    this.#hasOpened = true;
    this.#timing.restart(position.sequence);
    this.#setState('rebuilding');
    this.#delivery.opened(position.sequence, {
      send: (work) => link.post(work),
      sequencesOf: (id) => link.sequencesOf(id),
    });
    return true;
  }

  /** The journal's hash at a sequence; null if the journal ends before it or can't be read there. */
  async #journalAt(sequence: number): Promise<Head | null> {
    const { journal, log } = this.#options;
    if (sequence === 0) return { sequence, hash: journal.id };
    try {
      const [entry] = await journal.readEach([sequence]);
      return entry === undefined ? null : { sequence, hash: entry.hash };
    } catch (cause) {
      if (!(cause instanceof RangeError))
        log.error('journal unreadable at the position of the projection', { sequence });
      return null;
    }
  }

  #receive(news: WorkerNews): void {
    switch (news.type) {
      case 'applied':
        return this.#isClosed ? undefined : this.#delivery.applied(news.sequence);
      case 'memory':
        this.#bytes = news.bytes;
        return;
      case 'checkpointed':
        return this.#checkpointed(news.sequence, news.failure);
      default:
        return assertNever(news, 'message of the projection worker');
    }
  }

  #workerEnded(reason: string): void {
    if (this.#isClosed) return;
    const { health, log, scheduler } = this.#options;
    // A checkpoint that ended the worker before it could open would end the next one as well, and one that the replay does
    // not fit would stop it again and again; of one with a damaged year nothing is kept: the damage may be anywhere, and
    // all of it can be made again.
    const isFresh = !this.#hasOpened || reason === damagedCode || reason === REPLAY_FAILED;
    this.#hasOpened = false;
    this.#isSaving = false;
    this.#bytes = 0;
    this.#link = null;
    this.#timing.stop();
    this.#delivery.ended();
    log.error('projection worker ended', { reason, restartMs: this.#restartMs });
    health.raise({ id: 'projection', severity: 'warning', code: 'projection_down', detail: { reason } });
    this.#setState('down');
    this.#reads.refuseAll('down');
    this.#cancelRestart = scheduler.after(this.#restartMs, () => void this.start(isFresh));
    this.#restartMs = Math.min(this.#restartMs * 2, LONGEST_RESTART_MS);
  }

  #replayFailed(cause: unknown): void {
    // Only the name: the message of a parser may quote what somebody wrote into a case.
    const reason = cause instanceof Error ? cause.name : 'unknown';
    const { contained, handedOver } = this.#delivery;
    this.#options.log.error('projection replay failed', { reason, contained, handedOver });
    this.#link?.kill(REPLAY_FAILED);
  }

  /** Reads pass first: what they ask is posted before the next rows are. */
  #moved(): void {
    this.#openReads();
    this.#openDrains();
    if (this.#state === 'rebuilding') {
      if (this.#delivery.isLevel) this.#becomeReady();
      else this.#tell();
    }
    this.#saveIfDue();
  }

  #becomeReady(): void {
    this.#restartMs = FIRST_RESTART_MS;
    this.#options.health.clear('projection');
    this.#setState('ready');
  }

  #openReads(): void {
    if (this.#hasOpened && this.#delivery.isComplete) this.#reads.settle((waiter) => this.#judge(waiter));
  }

  #openDrains(): void {
    const { contained } = this.#delivery;
    this.#drains.settle(({ sequence }) => (sequence <= contained ? 'pass' : 'wait'));
  }

  #judge({ sequence, isOpenOnly: asksOpen }: Waiter): Verdict {
    const { contained, isFar, isOpenCurrent } = this.#delivery;
    if (sequence <= contained) return 'pass';
    if (!isFar) return 'wait';
    if (!asksOpen) return 'rebuilding';
    return isOpenCurrent ? 'pass' : 'wait';
  }

  /** What is said of open cases while the archive is behind is true up to what was handed over, not up to the position. */
  async #readCases<Value extends { readonly sequence: number }>(
    filter: CaseFilter,
    ask: (link: WorkerLink) => Promise<Value>,
  ): Promise<Value> {
    const { handedOver } = this.#delivery;
    const value = await this.#read(isOpenOnly(filter), ask);
    return value.sequence < handedOver ? { ...value, sequence: handedOver } : value;
  }

  #read<Value>(asksOpen: boolean, ask: (link: WorkerLink) => Promise<Value>): Promise<Value> {
    const link = this.#link;
    const refusal = this.#refusal();
    if (link === null || refusal !== null) return Promise.reject(new ProjectionUnavailable(refusal ?? 'down'));
    return new Promise((resolve, reject) => {
      this.#reads.wait({
        sequence: this.#delivery.handedOver,
        isOpenOnly: asksOpen,
        pass: () => void ask(link).then(resolve, reject),
        refuse: reject,
      });
      this.#openReads();
    });
  }

  #refusal(): UnavailableReason | null {
    if (this.#isClosed) return 'closed';
    if (this.#state === 'down') return 'down';
    return this.#reads.size >= MAX_WAITING_READS ? 'busy' : null;
  }

  #saveIfDue(): void {
    if (!this.#hasOpened || !this.#timing.isDue(this.#delivery.contained)) return;
    if (this.#isSaving || this.#isClosed || !this.#delivery.isIdle || this.#reads.size > 0) return;
    this.#isSaving = true;
    void this.#save(this.#link, this.#delivery.contained);
  }

  async #save(link: WorkerLink | null, sequence: number): Promise<void> {
    const head = await this.#journalAt(sequence);
    if (link !== this.#link || this.#isClosed) return;
    if (head === null) this.#checkpointed(sequence, 'journal_unreadable');
    else link?.post({ type: 'checkpoint', head });
  }

  #checkpointed(sequence: number, failure: string | null): void {
    const { health, log } = this.#options;
    this.#isSaving = false;
    // Rows went in while the hash was read: the next quiet moment is tried.
    if (failure === 'moved_on') return this.#saveIfDue();
    // Ended in the middle of a rebuild: the checkpoint before it stays, and the rebuild begins from there again.
    if (failure === 'ahead') return log.info('projection checkpoint left as it was', { sequence });
    if (failure === null) {
      log.debug('projection checkpoint written', { sequence });
      health.clear('projection_checkpoint');
    } else {
      log.warn('projection checkpoint not written', { reason: failure, sequence });
      const detail = { reason: failure };
      health.raise({ id: 'projection_checkpoint', severity: 'warning', code: 'projection_checkpoint_failed', detail });
    }
    if (this.#isClosed) return;
    this.#timing.restart(sequence);
    this.#saveIfDue();
  }

  #setState(state: ProjectionStatus['state']): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener(this.status());
  }
}
