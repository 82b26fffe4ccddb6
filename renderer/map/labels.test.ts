import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { defaultDistrict, loadDistrict } from '#host/district/load-district.ts';
import { DistrictShapes } from './district-shapes.ts';
import { labelFeatures } from './labels.ts';
import { defaultLayers } from './map-layers.ts';
import { darkTheme } from './map-theme.ts';

const { map } = await loadDistrict(defaultDistrict(resolve(import.meta.dirname, '../../resources')));
const shapes = new DistrictShapes(map);
const figures = new Map([['110113106', 21]]);
const rest = { figures, theme: darkTheme, layers: defaultLayers, arcUnit: null };

const labels = (level: number, focus: string | null, metersPerPixel: number) =>
  labelFeatures(shapes, { level, focus, metersPerPixel, ...rest }, []).features.map(({ properties }) => properties);

test('names stand with their open cases; narrow areas have none until one zooms in', () => {
  const whole = labels(2, null, 70);
  const township = whole.find(({ count }) => count === ' 21');
  expect(township?.rank).toBe('area');
  expect(whole.length).toBeLessThan(30);
  expect(labels(2, null, 12)).toHaveLength(30);
});

test('in a township: its villages, the last three digits of its grids, the neighbours quietly', () => {
  const ranks = labels(3, '110113106', 10).map(({ rank }) => rank);
  const count = (rank: string) => ranks.filter((one) => one === rank).length;
  expect(count('around')).toBe(29);
  expect(count('area')).toBeGreaterThan(20);
  expect(count('grid')).toBe(shapes.areas(4).filter(({ code }) => code.startsWith('110113106')).length);
  expect(labels(3, '110113106', 40).some(({ rank }) => rank === 'grid')).toBe(false);
});

test('a name steps aside from a symbol at its place', () => {
  const area = shapes.area('110113106');
  const [lon = 0, lat = 0] = area?.labelPoint ?? [];
  const view = { level: 2, focus: null, metersPerPixel: 40, ...rest };
  const { features } = labelFeatures(shapes, view, [{ lon, lat, shape: 3 }]);
  const moved = features.find(({ properties }) => properties.count === ' 21');
  expect(moved?.geometry.coordinates).not.toEqual(area?.labelPoint);
});

test('beside the names stands the chosen figure in its unit, and nothing where an area has none', () => {
  const layers = { ...defaultLayers, figure: 'overdueShare' } as const;
  const { features } = labelFeatures(shapes, { level: 2, focus: null, metersPerPixel: 12, ...rest, layers }, []);
  const counts = features.map(({ properties }) => properties.count);
  expect(counts.filter((count) => count !== '')).toEqual([' 21%']);
});
