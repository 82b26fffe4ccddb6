import { expect, test } from 'vitest';
import { labelShift } from './label-shift.ts';

const size = { width: 60, height: 15 };

test('a name stays where no symbol is, and steps aside from one', () => {
  expect(labelShift(size, [])).toEqual([0, 0]);
  expect(labelShift(size, [{ x: 200, y: 0 }])).toEqual([0, 0]);
  expect(labelShift(size, [{ x: 0, y: 4 }])).toEqual([0, -15]);
  expect(labelShift(size, [{ x: 0, y: -4 }])).toEqual([0, 15]);
});

test('between many it covers the fewest, the nearest of equal places', () => {
  const everywhere = Array.from({ length: 81 }, (_, at) => ({
    x: ((at % 9) - 4) * 12,
    y: (Math.floor(at / 9) - 4) * 8,
  }));
  const [dx, dy] = labelShift(size, everywhere);
  expect(Math.hypot(dx, dy)).toBeLessThan(30);
});
