import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  dbfOf,
  geoJsonOf,
  geoPackageOf,
  shapefileMembers,
  shpFile,
  shpOf,
  shpRecord,
  topoJsonOf,
  zipOf,
  type PlainFeature,
} from '#tests/builders/district-formats.ts';
import { openForeignTables } from '#host/projection/foreign-tables.ts';
import { defaultDistrict, loadDistrict } from '../load-district.ts';
import { defaultFileLimits, type FileFeature, type FileItem, type FileLimits, type LayerHead } from './file-feature.ts';
import { readDistrictFile } from './read-district-file.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'formats-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

interface Read {
  readonly features: readonly FileFeature[];
  readonly heads: readonly LayerHead[];
  /** `feature reason: detail` each. */
  readonly problems: readonly string[];
  readonly progress: readonly number[];
}

let files = 0;

async function fileOf(content: string | Uint8Array, extension = ''): Promise<string> {
  files += 1;
  const file = join(folder, `${files}${extension}`);
  await writeFile(file, content);
  return file;
}

async function readAll(file: string, limits: FileLimits = defaultFileLimits): Promise<Read> {
  const items: FileItem[] = [];
  const { signal } = new AbortController();
  for await (const item of readDistrictFile(file, { signal, openTables: openForeignTables, limits })) items.push(item);
  const problems = items.flatMap((item) => (item.kind === 'problem' ? [item.problem] : []));
  for (const problem of problems) expect(problem.file).toBe(file);
  return {
    features: items.flatMap((item) => (item.kind === 'feature' ? [item.feature] : [])),
    heads: items.flatMap((item) => (item.kind === 'layer' ? [item.head] : [])),
    problems: problems.map(({ feature, reason, detail }) => `${feature ?? 'file'} ${reason}: ${detail}`),
    progress: items.flatMap((item) => (item.kind === 'progress' ? [item.bytes / item.totalBytes] : [])),
  };
}

const read = async (content: string | Uint8Array, extension?: string): Promise<Read> =>
  readAll(await fileOf(content, extension));

const shunyi = await loadDistrict(defaultDistrict(resolve(import.meta.dirname, '../../../../resources')));
const district: readonly PlainFeature[] = shunyi.areas.district.levels.flat().map((area) => ({
  properties: { code: area.code, name: area.name, level: String(area.level), parent: area.parent },
  polygons: area.polygons,
}));

const square = (west: number, south: number, size: number): readonly (readonly [number, number])[] => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];
const few: readonly PlainFeature[] = [
  { properties: { code: '01', name: '仁和镇' }, polygons: [[square(0, 0, 9), square(1, 1, 2).toReversed()]] },
  {
    properties: { code: '02', name: '𠮷家营、䶮' },
    polygons: [[square(10, 0, 3)], [square(20, 0, 3), square(21, 1, 1).toReversed()]],
  },
  { properties: { code: '03', name: '甲'.repeat(30) }, polygons: [[square(30, 0, 3)]] },
];
const gbkFew = few.map((feature, index) =>
  index === 1 ? { ...feature, properties: { code: '02', name: '联通' } } : feature,
);

/** Rings may begin anywhere; polygons and holes may be in another order. */
function normal(features: readonly PlainFeature[] | readonly FileFeature[]): unknown {
  return features.map(({ properties, polygons }) => ({
    code: properties['code'],
    name: properties['name'],
    polygons: sorted(
      polygons.map((rings) => sorted(rings.map((ring) => sorted(ring.slice(1).map(String)).join(' '))).join(';')),
    ),
  }));
}

