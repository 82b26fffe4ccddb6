import type { WebSocket } from 'ws';
import type { Transport } from '#contract/wire.ts';
import { Ending } from '#contract/ending.ts';

/** A client that lets this much wait in the socket does not read any more: its connection ends. */
const MAX_BUFFERED_BYTES = 64 * 1024 * 1024;

/** Text frames over an accepted WebSocket. */
export function webSocketTransport(socket: WebSocket): Transport {
  const ending = new Ending();
  const listeners = new Set<(text: string) => void>();
  socket.on('message', (data, isBinary) => {
    if (ending.hasEnded) return;
    if (isBinary) return transport.close('binary frames are not part of the protocol');
    // One buffer, as long as nobody sets `binaryType`.
    const text = (data as Buffer).toString();
    for (const listener of listeners) listener(text);
  });
  socket.on('close', () => ending.end('the socket was closed'));
  socket.on('error', (cause) => ending.end(cause.message));
  const transport: Transport = {
    send: (text) => {
      if (ending.hasEnded) return;
      if (socket.bufferedAmount > MAX_BUFFERED_BYTES) return transport.close('the client does not read');
      socket.send(text);
    },
    onMessage: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onClosed: (listener) => ending.onEnd(listener),
    close: (reason) => {
      // Counted in bytes by the protocol: three for a character of ours, at most 123 in all.
      socket.close(1000, reason.slice(0, 40));
      ending.end(reason);
    },
  };
  return transport;
}
