import KDBush from 'kdbush';
import { expect, test } from 'vitest';
import { Random } from '#domain/base/random.ts';
import type { Area } from '#domain/grid/district.ts';
import type { ComponentField } from './component-field.ts';
import { ComponentView, MOST_POINTS } from './component-view.ts';
import { indexComponents } from './index-components.ts';

const COUNT = 60_000;

/** In the square of a tenth of a degree from 116, 40; the last one outside every grid. */
function aField(): ComponentField {
  const random = new Random(3);
  const positions = Float64Array.from({ length: 2 * COUNT }, (_, at) => (at % 2 === 0 ? 116 : 40) + random.next() / 10);
  positions.set([120, 30], 2 * COUNT - 2);
  return { count: COUNT, positions, classes: new Uint8Array(COUNT), names: ['a'] };
}

function aGrid(code: string, west: number): Area {
  const [east, south, north] = [west + 0.05, 40, 40.1];
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ] as const;
  const labelPoint = [west, south] as const;
  return {
    code,
    name: code,
    kind: 'grid',
    level: 4,
    parent: null,
    bounds: [west, south, east, north],
    labelPoint,
    polygons: [[ring]],
  };
}

function aTree(field: ComponentField): KDBush {
  for (const part of indexComponents({ ...field, areas: null })) {
    if (part.kind === 'tree') return KDBush.from(part.tree);
  }
  throw new Error('there is no tree');
}

test('the tree comes first, then the number in each grid, and who is outside is in none', () => {
  const areas = [aGrid('west', 116), aGrid('east', 116.05)];
  const parts = [...indexComponents({ ...aField(), areas })];
  expect(parts.map(({ kind }) => kind)).toEqual(['tree', 'byGrid']);
  const byGrid = parts[1]?.kind === 'byGrid' ? parts[1].byGrid : new Map<string, number>();
  expect([...byGrid.values()].reduce((sum, one) => sum + one, 0)).toBe(COUNT - 1);
  expect(Math.abs((byGrid.get('west') ?? 0) / (byGrid.get('east') ?? 1) - 1)).toBeLessThan(0.05);
});

test('of no components nothing is made', () => {
  expect([...indexComponents({ count: 0, positions: new Float64Array(0), areas: null })]).toEqual([]);
});

test('points are drawn from zoom 15 on, and asked for again only beyond what was looked at', () => {
  const field = aField();
  const view = new ComponentView(field, aTree(field));
  const box = [116.04, 40.04, 116.06, 40.06] as const;
  expect(view.look(box, 14.9)).toBe(false);
  expect(view.data).toBeNull();
  expect(view.look(box, 15)).toBe(true);
  const first = view.data;
  expect(first?.length).toBeGreaterThan(4 * view.countIn(box) * 0.9);
  expect(Math.abs(view.countIn(box) - COUNT * 0.04)).toBeLessThan(250);
  expect(view.look([116.045, 40.045, 116.065, 40.065], 15.2)).toBe(false);
  expect(view.data).toBe(first);
  expect(view.look([116.06, 40.06, 116.08, 40.08], 15.2)).toBe(true);
  expect(view.data).not.toBe(first);
  expect(view.look(box, 14)).toBe(true);
  expect(view.data).toBeNull();
});

test('more than twenty thousand in view are not drawn, and a smaller view is', () => {
  const field = aField();
  const view = new ComponentView(field, aTree(field));
  expect(view.look([116, 40, 116.1, 40.1], 15)).toBe(true);
  expect(view.look([116.001, 40, 116.1, 40.1], 15)).toBe(false);
  expect(view.data).toBeNull();
  expect(view.isTooMany).toBe(true);
  expect(view.look([116.03, 40.03, 116.08, 40.08], 15)).toBe(true);
  expect(view.isTooMany).toBe(false);
  expect(view.data?.length).toBeLessThanOrEqual(MOST_POINTS);
  expect(view.data?.length).toBe(view.countIn([116.03, 40.03, 116.08, 40.08]));
});

test('the one nearest to the pointer is found among those that are drawn', () => {
  const field = aField();
  const view = new ComponentView(field, aTree(field));
  const [lon = 0, lat = 0] = field.positions.subarray(20, 22);
  const near = [lon - 0.001, lat - 0.001, lon + 0.001, lat + 0.001] as const;
  expect(view.nearest(near)).toBeUndefined();
  view.look([lon - 0.01, lat - 0.01, lon + 0.01, lat + 0.01], 16);
  expect(view.nearest(near)).toBe(10);
});
