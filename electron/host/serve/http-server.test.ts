import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { request, type IncomingHttpHeaders } from 'node:http';
import { createConnection } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { openAttachments } from '#host/attachments/folder-attachments.ts';
import { systemClock } from '#host/clock/system-clock.ts';
import { pinoLog } from '#host/log/pino-log.ts';
import { noBaseMaps } from '#tests/support/no-base-maps.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { Handles } from './handles.ts';
import { PortTaken, startHttpServer } from './http-server.ts';

const tokens = { operator: 'o'.repeat(32), wall: 'w'.repeat(32), system: 's'.repeat(32) };

test('serves the desk and its files with the content policy', async () => {
  const { get, port } = await door();
  const page = await get('/');
  expect({ status: page.status, text: page.text }).toEqual({ status: 200, text: 'the desk' });
  expect(page.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  });
  const policy = String(page.headers['content-security-policy']).split('; ');
  expect(policy).toEqual(
    expect.arrayContaining([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "worker-src 'self'",
      `connect-src 'self' ws://127.0.0.1:${port} ws://localhost:${port}`,
    ]),
  );
  expect(policy.join(' ')).not.toMatch(/unsafe|\*|http:/);
  const asset = await get('/assets/app-1234.js');
  expect(asset.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
  });
});

test('answers with the policy whatever it refuses', async () => {
  const { get } = await door();
  for (const path of ['/nothing.html', '/desk/notes.txt', '/desk', '/upload']) {
    const { status, headers } = await get(path);
    expect({ path, status }).toEqual({ path, status: 404 });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  }
});

test.each([
  ['evil.example', 421],
  ['127.0.0.1', 421],
  ['127.0.0.1:1', 421],
])('a foreign Host %j is refused', async (host, status) => {
  const { get } = await door();
  expect((await get('/', { host })).status).toBe(status);
});

test.each(['http://evil.example', 'null', 'https://127.0.0.1', 'http://127.0.0.1'])(
  'a foreign Origin %s is refused',
  async (origin) => {
    const { get } = await door();
    expect((await get('/', { origin })).status).toBe(403);
  },
);

test('localhost is ours too, as Host and as Origin', async () => {
  const { get, port } = await door();
  const own = `localhost:${port}`;
  expect((await get('/', { host: own, origin: `http://${own}` })).status).toBe(200);
});

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('%s is refused', async (method) => {
  const { get } = await door();
  expect((await get('/', {}, { method })).status).toBe(405);
});

test.each([
  '/../secret.html',
  '/../renderer-secret.html',
  '/desk/../../secret.html',
  '/%2e%2e/secret.html',
  '/%2e%2e%2fsecret.html',
  '/desk/%2e%2e/%2e%2e/secret.html',
  '/..%5csecret.html',
  '/..\\secret.html',
  '/desk/..%5c..%5csecret.html',
  '//secret.html',
  '/%00/secret.html',
  '/desk/index.html%00.js',
  '/%',
  '/%c0%ae%c0%ae/secret.html',
  '/secret.html',
  '/linked.html',
  '/linked-folder/secret.html',
  'http://evil.example/../secret.html',
])('%s reads nothing outside the renderer’s folder', async (path) => {
  const { get } = await door();
  const { status, text } = await get(path);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(text).not.toContain('secret words');
});

test('an address that is no address is refused, and the host goes on', async () => {
  const { get, port } = await door();
  for (const line of ['GET http:// HTTP/1.1', 'GET //[ HTTP/1.1', 'GET /%zz HTTP/1.1', 'NONSENSE']) {
    expect(await spoken(port, `${line}\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`)).toMatch(
      /^HTTP\/1.1 4/,
    );
  }
  expect((await get('/')).status).toBe(200);
});

test.each([
  ['no token', undefined, 401],
  ['a guessed token', `Bearer ${'x'.repeat(32)}`, 401],
  ['the token without its scheme', tokens.operator, 401],
  ['a wall’s token', `Bearer ${tokens.wall}`, 401],
  ['the desk’s token', `Bearer ${tokens.operator}`, 200],
  ['the tool’s token', `Bearer ${tokens.system}`, 200],
])('an upload with %s is answered %s', async (_, authorization, status) => {
  const { get, uploads } = await door();
  const headers = authorization === undefined ? {} : { authorization };
  const answer = await get('/upload?name=cases.csv', headers, { method: 'POST', body: 'a,b\r\n1,2\r\n' });
  expect(answer.status).toBe(status);
  expect(await readdir(uploads).catch(() => [])).toHaveLength(status === 200 ? 1 : 0);
});

test('a token in the address is none', async () => {
  const { get } = await door();
  expect((await get(`/upload?name=a.csv&token=${tokens.operator}`, {}, { method: 'POST', body: 'x' })).status).toBe(
    401,
  );
});

test.each([
  '../../cases.csv',
  '/etc/cases.csv',
  '..\\..\\cases.csv',
  'C:\\cases.csv',
  '',
  '.',
  '..',
  '案件\u0000.csv',
  'x'.repeat(500),
])('an upload named %j stays in its folder and is read back whole', async (name) => {
  const { get, uploads } = await door();
  const authorization = `Bearer ${tokens.operator}`;
  const path = `/upload?name=${encodeURIComponent(name)}`;
  const { status, text } = await get(path, { authorization }, { method: 'POST', body: '编号\n1\n' });
  expect(status).toBe(200);
  const kept = JSON.parse(text) as { path: string };
  expect(await readdir(uploads)).toHaveLength(1);
  expect(kept.path.startsWith(uploads)).toBe(true);
  expect(await readFile(kept.path, 'utf8')).toBe('编号\n1\n');
});

