import { Worker } from 'node:worker_threads';
import { assertNever } from '#domain/base/assert-never.ts';
import type { StoredSequences } from '#host/ports/projection.ts';
import type { FromWalk, ToWalk, WalkedRows, WalkStart } from './walk-messages.ts';

/**
 * States of a window outlive many collections of a young heap as small as the default. Measured over a million entries: 64 MB are
 * as fast as 192 and take 100 MB less; 448 are slower by a quarter, since they fit no cache.
 */
const YOUNG_MEGABYTES = 64;

/** The thread could not walk to the end: its journal is damaged, or the thread ended. What was given holds. */
export class WalkFailed extends Error {
  override readonly name = 'WalkFailed';
}

/**
 * Walks a far stretch of the journal on a thread of its own, so that the host stays free for commands: ten years take half
 * an hour. Gives windows of rows in order; `stored` is asked when all windows before are with the caller.
 *
 * @param workerFile the bundled walk-worker.ts
 * @throws WalkFailed; also what `stored` throws
 */
export async function* walkFar(
  workerFile: string,
  start: WalkStart,
  stored: StoredSequences,
): AsyncGenerator<WalkedRows, void> {
  // No execArgv: loaders and debug ports of the process that started the host are not the worker's.
  const worker = new Worker(workerFile, {
    ...{ workerData: start, name: 'walk', execArgv: [] },
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
  });
  const inbox = new Inbox(worker);
  const send = (message: ToWalk): void => worker.postMessage(message);
  try {
    for (;;) {
      const message = await inbox.take();
      switch (message.type) {
        case 'window':
          yield { packs: message.packs, sequence: message.sequence };
          send({ type: 'more' });
          break;
        case 'ask_stored':
          send({ type: 'stored', id: message.id, sequences: await stored(message.caseId) });
          break;
        case 'failed':
          throw new WalkFailed(message.reason);
        case 'done':
          return;
        default:
          return assertNever(message, 'message of the walk');
      }
    }
  } finally {
    await worker.terminate();
  }
}

/** Messages in the order in which they came; the end of the thread is the last. */
class Inbox {
  readonly #messages: FromWalk[] = [];
  #wake: (() => void) | null = null;

  constructor(worker: Worker) {
    worker.on('message', (message: FromWalk) => this.#put(message));
    worker.on('error', ({ name }) => this.#put({ type: 'failed', reason: name }));
    worker.on('exit', (exitCode) => this.#put({ type: 'failed', reason: `exit code ${exitCode}` }));
  }

  async take(): Promise<FromWalk> {
    for (;;) {
      const message = this.#messages.shift();
      if (message !== undefined) return message;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  #put(message: FromWalk): void {
    this.#messages.push(message);
    this.#wake?.();
  }
}
