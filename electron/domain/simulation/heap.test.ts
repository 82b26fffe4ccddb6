import { expect, test } from 'vitest';
import { Random } from '#domain/base/random.ts';
import { Heap } from './heap.ts';

test('gives items by key, equal keys in the order they came, whatever the order of pushes', () => {
  const random = new Random(3);
  const heap = new Heap<{ readonly key: number; readonly order: number }>();
  const items = Array.from({ length: 500 }, (_, order) => ({ key: random.integer(0, 40), order }));
  for (const item of items) heap.push(item.key, item);
  expect([heap.size, heap.firstKey()]).toEqual([500, 0]);
  const given = Array.from({ length: 500 }, () => heap.pop());
  expect(given).toEqual(items.toSorted((a, b) => a.key - b.key || a.order - b.order));
  expect([heap.size, heap.firstKey(), heap.pop()]).toEqual([0, undefined, undefined]);
});
