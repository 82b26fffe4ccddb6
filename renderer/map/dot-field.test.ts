import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DotField } from './dot-field.ts';
import { shapes } from './symbols.ts';

const tiny = { lon: 1e-9, lat: 1e-9 };

function lons(field: DotField): readonly number[] {
  const { length, attributes } = field.data();
  return Array.from({ length }, (_, slot) => attributes.getPosition.value[slot * 2] ?? NaN).toSorted((a, b) => a - b);
}

test('after any changes the arrays hold one dot of every cell that has any', () => {
  const step = fc.record({
    id: fc.integer({ min: 0, max: 40 }).map(String),
    act: fc.constantFrom('set', 'set', 'set', 'remove', 'thin'),
    lon: fc.integer({ min: 0, max: 60 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const field = new DotField();
      const cell = { lon: 4, lat: 4 };
      field.thin(cell);
      const expected = new Map<string, number>();
      for (const { id, act, lon } of steps) {
        if (act === 'thin') field.thin(cell);
        else if (act === 'remove') expect(field.remove(id)).toBe(expected.delete(id));
        else {
          field.set(id, lon, 1, shapes.dot);
          expected.set(id, lon);
        }
      }
      field.thin(cell);
      const cells = (values: Iterable<number>) => [...values].map((lon) => Math.floor(lon / 4)).sort((a, b) => a - b);
      const drawn = cells(lons(field));
      expect(drawn).toEqual([...new Set(cells(expected.values()))]);
      expect(field.size).toBe(expected.size);
    }),
    { seed: 7, numRuns: 200 },
  );
});

test('an attribute that did not change is the same object, so that nothing is uploaded', () => {
  const field = new DotField();
  field.thin(tiny);
  field.set('a', 1, 1, shapes.dot);
  field.set('b', 2, 2, shapes.dot);
  const before = field.data().attributes;
  expect(field.data().attributes.getPosition).toBe(before.getPosition);
  field.set('a', 1, 1, shapes.ring);
  const after = field.data().attributes;
  expect(after.getPosition).toBe(before.getPosition);
  expect(after.getValue).not.toBe(before.getValue);
  expect([...after.getValue.value.slice(0, 2)]).toEqual([shapes.ring, shapes.dot]);
});

test('coarser cells draw fewer dots, finer ones all again; none is forgotten', () => {
  const field = new DotField();
  field.thin(tiny);
  for (let at = 0; at < 100; at += 1) field.set(String(at), at, 0.5, shapes.dot);
  expect(field.drawn).toBe(100);
  field.thin({ lon: 10, lat: 10 });
  expect([field.drawn, field.size]).toEqual([10, 100]);
  field.thin(tiny);
  expect(field.drawn).toBe(100);
});
