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
  const after = (delayMs: number, task: () => void) => {
    const timer = setTimeout(task, delayMs).unref();
    return () => clearTimeout(timer);
  };
  return new Promise((resolve, reject) => {
    let isFirst = true;
    const connect = () => {
      if (isFirst) {
        isFirst = false;
        return openTransport(address);
      }
      reject(new Error(`${address}: the connection ended before the host's welcome`));
      return new Promise<Transport>(() => {});
    };
    const client = createClient({ connect, token, now: Date.now, after, random: Math.random });
    client.onConnection(({ state, error }) => {
      if (state === 'open') resolve(client);
      if (state === 'rejected') reject(new Error(`${address}: ${error?.code}`));
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
