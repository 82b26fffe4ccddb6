import fc from 'fast-check';
import { expect, test } from 'vitest';
import { caseRow } from '#contract/case-row.ts';
import { HOUR_MS } from '#domain/base/instant.ts';
import { aCase, morning } from '#tests/builders/cases.ts';
import { lookOf, PointBuffer, type Look } from './case-points.ts';
import { shapes } from './layers/flat-layer.ts';
import { darkTheme } from './map-theme.ts';

const plain: Look = { level: null, shape: shapes.dot, colour: '#010203' };

test('levels have shapes, normal cases are hollow until a unit has them', () => {
  const row = caseRow(aCase(2), 2);
  expect(lookOf(row, darkTheme, morning).shape).toBe(shapes.ring);
  expect(lookOf({ ...row, holderUnit: '91' }, darkTheme, morning).shape).toBe(shapes.dot);
  expect(lookOf(row, darkTheme, morning + 30 * HOUR_MS)).toMatchObject({ level: 2, shape: shapes.triangle });
  expect(lookOf({ ...row, returnCount: 2, dueAt: null }, darkTheme, morning).shape).toBe(shapes.circle);
});

test('after any changes the arrays hold exactly the points that are there', () => {
  const step = fc.record({ id: fc.integer({ min: 0, max: 40 }).map(String), isGone: fc.boolean(), lon: fc.integer() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const buffer = new PointBuffer();
      const expected = new Map<string, number>();
      for (const { id, isGone, lon } of steps) {
        if (isGone) {
          expect(buffer.remove(id)).toBe(expected.delete(id));
        } else {
          buffer.set(id, lon, 1, plain);
          expected.set(id, lon);
        }
      }
      const { length, attributes } = buffer.data();
      const lons = Array.from({ length }, (_, slot) => attributes.getPosition.value[slot * 2]);
      const ascending = (a = 0, b = 0) => a - b;
      expect(lons.toSorted(ascending)).toEqual([...expected.values()].toSorted(ascending));
      expect(buffer.size).toBe(expected.size);
      expect([...attributes.getColor.value].every((byte, at) => byte === [1, 2, 3, 255][at % 4])).toBe(true);
    }),
    { seed: 7, numRuns: 200 },
  );
});
