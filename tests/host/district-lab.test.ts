import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InputOf, MethodName, OutputOf } from '#contract/api.ts';
import type { DistrictProgress, DistrictReport } from '#contract/district.ts';
import { fromWgs84, type CoordinateSystem } from '#domain/grid/coordinates/coordinate-system.ts';
import type { Area } from '#domain/grid/district.ts';
import { dayOf } from '#domain/reference/day.ts';
import { instant } from '#domain/base/instant.ts';
import { defaultDistrict, loadDistrict } from '#host/district/load-district.ts';
import {
  geoJsonOf,
  geoPackageOf,
  shapefileMembers,
  topoJsonOf,
  zipOf,
  type PlainFeature,
} from '#tests/builders/district-formats.ts';
import { districtFile } from '#tests/builders/district-file.ts';
import { largeBytes, writeLargeDistrict } from '#tests/builders/large-district-file.ts';
import { redrawnDistrict } from '#tests/builders/redrawn-district.ts';
import { aReportInput } from '#tests/builders/wire.ts';
import { factsOf, runVerify, startHost, type HostProcess } from '#tests/support/start-host.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const { areas: known } = await loadDistrict(defaultDistrict(resolve(import.meta.dirname, '../../resources')));
/** The three coarser levels: 1, 30 and 629 areas. */
const net = known.district.levels.slice(0, 3).flat();
const straight = (projection: CoordinateSystem['projection']): CoordinateSystem => ({ projection, isSwapped: false });
const wgs84 = straight({ kind: 'wgs84' });

function featuresOf(areas: readonly Area[], system: CoordinateSystem): readonly PlainFeature[] {
  return areas.map(({ code, name, polygons }) => ({
    properties: { code, name },
    polygons: polygons.map((rings) => rings.map((ring) => ring.map((position) => fromWgs84(system, position)))),
  }));
}

let host: HostProcess;
beforeAll(async () => {
  host = await startHost({ args: ['--no-simulate'] });
});
afterAll(() => host.stop());

async function ask<Name extends MethodName>(
  method: Name,
  input: InputOf<Name>,
  of: HostProcess = host,
): Promise<OutputOf<Name>> {
  const outcome = await of.call(method, input);
  if (!outcome.ok) throw new Error(`${method}: ${JSON.stringify(outcome.error)}`);
  return outcome.value;
}

async function examined(content: string | Uint8Array, name = 'district'): Promise<DistrictReport> {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, content);
  return ask('district.examine', { path });
}

const zone39 = { projection: { kind: 'gauss-kruger', centralMeridian: 117, zone: 39 }, isSwapped: true } as const;

describe('the district comes back clean through the worker of a real host, in whatever it is sent', () => {
  test.each([
    ['GeoJSON in BD-09', straight({ kind: 'bd09' }), (features: readonly PlainFeature[]) => geoJsonOf(features)],
    ['TopoJSON', wgs84, (features: readonly PlainFeature[]) => topoJsonOf(features, 'net')],
    [
      'a GBK Shapefile in GCJ-02 without .cpg',
      straight({ kind: 'gcj02' }),
      (features: readonly PlainFeature[]) => zipOf(shapefileMembers(features, { layer: '网格', encoding: 'gbk' })),
    ],
    [
      'a GeoPackage in zone 39, northing first',
      zone39,
      (features: readonly PlainFeature[]) => geoPackageOf(features, { layer: 'net', system: 4527 }),
    ],
  ])('%s', async (_, system, write) => {
    const report = await examined(await write(featuresOf(net, system)));
    expect(report).toMatchObject({ system, verdict: { kind: 'fits' }, fileProblems: [], reportFile: null });
    expect(report.levels.map(({ areas, counts }) => [areas, counts])).toEqual([
      [1, []],
      [30, []],
      [629, []],
    ]);
    const [first, second] = report.candidates;
    expect(first?.meanMetres).toBeLessThan(10);
    // A strip that carries its number leaves no other to be compared with.
    if (system === zone39) expect(report.candidates).toHaveLength(1);
    else expect((second?.meanMetres ?? 0) - (first?.meanMetres ?? 0)).toBeGreaterThan(150);
  });
});

test('an area without a code, and one with a garbled name, are told by their numbers in the file', async () => {
  const features = featuresOf(net, wgs84);
  const [uncoded, garbled] = [features.length - 1, features.length - 2];
  const planted = features.map((feature, index): PlainFeature => {
    if (index === uncoded) return { ...feature, properties: { ...feature.properties, code: '', name: '无码村' } };
    if (index === garbled) return { ...feature, properties: { ...feature.properties, name: '\uFFFD\uFFFD村' } };
    return feature;
  });
  const { levels, reportFile } = await examined(geoJsonOf(planted));
  const told = (kind: string) =>
    levels.flatMap(({ problems }) => problems.filter((problem) => problem.kind === kind).map((one) => one.features));
  expect(told('missing-code')).toEqual([[{ layer: '', number: uncoded + 1, name: '无码村' }]]);
  expect(told('garbled-name')).toEqual([[{ layer: '', number: garbled + 1, name: '\uFFFD\uFFFD村' }]]);
  const rows = (await readFile(reportFile ?? '', 'utf8')).split('\r\n');
  expect(rows.find((row) => row.includes('missing-code'))).toContain(`3,${uncoded + 1},missing-code`);
});

