import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { defaultDistrict, loadDistrict } from '#host/district/load-district.ts';
import { DistrictShapes } from './district-shapes.ts';
import { darkTheme } from './map-theme.ts';
import { before, layerIds, mapStyle } from './style.ts';

const { map } = await loadDistrict(defaultDistrict(resolve(import.meta.dirname, '../../resources')));
const style = mapStyle(map, new DistrictShapes(map), darkTheme, 'Noto Sans SC');

test('the style names no address and no glyphs: nothing is fetched', () => {
  expect(JSON.stringify(style)).not.toMatch(/https?:|glyphs|sprite/);
});

test('layers stand in their order, deck.gl has its places among them', () => {
  expect(style.layers.map(({ id }) => id)).toEqual([...layerIds]);
  expect(layerIds).toContain(before.net);
  expect(layerIds).toContain(before.cases);
});
