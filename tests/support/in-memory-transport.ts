import type { Transport } from '#contract/wire.ts';
import { Ending } from '#host/serve/transports/ending.ts';

/** Two linked transports in one process. Frames arrive in a later microtask, in order, as text. */
export function inMemoryPair(): readonly [Transport, Transport] {
  const ending = new Ending();
  const listeners = [new Set<(text: string) => void>(), new Set<(text: string) => void>()] as const;
  const end = (own: 0 | 1): Transport => ({
    send: (text) => {
      queueMicrotask(() => {
        if (ending.hasEnded) return;
        for (const listener of listeners[own === 0 ? 1 : 0]) listener(text);
      });
    },
    onMessage: (listener) => {
      listeners[own].add(listener);
      return () => listeners[own].delete(listener);
    },
    onClosed: (listener) => ending.onEnd(listener),
    close: (reason) => ending.end(reason),
  });
  return [end(0), end(1)];
}