test('planted faults: each is found, told where, drawn, and kept in the report; nothing else', async () => {
  const villages = known.district.levels[2] ?? [];
  const [townships, features] = [known.district.levels[1] ?? [], featuresOf(net, wgs84)];
  const placeOf = (area: Area | undefined) => features.findIndex(({ properties }) => properties['code'] === area?.code);
  const [gone, doubled, stray, crossed] = [villages[10], villages[200], villages[300], villages[400]];
  const elsewhere = townships.find(({ code }) => code !== stray?.parent);
  const planted = features.flatMap((feature, index): readonly PlainFeature[] => {
    if (index === placeOf(gone)) return [];
    if (index === placeOf(doubled)) return [feature, { ...feature, properties: { code: '110113999999', name: '重' } }];
    const parent = net[index]?.parent ?? null;
    const properties = { ...feature.properties, parent: index === placeOf(stray) ? (elsewhere?.code ?? '') : parent };
    const polygons = index === placeOf(crossed) ? crossing(feature.polygons) : feature.polygons;
    return [{ properties, polygons }];
  });
  const report = await examined(geoJsonOf(planted));
  const found = report.levels[2]?.problems ?? [];
  const of = (kind: string) => found.filter((problem) => problem.kind === kind);
  expect(report.levels.slice(0, 2).map(({ counts }) => counts)).toEqual([[], []]);
  expect(new Set(found.map(({ kind }) => kind))).toEqual(
    new Set(['unknown-parent', 'bad-code-prefix', 'self-crossing', 'outside-parent', 'overlap', 'gap']),
  );
  /** Places are exact to a millimetre. */
  const hair = 1e-7;
  const isIn = (area: Area | undefined, at: readonly [number, number] | null) => {
    const [west, south, east, north] = area?.bounds ?? [0, 0, 0, 0];
    return at !== null && Math.min(at[0] - west, east - at[0], at[1] - south, north - at[1]) > -hair;
  };
  const places = (kind: string, area: Area | undefined) => of(kind).filter(({ at }) => isIn(area, at));
  expect(places('gap', gone)[0]?.parents).toEqual([gone?.parent]);
  expect(places('overlap', doubled)[0]?.areas).toEqual([doubled?.code, '110113999999']);
  expect(of('outside-parent').map(({ areas }) => areas)).toEqual([[stray?.code]]);
  expect(of('bad-code-prefix').map(({ areas }) => areas)).toEqual([[stray?.code]]);
  expect(of('self-crossing').every(({ areas }) => areas[0] === crossed?.code)).toBe(true);
  expect(places('self-crossing', crossed).length).toBeGreaterThan(0);

  const { examinationId } = report;
  const gap = places('gap', gone)[0];
  const place = await ask('district.place', { examinationId, level: 3, problem: gap?.index ?? -1 });
  expect(place.rings.flat().length).toBeGreaterThan(3);
  expect(place.rings.flat().every((position) => isIn(gone, position))).toBe(true);
  expect(await host.call('district.place', { examinationId, level: 3, problem: 99_999 })).toMatchObject({
    error: { code: 'not_found' },
  });
  const kept = await readFile(report.reportFile ?? '', 'utf8');
  expect(kept.split('\r\n').length - 2).toBe(found.length);
  expect(kept).toContain('110113999999');
});

describe('what cannot be read is told by feature and reason, and costs no other feature', () => {
  const features = featuresOf(net.slice(0, 31), wgs84);

  test('a feature of GeoJSON', async () => {
    const broken = geoJsonOf(features).replace('"MultiPolygon"', '"Point"');
    const report = await examined(broken);
    expect(report).toMatchObject({ features: 30, fileProblems: [{ feature: 1, reason: 'not-an-area' }] });
    expect(await readFile(report.reportFile ?? '', 'utf8')).toContain('not-an-area');
  });

  test('a Shapefile without its table, a GeoPackage that is cut off, a drawing', async () => {
    const members = shapefileMembers(features, { layer: 'net', encoding: 'gbk' });
    const shapefile = await examined(zipOf(members.filter(({ name }) => !name.endsWith('.dbf'))), 'net.zip');
    expect(shapefile.fileProblems.map(({ reason }) => reason)).toContain('missing-part');
    const whole = await geoPackageOf(features, { layer: 'net', system: 4490 });
    const cut = await examined(whole.subarray(0, whole.length / 2), 'net.gpkg');
    expect(cut.fileProblems.map(({ reason }) => reason)).toContain('damaged');
    const drawing = await examined('0\nSECTION\n', 'net.dxf');
    expect(drawing.fileProblems.map(({ reason }) => reason)).toEqual(['unknown-format']);
    expect(drawing).toMatchObject({ system: null, levels: [] });
  });

  test('a file that is not there', async () => {
    const outcome = await host.call('district.examine', { path: '/no/such/district.geojson' });
    expect(outcome).toMatchObject({ error: { code: 'file_unreadable', detail: { problem: 'ENOENT' } } });
  });
});

