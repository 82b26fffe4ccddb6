import { expect, test } from 'vitest';
import { mapSheet } from './map-sheet.ts';

const square = (west: number, south: number, size: number) => ({
  name: '甲镇',
  polygons: [
    [
      [
        [west, south],
        [west + size, south],
        [west + size, south + size],
        [west, south + size],
        [west, south],
      ] as const,
    ],
  ],
  labelPoint: [west + size / 2, south + size / 2] as const,
  bounds: [west, south, west + size, south + size] as const,
});

test('fits the sheet, north up, and its bar is as long as the country is', () => {
  const sheet = mapSheet([{ code: 'a', area: square(116, 40, 0.2) }], 156, 76, '示意图');
  expect(sheet).toMatchObject({ widthMm: 156, heightMm: 76, mark: '示意图', areas: [{ code: 'a', label: [78, 38] }] });
  // 0.2° of latitude are 22.264 km on 76 mm.
  expect(sheet?.scale.km).toBe(5);
  expect(sheet?.scale.lengthMm).toBeCloseTo((5 / 22.264) * 76, 1);
  expect(sheet?.areas[0]?.path).toMatch(/^M[\d.]+ 76L[\d.]+ 76L[\d.]+ 0L[\d.]+ 0L[\d.]+ 76Z$/);
});

test('without an outline there is no map', () => {
  expect(mapSheet([{ code: 'a', area: { ...square(116, 40, 0.2), polygons: [] } }], 156, 76, '示意图')).toBeNull();
});