describe('each format gives back what was written', () => {
  test.each([
    ['GeoJSON', () => geoJsonOf(district), 'geojson'],
    [
      'GeoJSON lines',
      () => district.map((feature) => JSON.stringify(JSON.parse(geoJsonOf([feature])).features[0])).join('\n'),
      'geojson',
    ],
    ['TopoJSON', () => topoJsonOf(district, 'all'), 'topojson'],
    [
      'Shapefile in UTF-8',
      () => zipOf(shapefileMembers(district, { layer: '网格', encoding: 'utf-8', cpg: 'UTF-8' })),
      'shapefile',
    ],
    [
      'Shapefile in GBK without .cpg',
      () => zipOf(shapefileMembers(district, { layer: 'grid', encoding: 'gbk' })),
      'shapefile',
    ],
    ['GeoPackage', () => geoPackageOf(district, { layer: '网格', system: 4490 }), 'geopackage'],
  ] as const)('%s, the whole default district', async (_, make, format) => {
    const { features, heads, problems, progress } = await read(await make());
    expect(problems).toEqual([]);
    expect(heads).toMatchObject([{ format }]);
    expect(normal(features)).toEqual(normal(district));
    expect(features.map(({ number }) => number)).toEqual(district.map((_feature, index) => index + 1));
    expect(progress.at(-1)).toBe(1);
    expect(progress.toSorted((a, b) => a - b)).toEqual(progress);
  });

  test('the file that ships, with a layer for each of its objects', async () => {
    const { file } = defaultDistrict(resolve(import.meta.dirname, '../../../../resources'));
    const { features, heads, problems } = await readAll(file);
    expect(problems).toEqual([]);
    expect(heads.map(({ layer }) => layer)).toEqual(['l1', 'l2', 'l3', 'l4']);
    expect(features).toHaveLength(2_659);
  });

  test('holes, several parts, characters beyond the first plane', async () => {
    const inAll = await Promise.all([
      read(geoJsonOf(few)),
      read(topoJsonOf(few, 'all')),
      read(zipOf(shapefileMembers(few, { layer: 'a', encoding: 'utf-8', cpg: 'utf8' }))),
      geoPackageOf(few, { layer: 'a', system: 4326 }).then((bytes) => read(bytes)),
    ]);
    const expected = few.map((feature, index) =>
      index === 2 ? { ...feature, properties: { code: '03', name: '甲'.repeat(20) } } : feature,
    );
    for (const [index, { features, problems }] of inAll.entries()) {
      expect(problems).toEqual([]);
      // A Shapefile's text field has 60 bytes here.
      expect(normal(features)).toEqual(normal(index === 2 ? expected : few));
    }
  });
});

test('a zip file with several Shapefiles in folders, whatever the case of their names, is several layers', async () => {
  const under = (path: string, layer: string) =>
    shapefileMembers(few, { layer, encoding: 'utf-8' }).map(({ name, bytes }) => ({ name: `${path}${name}`, bytes }));
  const loud = under('网格/', '街道').map(({ name, bytes }) => ({ name: name.replace('.shp', '.SHP'), bytes }));
  const shadow = under('__MACOSX/a/', '._grid');
  const { features, heads, problems, progress } = await read(zipOf([...loud, ...under('a/', 'grid'), ...shadow]));
  expect(problems).toEqual([]);
  expect(heads.map(({ layer }) => layer)).toEqual(['街道', 'grid']);
  expect(features.map(({ layer, number }) => `${layer} ${number}`)).toEqual([
    ...['街道 1', '街道 2', '街道 3'],
    ...['grid 1', 'grid 2', 'grid 3'],
  ]);
  expect(progress.at(-1)).toBe(1);
});

describe('the encoding of a Shapefile', () => {
  test.each([
    ['GBK without .cpg', { encoding: 'gbk' }, 'gb18030'],
    ['GBK with .cpg', { encoding: 'gbk', cpg: 'GBK\r\n' }, 'gb18030'],
    ['GBK by number', { encoding: 'gbk', cpg: '936' }, 'gb18030'],
    ['GBK by the head of its table', { encoding: 'gbk', codePage: 0x4d }, 'gb18030'],
    ['UTF-8 without .cpg, a text cut inside a character', { encoding: 'utf-8' }, 'utf-8'],
    ['UTF-8 with .cpg', { encoding: 'utf-8', cpg: 'UTF-8' }, 'utf-8'],
  ] as const)('%s', async (_, options, encoding) => {
    const { features, heads, problems } = await read(zipOf(shapefileMembers(gbkFew, { layer: 'a', ...options })));
    expect(problems).toEqual([]);
    expect(heads).toMatchObject([{ encoding }]);
    expect(features.map(({ properties }) => properties['name'])).toEqual([
      '仁和镇',
      '联通',
      '甲'.repeat(encoding === 'utf-8' ? 20 : 30),
    ]);
  });

  test('a .cpg that lies is told, and the names are right', async () => {
    const { features, problems } = await read(
      zipOf(shapefileMembers(gbkFew, { layer: 'a', encoding: 'gbk', cpg: 'UTF-8' })),
    );
    expect(problems).toEqual(['file encoding: its .cpg says UTF-8, but its texts are not; they were read as GB18030']);
    expect(features[0]?.properties['name']).toBe('仁和镇');
  });
});

