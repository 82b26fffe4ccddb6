import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type TileAnswer = (url: URL, response: ServerResponse, request: IncomingMessage) => void;

/** A tile server on 127.0.0.1 that notes what it was asked. It can be stopped and started again on the same port. */
export class TileServer {
  readonly asked: URL[] = [];
  answer: TileAnswer;
  #server: ReturnType<typeof createServer> | null = null;
  #port = 0;

  constructor(answer: TileAnswer) {
    this.answer = answer;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', this.origin);
      this.asked.push(url);
      this.answer(url, response, request);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  }
}

/** Answers with a picture. */
export function sendPng(response: ServerResponse, bytes: Uint8Array): void {
  response.writeHead(200, { 'Content-Type': 'image/png', 'Content-Length': bytes.length }).end(bytes);
}