test.each([
  ['from a foreign page', { origin: 'http://evil.example' }, '/wire'],
  ['without an origin', {}, '/wire'],
  ['under a foreign name', { host: 'evil.example' }, '/wire'],
  ['elsewhere', {}, '/other'],
])('a socket %s is refused', async (what, headers, path) => {
  const { port, connections } = await door();
  const own = `http://127.0.0.1:${port}`;
  const origin = what === 'without an origin' ? {} : { origin: own };
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers: { ...origin, ...headers } });
  const status = await new Promise<number | undefined>((resolve) => {
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode));
    socket.on('error', () => {});
  });
  expect({ status, connections: connections() }).toEqual({ status: 403, connections: 0 });
});

test('upgrades to no address, and clients that hang up at once, do no harm', async () => {
  const { get, port, connections } = await door();
  for (const target of ['//[', 'http://', '/%zz', '*', '/wire/../..']) {
    const own = `127.0.0.1:${port}`;
    const head = `GET ${target} HTTP/1.1\r\nHost: ${own}\r\nOrigin: http://${own}\r\nUpgrade: websocket\r\n`;
    const words = `${head}Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`;
    expect(await spoken(port, words)).toMatch(/^HTTP\/1.1 40/);
    await hungUp(port, words);
  }
  expect({ status: (await get('/')).status, connections: connections() }).toEqual({ status: 200, connections: 0 });
});

test('binds 127.0.0.1 and no other address of this machine', async () => {
  const { port } = await door();
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ address }) => address !== '127.0.0.1')
    .map(({ address, scopeid }) => (scopeid === undefined || scopeid === 0 ? address : null));
  for (const address of ['127.0.0.2', ...others.filter((one) => one !== null)]) {
    expect({ address, reached: await canReach(address, port) }).toEqual({ address, reached: false });
  }
  expect(await canReach('127.0.0.1', port)).toBe(true);
});

test('a port that somebody has is named', async () => {
  const { port } = await door();
  await expect(door(port)).rejects.toThrow(PortTaken);
  await expect(door(port)).rejects.toThrow(String(port));
});

async function door(port = 0) {
  const folder = await temporaryFolder();
  const renderer = join(folder, 'renderer');
  const uploads = join(folder, 'uploads');
  await mkdir(join(renderer, 'desk'), { recursive: true });
  await mkdir(join(renderer, 'assets'));
  await mkdir(join(folder, 'outside'));
  await writeFile(join(renderer, 'desk/index.html'), 'the desk');
  await writeFile(join(renderer, 'desk/notes.txt'), 'of no known type');
  await writeFile(join(renderer, 'assets/app-1234.js'), 'export {};');
  for (const secret of ['secret.html', 'outside/secret.html', 'renderer-secret.html']) {
    await writeFile(join(folder, secret), 'secret words');
  }
  await symlink(join(folder, 'secret.html'), join(renderer, 'linked.html'));
  await symlink(join(folder, 'outside'), join(renderer, 'linked-folder'));
  let connections = 0;
  const server = await startHttpServer({
    ...{ port, tokens, rendererFolder: renderer, uploadFolder: uploads, log: pinoLog('silent') },
    photos: {
      attachments: await openAttachments(join(folder, 'attachments'), { clock: systemClock, isNew: true }),
      components: { read: () => Promise.resolve(null) },
      handles: new Handles(systemClock),
    },
    baseMaps: noBaseMaps,
    onConnection: () => (connections += 1),
  });
  onTestFinished(() => server.close());
  const own = Number(new URL(server.address).port);
  const get = (path: string, headers: Record<string, string> = {}, { method = 'GET', body = '' } = {}) =>
    answered(own, path, headers, method, body);
  return { port: own, uploads, get, connections: () => connections };
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Sends the path as it is written: no client may tidy it up. */
function answered(
  port: number,
  path: string,
  headers: Record<string, string>,
  method: string,
  body: string,
): Promise<Answer> {
  return new Promise((settle, fail) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => (text += piece));
      response.on('end', () => settle({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    asked.on('error', fail);
    asked.end(body);
  });
}

function spoken(port: number, words: string): Promise<string> {
  return new Promise((settle) => {
    const socket = createConnection(port, '127.0.0.1', () => socket.write(words));
    let text = '';
    socket.on('data', (data) => (text += data.toString()));
    socket.on('close', () => settle(text));
    socket.on('error', () => {});
  });
}

/** Says the words and breaks the line off without an end. */
function hungUp(port: number, words: string): Promise<void> {
  return new Promise((settle) => {
    const socket = createConnection(port, '127.0.0.1', () => socket.write(words, () => socket.resetAndDestroy()));
    socket.on('error', () => {});
    socket.on('close', () => settle());
  });
}

function canReach(address: string, port: number): Promise<boolean> {
  return new Promise((settle) => {
    const socket = createConnection(port, address);
    socket.on('connect', () => {
      socket.destroy();
      settle(true);
    });
    socket.on('error', () => settle(false));
  });
}
