import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { BaseMap, BaseMapAdd, BaseMapSource } from '#contract/base-map.ts';
import { HealthRegister } from '#host/health/health-register.ts';
import { pinoLog } from '#host/log/pino-log.ts';
import type { BaseMaps } from '#host/ports/base-maps.ts';
import { tilePicture } from '#tests/builders/base-maps.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { untilBaseMap } from '#tests/support/until-base-map.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { sendPng, TileServer, type TileAnswer } from '#tests/support/tile-server.ts';
import { LOOK_AGAIN_MS, MISSES_IN_A_ROW, openBaseMaps } from './base-maps.ts';

const picture = tilePicture();
const KEY = 'a-secret-key-of-the-site';
const good: TileAnswer = (_, response) => sendPng(response, picture);

async function opened(folder?: string) {
  const dataFolder = folder ?? (await temporaryFolder());
  const clock = new ManualClock(Date.parse('2026-11-30T09:00:00+08:00'));
  const health = new HealthRegister(clock);
  const maps = await openBaseMaps({
    ...{ folder: dataFolder, workerFile: '/none', district: [116.47, 40, 117, 40.3], log: pinoLog('silent') },
    ...{ clock, scheduler: clock, health },
  });
  onTestFinished(() => maps.close());
  return { maps, clock, health, folder: dataFolder };
}

async function serving(answer: TileAnswer = good): Promise<TileServer> {
  const server = new TileServer(answer);
  await server.start();
  onTestFinished(() => server.stop());
  return server;
}

/** As 天地图 has it. */
function wmts(origin: string, change: object = {}): BaseMapSource {
  return {
    ...{ kind: 'wmts', address: `${origin}/img_w/wmts`, minZoom: 1, maxZoom: 18 },
    ...{ layer: 'img', style: 'default', matrixSet: 'w', format: 'tiles', ...change },
  };
}

function xyz(address: string): BaseMapSource {
  return { kind: 'xyz', address, minZoom: 1, maxZoom: 18 };
}

function request(source: BaseMapSource, change: Partial<BaseMapAdd> = {}): BaseMapAdd {
  const about = { name: '影像', owner: '', approvalNumber: '', date: '' as const };
  return { source, coordinates: 'cgcs2000', ...about, ...change };
}

async function taken(maps: BaseMaps, source: BaseMapSource, key?: string): Promise<BaseMap> {
  const outcome = await maps.add(request(source, key === undefined ? {} : { key }), 'desk-1');
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value;
}

async function problemOf(maps: BaseMaps, source: BaseMapSource, key?: string): Promise<string> {
  const outcome = await maps.add(request(source, key === undefined ? {} : { key }), 'desk-1');
  if (outcome.ok) return 'taken';
  return outcome.error.detail['problem'] ?? outcome.error.detail['system'] ?? outcome.error.code;
}

test('a WMTS is asked as 天地图 wants it, and the key is nowhere but in its own file and in the request', async () => {
  const server = await serving();
  const { maps, folder } = await opened();
  const map = await taken(maps, wmts(server.origin), KEY);
  expect(await maps.tile(map.id, 12, 3373, 1551)).toMatchObject({ state: 'tile', type: 'image/png' });
  const asked = server.asked.at(-1);
  expect(asked?.pathname).toBe('/img_w/wmts');
  expect(Object.fromEntries(asked?.searchParams ?? [])).toEqual({
    ...{ SERVICE: 'WMTS', REQUEST: 'GetTile', VERSION: '1.0.0', LAYER: 'img', STYLE: 'default' },
    ...{ TILEMATRIXSET: 'w', FORMAT: 'tiles', TILEMATRIX: '12', TILEROW: '1551', TILECOL: '3373', tk: KEY },
  });
  expect(map).toMatchObject({ hasKey: true, kind: 'wmts', place: new URL(server.origin).host });
  expect(JSON.stringify(maps.list())).not.toContain(KEY);
  const names = (await readdir(folder)).toSorted();
  expect(names).toEqual([`.${map.id}.key`, `${map.id}.json`]);
  expect(await readFile(join(folder, `${map.id}.json`), 'utf8')).not.toContain(KEY);
});