describe('what a file says of its coordinates', () => {
  const strip = (centralMeridian: number, zone: number | null): unknown => ({
    projection: { kind: 'gauss-kruger', centralMeridian, zone },
    isSwapped: false,
  });
  const wgs84 = { projection: { kind: 'wgs84' }, isSwapped: false };
  const projected = (datum: string, falseEasting: string, scale = '1.0'): string =>
    `PROJCS["CGCS2000_3_Degree_GK_Zone_39",GEOGCS["GCS",DATUM["${datum}",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",${falseEasting}],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",117.0],PARAMETER["Scale_Factor",${scale}],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]`;

  test.each([
    ['GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137,298.257223563]]]', wgs84],
    [
      'GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]]]',
      wgs84,
    ],
    [projected('D_China_2000', '39500000.0'), strip(117, 39)],
    [projected('D_China_2000', '20500000.0'), strip(117, 20)],
    [projected('D_China_2000', '500000.0'), strip(117, null)],
    [projected('D_China_2000', '40500000.0'), null],
    [projected('D_WGS_1984', '500000.0', '0.9996'), null],
    [projected('D_Beijing_1954', '39500000.0'), null],
    [
      'PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984"]],PROJECTION["Mercator_Auxiliary_Sphere"]]',
      null,
    ],
    ['nonsense', null],
  ])('.prj %#', async (prj, system) => {
    const { heads } = await read(zipOf(shapefileMembers(few, { layer: 'a', encoding: 'utf-8', prj })));
    expect(heads[0]?.stated?.system).toEqual(system);
  });

  test.each([
    ['urn:ogc:def:crs:OGC:1.3:CRS84', wgs84],
    ['urn:ogc:def:crs:EPSG::4490', wgs84],
    ['EPSG:4527', strip(117, 39)],
    ['EPSG:3857', null],
  ])('GeoJSON "crs" %s', async (name, system) => {
    const crs = { type: 'name', properties: { name } };
    expect((await read(geoJsonOf(few, { crs }))).heads[0]?.stated).toEqual({ words: name, system });
  });

  test.each([
    [4326, wgs84],
    [4498, strip(117, 20)],
    [4509, strip(117, null)],
    [4548, strip(117, null)],
    [4513, strip(75, 25)],
    [2414, null],
  ])('GeoPackage in EPSG %i', async (system, expected) => {
    const { heads } = await read(await geoPackageOf(few, { layer: 'a', system }));
    expect(heads[0]?.stated?.system ?? null).toEqual(expected);
  });

  test('nothing, where it says nothing', async () => {
    expect((await read(geoJsonOf(few))).heads[0]?.stated).toBeNull();
    expect((await read(zipOf(shapefileMembers(few, { layer: 'a', encoding: 'utf-8' })))).heads[0]?.stated).toBeNull();
  });
});

const ring = '[[0,0],[1,0],[1,1],[0,0]]';
const feature = (geometry: string, rest = ''): string =>
  `{"type":"Feature","properties":{"n":"}]\\"{"}${rest},"geometry":${geometry}}`;
const good = feature(`{"type":"Polygon","coordinates":[${ring}]}`);
const collection = (...features: readonly string[]): string =>
  `{"type":"FeatureCollection","features":[${features.join(',')}]}`;

