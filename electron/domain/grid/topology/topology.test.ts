import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultDistrict, loadDistrict } from '#host/district/load-district.ts';
import { Random } from '#domain/base/random.ts';
import { metresBetween, metresPerDegree } from '../coordinates/metres.ts';
import type { Area, PolygonRings, Position } from '../district.ts';
import {
  defaultLevelLimits,
  examineLevel,
  type LevelArea,
  type LevelLimits,
  type LevelProblem,
} from './examine-level.ts';

const { areas, locate } = await loadDistrict(defaultDistrict(resolve(import.meta.dirname, '../../../../resources')));
const [l1 = [], l2 = [], l3 = [], l4 = []] = areas.district.levels;

/** Squares of 100 m with two-letter codes: `A` … columns from the west, `1` … rows from the south, below parent `A`. */
const lat = 40;
const scale = metresPerDegree(lat);
const at = (x: number, y: number): Position => [116 + x / scale.lon, lat + y / scale.lat];
const box = (west: number, south: number, east: number, north: number): readonly Position[] => [
  at(west, south),
  at(east, south),
  at(east, north),
  at(west, north),
  at(west, south),
];
const area = (code: string, ...polygons: readonly PolygonRings[]): LevelArea => ({
  code,
  parent: code.slice(0, 1),
  polygons,
});
const cell = (column: number, row: number): LevelArea =>
  area(`P${String.fromCharCode(65 + column)}${row}`, [
    box(column * 100, row * 100, column * 100 + 100, row * 100 + 100),
  ]);
const field = (columns: number, rows: number): readonly LevelArea[] =>
  Array.from({ length: columns * rows }, (_, index) => cell(index % columns, Math.floor(index / columns)));
const parent = (code: string, west: number, south: number, east: number, north: number): LevelArea => ({
  ...area(code, [box(west, south, east, north)]),
  parent: null,
});
const limits: LevelLimits = { ...defaultLevelLimits, codes: { lengths: [3], beginsWithParent: true } };
const examine = (
  net: readonly LevelArea[],
  parents: readonly LevelArea[] = [parent('P', 0, 0, 300, 300)],
): readonly LevelProblem[] => examineLevel(net, parents, limits).problems;

/** Kind, areas, rounded size and rounded metres from the corner. */
function told({ kind, areas: involved, squareMetres, at: place }: LevelProblem): string {
  const metres = place === null ? [] : [(place[0] - 116) * scale.lon, (place[1] - lat) * scale.lat];
  return `${kind} ${involved.join('+')} ${Math.round(squareMetres)} m² at ${metres.map(Math.round).join(',')}`;
}

describe('the default district is clean', () => {
  test.each([
    ['its outline', l1, []],
    ['townships in the district', l2, l1],
    ['villages in the townships', l3, l2],
    ['unit grids in the villages', l4, l3],
    ['unit grids without parents', l4, []],
  ] as const)('%s', (_, level, parents) => {
    expect(examineLevel(level, parents)).toEqual({ problems: [], ignored: { count: 0, squareMetres: 0 } });
  });
});

