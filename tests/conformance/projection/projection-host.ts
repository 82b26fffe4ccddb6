import type { Worker } from 'node:worker_threads';
import type { HealthFact } from '#contract/health.ts';
import { instant } from '#domain/base/instant.ts';
import { isOpen } from '#domain/case/lifecycle.ts';
import type { HealthFacts } from '#host/ports/health.ts';
import type { Entry } from '#host/ports/journal.ts';
import type { Log } from '#host/ports/log.ts';
import type { Handover, ProjectedCase, Projection, ProjectionStatus } from '#host/ports/projection.ts';
import { openProjection, type ProjectionOptions } from '#host/projection/open-projection.ts';
import { workerFile } from '#tests/support/build-worker.ts';
import { ManualScheduler } from './manual-scheduler.ts';

/**
 * What a host is to its projection: changes in order with a hash each, a replay of them, health facts and a clock.
 * One entry per change; the hash of an entry is made of the journal's id, its history's name and its sequence.
 */
export class ProjectionHost {
  readonly scheduler = new ManualScheduler();
  readonly facts = new Map<string, HealthFact>();
  readonly warnings: string[] = [];
  /** Workers started since this host exists, in order. */
  readonly workers: Worker[] = [];
  readonly #changes: ProjectedCase[] = [];
  readonly #noteWorker = (worker: Worker): void => void this.workers.push(worker);
  readonly folder: string;
  readonly journalId: string;
  /** Two histories of one journal differ in every hash. */
  readonly history: string;
  replays = 0;

  constructor(folder: string, { journalId = 'journal-a', history = 'first' } = {}) {
    this.folder = folder;
    this.journalId = journalId;
    this.history = history;
    process.on('worker', this.#noteWorker);
  }

  get head(): number {
    return this.#changes.length;
  }

  /** Records changes; the projection is not told. */
  record(...changes: readonly ProjectedCase[]): void {
    for (const { row, ...around } of changes) {
      const sequence = this.#changes.length + 1;
      this.#changes.push({ ...around, row: { ...row, sequence }, sequences: [sequence] });
    }
  }

  /** Records changes and hands them over. */
  change(projection: Projection, ...changes: readonly ProjectedCase[]): void {
    const before = this.head;
    this.record(...changes);
    projection.apply(this.#changes.slice(before), this.head);
  }

  /** All changes so far, as they are handed over. */
  get handedOver(): readonly ProjectedCase[] {
    return this.#changes;
  }

  open(options: Partial<Pick<ProjectionOptions, 'workerFile' | 'replay'>> = {}): Promise<Projection> {
    return openProjection({
      folder: this.folder,
      workerFile: options.workerFile ?? workerFile,
      journal: { id: this.journalId, readEach: (sequences) => this.#readEach(sequences) },
      replay: options.replay ?? ((after) => this.replay(after)),
      openRows: () => this.#openRows(),
      scheduler: this.scheduler,
      health: this.#health(),
      log: this.#log(),
    });
  }

  /** Opens it as a host does at its start: everything there is, then ready. */
  async openReady(): Promise<Projection> {
    const projection = await this.open();
    projection.markComplete(this.head);
    await becomes(projection, 'ready');
    return projection;
  }

  dispose(): void {
    process.off('worker', this.#noteWorker);
  }

  *#openRows(): Generator<ProjectedCase> {
    const latest = new Map(this.#changes.map((change) => [change.row.id, change]));
    for (const change of latest.values()) if (isOpen(change.row.state)) yield change;
  }

  /** What changed after a sequence, up to the head of now. */
  async *replay(after: number): AsyncIterable<Handover> {
    this.replays += 1;
    const end = this.head;
    for (let from = after; from < end; from += 1_000) {
      const rows = await Promise.resolve(this.#changes.slice(from, Math.min(from + 1_000, end)));
      yield { rows, sequence: from + rows.length };
    }
  }

  #readEach(sequences: readonly number[]): Promise<readonly Entry[]> {
    if (sequences.some((sequence) => sequence < 1 || sequence > this.head)) {
      return Promise.reject(new RangeError('no such entry'));
    }
    return Promise.resolve(sequences.map((sequence) => this.#entry(sequence)));
  }

  #entry(sequence: number): Entry {
    const hash = `${this.journalId}/${this.history}/${sequence}`;
    return { sequence, hash, prev: '', at: instant(0), commandId: '', actor: '', events: [], tables: {} };
  }

  #health(): HealthFacts {
    return {
      raise: (fact) => void this.facts.set(fact.id, { ...fact, since: 0 }),
      clear: (id) => void this.facts.delete(id),
      list: () => [...this.facts.values()],
      onChanged: () => () => undefined,
    };
  }

  #log(): Log {
    const ignore = (): void => undefined;
    const warn: Log['warn'] = (message, facts) => void this.warnings.push(`${message}: ${String(facts?.['reason'])}`);
    return { debug: ignore, info: ignore, warn, error: ignore };
  }
}

export function becomes(projection: Projection, state: ProjectionStatus['state']): Promise<void> {
  return new Promise((resolve) => {
    const stop = projection.onStatus((status) => settle(status));
    const settle = (status: ProjectionStatus): void => {
      if (status.state !== state) return;
      stop();
      resolve();
    };
    settle(projection.status());
  });
}