test('an XYZ address that was pasted with its key keeps it as secret', async () => {
  const server = await serving();
  const { maps, folder } = await opened();
  const map = await taken(maps, xyz(`${server.origin}/DataServer?T=img_w&x={x}&y={y}&l={z}&tk=${KEY}`));
  expect(map).toMatchObject({ hasKey: true });
  expect(await readFile(join(folder, `${map.id}.json`), 'utf8')).not.toContain(KEY);
  await maps.tile(map.id, 12, 3373, 1551);
  const asked = server.asked.at(-1);
  expect(`${asked?.pathname}${asked?.search}`).toBe(`/DataServer?T=img_w&x=3373&y=1551&l=12&tk=${KEY}`);
  const again = await opened(folder);
  expect(await again.maps.tile(map.id, 12, 3373, 1551)).toMatchObject({ state: 'tile' });
});

test('without its key file, as after a restore, a map says so and asks nothing', async () => {
  const server = await serving();
  const { maps, folder } = await opened();
  const map = await taken(maps, wmts(server.origin), KEY);
  await rm(join(folder, `.${map.id}.key`));
  const again = await opened(folder);
  const before = server.asked.length;
  expect(await again.maps.tile(map.id, 12, 3373, 1551)).toEqual({ state: 'failing', reason: 'key_missing' });
  expect(again.health.list()).toMatchObject([{ detail: { reason: 'key_missing' } }]);
  again.clock.advance(10 * LOOK_AGAIN_MS);
  expect(server.asked.length).toBe(before);
});

describe('refused before anything is asked', () => {
  test.each([
    ['ftp://127.0.0.1/{z}/{x}/{y}.png', 'bad_address'],
    ['file:///etc/{z}/{x}/{y}', 'bad_address'],
    ['127.0.0.1/{z}/{x}/{y}.png', 'bad_address'],
    ['http://127.0.0.1/{z}/{x}.png', 'bad_address'],
    ['http://{s}.tiles.local/{z}/{x}/{y}.png', 'bad_address'],
    ['http://name:word@127.0.0.1/{z}/{x}/{y}.png', 'bad_address'],
    ['http://127.0.0.1/{z}/{x}/{y}.png?tk={key}', 'key_missing'],
    ['https://webrd01.is.autonavi.com/appmaptile?x={x}&y={y}&z={z}', 'GCJ-02'],
    ['https://rt0.map.gtimg.com/tile?z={z}&x={x}&y={y}', 'GCJ-02'],
    ['https://online1.map.bdimg.com/tile/?x={x}&y={y}&z={z}', 'BD-09'],
  ])('%s: %s', async (address, problem) => {
    const { maps } = await opened();
    expect(await problemOf(maps, xyz(address))).toBe(problem);
  });

  test.each(['c', 'img_c', 'EPSG:4326', 'EPSG:4490', 'CRS84'])('matrix set %s, in degrees', async (matrixSet) => {
    const server = await serving();
    const { maps } = await opened();
    expect(await problemOf(maps, wmts(server.origin, { matrixSet }), KEY)).toBe('geographic');
    expect(server.asked).toEqual([]);
  });
});

describe('only the declared address is asked, and only pictures come through', () => {
  test('a redirect is not followed, at registration or later', async () => {
    const secret = await serving();
    const server = await serving((_, response) => response.writeHead(302, { Location: `${secret.origin}/x` }).end());
    const { maps } = await opened();
    expect(await problemOf(maps, xyz(`${server.origin}/{z}/{x}/{y}.png`))).toBe('redirected');
    server.answer = good;
    const map = await taken(maps, xyz(`${server.origin}/{z}/{x}/{y}.png`));
    server.answer = (_, response) => response.writeHead(307, { Location: `${secret.origin}/x` }).end();
    expect(await maps.tile(map.id, 12, 3373, 1551)).toEqual({ state: 'failing', reason: 'redirected' });
    expect(secret.asked).toEqual([]);
  });

  test.each<[string, string, TileAnswer]>([
    ['a page of the intranet', 'not_a_picture', (_, r) => r.writeHead(200, { 'Content-Type': 'image/png' }).end('<p>')],
    ['half a picture', 'not_a_picture', (_, r) => r.writeHead(200).end(picture.subarray(0, picture.length - 9))],
    ['more than a tile', 'not_a_picture', (_, r) => r.writeHead(200).end(Buffer.alloc(5 * 1024 * 1024, picture))],
    ['an error', 'bad_status', (_, r) => r.writeHead(500).end('secret words')],
    ['no right', 'key_refused', (_, r) => r.writeHead(403).end()],
    ['nothing anywhere', 'no_tiles', (_, r) => r.writeHead(404).end()],
    ['a broken line', 'server_gone', (_, r) => r.destroy()],
  ])('%s: %s', async (_, problem, answer) => {
    const server = await serving(answer);
    const { maps } = await opened();
    expect(await problemOf(maps, wmts(server.origin), KEY)).toBe(problem);
    expect(maps.list()).toEqual([]);
  });

  test('no cookies, no referrer, no authorization are sent', async () => {
    const headers: string[] = [];
    const server = await serving((_, response, request) => {
      headers.push(...Object.keys(request.headers));
      sendPng(response, picture);
    });
    const { maps } = await opened();
    await taken(maps, wmts(server.origin), KEY);
    expect(headers.filter((name) => /cookie|authorization|referer|origin/.test(name))).toEqual([]);
  });
});