describe('planted in a small net, each is found once, at its place, with its size', () => {
  const net = field(3, 3);
  const replaced = (index: number, ...others: readonly LevelArea[]): readonly LevelArea[] =>
    net.toSpliced(index, 1, ...others);

  test('nothing in the clean one, also where neighbours divide a border differently', () => {
    expect(examine(net)).toEqual([]);
    const divided = area('PB1', [
      [at(100, 100), at(133, 100), at(200, 100), at(200, 177), at(200, 200), at(100, 200), at(100, 100)],
    ]);
    expect(examine(replaced(4, divided))).toEqual([]);
  });

  test("a gap inside, at the parent's edge, and a whole cell", () => {
    const inner = area('PB1', [box(100, 100, 200, 200), box(140, 140, 160, 160).toReversed()]);
    expect(examine(replaced(4, inner)).map(told)).toEqual(['gap 4 400 m² at 150,150']);
    const low = area('PB0', [box(100, 10, 200, 100)]);
    expect(examine(replaced(1, low)).map(told)).toEqual(['gap 0+1+2 1000 m² at 150,5']);
    expect(examine(replaced(4)).map(told)).toEqual(['gap 1+3+4+6 10000 m² at 150,150']);
  });

  test('without parents a gap is a place between areas; a hole in one area is a hole', () => {
    expect(examineLevel(replaced(4), [], limits).problems.map(told)).toEqual(['gap 1+3+4+6 10000 m² at 150,150']);
    const ring = area('PAA', [box(0, 0, 300, 300), box(100, 100, 200, 200)]);
    expect(examineLevel([ring], [], limits).problems).toEqual([]);
    const island = area('PAB', [box(120, 120, 180, 180)]);
    expect(examineLevel([ring, island], [], limits).problems.map(told)).toEqual(['gap 0+1 6400 m² at 150,110']);
  });

  test('an overlap of two, and of three', () => {
    const wide = area('PB1', [box(100, 100, 210, 200)]);
    expect(examine(replaced(4, wide)).map(told)).toEqual(['overlap 4+5 1000 m² at 205,150']);
    const corner = area('PB1', [box(100, 100, 210, 210)]);
    expect(examine(replaced(4, corner)).map(told).toSorted()).toEqual([
      'overlap 4+5 1000 m² at 205,150',
      'overlap 4+7 1000 m² at 150,205',
      'overlap 4+8 100 m² at 205,205',
    ]);
    expect(examine([...net, { ...cell(1, 1), code: 'PZ9' }]).map(told)).toEqual(['overlap 4+9 10000 m² at 150,150']);
  });

  test('a sliver is told apart from a place that is wide, and dust is only counted', () => {
    const shifted = (metres: number): readonly LevelArea[] =>
      replaced(4, area('PB1', [box(100, 100, 200 - metres, 200)]));
    expect(examine(shifted(1.5))[0]).toMatchObject({ kind: 'gap', isSliver: true });
    expect(examine(shifted(1.5))[0]?.widthMetres).toBeCloseTo(1.48, 1);
    expect(examine(shifted(5))[0]).toMatchObject({ kind: 'gap', isSliver: false });
    const { problems, ignored } = examineLevel(shifted(0.005), [parent('P', 0, 0, 300, 300)], limits);
    expect(problems).toEqual([]);
    expect(ignored.count).toBe(1);
    expect(ignored.squareMetres).toBeCloseTo(0.5, 1);
  });

  test('a figure of eight, a loop, a hole outside, and parts that cover each other', () => {
    const eight = area('PB1', [[at(100, 100), at(200, 200), at(200, 100), at(100, 200), at(100, 100)]]);
    const inEight = examine(replaced(4, eight)).map(told);
    expect(inEight.filter((text) => text.startsWith('self-crossing'))).toEqual(['self-crossing 4 2500 m² at 112,125']);
    expect(inEight.filter((text) => text.startsWith('gap'))).toHaveLength(2);
    const loop = area('PB1', [
      [
        at(100, 100),
        at(200, 100),
        at(200, 200),
        at(150, 200),
        at(150, 140),
        at(160, 140),
        at(160, 150),
        at(140, 150),
        at(140, 200),
        at(100, 200),
        at(100, 100),
      ],
    ]);
    expect(examine(replaced(4, loop)).map(told)).toEqual([
      'self-crossing 4 100 m² at 155,145',
      'gap 4+7 500 m² at 145,175',
    ]);
    const doubled = area('PB1', [box(100, 100, 200, 200)], [box(150, 150, 170, 170)]);
    expect(examine(replaced(4, doubled)).map(told)).toEqual(['self-crossing 4 400 m² at 160,160']);
    const hole = area('PC1', [box(200, 100, 300, 200), box(120, 120, 130, 130)]);
    expect(examine(replaced(5, hole)).map(told)).toEqual([
      'self-crossing 5 100 m² at 125,125',
      'overlap 4+5 100 m² at 125,125',
    ]);
  });

  test('an area outside of its parent, by its border and by its code', () => {
    const [west, east] = [parent('P', 0, 0, 200, 300), parent('Q', 200, 0, 300, 300)];
    const moved = net.map((one, index) =>
      index % 3 === 2 ? { ...one, code: one.code.replace('P', 'Q'), parent: 'Q' } : one,
    );
    expect(examine(moved, [west, east])).toEqual([]);
    const wrong = moved.with(4, { ...cell(1, 1), code: 'QB1', parent: 'Q' });
    expect(examine(wrong, [west, east]).map(told)).toEqual(['outside-parent 4 10000 m² at 150,150']);
    const wide = moved.with(4, area('PB1', [box(100, 100, 210, 200)]));
    const problems = examine(wide, [west, east]);
    expect(problems.map(told)).toEqual(['outside-parent 4 1000 m² at 205,150', 'overlap 4+5 1000 m² at 205,150']);
    expect(problems[0]?.parents).toEqual(['P']);
    expect(problems[1]?.parents).toEqual(['Q']);
    const beyond = net.with(8, area('PC2', [box(200, 200, 320, 300)]));
    expect(examine(beyond).map(told)).toEqual(['outside-parent 8 2000 m² at 310,250']);
  });

  test('small and thin parts, rings without an inside', () => {
    const dust = area('PB1', [box(100, 100, 200, 200)], [box(400, 0, 406, 6)]);
    expect(examine(replaced(4, dust)).map(told)).toEqual([
      'outside-parent 4 36 m² at 403,3',
      'small-part 4 36 m² at 403,3',
    ]);
    const flat = area('PB1', [box(100, 100, 200, 200)], [[at(150, 150), at(160, 150), at(170, 150), at(150, 150)]]);
    expect(examine(replaced(4, flat)).map(told)).toEqual(['broken-ring 4 0 m² at 150,150']);
    const nothing = area('PB1', [[at(150, 150), at(150, 150)]]);
    expect(examine(replaced(4, nothing)).map(told)).toEqual([
      'broken-ring 4 0 m² at 150,150',
      'gap 1+3+5+7 10000 m² at 150,150',
    ]);
  });

  test('codes and parents', () => {
    const centre = (code: string, owner: string | null = 'P'): readonly LevelArea[] =>
      net.with(4, { ...cell(1, 1), code, parent: owner });
    expect(examine(centre('')).map(told)).toEqual(['missing-code 4 0 m² at 150,150']);
    expect(examine(centre('PA0')).map(told)).toEqual(['duplicate-code 0+4 0 m² at 150,150']);
    expect(examine(centre('P-1')).map(told)).toEqual(['bad-code-characters 4 0 m² at 150,150']);
    expect(examine(centre('PB11')).map(told)).toEqual(['bad-code-length 4 0 m² at 150,150']);
    expect(examine(centre('XB1')).map(told)).toEqual(['bad-code-prefix 4 0 m² at 150,150']);
    expect(examine(centre('PB1', null)).map(told)).toEqual(['unknown-parent 4 0 m² at 150,150']);
    expect(examine(centre('RB1', 'R')).map(told)).toEqual(['unknown-parent 4 0 m² at 150,150']);
    expect(
      examineLevel(centre('PB11'), [parent('P', 0, 0, 300, 300)], {
        ...limits,
        codes: { lengths: null, beginsWithParent: true },
      }).problems,
    ).toEqual([]);
  });

  test('rings that run the wrong way are taken as they are meant', () => {
    expect(
      examine(
        net.map((one) => ({ ...one, polygons: one.polygons.map((rings) => rings.map((ring) => ring.toReversed())) })),
      ),
    ).toEqual([]);
  });
});