test('a large file tells how far it is, is cancelled half-way, and the host answers meanwhile', async () => {
  const path = join(await temporaryFolder(), 'large.geojson');
  await writeLargeDistrict(path);
  const told: DistrictProgress[] = [];
  const stop = host.client.watch(
    'district.watch',
    {},
    {
      reset: () => {},
      failed: () => {},
      apply: (items) => {
        told.push(...items);
        const half = items.find(({ state, share }) => state === 'reading' && share > 0.02);
        if (half !== undefined) void host.call('district.cancel', { examinationId: half.examinationId });
      },
    },
  );
  const examining = ask('district.examine', { path });
  expect(await host.call('district.examine', { path })).toMatchObject({ error: { code: 'examination_running' } });
  expect(await ask('health.get', {})).toMatchObject({ journal: { isReadOnly: false } });
  const report = await examining;
  stop();
  expect(report).toMatchObject({ isCancelled: true, features: 0, levels: [] });
  const reading = told.filter(
    ({ examinationId, state }) => examinationId === report.examinationId && state === 'reading',
  );
  expect(reading.some(({ bytes, totalBytes }) => bytes > 0 && totalBytes > largeBytes)).toBe(true);
  expect(reading.every(({ share }) => share < 0.9)).toBe(true);
  const { examinationId } = report;
  expect(await ask('district.cancel', { examinationId })).toEqual({ isCancelled: false });
  expect(await host.call('district.tryOut', { examinationId })).toMatchObject({ error: { code: 'examination_gone' } });
  expect((await examined(geoJsonOf(featuresOf(net.slice(0, 31), wgs84)))).features).toBe(31);
});

