import { expect, test } from 'vitest';
import { levelInView } from './level-in-view.ts';

const shunyi = { typicalWidthsMeters: [32_000, 5_600, 1_260, 707], unitLevel: 2 };

test.each([
  ['the whole district', null, 70, 2],
  ['zoomed in to villages', null, 9, 3],
  ['zoomed in to unit grids', null, 5, 4],
  ['drilled into a township, whatever the zoom', 2, 70, 3],
  ['drilled into a township that fills the panel', 2, 12, 3],
  ['drilled into a unit grid', 4, 70, 4],
])('%s', (_, focusLevel, metersPerPixel, level) => {
  expect(levelInView({ ...shunyi, focusLevel, metersPerPixel })).toBe(level);
});

test('a district of two levels begins with its first', () => {
  expect(levelInView({ typicalWidthsMeters: [2_000, 900], unitLevel: 1, focusLevel: null, metersPerPixel: 100 })).toBe(
    1,
  );
});
