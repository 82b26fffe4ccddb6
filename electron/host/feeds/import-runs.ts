import type { WireError } from '#contract/errors.ts';
import type { ImportProgress } from '#contract/imports.ts';
import { refused, type Result } from '#domain/base/result.ts';
import type { ImportRuns } from '#host/ports/imports.ts';

/** What a running import has of itself. */
export interface OwnRun {
  readonly importId: string;
  /** Somebody wants it to stop. */
  readonly isCancelled: boolean;
  tell(progress: Omit<ImportProgress, 'importId' | 'kind'>): void;
}

const KEPT_PROGRESS = 20;

/** Imports of one kind: one runs at a time, and how far those of late came is kept. */
export class RunningImports implements ImportRuns {
  readonly #kind: ImportProgress['kind'];
  readonly #progress = new Map<string, ImportProgress>();
  readonly #listeners = new Set<(progress: ImportProgress) => void>();
  #running: { readonly importId: string; isCancelled: boolean } | null = null;
  #isClosed = false;
  #onEnd: () => void = () => {};

  constructor(kind: ImportProgress['kind']) {
    this.#kind = kind;
  }

  /** Runs one, unless another runs or nothing runs any more. */
  async run<Report>(
    importId: string,
    work: (own: OwnRun) => Promise<Result<Report, WireError>>,
  ): Promise<Result<Report, WireError>> {
    if (this.#isClosed) return refused({ code: 'unavailable', detail: { part: 'host' } });
    if (this.#running !== null) {
      return refused({ code: 'import_running', detail: { importId: this.#running.importId } });
    }
    const running = { importId, isCancelled: false };
    this.#running = running;
    try {
      return await work({
        importId,
        get isCancelled() {
          return running.isCancelled;
        },
        tell: (progress) => this.#tell({ importId, kind: this.#kind, ...progress }),
      });
    } finally {
      this.#running = null;
      const last = this.#progress.get(importId);
      if (last?.state === 'running') this.#tell({ ...last, state: 'failed' });
      this.#onEnd();
    }
  }

  cancel(importId: string): boolean {
    if (this.#running?.importId !== importId) return false;
    this.#running.isCancelled = true;
    return true;
  }

  close(): Promise<void> {
    this.#isClosed = true;
    if (this.#running === null) return Promise.resolve();
    this.#running.isCancelled = true;
    return new Promise((resolve) => (this.#onEnd = resolve));
  }

  list(): readonly ImportProgress[] {
    return [...this.#progress.values()];
  }

  onProgress(listener: (progress: ImportProgress) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(next: ImportProgress): void {
    this.#progress.set(next.importId, next);
    const oldest = this.#progress.keys().next();
    if (this.#progress.size > KEPT_PROGRESS && !oldest.done) this.#progress.delete(oldest.value);
    for (const listener of this.#listeners) listener(next);
  }
}
