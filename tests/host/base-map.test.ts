import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { baseMapPath } from '#contract/base-map.ts';
import { pmtilesOf, shunyi, tilePicture, tilesOver } from '#tests/builders/base-maps.ts';
import { ask } from '#tests/support/filled-folder.ts';
import { clientOf, hostInProcess, type HostInProcess } from '#tests/support/host-in-process.ts';
import { sendPng, TileServer } from '#tests/support/tile-server.ts';

const KEY = 'a-secret-key-of-the-site';
const about = { coordinates: 'cgcs2000', name: '王小明的底图', owner: '测绘院', approvalNumber: '', date: '' } as const;

let running: HostInProcess;
beforeAll(async () => {
  running = await hostInProcess();
});
afterAll(() => running.close());

function get(path: string, token?: string): Promise<Response> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return fetch(`${running.host.address}${path}`, { headers });
}

test('tiles go out to a desk and to a wall, and to nobody without a token', async () => {
  const { host, folder } = running;
  const path = join(folder, 'base.pmtiles');
  await writeFile(path, pmtilesOf({ tiles: tilesOver(shunyi, 8, 9) }));
  const { id } = await ask(host, 'basemap.add', { ...about, source: { kind: 'pmtiles', path } });
  const tile = `${baseMapPath}${id}/8/210/96`;
  for (const token of [host.tokens.operator, host.tokens.wall]) {
    const answer = await get(tile, token);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(Buffer.compare(new Uint8Array(await answer.arrayBuffer()), tilePicture())).toBe(0);
  }
  for (const [asked, status] of [
    [`${baseMapPath}${id}/8/0/0`, 204],
    [`${baseMapPath}0000000000000000/8/210/96`, 404],
    [`${baseMapPath}${id}/8/210`, 404],
    [`${baseMapPath}${id}/8/210/../../../host.json`, 404],
    [`${baseMapPath}%2e%2e/host.json`, 404],
  ] as const) {
    expect([asked, (await get(asked, host.tokens.operator)).status]).toEqual([asked, status]);
  }
  expect((await get(tile)).status).toBe(401);
  expect((await get(tile, 'x'.repeat(43))).status).toBe(401);
  await ask(host, 'basemap.remove', { id });
  expect((await get(tile, host.tokens.operator)).status).toBe(404);
});

test('a key is given out to nobody: not by the list, the record of acts, health, or a backup', async () => {
  const { host, folder } = running;
  const server = new TileServer((_, response) => sendPng(response, tilePicture()));
  await server.start();
  const address = `${server.origin}/img_w/wmts`;
  const source = { kind: 'wmts', address, layer: 'img', style: 'default', matrixSet: 'w', format: 'tiles' } as const;
  const added = { ...about, source: { ...source, minZoom: 1, maxZoom: 18 }, key: KEY };
  const { id } = await ask(host, 'basemap.add', added);
  await server.stop();
  const failing = await get(`${baseMapPath}${id}/12/3373/1551`, host.tokens.operator);
  expect([failing.status, await failing.json()]).toEqual([
    503,
    { code: 'base_map_unusable', detail: { problem: 'server_gone' } },
  ]);
  const audit = await ask(host, 'audit.list', { limit: 10 });
  expect(audit.entries.slice(0, 2)).toMatchObject([
    { act: 'basemap.add', outcome: 'done', detail: { id, kind: 'wmts', zooms: '1-18' } },
    { act: 'basemap.add', outcome: 'begun', actor: 'desk-1', detail: { kind: 'wmts', coordinates: 'cgcs2000' } },
  ]);
  // Its name is free text, which the record does not hold.
  expect(JSON.stringify(audit)).not.toContain('王小明');
  const health = await ask(host, 'health.get', {});
  expect(health.facts.map(({ code }) => code)).toContain('base_map_failing');
  expect(JSON.stringify([audit, health, await ask(host, 'basemap.list', {})])).not.toContain(KEY);

  const backup = join(folder, 'backup');
  await ask(host, 'backup.run', { to: backup });
  const manifest = await readFile(join(backup, 'manifest.json'), 'utf8');
  expect(manifest).toContain(`base-maps/${id}.json`);
  expect(manifest).not.toContain('.key');
  for (const file of await readdir(backup, { recursive: true, withFileTypes: true })) {
    if (file.isFile()) expect(await readFile(join(file.parentPath, file.name), 'latin1')).not.toContain(KEY);
  }
});

test('whoever watches hears at once of a map that comes and goes', async () => {
  const { host, folder } = running;
  const path = join(folder, 'other.pmtiles');
  await writeFile(path, pmtilesOf({ tiles: tilesOver(shunyi, 8, 8) }));
  const wall = await clientOf(host, 'in memory', 'wall');
  wall.send({ type: 'watch', id: 'w', stream: 'basemap.watch', input: {} });
  const first = await wall.next();
  expect(JSON.stringify(first)).not.toContain('other.pmtiles');
  wall.send({ type: 'ack', id: 'w', batch: (first as { batch: number }).batch });
  const { id } = await ask(host, 'basemap.add', { ...about, source: { kind: 'pmtiles', path } });
  expect(JSON.stringify(await wall.next())).toContain(id);
  wall.close();
});
