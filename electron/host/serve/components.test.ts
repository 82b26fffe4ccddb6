import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { api, type InputOf, type MethodName, type OutputOf } from '#contract/api.ts';
import { unpackComponents } from '#contract/component-file.ts';
import { componentCsv } from '#tests/builders/component-file.ts';
import type { Frames } from '#tests/support/frames.ts';
import { clientOf, hostInProcess, type HostInProcess } from '#tests/support/host-in-process.ts';
import type { Tokens } from './http-server.ts';

const system = { projection: { kind: 'wgs84' as const }, isSwapped: false };

let running: HostInProcess;
let desk: Frames;
let wall: Frames;
beforeAll(async () => {
  running = await hostInProcess();
  desk = await clientOf(running.host, 'in memory', 'operator');
  wall = await clientOf(running.host, 'in memory', 'wall');
});
afterAll(() => running.close());

async function ask<Name extends MethodName>(client: Frames, method: Name, input: InputOf<Name>) {
  client.send({ type: 'call', id: method, method, input });
  const frame = await client.next();
  if (frame.type === 'failure') return { code: frame.error.code, value: null };
  if (frame.type !== 'result') throw new Error(frame.type);
  return { code: null, value: api[method].output.parse(frame.value) as OutputOf<Name> };
}

async function fetched(path: string, kind: keyof Tokens) {
  const { address, tokens } = running.host;
  const answer = await fetch(address + path, { headers: { authorization: `Bearer ${tokens[kind]}` } });
  return { status: answer.status, type: answer.headers.get('content-type'), bytes: await answer.arrayBuffer() };
}

async function imported(rows: number): Promise<string> {
  const path = join(running.folder, 'components.csv');
  await writeFile(path, componentCsv({ rows }));
  const { value } = await ask(desk, 'components.import', { path, system });
  return value?.version ?? '';
}

test('an inventory is fetched once under its handle, by the one who asked, with the policy of every answer', async () => {
  const version = await imported(1_000);
  const path = (await ask(desk, 'components.open', { version })).value?.path ?? '';
  expect((await fetched(path, 'wall')).status).toBe(410);
  const answer = await fetched(path, 'operator');
  expect(answer).toMatchObject({ status: 200, type: 'application/octet-stream' });
  expect(unpackComponents(new Uint8Array(answer.bytes)).count).toBe(1_000);
  expect((await fetched(path, 'operator')).status).toBe(410);
});

test('a wall may draw them and take nothing in or off; both are on record without the name of the file', async () => {
  const version = await imported(3);
  expect((await ask(wall, 'components.list', {})).value?.inventories.map((one) => one.version)).toContain(version);
  const path = (await ask(wall, 'components.open', { version })).value?.path ?? '';
  expect((await fetched(path, 'wall')).status).toBe(200);
  expect(await ask(wall, 'components.withdraw', { version })).toMatchObject({ code: 'forbidden' });
  expect(await ask(wall, 'components.import', { path: '/x', system })).toMatchObject({ code: 'forbidden' });
  await ask(desk, 'components.withdraw', { version });
  const { value } = await ask(desk, 'audit.list', { limit: 4 });
  expect(value?.entries).toMatchObject([
    { act: 'components.withdraw', outcome: 'done' },
    { act: 'components.withdraw', outcome: 'begun', detail: { version } },
    { act: 'components.import', outcome: 'done', detail: { version, rows: '3', accepted: '3', refused: '0' } },
    { act: 'components.import', outcome: 'begun', detail: { dryRun: 'false' } },
  ]);
  expect(JSON.stringify(value)).not.toContain('components.csv');
});

test('one that was taken off, or never was, is not found', async () => {
  const version = await imported(2);
  await ask(desk, 'components.withdraw', { version });
  expect(await ask(desk, 'components.open', { version })).toMatchObject({ code: 'not_found' });
  expect(await ask(desk, 'components.withdraw', { version })).toMatchObject({ code: 'not_found' });
  const never = '20261130T020000000Z-0123456789abcdef';
  expect(await ask(desk, 'components.open', { version: never })).toMatchObject({ code: 'not_found' });
});
