import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { defaultDistrict, loadDistrict } from '#host/district/load-district.ts';
import { DistrictShapes } from './district-shapes.ts';
import { darkTheme } from './map-theme.ts';
import { groundStyle, layerIds, layersOf, sourcesOf } from './style.ts';

const { map } = await loadDistrict(defaultDistrict(resolve(import.meta.dirname, '../../resources')));
const ground = groundStyle(darkTheme);
const { lines, names } = layersOf(darkTheme, 'Noto Sans SC');

test('the style names no address and no glyphs: nothing is fetched', () => {
  const all = { ground, lines, names, sources: sourcesOf(map, new DistrictShapes(map)) };
  expect(JSON.stringify(all)).not.toMatch(/https?:|glyphs|sprite/);
});

test('the first frame waits for no source and has the places of what comes later', () => {
  expect(ground.sources).toEqual({});
  const own = [...lines, ...names].map(({ id }) => id);
  expect(ground.layers.map(({ id }) => id)).toEqual(layerIds.filter((id) => !own.includes(id)));
});
