import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '#contract/api.ts';
import { maxPictureBytes } from '#contract/attachments.ts';
import { plus } from '#domain/base/instant.ts';
import { aPicture } from '#tests/builders/pictures.ts';
import { morning } from '#tests/builders/cases.ts';
import type { Frames } from '#tests/support/frames.ts';
import { clientOf, hostInProcess, type HostInProcess } from '#tests/support/host-in-process.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { sendPicture } from '#tests/support/send-picture.ts';
import type { Tokens } from './http-server.ts';
import { Handles } from './handles.ts';
import { principalOf } from './principals.ts';

let running: HostInProcess;
let frames: Frames;
beforeAll(async () => {
  running = await hostInProcess();
  frames = await clientOf(running.host, 'in memory', 'operator');
});
afterAll(() => running.close());

async function call(method: string, input: unknown): Promise<unknown> {
  frames.send({ type: 'call', id: method, method, input });
  const frame = await frames.next();
  return frame.type === 'failure' ? frame.error.code : frame.type === 'result' ? frame.value : frame;
}

async function handle(method: 'attachment.offer' | 'attachment.open', input: unknown): Promise<string> {
  return api[method].output.parse(await call(method, input)).path;
}

async function asked(path: string, init: RequestInit = {}, kind: keyof Tokens | null = 'operator') {
  const { address, tokens } = running.host;
  const headers = kind === null ? {} : { authorization: `Bearer ${tokens[kind]}` };
  const answer = await fetch(address + path, { ...init, headers });
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { status: answer.status, type: answer.headers.get('content-type'), bytes };
}

const put = (path: string, body: Uint8Array<ArrayBuffer>, kind: keyof Tokens | null = 'operator') =>
  asked(path, { method: 'POST', body }, kind);
const codeOf = ({ bytes }: { readonly bytes: Buffer }) => (JSON.parse(bytes.toString()) as { code?: string }).code;

async function stored(picture: Buffer<ArrayBuffer>): Promise<string> {
  const { address, tokens } = running.host;
  const path = await handle('attachment.offer', { size: picture.length });
  return (await sendPicture({ address, token: tokens.operator, path }, picture)).hash;
}

test('a photo goes in under one handle and comes back, byte for byte, under another', async () => {
  const picture = aPicture(10);
  const hash = await stored(picture);
  const answer = await asked(await handle('attachment.open', { hash }));
  expect(answer).toEqual({ status: 200, type: 'image/png', bytes: picture });
});

test('a handle works once, in its own direction, for its own principal', async () => {
  const picture = aPicture(20);
  const offered = await handle('attachment.offer', { size: picture.length });
  expect((await put(offered, picture, null)).status).toBe(401);
  expect(codeOf(await put(offered, picture, 'system'))).toBe('handle_unknown');
  expect(codeOf(await put(offered, picture, 'wall'))).toBe('handle_unknown');
  expect(codeOf(await asked(offered))).toBe('handle_unknown');
  expect((await put(offered, picture)).status).toBe(200);
  expect(codeOf(await put(offered, picture))).toBe('handle_unknown');

  const hash = await stored(picture);
  const opened = await handle('attachment.open', { hash });
  expect(codeOf(await put(opened, picture))).toBe('handle_unknown');
  expect(codeOf(await asked(opened, {}, 'system'))).toBe('handle_unknown');
  expect((await asked(opened)).status).toBe(200);
  expect((await asked(opened)).status).toBe(410);
  expect((await asked('/attachments/guessed')).status).toBe(410);
});

test('a handle that is used later than a minute after it was given is refused', () => {
  const clock = new ManualClock(morning);
  const handles = new Handles(clock);
  const operator = principalOf('operator');
  const handleOf = ({ path }: { readonly path: string }) => path.slice(path.lastIndexOf('/') + 1);
  const given = handles.give({ kind: 'put' }, operator);
  expect(given.expiresAt).toBe(plus(morning, 60_000));
  const other = handles.give({ kind: 'put' }, operator);
  clock.advance(59_999);
  expect(handles.take(handleOf(given), 'put', operator)).toEqual({ kind: 'put' });
  clock.advance(1);
  expect(handles.take(handleOf(other), 'put', operator)).toBeNull();
});

test('of a thousand handles that nobody uses the oldest gives way', () => {
  const handles = new Handles(new ManualClock(morning));
  const operator = principalOf('operator');
  const paths = Array.from({ length: 1_001 }, () => handles.give({ kind: 'put' }, operator).path);
  const isUsable = (path: string | undefined) =>
    handles.take(String(path).slice('/attachments/'.length), 'put', operator) !== null;
  expect([isUsable(paths[0]), isUsable(paths[1]), isUsable(paths.at(-1))]).toEqual([false, true, true]);
});

test('what is too large or no picture is refused with its code, before and while it is sent', async () => {
  expect(await call('attachment.offer', { size: maxPictureBytes + 1 })).toBe('attachment_too_large');
  const large = Buffer.concat([aPicture(), Buffer.alloc(maxPictureBytes)]);
  const tooLarge = await put(await handle('attachment.offer', { size: 10 }), large);
  expect([tooLarge.status, codeOf(tooLarge)]).toEqual([413, 'attachment_too_large']);
  const page = Buffer.from('<!doctype html><script>alert(1)</script>');
  const noPicture = await put(await handle('attachment.offer', { size: page.length }), page);
  expect([noPicture.status, codeOf(noPicture)]).toEqual([415, 'attachment_not_picture']);
});

test('a photo that is missing or damaged is told so when it is opened, and when it is fetched', async () => {
  expect(await call('attachment.open', { hash: 'a'.repeat(64) })).toBe('attachment_missing');
  const hash = await stored(aPicture(30));
  const opened = await handle('attachment.open', { hash });
  await writeFile(join(running.folder, 'data', 'attachments', hash.slice(0, 2), hash.slice(2)), 'other contents');
  expect(await call('attachment.open', { hash })).toBe('attachment_damaged');
  expect(codeOf(await asked(opened))).toBe('attachment_damaged');
});
