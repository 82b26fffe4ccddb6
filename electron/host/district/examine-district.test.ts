import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  geoJsonOf,
  geoPackageOf,
  shapefileMembers,
  zipOf,
  type PlainFeature,
} from '#tests/builders/district-formats.ts';
import { fromWgs84, type CoordinateSystem, type Projection } from '#domain/grid/coordinates/coordinate-system.ts';
import { openForeignTables } from '#host/projection/foreign-tables.ts';
import {
  examineDistrict,
  readDistrict,
  type DistrictExamination,
  type ExaminationProgress,
} from './examine-district.ts';
import { defaultDistrict, loadDistrict } from './load-district.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'examine-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const { areas: known } = await loadDistrict(defaultDistrict(resolve(import.meta.dirname, '../../../resources')));
/** The three coarser levels; the finest is covered by the tests of the domain. */
const some = known.district.levels.slice(0, 3).flat();

function featuresIn(system: CoordinateSystem): readonly PlainFeature[] {
  return some.map(({ code, name, polygons }) => ({
    properties: { code, name },
    polygons: polygons.map((rings) => rings.map((ring) => ring.map((position) => fromWgs84(system, position)))),
  }));
}

async function examine(
  content: string | Uint8Array,
  given: { readonly system?: CoordinateSystem; readonly abortAt?: ExaminationProgress['phase'] } = {},
): Promise<{ readonly found: DistrictExamination | null; readonly progress: readonly ExaminationProgress[] }> {
  const file = join(folder, 'district');
  await writeFile(file, content);
  const stop = new AbortController();
  const progress: ExaminationProgress[] = [];
  const onProgress = (step: ExaminationProgress) => {
    progress.push(step);
    if (step.phase === given.abortAt) stop.abort();
  };
  const read = await readDistrict(file, { signal: stop.signal, openTables: openForeignTables, onProgress });
  if (read === null) return { found: null, progress };
  const system = given.system ?? null;
  const found = await examineDistrict(read, { signal: stop.signal, known, system, columns: null, onProgress });
  return { found, progress };
}

const straight = (projection: Projection): CoordinateSystem => ({ projection, isSwapped: false });
const clean = { problems: [], ignored: { count: 0, squareMetres: 0 } };

describe('the default district comes back clean, whatever it is sent in', () => {
  test.each([
    [
      'a GBK Shapefile in GCJ-02 without .cpg and .prj',
      straight({ kind: 'gcj02' }),
      'gb18030',
      (features: readonly PlainFeature[]) => zipOf(shapefileMembers(features, { layer: '网格', encoding: 'gbk' })),
    ],
    [
      'GeoJSON in BD-09',
      straight({ kind: 'bd09' }),
      'utf-8',
      (features: readonly PlainFeature[]) => geoJsonOf(features),
    ],
    [
      'a GeoPackage in zone 39 with northing first',
      { projection: { kind: 'gauss-kruger', centralMeridian: 117, zone: 39 }, isSwapped: true } as const,
      'utf-8',
      (features: readonly PlainFeature[]) => geoPackageOf(features, { layer: 'net', system: 4527 }),
    ],
  ])('%s', async (_, system, encoding, write) => {
    const { found, progress } = await examine(await write(featuresIn(system)));
    expect(found).toMatchObject({
      features: some.length,
      problems: [],
      problemCount: 0,
      layers: [{ encoding }],
      system,
    });
    expect(found?.diagnosis.verdict).toMatchObject({ kind: 'fits', system });
    expect(found?.levels.map(({ areas, report }) => [areas.length, report])).toEqual([
      [1, clean],
      [30, clean],
      [629, clean],
    ]);
    expect(progress.some(({ phase }) => phase === 'reading')).toBe(true);
    expect(progress.filter(({ phase }) => phase === 'checking')).toHaveLength(3);
  });
});

test('what is wrong is told by level, with places in the codes given', async () => {
  const features = featuresIn(straight({ kind: 'wgs84' }));
  const spoiled = features
    .toSpliced(40, 1)
    .with(5, { ...required(features[5]), properties: { code: some[4]?.code ?? '', name: '' } });
  const { found } = await examine(geoJsonOf(spoiled));
  const [, townships, villages] = found?.levels ?? [];
  const twice = townships?.report.problems.find(({ kind }) => kind === 'duplicate-code');
  expect(twice?.areas.map((index) => townships?.areas[index]?.code)).toEqual([some[4]?.code, some[4]?.code]);
  const gap = villages?.report.problems.find(({ kind }) => kind === 'gap');
  expect(known.path(some[40]?.code ?? '').map(({ code }) => code)).toContain(gap?.parents[0]);
  expect(villages?.report.problems.filter(({ kind }) => kind === 'unknown-parent').length).toBeGreaterThan(0);
});

test('one code of another length is a bad code, not a level of its own', async () => {
  const features = featuresIn(straight({ kind: 'wgs84' }));
  const bad = features.with(100, { ...required(features[100]), properties: { code: '11', name: '' } });
  const { found } = await examine(geoJsonOf(bad));
  expect(found?.levels.map(({ areas }) => areas.length)).toEqual([1, 30, 629]);
  const kinds = found?.levels[2]?.report.problems.map(({ kind }) => kind);
  expect(kinds?.toSorted()).toEqual(['bad-code-length', 'missing-name', 'unknown-parent']);
});

test('another district is not guessed at: no system, no check, until a person says so', async () => {
  const far = featuresIn(straight({ kind: 'wgs84' })).map(({ properties, polygons }, index) => ({
    properties: { ...properties, code: `9${index}` },
    polygons: polygons.map((rings) => rings.map((ring) => ring.map(([lon, lat]) => [lon - 3, lat] as const))),
  }));
  const { found } = await examine(geoJsonOf(far));
  expect(found).toMatchObject({ system: null, levels: [], diagnosis: { verdict: { reason: 'too-far' } } });
  const confirmed = await examine(geoJsonOf(far), { system: straight({ kind: 'gcj02' }) });
  expect(confirmed.found?.system).toEqual(straight({ kind: 'gcj02' }));
  expect(confirmed.found?.levels.length).toBeGreaterThan(0);
});

test('a cancelled examination gives nothing', async () => {
  const content = geoJsonOf(featuresIn(straight({ kind: 'wgs84' })));
  expect((await examine(content, { abortAt: 'reading' })).found).toBeNull();
  expect((await examine(content, { abortAt: 'checking' })).found).toBeNull();
});

function required<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('the district has as many areas');
  return value;
}
