import { Ending } from '#contract/ending.ts';
import type { Transport } from '#contract/wire.ts';

/**
 * Two linked transports in one process. Frames arrive in a later microtask, in order, as text; so does the news that the
 * other end closed, behind what it sent before.
 */
export function inMemoryPair(): readonly [Transport, Transport] {
  const [one, other] = [new End(), new End()];
  return [one.linkedTo(other), other.linkedTo(one)];
}

class End {
  readonly #ending = new Ending();
  readonly #listeners = new Set<(text: string) => void>();

  linkedTo(other: End): Transport {
    return {
      send: (text) => {
        if (!this.#ending.hasEnded) queueMicrotask(() => other.#receive(text));
      },
      onMessage: (listener) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
      onClosed: (listener) => this.#ending.onEnd(listener),
      close: (reason) => {
        this.#ending.end(reason);
        queueMicrotask(() => other.#ending.end(reason));
      },
    };
  }

  #receive(text: string): void {
    if (this.#ending.hasEnded) return;
    for (const listener of this.#listeners) listener(text);
  }
}
