import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { isRelayRequest, relayToHost } from './host-relay.ts';

/** A host's door that notes what it was asked and answers with a picture. */
async function door() {
  const asked: { method: string; path: string; authorization: string; body: string }[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { method = '', url: path = '', headers } = request;
      asked.push({ method, path, authorization: headers.authorization ?? '', body });
      response.writeHead(200, { 'Content-Type': 'image/png', 'X-Secret': 'of the host' }).end('picture');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => new Promise((resolve) => server.close(resolve));
  onTestFinished(async () => void (await close()));
  const { port } = server.address() as AddressInfo;
  return { asked, close, url: `http://127.0.0.1:${port}/#token=operator-token` };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

const address = 'app://grid-command/attachments/handle-1';

test('a photo goes to the host under its handle, with the operator’s token, which the page never has', async () => {
  const { asked, url } = await door();
  const page = new Request(address, { method: 'POST', body: 'bytes', headers: { authorization: 'Bearer forged' } });
  const answer = await relayToHost(page, url);
  expect(await answer.text()).toBe('picture');
  expect(asked).toEqual([
    { method: 'POST', path: '/attachments/handle-1', authorization: 'Bearer operator-token', body: 'bytes' },
  ]);
});

test('a photo comes back with its type, and with none of the door’s other headers', async () => {
  const { url } = await door();
  const answer = await relayToHost(new Request(address), url);
  expect(Object.fromEntries(answer.headers)).toEqual({
    'content-type': 'image/png',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
});

test('while no host is ready, or one has just ended, the answer says so', async () => {
  const { url, close } = await door();
  await close();
  for (const hostUrl of [null, url]) {
    const answer = await relayToHost(new Request(address), hostUrl);
    expect([answer.status, await answer.json()]).toEqual([503, { code: 'unavailable', detail: { part: 'host' } }]);
  }
});

test('no other method passes', async () => {
  const { asked, url } = await door();
  expect((await relayToHost(new Request(address, { method: 'PUT', body: 'x' }), url)).status).toBe(405);
  expect(asked).toEqual([]);
});

test.each([
  [address, true],
  ['app://grid-command/desk/index.html', false],
  ['app://grid-command/desk/../attachments/x', true],
  ['app://elsewhere/attachments/x', false],
  ['https://grid-command/attachments/x', false],
  ['app://grid-command/base-maps/0123456789abcdef/11/1686/775', true],
  ['nonsense', false],
])('%s is relayed: %s', (asked, expected) => {
  expect(isRelayRequest(asked)).toBe(expected);
});
