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
} from '#host/ports/projection.ts';
import { CheckpointTiming } from './checkpoint-timing.ts';
import { decodeCursor } from './cursor.ts';
import { Delivery, type Replay } from './delivery.ts';
import type { Discarded, EndedEnd, EndedPage } from './messages.ts';
import { ReadGate } from './read-gate.ts';
import { WorkerLink, type WorkerNews } from './worker-link.ts';

export interface ProjectionOptions {
  /** `DIR/projection/cases.sqlite`; the folder is made when a checkpoint is written. */
  readonly file: string;
  /** The bundled worker.ts. */
  readonly workerFile: string;
  /** A checkpoint counts only if it was made from this journal, with the same hash at its sequence. */
  readonly journal: Pick<Journal, 'id' | 'readEach'>;
  /**
   * What changed after a sequence, up to the journal's head, in handovers of about a thousand rows. Not called before
   * `markComplete`.
   */
  readonly replay: Replay;
  readonly scheduler: Scheduler;
  readonly health: HealthFacts;
  readonly log: Log;
}

/** A worker that ended is started again after this time, then after twice of it, up to the longest. */
export const FIRST_RESTART_MS = SECOND_MS;
const LONGEST_RESTART_MS = MINUTE_MS;

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
  #isClosed = false;
  #restartMs = FIRST_RESTART_MS;
  #cancelRestart: (() => void) | null = null;

  constructor(options: ProjectionOptions) {
    this.#options = options;
    this.#timing = new CheckpointTiming(options.scheduler, () => this.#saveIfDue());
    this.#delivery = new Delivery(options.replay, {
      onMoved: () => this.#moved(),
      onReplayFailed: (cause) => this.#replayFailed(cause),
    });
  }

  /** Resolves when the worker has opened its tables or ended. `isFresh`: it shall ignore the checkpoint. */
  start(isFresh: boolean): Promise<void> {
    const { file, workerFile, journal } = this.#options;
    return new Promise((resolve) => {
      this.#link = new WorkerLink(
        workerFile,
        { file, journalId: journal.id, isFresh },
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
    return { state: this.#state, sequence: this.#delivery.contained };
  }

  apply(rows: readonly ProjectedCase[], sequence: number): void {
    if (!this.#isClosed) this.#delivery.handOver(rows, sequence);
  }

  markComplete(sequence: number): void {
    if (!this.#isClosed) this.#delivery.complete(sequence);
  }

  count(filter: CaseFilter, now: number): Promise<CaseCount> {
    return this.#read((link) => link.count({ filter, now }));
  }

  async list(query: { filter: CaseFilter; limit: number; after?: string | undefined }, now: number): Promise<CasePage> {
    const { filter, limit } = query;
    const after = query.after === undefined ? null : decodeCursor(query.after);
    return this.#read((link) => link.list({ filter, now, limit, after }));
  }

  sequencesOf(id: string): Promise<readonly number[] | null> {
    return this.#read((link) => link.sequencesOf(id));
  }

  async *endedSince(since: Instant): AsyncIterable<readonly SameCauseFacts[]> {
    let after: EndedEnd | null = null;
    do {
      const from: EndedEnd | null = after;
      const page: EndedPage = await this.#read((link) => link.endedSince(since, from));
      yield page.facts;
      after = page.after;
    } while (after !== null);
  }

  drained(): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) return reject(new ProjectionUnavailable('the projection is closed'));
      this.#drains.wait({ sequence: this.#delivery.handedOver, pass: resolve, refuse: reject });
      this.#drains.open(this.#delivery.contained);
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
    this.#reads.refuseAll('the projection is closed');
    this.#drains.refuseAll('the projection is closed');
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
      send: (slice) => link.post({ type: 'apply', ...slice }),
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
      case 'checkpointed':
        return this.#checkpointed(news.sequence, news.failure);
      default:
        return assertNever(news, 'message of the projection worker');
    }
  }

  #workerEnded(reason: string): void {
    if (this.#isClosed) return;
    const { health, log, scheduler } = this.#options;
    // A checkpoint that ended the worker before it could open would end the next one as well.
    const isFresh = !this.#hasOpened;
    this.#hasOpened = false;
    this.#isSaving = false;
    this.#link = null;
    this.#timing.stop();
    this.#delivery.ended();
    log.error('projection worker ended', { reason, restartMs: this.#restartMs });
    health.raise({ id: 'projection', severity: 'warning', code: 'projection_down', detail: { reason } });
    this.#setState('down');
    this.#reads.refuseAll('the projection is down');
    this.#cancelRestart = scheduler.after(this.#restartMs, () => void this.start(isFresh));
    this.#restartMs = Math.min(this.#restartMs * 2, LONGEST_RESTART_MS);
  }

  #replayFailed(cause: unknown): void {
    // Only the name: the message of a parser may quote what somebody wrote into a case.
    const reason = cause instanceof Error ? cause.name : 'unknown';
    const { contained, handedOver } = this.#delivery;
    this.#options.log.error('projection replay failed', { reason, contained, handedOver });
    this.#link?.kill('replay failed');
  }

  /** Reads pass first: what they ask is posted before the next rows are. */
  #moved(): void {
    this.#openReads();
    this.#drains.open(this.#delivery.contained);
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
    if (this.#hasOpened && this.#delivery.isComplete) this.#reads.open(this.#delivery.contained);
  }

  #read<Value>(ask: (link: WorkerLink) => Promise<Value>): Promise<Value> {
    const link = this.#link;
    if (this.#isClosed || link === null || this.#state === 'down') {
      return Promise.reject(new ProjectionUnavailable('the projection is down'));
    }
    if (this.#reads.size >= MAX_WAITING_READS) {
      return Promise.reject(new ProjectionUnavailable('too many reads wait for the projection'));
    }
    return new Promise((resolve, reject) => {
      const sequence = this.#delivery.handedOver;
      this.#reads.wait({ sequence, pass: () => void ask(link).then(resolve, reject), refuse: reject });
      this.#openReads();
    });
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
