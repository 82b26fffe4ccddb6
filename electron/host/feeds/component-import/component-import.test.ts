import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { componentAt, unpackComponents } from '#contract/component-file.ts';
import type { ComponentImport, ComponentReport } from '#contract/components.ts';
import type { ImportProgress } from '#contract/imports.ts';
import { fromWgs84, type CoordinateSystem } from '#domain/grid/coordinates/coordinate-system.ts';
import { openComponents } from '#host/components/component-files.ts';
import { defaultDistrict, loadDistrict } from '#host/district/load-district.ts';
import { readPoints } from '#host/district/formats/read-points.ts';
import { HealthRegister } from '#host/health/health-register.ts';
import { loadClassTable } from '#host/tables/class-table.ts';
import { componentCsv, componentGeoJson, madeComponents } from '#tests/builders/component-file.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { createComponentImport } from './component-import.ts';

const wgs84: CoordinateSystem = { projection: { kind: 'wgs84' }, isSwapped: false };
const resources = resolve(import.meta.dirname, '../../../../resources');

const { areas } = await loadDistrict(defaultDistrict(resources));

async function opened() {
  const folder = await temporaryFolder();
  const clock = new ManualClock(Date.parse('2026-11-30T02:00:00Z'));
  const store = await openComponents(join(folder, 'components'), new HealthRegister(clock));
  const classes = await loadClassTable(join(resources, 'tables'));
  const imports = createComponentImport({
    ...{ store, readPoints, clock, folder: join(folder, 'imports'), newId: () => '1', classes: () => classes },
    areas: () => areas,
  });
  const run = async (content: string | Buffer, change: Partial<ComponentImport> = {}): Promise<ComponentReport> => {
    const path = join(folder, 'given');
    await writeFile(path, content);
    const outcome = await imports.run({ path, system: wgs84, dryRun: false, ...change });
    if (!outcome.ok) throw new Error(`${outcome.error.code} ${JSON.stringify(outcome.error.detail)}`);
    return outcome.value;
  };
  const kept = async (version: string | null) => {
    const columns = unpackComponents((await store.read(version ?? '')) ?? new Uint8Array());
    return Array.from({ length: columns.count }, (_, at) => componentAt(columns, at));
  };
  return { folder, store, imports, run, kept };
}

test('a CSV file of an office is kept as it was, also in GB18030', async () => {
  const { run, kept } = await opened();
  const report = await run(componentCsv({ rows: 3_000 }));
  expect(report).toMatchObject({ format: 'csv', rows: 3_000, accepted: 3_000, refusedCount: 0, refusedFile: null });
  expect(report.columns).toEqual({
    id: '部件标识码',
    name: '部件名称',
    unit: '权属单位名称',
    lon: '经度',
    lat: '纬度',
  });
  expect(report.classes).toEqual({ '01001': 1_000, '01002': 1_000, '01037': 1_000 });
  expect(await kept(report.version)).toEqual(madeComponents({ rows: 3_000 }));
});

test('GeoJSON of points gives the same', async () => {
  const { run, kept } = await opened();
  const report = await run(componentGeoJson({ rows: 500 }));
  expect(report).toMatchObject({ format: 'geojson', rows: 500, accepted: 500, refusedCount: 0 });
  expect(await kept(report.version)).toEqual(madeComponents({ rows: 500 }));
});

test('bad rows are refused with row, field and reason, kept with their cells, and cost no other', async () => {
  const { run, kept } = await opened();
  const [good, other] = madeComponents({ rows: 2 });
  const rows = [
    `${good?.id},井盖,,116.65,40.13`,
    '123,井盖,,116.65,40.13',
    `${good?.id},又一次,,116.65,40.13`,
    `${other?.id},井盖,,,40.13`,
    `${other?.id},井盖,,139.7,35.6`,
    `${other?.id},井盖`,
    `${other?.id},路灯,张三 13812345678,116.66,40.14`,
    '11011399999000001,新部件,,116.65,40.13',
  ];
  const report = await run(['标识码,名称,权属单位,经度,纬度', ...rows, ''].join('\n'));
  expect(report).toMatchObject({ rows: 8, accepted: 3, refusedCount: 5, warningCount: 1 });
  expect(report.refused.map(({ row, field, reason }) => `${row} ${field} ${reason}`)).toEqual([
    '3 id component_id',
    '4 id id_repeated',
    '5 lon position_unreadable',
    '6 lon outside_district',
    '7 row field_count',
  ]);
  expect(report.warnings).toEqual([{ row: 9, field: 'id', reason: 'class_unknown', value: '99999' }]);
  expect((await kept(report.version)).map(({ name }) => name)).toEqual(['井盖', '路灯', '新部件']);
  const text = await readFile(report.refusedFile ?? '', 'utf8');
  expect(text.split('\r\n')[1]).toBe('123,井盖,,116.65,40.13,3,id,component_id');
  expect(text.trim().split('\r\n')).toHaveLength(6);
});

