import { Ending } from '#contract/ending.ts';
import type { Transport } from '#contract/wire.ts';

/**
 * Text frames over a window's MessagePort. The browser does not tell when the other end is gone: `closed` is called by
 * whoever knows (the shell says when the host process ended).
 */
export function messagePortTransport(port: MessagePort): Transport & { readonly closed: (reason: string) => void } {
  const ending = new Ending();
  const end = (reason: string) => {
    port.close();
    ending.end(reason);
  };
  port.addEventListener('close', () => end('the port was closed'));
  return {
    send: (text) => {
      if (!ending.hasEnded) port.postMessage(text);
    },
    onMessage: (listener) => {
      const heard = (event: MessageEvent<unknown>) => {
        if (typeof event.data === 'string' && !ending.hasEnded) listener(event.data);
      };
      port.addEventListener('message', heard);
      port.start();
      return () => port.removeEventListener('message', heard);
    },
    onClosed: (listener) => ending.onEnd(listener),
    close: end,
    closed: end,
  };
}
