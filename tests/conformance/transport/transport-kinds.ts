import { MessageChannel } from 'node:worker_threads';
import { onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Transport } from '#contract/wire.ts';
import { openAttachments } from '#host/attachments/folder-attachments.ts';
import { systemClock } from '#host/clock/system-clock.ts';
import { pinoLog } from '#host/log/pino-log.ts';
import { Handles } from '#host/serve/handles.ts';
import { startHttpServer } from '#host/serve/http-server.ts';
import { messagePortTransport as hostPort } from '#host/serve/transports/message-port.ts';
import { messagePortTransport as clientPort } from '#renderer/client/transports/message-port.ts';
import { webSocketTransport } from '#renderer/client/transports/web-socket.ts';
import { inMemoryPair } from '#tests/support/in-memory-transport.ts';
import { noBaseMaps } from '#tests/support/no-base-maps.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

/** Makes connections of one kind for a test, and ends them with it. */
export interface TransportKind {
  readonly name: string;
  /** Each call of the result connects once more; the host's end of the connection goes to `serve`. */
  open(serve: (transport: Transport) => void): Promise<() => Promise<Transport>>;
}

const inMemory: TransportKind = {
  name: 'in memory',
  open: (serve) =>
    Promise.resolve(() => {
      const [host, client] = inMemoryPair();
      serve(host);
      return Promise.resolve(client);
    }),
};

/** Node's ports stand for Electron's MessagePortMain on one side and for the window's MessagePort on the other. */
const messagePort: TransportKind = {
  name: 'message port',
  open: (serve) =>
    Promise.resolve(() => {
      const { port1, port2 } = new MessageChannel();
      onTestFinished(() => port1.close());
      serve(hostPort(port1));
      return Promise.resolve(clientPort(port2 as unknown as MessagePort));
    }),
};

/** The real server of the headless host. The socket of `ws` stands for the browser's, and says where it comes from. */
const webSocket: TransportKind = {
  name: 'web socket',
  open: async (serve) => {
    const server = await startHttpServer({
      port: 0,
      tokens: { operator: 'o'.repeat(32), wall: 'w'.repeat(32), system: 's'.repeat(32) },
      rendererFolder: import.meta.dirname,
      uploadFolder: import.meta.dirname,
      photos: {
        attachments: await openAttachments(await temporaryFolder(), { clock: systemClock, isNew: true }),
        components: { read: () => Promise.resolve(null) },
        handles: new Handles(systemClock),
      },
      baseMaps: noBaseMaps,
      log: pinoLog('silent'),
      onConnection: serve,
    });
    onTestFinished(() => server.close());
    vi.stubGlobal('WebSocket', browserSocket(server.address));
    onTestFinished(() => void vi.unstubAllGlobals());
    return () => webSocketTransport(`${server.address.replace('http', 'ws')}/wire`);
  },
};

export const transportKinds = [inMemory, messagePort, webSocket] as const;

/** A constructor as the browser has it: no options, and the page's origin is sent by itself. */
function browserSocket(origin: string): new (url: string) => WebSocket {
  return class extends WebSocket {
    constructor(url: string) {
      super(url, { origin });
    }
  };
}