describe('planted in the default district', () => {
  test('each of 40 unit grids that are made smaller, larger or given away is found, and nothing else', () => {
    const random = new Random(20261130);
    const planted = new Map<number, string>();
    let net: readonly LevelArea[] = l4;
    while (planted.size < 40) {
      const index = random.integer(0, l4.length - 1);
      const grid = l4[index];
      // Two neighbours that are gone would be one gap.
      if (grid === undefined || [...planted.keys()].some((other) => isNear(l4[other], grid))) continue;
      const kind = random.pick(['gone', 'moved', 'foreign', 'doubled']);
      planted.set(index, kind);
      const other = l4.find(({ parent: owner }) => owner !== grid.parent);
      if (kind === 'gone') net = net.with(index, { ...grid, polygons: [] });
      else if (kind === 'foreign') net = net.with(index, { ...grid, parent: other?.parent ?? null });
      else if (kind === 'moved') net = net.with(index, { ...grid, polygons: shifted(grid.polygons, 0.000_3) });
      else net = [...net, { ...grid, code: `${grid.code.slice(0, -3)}Z${String(net.length).slice(-2)}` }];
    }
    const { problems } = examineLevel(net, l3);
    for (const [index, kind] of planted) {
      const grid = l4[index];
      const mine = problems.filter(
        ({ kind: told, areas: involved, at: place }) =>
          (told !== 'gap' && involved.includes(index)) || (place !== null && locate(place[0], place[1]) === grid?.code),
      );
      const found = new Set(mine.map((problem) => problem.kind));
      const expected = { gone: 'gap', foreign: 'outside-parent', moved: 'overlap', doubled: 'overlap' }[kind];
      expect([index, kind, [...found]]).toEqual([index, kind, expect.arrayContaining([expected])]);
    }
    const size = (index: number): number =>
      problems
        .filter(({ kind, areas: involved }) => kind === 'outside-parent' && involved.includes(index))
        .reduce((sum, { squareMetres }) => sum + squareMetres, 0);
    for (const [index, kind] of planted) {
      if (kind === 'foreign') expect(size(index) / squareMetresOf(l4[index]?.polygons ?? [])).toBeCloseTo(1, 2);
    }
    const codes = new Set([...planted.keys()].map((index) => l4[index]?.code));
    for (const { kind, areas: involved, at: place } of problems) {
      const isPlanted =
        involved.some((index) => planted.has(index) || index >= l4.length) ||
        codes.has((place === null ? null : locate(place[0], place[1])) ?? undefined);
      expect([kind, involved, isPlanted]).toEqual([kind, involved, true]);
    }
  });

  test('borders drawn twice with 0.5-2 m between them: slivers, all of them, with the right sum', () => {
    const index = l4.findIndex(({ polygons }) => (polygons[0]?.[0]?.length ?? 0) > 30);
    const grid = l4[index];
    const noisy = (grid?.polygons ?? []).map((rings) =>
      rings.map((ring) =>
        ring.map(([lon, north], place): Position => [lon + 1e-5 * Math.sin(place % (ring.length - 1)), north]),
      ),
    );
    const { problems } = examineLevel(l4.with(index, { ...required(grid), polygons: noisy }), l3);
    expect(problems.length).toBeGreaterThan(10);
    expect(problems.every(({ isSliver, areas: involved }) => isSliver && involved.includes(index))).toBe(true);
    const sum = (kind: string): number =>
      problems.filter((problem) => problem.kind === kind).reduce((total, { squareMetres }) => total + squareMetres, 0);
    const change = squareMetresOf(noisy) - squareMetresOf(grid?.polygons ?? []);
    expect(Math.abs(sum('overlap') - sum('gap') - change)).toBeLessThan(5 + problems.length);
  });
});

function shifted(polygons: readonly PolygonRings[], degrees: number): readonly PolygonRings[] {
  return polygons.map((rings) => rings.map((ring) => ring.map(([lon, north]): Position => [lon + degrees, north])));
}

function isNear(one: Area | undefined, other: Area): boolean {
  return one !== undefined && metresBetween(one.labelPoint, other.labelPoint) < 3_000;
}

function squareMetresOf(polygons: readonly PolygonRings[]): number {
  const ring = polygons[0]?.[0] ?? [];
  const here = metresPerDegree(ring[0]?.[1] ?? 0);
  const [originLon, originLat] = ring[0] ?? [0, 0];
  let twice = 0;
  for (const [index, [lon, north]] of ring.slice(1).entries()) {
    const [before, beforeNorth] = ring[index] as Position;
    twice += (before - originLon) * (north - originLat) - (lon - originLon) * (beforeNorth - originLat);
  }
  return Math.abs(twice / 2) * here.lon * here.lat;
}

function required<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('the district has such a grid');
  return value;
}
