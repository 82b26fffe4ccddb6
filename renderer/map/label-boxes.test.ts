import { expect, test } from 'vitest';
import { labelBox } from './label-boxes.ts';

const picture = { width: 200, height: 100 };
const size = { width: 50, height: 10 };

test('right of the point, or left, below, above where that is free and inside', () => {
  expect(labelBox({ x: 100, y: 50 }, size, [], picture)).toMatchObject({ x: 109, y: 45 });
  expect(labelBox({ x: 180, y: 50 }, size, [], picture)).toMatchObject({ x: 121, y: 45 });
  const sides = [
    { x: 109, y: 45, width: 5, height: 5 },
    { x: 60, y: 45, width: 5, height: 5 },
  ];
  expect(labelBox({ x: 100, y: 50 }, size, sides, picture)).toMatchObject({ x: 75, y: 59 });
});

test('to the right when nothing is free', () => {
  const all = [{ x: 0, y: 0, width: 200, height: 100 }];
  expect(labelBox({ x: 100, y: 50 }, size, all, picture)).toMatchObject({ x: 109, y: 45 });
});
