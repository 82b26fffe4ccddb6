import { mkdir, readdir, readFile, rename, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { BaseMap, BaseMapAdd, BaseMapSource } from '#contract/base-map.ts';
import { HealthRegister } from '#host/health/health-register.ts';
import { pinoLog } from '#host/log/pino-log.ts';
import type { BaseMaps } from '#host/ports/base-maps.ts';
import { mbtilesOf, pmtilesOf, shunyi, tilePicture, tilesOver, writeTileFolder } from '#tests/builders/base-maps.ts';
import { baseMapWorkerFile } from '#tests/support/build-worker.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { untilBaseMap } from '#tests/support/until-base-map.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { LOOK_AGAIN_MS, openBaseMaps } from './base-maps.ts';
import { tileAt } from './tile-source.ts';

const district: [number, number, number, number] = [116.47, 40, 117, 40.3];
const picture = tilePicture();
const tiles = tilesOver(shunyi, 8, 10);
const middle = { zoom: 10, ...tileAt(10, 116.735, 40.15) };

async function opened(folder?: string) {
  const dataFolder = folder ?? (await temporaryFolder());
  const clock = new ManualClock(Date.parse('2026-11-30T09:00:00+08:00'));
  const health = new HealthRegister(clock);
  const options = {
    ...{ folder: dataFolder, workerFile: baseMapWorkerFile, district },
    clock,
    scheduler: clock,
    health,
  };
  const maps = await openBaseMaps({ ...options, log: pinoLog('silent') });
  onTestFinished(() => maps.close());
  return { maps, clock, health, folder: dataFolder };
}

function request(source: BaseMapSource, change: Partial<BaseMapAdd> = {}): BaseMapAdd {
  const about = { name: '测试底图', owner: '测绘院', approvalNumber: '京S(2026)001号', date: '2026-03-01' };
  return { source, coordinates: 'cgcs2000', ...about, ...change };
}

async function taken(maps: BaseMaps, source: BaseMapSource): Promise<BaseMap> {
  const outcome = await maps.add(request(source), 'desk-1');
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value;
}

function inMiddle(maps: BaseMaps, { id }: BaseMap) {
  return maps.tile(id, middle.zoom, middle.column, middle.row);
}

const forms: readonly { readonly kind: string; make(folder: string): Promise<BaseMapSource> }[] = [
  {
    kind: 'PMTiles',
    make: async (folder) => {
      await writeFile(join(folder, 'base.pmtiles'), pmtilesOf({ tiles }));
      return { kind: 'pmtiles', path: join(folder, 'base.pmtiles') };
    },
  },
  {
    kind: 'MBTiles',
    make: async (folder) => {
      await writeFile(join(folder, 'base.mbtiles'), await mbtilesOf(tiles));
      return { kind: 'mbtiles', path: join(folder, 'base.mbtiles') };
    },
  },
  {
    kind: 'a folder of tiles',
    make: async (folder) => {
      await writeTileFolder(join(folder, 'tiles'), tiles);
      return { kind: 'folder', path: join(folder, 'tiles'), rows: 'north' };
    },
  },
];

describe.each(forms)('$kind', ({ make }) => {
  test('is taken, told without its path, and gives the tiles that are in it', async () => {
    const files = await temporaryFolder();
    const { maps, folder } = await opened();
    const source = await make(files);
    const map = await taken(maps, source);
    expect(map).toMatchObject({ minZoom: 8, maxZoom: 10, problem: null, hasKey: false, addedBy: 'desk-1' });
    expect(map).toMatchObject({
      name: '测试底图',
      owner: '测绘院',
      approvalNumber: '京S(2026)001号',
      date: '2026-03-01',
    });
    expect(JSON.stringify(maps.list())).not.toContain(files);
    for (const { zoom, column, row } of tiles) {
      const tile = await maps.tile(map.id, zoom, column, row);
      expect(tile).toMatchObject({ state: 'tile', type: 'image/png' });
      expect(tile.state === 'tile' && Buffer.compare(tile.bytes, picture)).toBe(0);
    }
    for (const [zoom, column, row] of [
      [10, 0, 0],
      [11, 1686, 775],
      [7, 105, 48],
      [10, 1024, 0],
      [-1, -1, -1],
    ] as const) {
      expect(await maps.tile(map.id, zoom, column, row)).toEqual({ state: 'empty' });
    }
    expect(await maps.tile('0000000000000000', 8, 0, 0)).toEqual({ state: 'unknown' });

    const again = await opened(folder);
    expect(again.maps.list()).toEqual(maps.list());
    expect(await inMiddle(again.maps, map)).toMatchObject({ state: 'tile' });
    expect((await again.maps.remove(map.id)).ok).toBe(true);
    expect((await again.maps.remove(map.id)).ok).toBe(false);
    expect(await readdir(folder)).toEqual([]);
    expect((await stat((source as { path: string }).path)).size).toBeGreaterThan(0);
  });

  test('that is taken away is told, and shown again by itself once it is back', async () => {
    const { maps, clock, health } = await opened();
    const source = (await make(await temporaryFolder())) as { path: string } & BaseMapSource;
    const map = await taken(maps, source);
    expect(await inMiddle(maps, map)).toMatchObject({ state: 'tile' });
    await rename(source.path, `${source.path}-away`);
    expect(await inMiddle(maps, map)).toEqual({ state: 'failing', reason: 'missing' });
    expect(maps.list()[0]?.problem).toEqual({ reason: 'missing', since: clock.now() });
    expect(health.list()).toMatchObject([
      { code: 'base_map_failing', severity: 'warning', detail: { name: '测试底图', reason: 'missing' } },
    ]);
    await rename(`${source.path}-away`, source.path);
    clock.advance(LOOK_AGAIN_MS);
    await untilBaseMap(maps, (one) => one?.problem === null);
    expect(health.list()).toEqual([]);
    expect(await inMiddle(maps, map)).toMatchObject({ state: 'tile' });
  });
});

test('a file that was replaced is read anew', async () => {
  const files = await temporaryFolder();
  const { maps } = await opened();
  const other = tilePicture(40);
  for (const [name, make] of [
    ['base.pmtiles', (of: typeof tiles) => Promise.resolve(pmtilesOf({ tiles: of }))],
    ['base.mbtiles', (of: typeof tiles) => mbtilesOf(of)],
  ] as const) {
    const path = join(files, name);
    await writeFile(path, await make(tiles));
    const map = await taken(maps, { kind: name === 'base.pmtiles' ? 'pmtiles' : 'mbtiles', path });
    expect(await inMiddle(maps, map)).toMatchObject({ state: 'tile' });
    await writeFile(path, await make([...tilesOver(shunyi, 8, 10, other), ...tilesOver(shunyi, 11, 11, other)]));
    const tile = await inMiddle(maps, map);
    expect(tile.state === 'tile' && Buffer.compare(tile.bytes, other)).toBe(0);
  }
});

test('a damaged tile is told, the rest goes on, and a mended file clears it', async () => {
  const files = await temporaryFolder();
  const { maps, clock, health } = await opened();
  const path = join(files, 'base.pmtiles');
  const whole = pmtilesOf({ tiles });
  await writeFile(path, whole);
  const map = await taken(maps, { kind: 'pmtiles', path });
  const damaged = Buffer.from(whole);
  const at = damaged.lastIndexOf(picture.subarray(0, 8)) + 60;
  damaged[at] = (damaged[at] ?? 0) ^ 0x55;
  await writeFile(path, damaged);
  const states = new Map<string, number>();
  for (const { zoom, column, row } of tiles) {
    const { state } = await maps.tile(map.id, zoom, column, row);
    states.set(state, (states.get(state) ?? 0) + 1);
  }
  expect(states).toEqual(
    new Map([
      ['tile', tiles.length - 1],
      ['failing', 1],
    ]),
  );
  expect(maps.list()[0]?.problem?.reason).toBe('damaged_tile');
  expect(health.list()).toMatchObject([{ detail: { reason: 'damaged_tile' } }]);
  await writeFile(path, whole);
  clock.advance(LOOK_AGAIN_MS);
  await untilBaseMap(maps, (one) => one?.problem === null);
  expect(health.list()).toEqual([]);
});

test('every byte of header and directory may be wrong: told, or another tile, never a crash', async () => {
  const files = await temporaryFolder();
  const { maps } = await opened();
  const path = join(files, 'base.pmtiles');
  const whole = pmtilesOf({ tiles: tilesOver(shunyi, 8, 8) });
  const place = { zoom: 8, ...tileAt(8, 116.735, 40.15) };
  const known = new Set<string>();
  for (let at = 0; at < 200; at += 1) {
    const damaged = Buffer.from(whole);
    damaged[at] = (damaged[at] ?? 0) ^ 0x55;
    await writeFile(path, damaged);
    const outcome = await maps.add(request({ kind: 'pmtiles', path }), 'desk-1');
    if (outcome.ok) {
      known.add((await maps.tile(outcome.value.id, place.zoom, place.column, place.row)).state);
      await maps.remove(outcome.value.id);
    } else {
      expect(outcome.error.code).toBe('base_map_unusable');
      known.add(String(outcome.error.detail['problem']));
    }
  }
  expect(known).toContain('unreadable');
});

describe('refused, with the reason', () => {
  test.each(['gcj02', 'bd09'] as const)('declared as %s', async (coordinates) => {
    const { maps, folder } = await opened();
    const given = request({ kind: 'pmtiles', path: '/nowhere' }, { coordinates });
    const system = coordinates === 'gcj02' ? 'GCJ-02' : 'BD-09';
    expect(await maps.add(given, 'desk-1')).toMatchObject({
      error: { code: 'base_map_shifted', detail: { system } },
    });
    expect(await readdir(folder)).toEqual([]);
  });

  test('files that are no base map of pictures over the district', async () => {
    const files = await temporaryFolder();
    const { maps, folder } = await opened();
    const far = [2, 48, 3, 49] as const;
    const contents: Readonly<Record<string, Uint8Array | string>> = {
      'vector.pmtiles': pmtilesOf({ tiles, tileType: 1 }),
      'avif.pmtiles': pmtilesOf({ tiles, tileType: 5 }),
      'elsewhere.pmtiles': pmtilesOf({ tiles: tilesOver(far, 8, 8), bounds: far }),
      'beside.pmtiles': pmtilesOf({ tiles: tilesOver(far, 8, 8) }),
      'words.pmtiles': 'no archive at all',
      'empty.pmtiles': '',
      'geodetic.mbtiles': await mbtilesOf(tiles, { crs: 'EPSG:4326' }),
      'vector.mbtiles': await mbtilesOf(tiles, { format: 'pbf' }),
      'none.mbtiles': await mbtilesOf([]),
      'words.mbtiles': 'no database at all, but long enough to be looked at as one',
    };
    const expected: Readonly<Record<string, string>> = {
      ...{ 'vector.pmtiles': 'vector', 'avif.pmtiles': 'unreadable', 'elsewhere.pmtiles': 'elsewhere' },
      ...{ 'beside.pmtiles': 'elsewhere', 'words.pmtiles': 'unreadable', 'empty.pmtiles': 'unreadable' },
      ...{ 'geodetic.mbtiles': 'other_matrix', 'vector.mbtiles': 'vector', 'none.mbtiles': 'no_tiles' },
      ...{ 'words.mbtiles': 'unreadable' },
    };
    for (const [name, content] of Object.entries(contents)) {
      await writeFile(join(files, name), content);
      const kind = name.endsWith('.pmtiles') ? 'pmtiles' : 'mbtiles';
      const outcome = await maps.add(request({ kind, path: join(files, name) }), 'desk-1');
      expect([name, outcome.ok ? null : outcome.error.detail['problem']]).toEqual([name, expected[name]]);
    }
    await writeFile(join(files, 'large.mbtiles'), '');
    await truncate(join(files, 'large.mbtiles'), 256 * 1024 * 1024 + 1);
    for (const [source, problem] of [
      [{ kind: 'mbtiles', path: join(files, 'large.mbtiles') }, 'too_large'],
      [{ kind: 'mbtiles', path: join(files, 'gone.mbtiles') }, 'missing'],
      [{ kind: 'pmtiles', path: join(files, 'gone.pmtiles') }, 'missing'],
      [{ kind: 'pmtiles', path: files }, 'missing'],
      [{ kind: 'folder', path: join(files, 'gone'), rows: 'north' }, 'missing'],
      [{ kind: 'folder', path: files, rows: 'north' }, 'no_tiles'],
    ] as const) {
      expect(await maps.add(request(source), 'desk-1')).toMatchObject({ error: { detail: { problem } } });
    }
    expect(await readdir(folder)).toEqual([]);
    expect(maps.list()).toEqual([]);
  });
});

test('of a folder nothing outside is read, wherever a link leads; rows may be counted from the south', async () => {
  const files = await temporaryFolder();
  const { maps } = await opened();
  const south = join(files, 'south');
  const { zoom, column, row } = middle;
  await mkdir(join(south, String(zoom), String(column)), { recursive: true });
  await writeFile(join(south, String(zoom), String(column), `${2 ** zoom - 1 - row}.png`), picture);
  await writeFile(join(files, 'secret.png'), picture);
  await symlink(join(files, 'secret.png'), join(south, String(zoom), String(column), '5.png'));
  const map = await taken(maps, { kind: 'folder', path: south, rows: 'south' });
  expect(await inMiddle(maps, map)).toMatchObject({ state: 'tile' });
  expect(await maps.tile(map.id, zoom, column, 2 ** zoom - 1 - 5)).toEqual({ state: 'empty' });
});

test('a registration or a key that was changed is told, and no other map suffers', async () => {
  const files = await temporaryFolder();
  const { maps, folder } = await opened();
  await writeFile(join(files, 'base.pmtiles'), pmtilesOf({ tiles }));
  const source = { kind: 'pmtiles', path: join(files, 'base.pmtiles') } as const;
  const [first, second] = [await taken(maps, source), await maps.add(request(source, { name: '另一幅' }), 'desk-1')];
  const text = await readFile(join(folder, `${first.id}.json`), 'utf8');
  await writeFile(join(folder, `${first.id}.json`), text.replace('测绘院', '测绘队'));
  const again = await opened(folder);
  expect(again.health.list()).toMatchObject([{ code: 'base_map_damaged', detail: { id: first.id } }]);
  expect(again.maps.list()).toEqual([second.ok ? second.value : null]);
  expect((await again.maps.remove(first.id)).ok).toBe(true);
  expect(again.health.list()).toEqual([]);
});

test('no room on the disk: refused, and nothing is left', async () => {
  const files = await temporaryFolder();
  const { maps, folder } = await opened();
  await rm(folder, { recursive: true });
  await writeFile(folder, 'a file where the folder should be');
  await writeFile(join(files, 'base.pmtiles'), pmtilesOf({ tiles }));
  const outcome = await maps.add(request({ kind: 'pmtiles', path: join(files, 'base.pmtiles') }), 'desk-1');
  expect(outcome).toMatchObject({ ok: false, error: { code: 'unavailable', detail: { part: 'base_maps' } } });
  expect(maps.list()).toEqual([]);
});
