import { expect, test } from 'vitest';
import { lowered, readBaseMaps, withBaseMap, withOpacity } from './base-map-choice.ts';

test('a base map is switched on above the others, moved down step by step, and off again', () => {
  const two = withBaseMap(withBaseMap([], 'image', true), 'names', true);
  expect(two.map(({ id }) => id)).toEqual(['image', 'names']);
  expect(lowered(two, 'names').map(({ id }) => id)).toEqual(['names', 'image']);
  expect(lowered(two, 'image')).toBe(two);
  expect(lowered(two, 'unknown')).toBe(two);
  expect(withBaseMap(two, 'image', false).map(({ id }) => id)).toEqual(['names']);
});

test('opacity stays between a tenth and one', () => {
  const one = withBaseMap([], 'image', true);
  expect(withOpacity(one, 'image', 0.4)).toEqual([{ id: 'image', opacity: 0.4 }]);
  expect(withOpacity(one, 'image', 7)).toEqual([{ id: 'image', opacity: 1 }]);
  expect(withOpacity(one, 'image', -1)).toEqual([{ id: 'image', opacity: 0.1 }]);
});

test.each([[null], ['x'], [{}], [[null, 1, { id: 3 }, { id: 'a' }, { id: 'b', opacity: 'c' }]]])(
  'what cannot be understood is off: %j',
  (content) => {
    expect(readBaseMaps(content)).toEqual([]);
  },
);

test('what was remembered is on again', () => {
  expect(readBaseMaps([{ id: 'image', opacity: 0.5 }])).toEqual([{ id: 'image', opacity: 0.5 }]);
});