test('redrawn grids: tried out, accepted, in force at once and after a restart; cases keep the grid of their time', async () => {
  const folder = await temporaryFolder();
  const [base, redrawn] = [join(folder, 'base.geojson'), join(folder, 'redrawn.geojson')];
  await writeFile(base, districtFile());
  await writeFile(redrawn, redrawnDistrict());
  const start = () => startHost({ dataFolder: join(folder, 'data'), args: ['--no-simulate', '--district', base] });
  let own = await start();
  const report = async (lon: number) => (await ask('case.report', { ...aReportInput(), lon, lat: 40.5 }, own)).caseId;
  const gridOf = async (id: string) => (await ask('case.get', { id }, own)).gridCode;
  const [stays, moves, orphan] = [await report(116.2), await report(116.6), await report(117.7)];
  expect([await gridOf(stays), await gridOf(moves), await gridOf(orphan)]).toEqual(['9111', '9112', '9212']);

  const { examinationId, levels } = await ask('district.examine', { path: redrawn, system: wgs84 }, own);
  expect(levels[3]?.counts.find(({ kind }) => kind === 'gap')?.count).toBe(1);
  const { levels: changed } = await ask('district.difference', { examinationId }, own);
  expect(changed.map(({ level, counts }) => [level, counts])).toEqual([
    [1, []],
    [2, []],
    [3, []],
    [
      4,
      [
        { kind: 'gone', count: 1 },
        { kind: 'moved', count: 2 },
      ],
    ],
  ]);
  const moved = changed[3]?.changes.filter(({ kind }) => kind === 'moved') ?? [];
  expect(moved.map(({ before, after }) => [before[0]?.code, after[0]?.code])).toEqual([
    ['9111', '9111'],
    ['9112', '9112'],
  ]);
  const changing = { examinationId, level: 4, change: moved[0]?.index ?? -1 };
  const ground = await ask('district.changePlace', changing, own);
  expect(ground.at?.[0]).toBeGreaterThan(116.5);
  expect(ground.areas.map(({ code }) => code)).toEqual(['9111', '9111']);
  expect(await own.call('district.changePlace', { ...changing, change: 99 })).toMatchObject({
    error: { code: 'not_found' },
  });
  const tried = await ask('district.tryOut', { examinationId, days: 30 }, own);
  expect(tried).toMatchObject({ cases: 3, moved: 2, movedOpen: 2, orphanCount: 1, isCut: false });
  expect(tried.orphans).toMatchObject([{ id: orphan, from: '9212', isOpen: true }]);
  expect(tried.grids.map(({ code, before, after }) => [code, before?.cases, after?.cases])).toEqual([
    ['9111', 1, 2],
    ['9112', 1, 0],
    ['9211', 0, 0],
    ['9212', 1, undefined],
  ]);

  const today = dayOf(instant(Date.now()));
  const accepting = { examinationId, name: '测试区', note: '区划调整' };
  const late = await own.call('district.accept', { ...accepting, effectiveFrom: '2020-01-01' });
  expect(late).toMatchObject({ error: { code: 'effective_day', detail: { today } } });
  const waiting = await ask('district.accept', { ...accepting, effectiveFrom: '2099-01-01' }, own);
  const due = await ask(
    'district.accept',
    { ...accepting, effectiveFrom: today, approvalNumber: '京S(2026)001号' },
    own,
  );
  const states = async () =>
    (await ask('district.versions', {}, own)).versions.map(({ version, state }) => [version, state]);
  // Its day has begun: the running host changes over, while reports go on coming in.
  const meanwhile: string[] = [];
  while ((await states())[1]?.[1] !== 'in_force') meanwhile.push(await report(116.6));
  expect((await ask('health.get', {}, own)).district).toBe(`${due.version}.geojson`);
  expect(await gridOf(await report(116.6))).toBe('9111');
  const grids = await Promise.all(meanwhile.map(gridOf));
  const first = grids.indexOf('9111');
  const expected = grids.map((_, at) => (first >= 0 && at >= first ? '9111' : '9112'));
  expect(grids, 'none is lost, and none comes back to the net before').toEqual(expected);
  const present = async (id: string) => (await ask('case.get', { id }, own)).presentGridCode;
  expect([await gridOf(moves), await present(moves)], 'its own grid, and that of its place now').toEqual([
    '9112',
    '9111',
  ]);
  expect([await gridOf(orphan), await present(orphan)]).toEqual(['9212', null]);
  expect((await ask('district.get', {}, own)).former.map(({ code }) => code)).toEqual(['9212']);
  const { levels: summary } = await ask('grid.summary', {}, own);
  expect(summary.map(({ count }) => count)).toEqual([1, 2, 2, 3]);
  await own.stop();

  own = await start();
  expect(await states()).toEqual([
    [waiting.version, 'waits'],
    [due.version, 'in_force'],
    ['base.geojson', 'past'],
  ]);
  expect(factsOf(await ask('health.get', {}, own)).map(({ code }) => code)).not.toContain('district_due');
  expect(await gridOf(await report(116.6))).toBe('9111');
  expect([await gridOf(moves), await gridOf(orphan)]).toEqual(['9112', '9212']);
  const map = await ask('district.get', {}, own);
  expect(map).toMatchObject({ isSchematic: false, approvalNumber: '京S(2026)001号', source: 'redrawn.geojson' });
  expect(map.former.map(({ code, name }) => [code, name])).toEqual([['9212', '西村第二网格']]);

  expect(await own.call('district.withdraw', { version: due.version })).toMatchObject({
    error: { code: 'version_in_force' },
  });
  expect((await ask('district.withdraw', { version: waiting.version }, own)).versions).toHaveLength(2);
  const { entries } = await ask('audit.list', { limit: 50 }, own);
  const done = entries.filter(({ outcome }) => outcome !== 'begun').map(({ act, outcome }) => `${act} ${outcome}`);
  expect(done.toReversed()).toEqual([
    ...['district.examine done', 'district.accept refused', 'district.accept done', 'district.accept done'],
    ...['district.withdraw refused', 'district.withdraw done'],
  ]);
  await own.stop();

  const backup = join(folder, 'backup');
  own = await start();
  await ask('backup.run', { to: backup }, own);
  await own.stop();
  const { files } = JSON.parse(await readFile(join(backup, 'manifest.json'), 'utf8')) as {
    readonly files: readonly { readonly path: string }[];
  };
  expect(files.map(({ path }) => path)).toEqual(
    expect.arrayContaining([`districts/${due.version}.geojson`, `districts/withdrawn/${waiting.version}.geojson`]),
  );
  expect(await readdir(join(folder, 'data', 'districts'))).toEqual([`${due.version}.geojson`, 'withdrawn']);
  expect((await runVerify([join(folder, 'data')])).stdout).toContain('versions of the district: 2');
});

/** Its first ring with two corners exchanged, so that two of its sides cross. */
function crossing(polygons: PlainFeature['polygons']): PlainFeature['polygons'] {
  const [[ring = [], ...holes] = [], ...others] = polygons;
  const [first, second] = [ring[1], ring[2]];
  if (first === undefined || second === undefined) throw new Error('a ring has four corners');
  return [[ring.with(1, second).with(2, first), ...holes], ...others];
}
