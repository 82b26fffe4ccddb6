import { expect, test } from 'vitest';
import { ComponentPacker, unpackComponents, type ComponentColumns } from '#contract/component-file.ts';
import type { Component } from '#domain/components/component.ts';
import { madeComponents } from '#tests/builders/component-file.ts';
import { shelfOf } from './component-shelf.ts';

function inventory(components: readonly Component[]): ComponentColumns {
  const packer = new ComponentPacker();
  for (const component of components) packer.add(component);
  return unpackComponents(packer.pack({ importedAt: 0, system: 'wgs84' }));
}

const nameOf = (code: string) => `类 ${code}`;
const all = (shelf: ReturnType<typeof shelfOf>) => Array.from({ length: shelf.count }, (_, index) => shelf.at(index));

test('one inventory is drawn as it is, each place leads to its component', () => {
  const made = madeComponents({ rows: 30 });
  const shelf = shelfOf([inventory(made)], nameOf, '其他');
  expect(all(shelf)).toEqual(made);
  expect([shelf.positions[2 * 29], shelf.positions[2 * 29 + 1]]).toEqual([made[29]?.lon, made[29]?.lat]);
  expect(shelf.names).toEqual(['类 01001', '类 01002', '类 01037']);
  expect(shelf.names[shelf.classes[29] ?? 0]).toBe('类 01037');
});

test('of an id that stands in several inventories the latest counts', () => {
  const made = madeComponents({ rows: 10 });
  const moved = made.slice(3, 5).map((component) => ({ ...component, lon: component.lon + 0.001, name: '移装' }));
  const shelf = shelfOf([inventory(made), inventory(moved)], nameOf, '其他');
  expect(shelf.count).toBe(10);
  expect(
    all(shelf)
      .filter(({ name }) => name === '移装')
      .map(({ id }) => id),
  ).toEqual(moved.map(({ id }) => id));
});

test('of more classes than a byte can name the rest share a name', () => {
  const [first] = madeComponents({ rows: 1 });
  const many = Array.from({ length: 300 }, (_, at) => ({
    ...{ lon: 116.6, lat: 40.1, unit: '', name: 'x', ...first },
    id: `110113${String(at).padStart(5, '0')}000001`,
  }));
  const shelf = shelfOf([inventory(many)], nameOf, '其他');
  expect(shelf.names).toHaveLength(256);
  expect([shelf.names[shelf.classes[254] ?? 0], shelf.names[shelf.classes[255] ?? 0]]).toEqual(['类 00254', '其他']);
  expect(shelf.names[shelf.classes[299] ?? 0]).toBe('其他');
});

test('nothing is drawn of nothing', () => {
  expect(shelfOf([], nameOf, '其他').count).toBe(0);
});