test('a class column that says another class is refused; features that are no points are named by their number', async () => {
  const { run } = await opened();
  const [first] = madeComponents({ rows: 1 });
  const report = await run(`标识码,小类代码,x,y\n${first?.id},02001,116.65,40.13\n`);
  expect(report).toMatchObject({ accepted: 0, version: null, refused: [{ reason: 'class_mismatch', value: '02001' }] });
  const features = [
    { type: 'Feature', properties: { id: first?.id }, geometry: { type: 'Polygon', coordinates: [] } },
    { type: 'Feature', properties: { id: first?.id }, geometry: { type: 'Point', coordinates: ['a', 1] } },
    { type: 'Feature', properties: { id: first?.id }, geometry: { type: 'Point', coordinates: [116.65, 40.13] } },
    7,
  ];
  const json = await run(JSON.stringify({ type: 'FeatureCollection', features }));
  expect(json.refused.map(({ row, reason }) => `${row} ${reason}`)).toEqual([
    '1 not_a_point',
    '2 position_unreadable',
    '4 feature_unreadable',
  ]);
  expect(json.accepted).toBe(1);
});

test.each([
  ['gcj02', { projection: { kind: 'gcj02' }, isSwapped: false }],
  ['bd09', { projection: { kind: 'bd09' }, isSwapped: false }],
  [
    'a strip of CGCS2000, northing first',
    {
      projection: { kind: 'gauss-kruger', centralMeridian: 117, zone: 39 },
      isSwapped: true,
    },
  ],
] as const)('coordinates in %s come out within centimetres', async (_, system) => {
  const { run, kept } = await opened();
  const [made] = madeComponents({ rows: 1 });
  const [x, y] = fromWgs84(system, [made?.lon ?? 0, made?.lat ?? 0]);
  const report = await run(`标识码,横坐标,纵坐标\n${made?.id},${x},${y}\n`, { system });
  const [found] = await kept(report.version);
  expect(found?.lon).toBeCloseTo(made?.lon ?? 0, 6);
  expect(found?.lat).toBeCloseTo(made?.lat ?? 0, 6);
});

test('a try-out keeps nothing and writes no file', async () => {
  const { run, store } = await opened();
  const report = await run(`${componentCsv({ rows: 3 })}bad,,,,\n`, { dryRun: true });
  expect(report).toMatchObject({ accepted: 3, refusedCount: 1, refusedFile: null, version: null, isDryRun: true });
  expect(store.list()).toEqual([]);
});

test('a file without ids or coordinates, or none at all, is said to be that', async () => {
  const { folder, run, imports } = await opened();
  await expect(run('名称,经度,纬度\n井盖,116.65,40.13\n')).rejects.toThrow('bad_mapping {"field":"id"');
  await expect(run('标识码,名称\n1,2\n')).rejects.toThrow('bad_mapping {"field":"lon"');
  await expect(run('{"type":"FeatureCollection","features":[]}')).rejects.toThrow('bad_mapping');
  await expect(run('')).rejects.toThrow('file_unreadable');
  const outcome = await imports.run({ path: join(folder, 'none'), system: wgs84, dryRun: false });
  expect(outcome).toMatchObject({ ok: false, error: { code: 'file_unreadable' } });
});

test('one at a time', async () => {
  const { folder, imports } = await opened();
  const path = join(folder, 'given.csv');
  await writeFile(path, componentCsv({ rows: 100 }));
  const first = imports.run({ path, system: wgs84, dryRun: true });
  expect(await imports.run({ path, system: wgs84, dryRun: true })).toMatchObject({
    error: { code: 'import_running', detail: { importId: 'components-1' } },
  });
  expect(await first).toMatchObject({ ok: true });
});

describe('progress and cancel', () => {
  const contents = { csv: componentCsv({ rows: 40_000 }), geojson: componentGeoJson({ rows: 40_000 }) };

  test.each(['csv', 'geojson'] as const)('%s: progress goes up to the whole file, and ends as done', async (format) => {
    const { imports, run } = await opened();
    const told: ImportProgress[] = [];
    onTestFinished(imports.onProgress((progress) => told.push(progress)));
    const { importId } = await run(contents[format]);
    const shares = told.map(({ share }) => share);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(new Set(shares).size).toBeGreaterThan(3);
    // Before the first row: somebody who cancels at once must be able to name it.
    expect(told[0]).toMatchObject({ importId, kind: 'components', file: 'given', state: 'running', rows: 0, share: 0 });
    expect(told.at(-1)).toMatchObject({ state: 'done', rows: 40_000, accepted: 40_000, refused: 0, share: 1 });
    expect(imports.list()).toEqual([told.at(-1)]);
  });

  test.each(['csv', 'geojson'] as const)(
    '%s: a cancelled import keeps nothing, and can be run again',
    async (format) => {
      const { imports, run, store } = await opened();
      const stop = imports.onProgress(({ importId, rows }) => rows > 0 && imports.cancel(importId));
      const first = await run(contents[format]);
      stop();
      expect(first).toMatchObject({ isCancelled: true, version: null });
      expect(first.rows).toBeLessThan(40_000);
      expect([imports.list().at(-1)?.state, store.list()]).toEqual(['cancelled', []]);
      expect(await run(contents[format])).toMatchObject({ isCancelled: false, accepted: 40_000 });
      expect(store.list()).toHaveLength(1);
    },
  );

  test('what runs when the host closes is stopped, and nothing runs any more', async () => {
    const { folder, imports, store } = await opened();
    const path = join(folder, 'large');
    await writeFile(path, contents.csv);
    const outcome = imports.run({ path, system: wgs84, dryRun: false });
    await imports.close();
    expect(await outcome).toMatchObject({ ok: true, value: { isCancelled: true, version: null } });
    expect(await imports.run({ path, system: wgs84, dryRun: false })).toMatchObject({
      error: { code: 'unavailable' },
    });
    expect(store.list()).toEqual([]);
  });
});
