import { expect, test } from 'vitest';
import { scaleBar } from './scale-bar.ts';

test.each([
  [10, { meters: 1_000, widthPixels: 100 }],
  [35, { meters: 2_000, widthPixels: 57 }],
  [0.5, { meters: 50, widthPixels: 100 }],
])('%f m a pixel', (metersPerPixel, expected) => {
  expect(scaleBar(metersPerPixel)).toEqual(expected);
});
