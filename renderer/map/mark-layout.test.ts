import { expect, test } from 'vitest';
import { layOutMarks, type Mark } from './mark-layout.ts';
import { shapes } from './symbols.ts';

const room = { lon: 1, lat: 1 };

test('near a graver mark the lesser one is small; the gravest is drawn last', () => {
  const marks: readonly Mark[] = [
    { lon: 0, lat: 0, level: 2 },
    { lon: 0.5, lat: 0, level: 3 },
    { lon: 5, lat: 0, level: 4 },
  ];
  expect(layOutMarks(marks, room).map(({ shape }) => shape)).toEqual([
    shapes.smallDiamond,
    shapes.circle,
    shapes.triangle,
  ]);
});

test('nearness does not depend on the raster: across a cell border and at negative degrees', () => {
  const marks: readonly Mark[] = [
    { lon: -0.1, lat: -0.1, level: 2 },
    { lon: 0.1, lat: 0.1, level: 2 },
  ];
  expect(layOutMarks(marks, room).map(({ shape }) => shape)).toEqual([shapes.smallTriangle, shapes.triangle]);
});

test('level 1 always has its full symbol; small ones do not cover each other', () => {
  const marks = Array.from({ length: 50 }, (_, at): Mark => ({ lon: at / 100, lat: 0, level: at % 2 === 0 ? 1 : 3 }));
  const drawn = layOutMarks(marks, room).map(({ shape }) => shape);
  expect(drawn.filter((shape) => shape === shapes.octagon)).toHaveLength(25);
  expect(drawn.filter((shape) => shape === shapes.smallDiamond)).toHaveLength(3);
});
