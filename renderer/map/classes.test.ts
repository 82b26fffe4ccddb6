import fc from 'fast-check';
import { expect, test } from 'vitest';
import { classOf, figureClasses, naturalStarts } from './classes.ts';
import { breakMethods } from './map-layers.ts';

const fills = ['a', 'b', 'c', 'd'];
const bounds = (...figures: number[]) => figureClasses(figures, fills).map(({ from, to }) => [from, to]);
const sample = [0, 0, 1, 2, 3, 3, 3, 4, 6, 6, 7, 8, 8, 11, 12, 13, 14, 63];

test('classes lie side by side without gap; one hot spot does not flatten the rest', () => {
  expect(bounds(...sample)).toEqual([
    [0, 3],
    [4, 10],
    [11, 13],
    [14, null],
  ]);
});

test('few cases make few classes, none makes one', () => {
  expect(bounds(1)).toEqual([
    [0, 0],
    [1, null],
  ]);
  expect(bounds(1, 2)).toEqual([
    [0, 0],
    [1, 1],
    [2, null],
  ]);
  expect(bounds()).toEqual([[0, null]]);
  expect(bounds(0, 0)).toEqual([[0, 0]]);
});

test('a figure is in the class whose limits hold it', () => {
  const classes = figureClasses(sample, fills);
  expect([0, 3, 4, 10, 11, 4_000].map((figure) => classOf(figure, classes))).toEqual([0, 0, 1, 1, 2, 3]);
});

test('classes of equal width reach from 0 to the highest figure', () => {
  expect(figureClasses(sample, fills, 'equal').map(({ from, to, count }) => [from, to, count])).toEqual([
    [0, 15, 17],
    [16, 31, 0],
    [32, 47, 0],
    [48, null, 1],
  ]);
});

test('natural breaks fall into the gaps between heaps', () => {
  const heaps = [0, 1, 1, 2, 10, 11, 11, 30, 31, 80, 82];
  expect(figureClasses(heaps, fills, 'natural').map(({ from, to, count }) => [from, to, count])).toEqual([
    [0, 9, 4],
    [10, 29, 3],
    [30, 79, 2],
    [80, null, 2],
  ]);
});

test('natural breaks have the least spread of all ways to cut', () => {
  const spread = (values: readonly number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  };
  const spreadOf = (sorted: readonly number[], [second, third]: readonly [number, number]) =>
    [sorted.filter((v) => v < second), sorted.filter((v) => v >= second && v < third), sorted.filter((v) => v >= third)]
      .filter((part) => part.length > 0)
      .reduce((sum, part) => sum + spread(part), 0);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 3, maxLength: 14 }), (figures) => {
      const sorted = figures.toSorted((a, b) => a - b);
      const different = [...new Set(sorted)];
      fc.pre(different.length >= 3);
      const [, second = 0, third = 0] = naturalStarts(sorted, 3);
      const found = spreadOf(sorted, [second, third]);
      const best = Math.min(
        ...different.flatMap((a) => different.filter((b) => b > a).map((b) => spreadOf(sorted, [a, b]))),
      );
      expect(found).toBeCloseTo(best, 6);
    }),
  );
});

test('whatever the method, classes have no gap, hold every area once, and begin at 0', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 5_000 }), { maxLength: 700 }),
      fc.constantFrom(...breakMethods),
      (figures, method) => {
        const classes = figureClasses(figures, fills, method);
        expect(classes[0]?.from).toBe(0);
        expect(classes.at(-1)?.to ?? Infinity).toBeGreaterThanOrEqual(Math.max(0, ...figures));
        for (const [index, { to }] of classes.slice(0, -1).entries())
          expect(classes[index + 1]?.from).toBe((to ?? 0) + 1);
        expect(classes.reduce((sum, { count }) => sum + count, 0)).toBe(figures.length);
        for (const [index, { count }] of classes.entries()) {
          expect(figures.filter((figure) => classOf(figure, classes) === index)).toHaveLength(count);
        }
      },
    ),
    { numRuns: 60 },
  );
});