describe('malformed GeoJSON: the feature, the reason, and the rest all the same', () => {
  test.each([
    ['{"type":"Feature","geometry":oops}', 'bad-feature: is not JSON'],
    ['{"type":"Point","coordinates":[1,2]}', 'bad-feature: has type "Point" instead of "Feature"'],
    ['7', 'bad-feature: is not an object'],
    ['null', 'bad-feature: is not an object'],
    [feature('null'), 'no-geometry: has no geometry'],
    [feature('{"type":"Polygon","coordinates":[]}'), 'no-geometry: polygon 1 has no ring'],
    [feature('{"type":"MultiPolygon","coordinates":[]}'), 'no-geometry: its geometry has no polygon'],
    [feature('{"type":"MultiPolygon","coordinates":[[]]}'), 'no-geometry: polygon 1 has no ring'],
    [feature('{"type":"LineString","coordinates":[[0,0],[1,1]]}'), 'not-an-area: is a LineString'],
    [
      feature('{"type":"Polygon","coordinates":[[[0,0],[1,1],[0,0]]]}'),
      'broken-ring: polygon 1, ring 1: has 3 positions',
    ],
    [
      feature('{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}'),
      'broken-ring: polygon 1, ring 1: is not closed',
    ],
    [
      feature(`{"type":"Polygon","coordinates":[${ring},[[0,0],[1,"0"],[1,1],[0,0]]]}`),
      'broken-ring: polygon 1, ring 2: position 2',
    ],
    [
      feature('{"type":"Polygon","coordinates":[[[0,0],[1e999,0],[1,1],[0,0]]]}'),
      'broken-ring: polygon 1, ring 1: position 2',
    ],
    [feature('{"type":"Polygon","coordinates":"all"}'), 'no-geometry: polygon 1 has no ring'],
  ])('%s', async (bad, problem) => {
    const { features, problems } = await read(collection(good, bad, good));
    expect(features.map(({ number }) => number)).toEqual([1, 3]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`2 ${problem}`);
  });

  test.each([
    ['', 'file unknown-format'],
    ['[1,2]', 'file unknown-format'],
    ['plain words', 'file unknown-format'],
    ['{}', '1 bad-feature'],
    [collection(), 'file no-features'],
    ['{"type":"FeatureCollection"}', 'file no-features'],
    [collection(good, good).slice(0, -60), '2 damaged: ends inside feature 2'],
    [
      `{"type":"FeatureCollection","features":[${good}],"name":}`,
      'file damaged: what is around the features is not JSON',
    ],
    [Buffer.from(`\uFEFF${collection(good)}`, 'utf16le'), 'file encoding: is UTF-16'],
  ])('the file %#', async (content, problem) => {
    const { problems } = await read(content);
    expect(problems[0]).toContain(problem);
  });

  test('a name that is not UTF-8 costs its feature alone', async () => {
    const bytes = Buffer.from(collection(good, good, good), 'latin1');
    bytes[bytes.indexOf('"n":"', bytes.indexOf('"n":"') + 1) + 5] = 0xc4;
    const { features, problems } = await read(bytes);
    expect(features.map(({ number }) => number)).toEqual([1, 3]);
    expect(problems[0]).toContain('2 bad-feature: is not JSON (its text is not UTF-8; at byte');
  });

  test('pieces cut anywhere are put together again', async () => {
    const { JsonSplitter } = await import('./json-splitter.ts');
    const bytes = Buffer.from(`\uFEFF ${collection(good, '{"type":"Feature","a":[{},[","]]}')}\n\u001E${good}\n`);
    const pieces = (step: number): readonly string[] => {
      const splitter = new JsonSplitter(10_000);
      const found: string[] = [];
      for (let at = 0; at < bytes.length; at += step) {
        for (const piece of splitter.push(bytes.subarray(at, at + step))) {
          found.push(`${piece.kind} ${piece.offset} ${Buffer.from(piece.bytes ?? []).toString()}`);
        }
      }
      expect(splitter.isInside).toBe(false);
      return found;
    };
    const whole = pieces(bytes.length);
    expect(whole.map((piece) => piece.split(' ')[0])).toEqual(['element', 'element', 'root', 'root']);
    expect(whole[2]).toContain('{"type":"FeatureCollection","features":[]}');
    for (const step of [1, 2, 3, 5, 17, 64]) expect(pieces(step)).toEqual(whole);
  });
});

