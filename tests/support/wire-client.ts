import WebSocket from 'ws';
import type { Transport } from '#contract/wire.ts';
import { webSocketTransport } from '#host/serve/transports/web-socket.ts';
import type { Client } from '#renderer/client/client.ts';
import { createClient } from '#renderer/client/create-client.ts';

/**
 * The renderer's client over a real WebSocket from Node. It does not come back once the connection has ended: a test that
 * kills its host wants to know.
 *
 * @throws Error when the host refuses it or cannot be reached
 */
export function openWireClient(address: string, token: string): Promise<Client> {
  let attempts = 0;
  const connect = () => ((attempts += 1) === 1 ? openTransport(address) : new Promise<Transport>(() => {}));
  const after = (delayMs: number, task: () => void) => {
    const timer = setTimeout(task, delayMs).unref();
    return () => clearTimeout(timer);
  };
  const client = createClient({ connect, token, now: Date.now, after, random: Math.random });
  return new Promise((resolve, reject) => {
    const stop = client.onConnection(({ state, error }) => {
      if (state === 'connecting') return;
      stop();
      if (state === 'open') resolve(client);
      else reject(new Error(`${address}: ${state} ${error?.code ?? ''}`));
    });
  });
}

function openTransport(address: string): Promise<Transport> {
  const socket = new WebSocket(`ws://${new URL(address).host}/wire`, { origin: new URL(address).origin });
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(webSocketTransport(socket)));
    socket.once('error', reject);
  });
}
