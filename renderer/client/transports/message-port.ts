import type { Transport } from '#contract/wire.ts';

/**
 * Text frames over a window's MessagePort. The browser does not tell when the other end is gone: `closed` is called by
 * whoever knows (the shell says when the host process ended).
 */
export function messagePortTransport(port: MessagePort): Transport & { readonly closed: (reason: string) => void } {
  const listeners = new Set<(reason: string) => void>();
  let hasEnded = false;
  const end = (reason: string) => {
    if (hasEnded) return;
    hasEnded = true;
    port.close();
    for (const listener of listeners) listener(reason);
  };
  port.addEventListener('close', () => end('the port was closed'));
  return {
    send: (text) => {
      if (!hasEnded) port.postMessage(text);
    },
    onMessage: (listener) => {
      const heard = (event: MessageEvent<unknown>) => {
        if (typeof event.data === 'string') listener(event.data);
      };
      port.addEventListener('message', heard);
      port.start();
      return () => port.removeEventListener('message', heard);
    },
    onClosed: (listener) => {
      if (hasEnded) listener('the port was closed');
      else listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: end,
    closed: end,
  };
}
