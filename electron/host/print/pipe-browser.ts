import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly sessionId?: string;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

interface Waiting {
  readonly settle: (result: Readonly<Record<string, unknown>>) => void;
  readonly fail: (cause: Error) => void;
}

/**
 * A Chromium of its own, spoken to by the DevTools protocol over a pipe: no debugging port is open. Messages are JSON, each
 * with a zero byte behind it, on the child's file descriptors 3 and 4.
 */
export class PipeBrowser {
  readonly #child: ChildProcess;
  readonly #input: Writable;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<(answer: Answer) => void>();
  #next = 1;
  #rest = '';
  /** Settled once the process is gone. */
  readonly ended: Promise<void>;

  constructor(executable: string, args: readonly string[]) {
    this.#child = spawn(executable, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    const [, , , input, output] = this.#child.stdio as unknown as readonly [null, null, null, Writable, Readable];
    this.#input = input;
    output.setEncoding('utf8');
    output.on('data', (text: string) => this.#take(text));
    for (const pipe of [input, output]) pipe.on('error', () => {});
    this.ended = new Promise((settle) => {
      const end = (reason: string) => {
        for (const { fail } of this.#waiting.values()) fail(new Error(reason));
        this.#waiting.clear();
        settle();
      };
      this.#child.once('error', ({ message }) => end(message));
      this.#child.once('exit', (code, signal) => end(`the browser ended (${code ?? signal ?? 'unknown'})`));
    });
  }

  /** @throws Error with the browser's words, or when it is gone */
  call(
    method: string,
    params: Readonly<Record<string, unknown>>,
    sessionId?: string,
  ): Promise<Readonly<Record<string, unknown>>> {
    const id = this.#next++;
    return new Promise((settle, fail) => {
      this.#waiting.set(id, { settle, fail });
      this.#input.write(
        `${JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) })}\0`,
      );
    });
  }

  /** The next event of that name in a session; ask before what causes it. Never settled once the browser is gone. */
  event(method: string, sessionId: string): Promise<void> {
    return new Promise((settle) => {
      const listener = (answer: Answer) => {
        if (answer.method !== method || answer.sessionId !== sessionId) return;
        this.#listeners.delete(listener);
        settle();
      };
      this.#listeners.add(listener);
    });
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #take(text: string): void {
    const parts = (this.#rest + text).split('\0');
    this.#rest = parts.pop() ?? '';
    for (const part of parts) {
      const answer = JSON.parse(part) as Answer;
      const waiting = this.#waiting.get(answer.id ?? 0);
      if (waiting === undefined) {
        for (const listener of this.#listeners) listener(answer);
        continue;
      }
      this.#waiting.delete(answer.id ?? 0);
      if (answer.error === undefined) waiting.settle(answer.result ?? {});
      else waiting.fail(new Error(answer.error.message));
    }
  }
}
