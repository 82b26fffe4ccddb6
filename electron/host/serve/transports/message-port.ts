import type { Transport } from '#contract/wire.ts';
import { Ending } from '#contract/ending.ts';

/** What Electron's MessagePortMain and Node's MessagePort have in common; messages come as events or bare. */
export interface MessagePortLike {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

/** Text frames over a message port. */
export function messagePortTransport(port: MessagePortLike): Transport {
  const ending = new Ending();
  const listeners = new Set<(text: string) => void>();
  const early: string[] = [];
  port.on('message', (message) => {
    const text = textOf(message);
    if (text === null || ending.hasEnded) return;
    if (listeners.size === 0) early.push(text);
    for (const listener of listeners) listener(text);
  });
  port.on('close', () => ending.end('the port was closed'));
  port.start();
  return {
    send: (text) => {
      if (!ending.hasEnded) port.postMessage(text);
    },
    onMessage: (listener) => {
      listeners.add(listener);
      for (const text of early.splice(0)) listener(text);
      return () => listeners.delete(listener);
    },
    onClosed: (listener) => ending.onEnd(listener),
    close: (reason) => {
      port.close();
      ending.end(reason);
    },
  };
}

function textOf(message: unknown): string | null {
  if (typeof message === 'string') return message;
  if (typeof message !== 'object' || message === null || !('data' in message)) return null;
  return typeof message.data === 'string' ? message.data : null;
}