test('malformed TopoJSON', async () => {
  const topo = JSON.parse(topoJsonOf(few, 'all'));
  topo.objects.all.geometries[1].arcs = [[[999]]];
  const { features, problems } = await read(JSON.stringify(topo));
  expect(features.map(({ number }) => number)).toEqual([1, 3]);
  expect(problems[0]).toContain('2 bad-feature: refers to arcs that are not there');
  expect((await read('{"type":"Topology","objects":{}}')).problems[0]).toContain('file damaged: is a Topology without');
  expect((await read('{"type":"Topology","arcs":[],"objects":{}')).problems[0]).toContain('file damaged: is not JSON');
  expect((await read('{"type":"Topology","arcs":[],"objects":{"a":{"type":null}}}')).problems[0]).toContain(
    '1 no-geometry',
  );
});

describe('malformed Shapefiles', () => {
  const options = { layer: 'a', encoding: 'utf-8' } as const;
  const dbf = { name: 'a.dbf', bytes: dbfOf(few, options) };
  const shape = (type: number, ...numbers: readonly number[]): Buffer => {
    const bytes = Buffer.alloc(44 + 4 + 64);
    bytes.writeInt32LE(type, 0);
    bytes.writeInt32LE(numbers[0] ?? 1, 36);
    bytes.writeInt32LE(numbers[1] ?? 4, 40);
    return bytes;
  };

  test.each([
    [shape(0).subarray(0, 4), 'no-geometry'],
    [shape(1), 'not-an-area: is a point'],
    [shape(99), 'not-an-area: is a shape of type 99'],
    [shape(5, 1_000_000, 4), 'broken-ring: claims 1000000 rings'],
    [shape(5, 1, 4_000), 'broken-ring: claims 1 rings of 4000 points'],
    [shape(5, 1, 4).fill(0xff, 44, 48), 'broken-ring: ring 1 has 5 points'],
    [shape(5).subarray(0, 40), 'broken-ring: is shorter'],
  ])('a bad record %# does not lose the rest', async (bad, problem) => {
    const [first, , third] = few.map((one) => shpOf([one]).subarray(100));
    const shp = shpFile([first ?? Buffer.alloc(0), shpRecord(2, bad), third ?? Buffer.alloc(0)]);
    const { features, problems } = await read(zipOf([{ name: 'a.shp', bytes: shp }, dbf]));
    expect(features.map(({ number, properties }) => [number, properties['code']])).toEqual([
      [1, '01'],
      [3, '03'],
    ]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`2 ${problem}`);
  });

  test('members that are missing, cut, of another kind, or damaged', async () => {
    const shp = shpOf(few);
    const zipped = async (...members: { name: string; bytes: Uint8Array }[]): Promise<string> =>
      (await read(zipOf(members))).problems.join('; ');
    expect(await zipped({ name: 'a.shp', bytes: shp })).toContain('file missing-part: has no .dbf member');
    expect(await zipped(dbf)).toContain('file missing-part: has no .shp member; there are a.dbf');
    expect(await zipped()).toContain('file missing-part');
    expect(await zipped({ name: 'a.shp', bytes: shp.subarray(0, shp.length - 9) }, dbf)).toContain('3 damaged');
    expect(await zipped({ name: 'a.shp', bytes: Buffer.alloc(200) }, dbf)).toContain('1 damaged');
    expect(await zipped({ name: 'a.shp', bytes: shp.subarray(0, 100) }, dbf)).toContain('file no-features');
    expect(await zipped({ name: 'a.shp', bytes: shp }, { name: 'a.dbf', bytes: Buffer.alloc(99) })).toContain(
      'file damaged: the .dbf',
    );
    const short = { name: 'a.dbf', bytes: dbfOf(few.slice(0, 2), options) };
    expect(await zipped({ name: 'a.shp', bytes: shp }, short)).toContain(
      '3 damaged: the .dbf table ends before record 3',
    );
    const giant = Buffer.from(shp);
    giant.writeInt32BE(0x7fffffff, 104);
    expect(await zipped({ name: 'a.shp', bytes: giant }, dbf)).toContain(
      '1 damaged: feature 1: the file has a record that claims',
    );
  });

  test('a zip file cut anywhere, or with any byte changed, gives a reason or the very same features', async () => {
    const zip = zipOf(shapefileMembers(few, { ...options, cpg: 'UTF-8' }));
    const whole = normal((await read(zip)).features);
    for (let length = 4; length < zip.length; length += 37) {
      expect((await read(zip.subarray(0, length))).problems.length).toBeGreaterThan(0);
    }
    for (let at = 0; at < zip.length; at += 3) {
      const changed = Buffer.from(zip);
      changed[at] = (changed[at] ?? 0) ^ 0x55;
      const { features, problems } = await read(changed);
      if (problems.length === 0) expect([at, normal(features)]).toEqual([at, whole]);
    }
  });

  test('a bomb is not unpacked', async () => {
    const zip = zipOf([{ name: 'a.shp', bytes: shpFile([Buffer.alloc(4_000_000)]) }, dbf]);
    const { problems } = await readAll(await fileOf(zip), { ...defaultFileLimits, unpackedBytes: 1_000_000 });
    expect(problems[0]).toContain('file too-large: unpacks to');
  });
});

