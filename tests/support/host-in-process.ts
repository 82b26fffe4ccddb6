import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { WebSocket } from 'ws';
import type { HostOptions, HostSecret } from '#contract/host-process.ts';
import type { Transport } from '#contract/wire.ts';
import type { PrincipalKind } from '#domain/access/permissions.ts';
import { createHost, type Host } from '#host/create-host.ts';
import { pinoLog } from '#host/log/pino-log.ts';
import { messagePortTransport } from '#host/serve/transports/message-port.ts';
import { webSocketTransport } from '#host/serve/transports/web-socket.ts';
import { baseMapWorkerFile, districtWorkerFile, walkWorkerFile, workerFile } from './build-worker.ts';
import { framesOf, greet, type Frames } from './frames.ts';
import { inMemoryPair } from './in-memory-transport.ts';

export interface HostInProcess {
  readonly host: Host;
  readonly folder: string;
  /** Closes the host and removes its folder. */
  close(): Promise<void>;
}

const root = resolve(import.meta.dirname, '../..');

/** A whole host on the default district, in this process and in a temporary folder, without simulator. */
export async function hostInProcess(change: Partial<HostOptions> = {}, secret?: HostSecret): Promise<HostInProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'grid-command-host-'));
  const host = await hostOn(join(folder, 'data'), change, secret);
  const close = async () => {
    await host.close();
    await rm(folder, { recursive: true });
  };
  return { host, folder, close };
}

/** The same on a data folder of the test's own. @throws StartProblem */
export function hostOn(dataFolder: string, change: Partial<HostOptions> = {}, secret?: HostSecret): Promise<Host> {
  const options: HostOptions & { readonly dataFolder: string } = {
    resourcesFolder: join(root, 'resources'),
    rendererFolder: join(root, 'renderer'),
    projectionWorkerFile: workerFile,
    walkWorkerFile,
    districtWorkerFile,
    baseMapWorkerFile,
    port: 0,
    district: null,
    districtMapping: null,
    importFile: null,
    importMapping: null,
    simulate: false,
    ratePerHour: null,
    speed: null,
    seed: 42,
    secretFile: null,
    segmentBytes: null,
    version: 'test',
    ...change,
    dataFolder,
  };
  return createHost(options, pinoLog('silent'), secret);
}

export const ways = ['in memory', 'message port', 'web socket'] as const;
export type Way = (typeof ways)[number];

/** A client of bare frames that has said hello as that kind of principal. */
export async function clientOf(host: Host, way: Way, kind: PrincipalKind): Promise<Frames> {
  const frames = framesOf(await transportTo(host, way, kind));
  await greet(frames, way === 'web socket' ? tokenOf(host, kind) : undefined);
  return frames;
}

function tokenOf(host: Host, kind: PrincipalKind): string {
  return kind === 'briefing' ? host.pageToken('daily-2026-01-01-1') : host.tokens[kind];
}

/** The client's end of a new connection, before its hello. Over a port the right comes with the port. */
export async function transportTo(host: Host, way: Way, kind: PrincipalKind): Promise<Transport> {
  if (way === 'web socket') return socketTo(host.address);
  if (way === 'in memory') {
    const [own, other] = inMemoryPair();
    host.connect(own, kind);
    return other;
  }
  const { port1, port2 } = new MessageChannel();
  host.connect(messagePortTransport(port1), kind);
  return messagePortTransport(port2);
}

function socketTo(address: string): Promise<Transport> {
  const socket = new WebSocket(`${address.replace('http', 'ws')}/wire`, { origin: address });
  return new Promise((settle, fail) => {
    socket.once('open', () => settle(webSocketTransport(socket)));
    socket.once('error', fail);
  });
}
