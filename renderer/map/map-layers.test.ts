import { expect, test } from 'vitest';
import { defaultLayers, readLayers, type MapLayers } from './map-layers.ts';

test('what was remembered comes back as it was', () => {
  const chosen: MapLayers = {
    surface: 'hexagons',
    figure: 'overdueShare',
    breaks: 'natural',
    level: 3,
    points: 'stage',
    clusters: true,
    chain: false,
    arcs: 'hour',
    forces: false,
    forceKinds: ['vehicle'],
    components: true,
    alarms: true,
  };
  expect(readLayers(JSON.parse(JSON.stringify(chosen)))).toEqual(chosen);
});

test.each([null, 'x', 7, {}, { surface: 'sea', level: 1.5, clusters: 'yes', arcs: null }])(
  'of %j nothing is understood, so all is as at first',
  (content) => {
    expect(readLayers(content)).toEqual(defaultLayers);
  },
);
