import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DistrictProblem } from '#host/ports/district.ts';
import { defaultDistrict, loadDistrict } from './load-district.ts';

const project = resolve(import.meta.dirname, '../../..');
const tracts = resolve(project, '../shared/cases/sf311/neighborhood_tracts.geojson');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'district-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function written(name: string, content: unknown): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

async function load(content: unknown, mapping?: unknown) {
  const file = await written('district.json', content);
  const mappingFile = mapping === undefined ? null : await written('mapping.json', mapping);
  return loadDistrict({ file, mappingFile, contextFile: null });
}

async function problemsOf(content: unknown, mapping?: unknown): Promise<readonly string[]> {
  try {
    await load(content, mapping);
  } catch (cause) {
    if (cause instanceof DistrictProblem) return cause.problems;
    throw cause;
  }
  return [];
}

const square = (west: number, properties: unknown) => ({
  type: 'Feature',
  properties,
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [west, 0],
        [west + 1, 0],
        [west + 1, 1],
        [west, 1],
        [west, 0],
      ],
    ],
  },
});
const collection = (...features: unknown[]) => ({ type: 'FeatureCollection', features });

describe('the default district', async () => {
  const district = await loadDistrict(defaultDistrict(join(project, 'resources')));

  test('has 1, 30, 629 and 1,999 areas, with parents, names and codes as text', () => {
    expect(district.areas.district.levels.map((level) => level.length)).toEqual([1, 30, 629, 1_999]);
    expect(district.areas.path('110113001008002').map((area) => area.name)).toEqual([
      '顺义区',
      '胜利街道',
      '义宾北区社区',
      '义宾北区社区第二网格',
    ]);
    expect(district.areas.area('110113401')?.kind).toBe('zone');
  });

  test('is marked schematic, and each label point lies in its own grid', () => {
    expect(district.map).toMatchObject({ name: '顺义区', isSchematic: true, approvalNumber: null });
    for (const grid of district.areas.district.levels[3] ?? []) {
      expect(district.locate(grid.labelPoint[0], grid.labelPoint[1]), grid.code).toBe(grid.code);
    }
  });

  test('goes to the renderer with its shared arcs, one collection per level, codes as ids', () => {
    const { objects, arcs } = district.map.topology as {
      objects: Record<string, { geometries: { id: string }[] }>;
      arcs: unknown[];
    };
    expect(Object.keys(objects)).toEqual(['level1', 'level2', 'level3', 'level4']);
    expect(objects['level4']?.geometries[0]?.id).toBe('110113001008002');
    expect(arcs).toHaveLength(5_994);
    expect(district.map.context).toMatchObject({ type: 'FeatureCollection' });
  });
});

describe.skipIf(!existsSync(tracts))(
  'San Francisco tracts (../shared/cases; skipped where that folder is absent)',
  () => {
    test('195 tracts, their neighbourhoods dissolved from them', async () => {
      const mapping = {
        levels: [
          { code: 'nhood', name: 'nhood' },
          { code: 'geoid', name: 'geoid', parent: 'nhood' },
        ],
      };
      const mappingFile = await written('sf.json', mapping);
      const district = await loadDistrict({ file: tracts, mappingFile, contextFile: null });
      const [neighbourhoods = [], children = []] = district.areas.district.levels;
      expect(children).toHaveLength(195);
      expect(new Set(children.map((area) => area.parent)).size).toBe(neighbourhoods.length);
      const hayes = neighbourhoods.find((area) => area.code === 'Hayes Valley');
      for (const child of district.areas.children('Hayes Valley')) {
        expect(district.locate(child.labelPoint[0], child.labelPoint[1])).toBe(child.code);
        expect(child.bounds[0]).toBeGreaterThanOrEqual(hayes?.bounds[0] ?? NaN);
      }
      expect(district.map.isSchematic).toBe(true);
    });
  },
);

describe('other files', () => {
  test('missing parents are dissolved, numbers become text, leading zeros stay', async () => {
    const district = await load(
      collection(
        square(0, { level: 2, code: '007', name: '甲', parent: 'P' }),
        square(1, { level: 2, code: 8, name: '乙', parent: 'P' }),
      ),
    );
    expect(district.areas.district.levels.map((level) => level.map((area) => area.code))).toEqual([
      ['P'],
      ['007', '8'],
    ]);
    expect(district.areas.area('P')?.bounds).toEqual([0, 0, 2, 1]);
    expect(district.areas.area('P')?.polygons.flat()).toHaveLength(1);
  });

  test('inhabitants are told where the file tells them', async () => {
    const town = square(0, { code: '01', name: '甲', level: 1, population: 8_200 });
    const { map } = await load(collection(town, square(1, { code: '02', name: '乙', level: 1, population: '?' })));
    expect(map.areas.map(({ population }) => population)).toEqual([8_200, undefined]);
  });

  test('a file that names its approval number is not schematic', async () => {
    const district = await load({
      ...collection(square(0, { level: 1, code: 'a' })),
      name: '某区',
      approvalNumber: '京S(2026)001号',
    });
    expect(district.map).toMatchObject({ name: '某区', isSchematic: false, approvalNumber: '京S(2026)001号' });
  });

  const good = { level: 1, code: 'a', name: '甲' };
  test.each([
    ['{"type": "Feature', 'is not JSON'],
    [[1, 2], 'neither GeoJSON nor TopoJSON'],
    [{ type: 'Feature' }, 'has type Feature'],
    [collection(), 'has no features'],
    [
      collection({ type: 'Feature', properties: good, geometry: { type: 'Point', coordinates: [1, 1] } }),
      'feature 1: needs a Polygon',
    ],
    [collection(square(0, { level: 1 })), 'feature 1: has no "code"'],
    [collection(square(0, { code: 'a' })), 'feature 1 (a): "level" must be'],
    [collection(square(0, good), square(1, good)), 'code a is there twice'],
    [collection(square(0, good), square(1, { level: 2, code: 'b' })), 'area b: parent (none) is not there'],
    [collection(square(500, good)), 'feature 1: positions must be longitude, latitude'],
    [{ type: 'Topology', objects: { x: { type: 'Polygon', arcs: [[9]] } }, arcs: [] }, 'arcs that do not fit'],
  ])('%j is refused: %s', async (content, problem) => {
    expect((await problemsOf(content)).join('; ')).toContain(problem);
  });

  test('a mapping that names a property that is not there says which are', async () => {
    const mapping = { levels: [{ code: 'nope', name: 'name' }] };
    expect((await problemsOf(collection(square(0, good)), mapping)).join()).toContain(
      'no feature has a property "nope"; there are level, code, name',
    );
    expect((await problemsOf(collection(square(0, good)), { levels: [] })).join()).toContain('levels');
  });

  test('an absent file is named', async () => {
    const absent = { file: join(folder, 'absent.json'), mappingFile: null, contextFile: null };
    await expect(loadDistrict(absent)).rejects.toThrow(/absent\.json: cannot be read/);
  });
});
