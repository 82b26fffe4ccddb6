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
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    onMessage: (listener) => {
      const heard = (event: MessageEvent<unknown>) => {
        if (typeof event.data === 'string') listener(event.data);
      };
      socket.addEventListener('message', heard);
      return () => socket.removeEventListener('message', heard);
    },
    onClosed: (listener) => {
      const heard = (event: CloseEvent) => listener(event.reason || 'the socket was closed');
      if (socket.readyState === WebSocket.CLOSED) listener('the socket was closed');
      else socket.addEventListener('close', heard, { once: true });
      return () => socket.removeEventListener('close', heard);
    },
    close: (reason) => socket.close(1000, reason.slice(0, 100)),
  };
}
