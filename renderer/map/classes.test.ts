import { expect, test } from 'vitest';
import { classOf, figureClasses } from './classes.ts';

const fills = ['a', 'b', 'c', 'd'];
const bounds = (...figures: number[]) => figureClasses(figures, fills).map(({ from, to }) => [from, to]);

test('classes lie side by side without gap; one hot spot does not flatten the rest', () => {
  const figures = [0, 0, 1, 2, 3, 3, 3, 4, 6, 6, 7, 8, 8, 11, 12, 13, 14, 63];
  expect(bounds(...figures)).toEqual([
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
});

test('a figure is in the class whose limits hold it', () => {
  const classes = figureClasses([0, 0, 1, 2, 3, 3, 3, 4, 6, 6, 7, 8, 8, 11, 12, 13, 14, 63], fills);
  expect([0, 3, 4, 10, 11, 4_000].map((figure) => classOf(figure, classes))).toEqual([0, 0, 1, 1, 2, 3]);
});
