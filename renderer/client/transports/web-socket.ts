import { Ending } from '#contract/ending.ts';
import type { Transport } from '#contract/wire.ts';

/** Text frames over the browser's WebSocket. @throws Error when the host does not answer */
export function webSocketTransport(url: string): Promise<Transport> {
  const socket = new WebSocket(url);
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(over(socket)), { once: true });
    socket.addEventListener('error', () => reject(new Error(`no answer from ${url}`)), { once: true });
  });
}

function over(socket: WebSocket): Transport {
  const ending = new Ending();
  socket.addEventListener('close', ({ reason }) => ending.end(reason || 'the socket was closed'));
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    onMessage: (listener) => {
      const heard = (event: MessageEvent<unknown>) => {
        if (typeof event.data === 'string' && !ending.hasEnded) listener(event.data);
      };
      socket.addEventListener('message', heard);
      return () => socket.removeEventListener('message', heard);
    },
    onClosed: (listener) => ending.onEnd(listener),
    close: (reason) => {
      // Counted in bytes by the browser: three for a character of ours, at most 123 in all.
      socket.close(1000, reason.slice(0, 40));
      ending.end(reason);
    },
  };
}
