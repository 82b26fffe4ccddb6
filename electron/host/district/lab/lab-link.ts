import { Worker } from 'node:worker_threads';
import type { FromLab, LabAnswers, LabProgress, LabQuestion, LabStart } from './messages.ts';

/** The thread ended before it answered; `reason` in its words, empty if it was ended from outside. */
export class LabEnded extends Error {
  readonly reason: string;

  constructor(reason: string) {
    super(`the lab's worker ended: ${reason}`);
    this.reason = reason;
  }
}

/** A question that failed in the worker: a fault of the disk by its code, or of ours in words. */
export class LabFailed extends Error {}

/** A file of 500 MB of areas takes about a third of it; a thread that wants more ends, and the host goes on. */
const MAX_HEAP_MB = 3_072;

/** One life of the lab's thread. */
export class LabLink {
  readonly #worker: Worker;
  readonly #open = new Map<number, { resolve(value: never): void; reject(cause: Error): void }>();
  #lastId = 0;
  #end: LabEnded | null = null;

  constructor(workerFile: string, start: LabStart, onProgress: (progress: LabProgress) => void) {
    // No execArgv: loaders and debug ports of the process that started the host are not the worker's.
    this.#worker = new Worker(workerFile, {
      ...{ workerData: start, name: 'district', execArgv: [] },
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    });
    this.#worker.on('message', (message: FromLab) => {
      if (message.type === 'progress') return onProgress(message.progress);
      const asked = this.#open.get(message.id);
      this.#open.delete(message.id);
      if (message.type === 'answer') asked?.resolve(message.value as never);
      else asked?.reject(new LabFailed(message.reason));
    });
    this.#worker.on('error', (cause: Error) => this.#ended('code' in cause ? String(cause.code) : cause.message));
    this.#worker.on('exit', (exitCode) => this.#ended(`exit code ${exitCode}`));
  }

  /** @throws LabEnded, LabFailed */
  ask<Type extends LabQuestion['type']>(
    question: Extract<LabQuestion, { readonly type: Type }>,
  ): Promise<LabAnswers[Type]> {
    return new Promise((resolve, reject) => {
      if (this.#end !== null) return reject(this.#end);
      this.#lastId += 1;
      this.#open.set(this.#lastId, { resolve, reject });
      this.#worker.postMessage({ id: this.#lastId, question });
    });
  }

  /** Ends it at once, whatever it does. */
  async end(): Promise<void> {
    this.#ended('');
    await this.#worker.terminate();
  }

  #ended(reason: string): void {
    this.#end ??= new LabEnded(reason);
    for (const { reject } of this.#open.values()) reject(this.#end);
    this.#open.clear();
  }
}
