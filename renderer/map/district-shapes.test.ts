import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { DistrictMap } from '#contract/grid.ts';
import { defaultDistrict, loadDistrict } from '#host/district/load-district.ts';
import { DistrictShapes, segmentsOf } from './district-shapes.ts';

const { map: shunyi } = await loadDistrict(defaultDistrict(resolve(import.meta.dirname, '../../resources')));
const shapes = new DistrictShapes(shunyi);

test('common borders are drawn once (GM6); the coarse net has less of everything and no lost area', () => {
  expect(shapes.depth).toBe(4);
  expect(shapes.unitLevel).toBe(2);
  expect(shapes.borders(4, 'full', null).length / 2).toBe(38_288);
  expect(shapes.borders(4, 'coarse', null).length / 2).toBe(22_796);
  expect(shapes.borders(4, 'far', null).length / 2).toBeLessThan(15_000);
  for (const [level, count] of [
    [1, 1],
    [2, 30],
    [3, 629],
    [4, 1_999],
  ] as const) {
    expect(shapes.polygons(level, 'full')).toHaveLength(count);
    expect(shapes.polygons(level, 'coarse')).toHaveLength(count);
    expect(shapes.polygons(level, 'far')).toHaveLength(count);
  }
});

test('what was made once is the same object: nothing is uploaded twice', () => {
  expect(shapes.polygons(3, 'full')).toBe(shapes.polygons(3, 'full'));
  expect(shapes.borders(3, 'full', '110113106')).toBe(shapes.borders(3, 'full', '110113106'));
});

test('inside a focus there are only its own borders', () => {
  const inside = shapes.borders(3, 'full', '110113106').length;
  expect(inside).toBeGreaterThan(0);
  expect(inside).toBeLessThan(shapes.borders(3, 'full', null).length / 10);
});

test('paths lead from the district down; everything lies in itself and in the whole', () => {
  const grid = shunyi.areas.find(({ level, code }) => level === 4 && code.startsWith('110113106'));
  const code = grid?.code ?? '';
  expect(shapes.path(code).map(({ level }) => level)).toEqual([1, 2, 3, 4]);
  expect([shapes.isWithin(code, null), shapes.isWithin(code, code), shapes.isWithin(code, '110113106')]).toEqual([
    true,
    true,
    true,
  ]);
  expect(shapes.isWithin('110113106', code)).toBe(false);
  expect(shapes.path(null)).toEqual([]);
});

/** Two levels; the first area has two parts, one with a hole that the second fills. */
const islands: DistrictMap = {
  ...{ id: 'x', name: 'x', source: 'x', isSchematic: true, approvalNumber: null, context: null, former: [] },
  areas: [
    { code: 'a', level: 1, parent: null, bounds: [0, 0, 20, 10] },
    { code: 'b', level: 1, parent: null, bounds: [3, 3, 6, 6] },
    { code: 'a1', level: 2, parent: 'a', bounds: [0, 0, 20, 10] },
    { code: 'b1', level: 2, parent: 'b', bounds: [3, 3, 6, 6] },
  ].map((area) => ({ ...area, name: area.code, kind: '', labelPoint: [1, 1], bounds: area.bounds as never })),
  topology: {
    type: 'Topology',
    arcs: [square(0, 0, 10), square(3, 3, 3), square(12, 0, 8)],
    objects: { level1: objects('a', 'b'), level2: objects('a1', 'b1') },
  } as never,
};

function square(x: number, y: number, side: number): number[][] {
  const corners = [
    [0, 0],
    [side, 0],
    [side, side],
    [0, side],
    [0, 0],
  ];
  return corners.map(([dx = 0, dy = 0]) => [x + dx, y + dy]);
}

function objects(outer: string, inner: string) {
  return {
    type: 'GeometryCollection',
    geometries: [
      { type: 'MultiPolygon', id: outer, arcs: [[[0], [1]], [[2]]] },
      { type: 'Polygon', id: inner, arcs: [[1]] },
    ],
  };
}

test('parts, holes and other depths: a net of two levels begins with its first', () => {
  const net = new DistrictShapes(islands);
  expect([net.depth, net.unitLevel]).toEqual([2, 1]);
  expect(net.polygons(1, 'full').map(({ area, rings }) => [area.code, rings.length])).toEqual([
    ['a', 2],
    ['a', 1],
    ['b', 1],
  ]);
  expect(net.borders(1, 'full', null).length / 2).toBe(12);
  expect(net.outline('a').coordinates).toHaveLength(3);
  expect(net.areasForLookup().map(({ code, polygons }) => [code, polygons.length])).toEqual([
    ['a1', 2],
    ['b1', 1],
  ]);
});

test('a typical area is measured with all its parts, so that islets do not make it narrow', () => {
  const [district = 0, township = 0] = shapes.typicalWidths;
  expect([Math.round(district / 1_000), Math.round(township / 1_000)]).toEqual([32, 6]);
  const islet = { ...islands, topology: { ...(islands.topology as object), objects: { level1: objects('a', 'a') } } };
  const withIslets = new DistrictShapes({ ...islet, areas: islands.areas.slice(0, 1) } as DistrictMap);
  expect(withIslets.typicalWidths[0]).toBeGreaterThan(1_000_000);
});

test('segments carry the metres from the beginning of their line', () => {
  const { length, attributes } = segmentsOf({
    type: 'MultiLineString',
    coordinates: [
      [
        [0, 0],
        [0, 0.001],
        [0, 0.003],
      ],
      [[5, 5]],
    ],
  });
  expect(length).toBe(4);
  expect([...attributes.getPosition.value]).toEqual([0, 0, 0, 0.001, 0, 0.001, 0, 0.003]);
  expect([...attributes.getValue.value].map(Math.round)).toEqual([0, 111, 111, 334]);
});