describe('malformed GeoPackages', () => {
  const wrong = (bytes: Uint8Array | string | null): Promise<Uint8Array> =>
    geoPackageOf(few, { layer: 'a', system: 4326, geometry: (index, geometry) => (index === 1 ? bytes : geometry) });
  const point = Buffer.from(`GP\0\x01\0\0\0\0\x01\x01\0\0\0${'\0'.repeat(16)}`, 'latin1');

  test.each([
    [null, 'no-geometry: has no geometry'],
    ['words', 'bad-feature: its geometry is not binary'],
    [Buffer.from('nonsense'), 'broken-ring: its geometry does not begin with "GP"'],
    [Buffer.from('GP\0\x11\0\0\0\0', 'latin1'), 'no-geometry: its geometry is empty'],
    [Buffer.from('GP\0\x0f\0\0\0\0', 'latin1'), 'broken-ring: its geometry has an unknown envelope'],
    [point, 'not-an-area: is a point'],
    [
      Buffer.from('GP\0\x01\0\0\0\0\x01\x06\0\0\0\xff\xff\xff\xff', 'latin1'),
      'broken-ring: its geometry ends too soon',
    ],
  ])('a bad geometry %# does not lose the rest', async (bytes, problem) => {
    const { features, problems } = await read(await wrong(bytes));
    expect(features.map(({ number, properties }) => [number, properties['code']])).toEqual([
      [1, '01'],
      [3, '03'],
    ]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`2 ${problem}`);
  });

  test('tables that are missing, and files that are cut', async () => {
    const options = { layer: 'a', system: 4326 } as const;
    const without = (after: string): Promise<Read> =>
      geoPackageOf(few, { ...options, after }).then((bytes) => read(bytes));
    expect((await without('DROP TABLE gpkg_contents')).problems[0]).toContain(
      'file missing-part: is a SQLite file without gpkg_contents',
    );
    expect((await without('DROP TABLE a')).problems[0]).toContain(
      'file missing-part: the table is listed but not there',
    );
    expect((await without('DELETE FROM a')).problems[0]).toContain('file no-features: the table has no rows');
    expect((await without('DELETE FROM gpkg_contents')).problems[0]).toContain(
      'file no-features: has no table of features',
    );
    const bytes = await geoPackageOf(district.slice(0, 300), options);
    const cut = await read(bytes.subarray(0, bytes.length / 2));
    expect(cut.problems[0]).toMatch(/ damaged: cannot be /);
    expect((await read(bytes.subarray(0, 90))).problems[0]).toContain('file damaged');
  });
});

