import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { attachmentPath } from '#contract/attachments.ts';
import { baseMapPath } from '#contract/base-map.ts';
import { contentPolicyFor } from '#contract/content-policy.ts';
import { maxFrameLength, type Transport } from '#contract/wire.ts';
import type { PrincipalKind } from '#domain/access/permissions.ts';
import type { BaseMaps } from '#host/ports/base-maps.ts';
import type { Log } from '#host/ports/log.ts';
import { answerAttachment, type AttachmentDoor } from './attachment-bytes.ts';
import { answerBaseMap } from './base-map-bytes.ts';
import { principalOf } from './principals.ts';
import { sendFile } from './static-files.ts';
import { webSocketTransport } from './transports/web-socket.ts';
import { receiveUpload } from './upload.ts';

/** Kinds of principals that keep their right for as long as the host runs; pages of briefings get one each. */
type LastingKind = Exclude<PrincipalKind, 'briefing'>;
/** One secret per such kind. */
export type Tokens = Readonly<Record<LastingKind, string>>;

export interface HttpServerOptions {
  /** 0 picks a free one. */
  readonly port: number;
  readonly tokens: Tokens;
  readonly rendererFolder: string;
  readonly uploadFolder: string;
  readonly photos: AttachmentDoor;
  readonly baseMaps: BaseMaps;
  readonly log: Log;
  readonly onConnection: (transport: Transport) => void;
}

export interface HttpServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly address: string;
  close(): Promise<void>;
}

/** Somebody else listens on the port that was asked for. */
export class PortTaken extends Error {
  constructor(port: number) {
    super(`port ${port} on 127.0.0.1 is taken; choose another with --port, or 0 for a free one`);
  }
}

/** UTF-8 needs at most three bytes for a UTF-16 unit: a frame that is a little too long is still answered with a code. */
const MAX_MESSAGE_BYTES = maxFrameLength * 4;

/** A connection that has not said hello by then ends. */
const HELLO_WITHIN_MS = 5_000;

/**
 * The headless host's door: renderer files, `/upload`, photos under one-time handles, tiles of base maps, and the WebSocket `/wire`, on
 * 127.0.0.1 only. `Host` and `Origin`
 * must be our own (against DNS rebinding and foreign pages, security.md H2); the token travels in the first frame or in
 * a header, never in an address that is sent.
 *
 * @throws PortTaken
 */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const server = createServer();
  const port = await listen(server, options.port);
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const origins = hosts.map((host) => `http://${host}`);
  const policy = contentPolicyFor(hosts.map((host) => `ws://${host}`));

  server.on('request', (request, response) => {
    answer(request, response).catch((cause: unknown) => {
      options.log.warn('a request failed', { reason: cause instanceof Error ? cause.message : String(cause) });
      if (response.headersSent) response.destroy();
      else plain(response, 500, 'internal error');
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('Content-Security-Policy', policy);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Referrer-Policy', 'no-referrer');
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
    if (!hosts.includes(request.headers.host ?? '')) return plain(response, 421, 'unknown host');
    const { origin } = request.headers;
    if (origin !== undefined && !origins.includes(origin)) return plain(response, 403, 'foreign origin');
    const url = addressOf(request);
    if (url === null) return plain(response, 400, 'no address');
    if (request.method === 'POST' && url.path === '/upload') {
      const kind = kindOf(options.tokens, bearer(request));
      if (kind === null || kind === 'wall') return plain(response, 401, 'unknown token');
      return receiveUpload(request, response, url.query.get('name') ?? '', options.uploadFolder);
    }
    if (url.path.startsWith(attachmentPath)) {
      const kind = kindOf(options.tokens, bearer(request));
      if (kind === null) return plain(response, 401, 'unknown token');
      const handle = url.path.slice(attachmentPath.length);
      return answerAttachment(request, response, handle, principalOf(kind), options.photos);
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return plain(response, 405, 'only GET');
    if (url.path.startsWith(baseMapPath)) {
      if (kindOf(options.tokens, bearer(request)) === null) return plain(response, 401, 'unknown token');
      return answerBaseMap(url.path, response, options.baseMaps);
    }
    if (!(await sendFile(options.rendererFolder, url.path, response))) plain(response, 404, 'not found');
  }

  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  server.on('upgrade', (request, socket, head) => {
    const isOurs = hosts.includes(request.headers.host ?? '') && origins.includes(request.headers.origin ?? '');
    if (!isOurs || addressOf(request)?.path !== '/wire') {
      socket.on('error', () => socket.destroy());
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket as Socket, head, (accepted) => {
      const transport = webSocketTransport(accepted);
      const tooLate = setTimeout(() => transport.close('no hello in time'), HELLO_WITHIN_MS);
      const stop = transport.onMessage(() => {
        clearTimeout(tooLate);
        stop();
      });
      transport.onClosed(() => clearTimeout(tooLate));
      options.onConnection(transport);
    });
  });

  return {
    address: `http://127.0.0.1:${port}`,
    close: async () => {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The kind of principal that holds this token, in constant time; null for none. */
export function kindOf(tokens: Tokens, token: string | undefined): LastingKind | null {
  if (token === undefined) return null;
  const given = Buffer.from(token);
  let found: LastingKind | null = null;
  for (const kind of ['operator', 'wall', 'system'] as const) {
    const own = Buffer.from(tokens[kind]);
    if (own.length === given.length && timingSafeEqual(own, given)) found = kind;
  }
  return found;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(cause.code === 'EADDRINUSE' || cause.code === 'EACCES' ? new PortTaken(port) : cause);
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** The path that is asked for, as it was written, and what stands behind it; null for anything but a path. */
function addressOf(request: IncomingMessage): { readonly path: string; readonly query: URLSearchParams } | null {
  const target = request.url ?? '';
  if (!/^\/(?![\\/])/.test(target)) return null;
  const [path = '', query = ''] = target.split('?', 2);
  return { path, query: new URLSearchParams(query) };
}

function bearer(request: IncomingMessage): string | undefined {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ');
  return scheme === 'Bearer' ? token : undefined;
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' }).end(text);
}