test('a server that goes is told at once, is left alone but for a look now and then, and is shown again once back', async () => {
  const server = await serving();
  const { maps, clock, health } = await opened();
  const map = await taken(maps, wmts(server.origin), KEY);
  await server.stop();
  expect(await maps.tile(map.id, 12, 3373, 1551)).toEqual({ state: 'failing', reason: 'server_gone' });
  expect(health.list()).toMatchObject([{ code: 'base_map_failing', detail: { reason: 'server_gone' } }]);
  expect(JSON.stringify(health.list())).not.toContain(KEY);
  const before = server.asked.length;
  await server.start();
  // Not asked by the page's tiles, of which there are many; the look finds it.
  expect(await maps.tile(map.id, 12, 3373, 1551)).toEqual({ state: 'failing', reason: 'server_gone' });
  expect(server.asked.length).toBe(before);
  clock.advance(LOOK_AGAIN_MS);
  await untilBaseMap(maps, (one) => one?.problem === null);
  expect(health.list()).toEqual([]);
  expect(await maps.tile(map.id, 12, 3373, 1551)).toMatchObject({ state: 'tile' });
});

test('a look that fails otherwise tells the other reason', async () => {
  const server = await serving();
  const { maps, clock } = await opened();
  const map = await taken(maps, wmts(server.origin), KEY);
  server.answer = (_, response) => response.destroy();
  await maps.tile(map.id, 12, 3373, 1551);
  server.answer = (_, response) => response.writeHead(403).end();
  clock.advance(LOOK_AGAIN_MS);
  await untilBaseMap(maps, (one) => one?.problem?.reason === 'key_refused');
  server.answer = good;
  clock.advance(LOOK_AGAIN_MS);
  await untilBaseMap(maps, (one) => one?.problem === null);
});

test('one bad tile does not stop the others', async () => {
  const server = await serving();
  const { maps, health } = await opened();
  const map = await taken(maps, xyz(`${server.origin}/{z}/{x}/{y}.png`));
  server.answer = (url, response) =>
    url.pathname === '/12/3373/1551.png' ? response.writeHead(500).end() : sendPng(response, picture);
  expect(await maps.tile(map.id, 12, 3373, 1551)).toEqual({ state: 'failing', reason: 'bad_status' });
  expect(await maps.tile(map.id, 12, 3374, 1551)).toMatchObject({ state: 'tile' });
  expect(health.list()).toHaveLength(1);
  server.answer = good;
  expect(await maps.tile(map.id, 12, 3373, 1551)).toMatchObject({ state: 'tile' });
  expect(health.list()).toEqual([]);
});

test('a few tiles that are not there are the edge of a map; many in a row are a fault', async () => {
  const server = await serving();
  const { maps, health, clock } = await opened();
  const map = await taken(maps, xyz(`${server.origin}/{z}/{x}/{y}.png`));
  server.answer = (_, response) => response.writeHead(404).end();
  for (let count = 1; count <= MISSES_IN_A_ROW; count += 1) {
    expect(health.list()).toEqual([]);
    expect(await maps.tile(map.id, 12, 3373 + count, 1551)).toEqual({ state: 'empty' });
  }
  expect(health.list()).toMatchObject([{ detail: { reason: 'no_tiles' } }]);
  server.answer = good;
  clock.advance(LOOK_AGAIN_MS);
  await untilBaseMap(maps, (one) => one?.problem === null);
});