test('what is not read is refused by name, with the way out; so is what is not there', async () => {
  expect((await read('x', '.dwg')).problems[0]).toContain('is a DWG drawing; convert it to GeoPackage first');
  await mkdir(join(folder, 'net.gdb'));
  expect((await readAll(join(folder, 'net.gdb'))).problems[0]).toContain('is a file geodatabase; convert');
  expect((await readAll(folder)).problems[0]).toContain('file unreadable: cannot be read (EISDIR');
  expect((await read(shpOf(few), '.shp')).problems[0]).toContain('one member of a Shapefile');
  expect((await readAll(join(folder, 'nowhere.zip'))).problems[0]).toContain('file unreadable: cannot be read (ENOENT');
});

test('limits are told', async () => {
  const limits = { wholeFileBytes: 1_000, featureBytes: 300, unpackedBytes: 1e9, features: 2 };
  const long = feature(`{"type":"Polygon","coordinates":[${ring}]}`, `,"note":"${'x'.repeat(400)}"`);
  const pieces = await readAll(await fileOf(collection(good, long)), limits);
  expect(pieces.features.map(({ number }) => number)).toEqual([1]);
  expect(pieces.problems[0]).toContain('2 too-large: has more than 300 bytes');
  expect((await readAll(await fileOf(collection(good, good, good)), limits)).problems[0]).toContain(
    'file too-large: has more than 2',
  );
  expect((await readAll(await fileOf(topoJsonOf(district.slice(0, 9), 'a')), limits)).problems[0]).toContain(
    'file too-large',
  );
  const geoPackage = await geoPackageOf(few, { layer: 'a', system: 4326 });
  expect((await readAll(await fileOf(geoPackage), limits)).problems[0]).toContain('file too-large');
  const zip = await fileOf(zipOf(shapefileMembers(few, { layer: 'a', encoding: 'gbk' })));
  expect((await readAll(zip, { ...limits, featureBytes: 1e6 })).problems[0]).toContain('file too-large');
});

describe('a large file', () => {
  test('is told in steps, holds one piece at a time, and stops at once when it is cancelled', async () => {
    // A sparse file: 500 MB of nothing after one feature, inside of a string that never ends.
    const file = await fileOf(`${collection(good, good).slice(0, -2)},{"type":"Feature","note":"`);
    const handle = await open(file, 'r+');
    await handle.truncate(500_000_000);
    await handle.close();
    const stop = new AbortController();
    const kinds: string[] = [];
    for await (const item of readDistrictFile(file, { signal: stop.signal, openTables: openForeignTables })) {
      kinds.push(item.kind);
      if (item.kind === 'progress' && item.bytes >= 20_000_000) stop.abort();
    }
    expect(kinds.filter((kind) => kind === 'feature')).toHaveLength(2);
    expect(kinds.filter((kind) => kind === 'progress')).toHaveLength(Math.ceil(20_000_000 / 262_144));
    expect(kinds.at(-1)).toBe('progress');
  });

  test.each([
    ['TopoJSON', () => topoJsonOf(district, 'all')],
    ['Shapefile', () => zipOf(shapefileMembers(district, { layer: 'a', encoding: 'gbk' }))],
    ['GeoPackage', () => geoPackageOf(district, { layer: 'a', system: 4326 })],
  ])('%s: is cancelled within 500 features, and its files are closed', async (_, make) => {
    const file = await fileOf(await make());
    const stop = new AbortController();
    let features = 0;
    for await (const item of readDistrictFile(file, { signal: stop.signal, openTables: openForeignTables })) {
      if (item.kind === 'feature') features += 1;
      if (features === 700) stop.abort();
    }
    expect(features).toBeLessThanOrEqual(1_000);
  });
});

function sorted(texts: readonly string[]): readonly string[] {
  return texts.toSorted((a, b) => (a < b ? -1 : Number(a > b)));
}
