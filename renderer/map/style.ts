import type { LineLayerSpecification, StyleSpecification, SymbolLayerSpecification } from 'maplibre-gl';
import type { FeatureCollection } from 'geojson';
import type { DistrictMap } from '#contract/grid.ts';
import type { LevelShapes } from './district-shapes.ts';
import type { MapTheme } from './map-theme.ts';

/** maplibre layers that deck.gl's layers are put below; bottom to top as in map-and-data.md §6.3. */
export const anchors = { fill: 'context-lines', borders: 'units', cases: 'chain', marks: 'selection' } as const;

const nothing: FeatureCollection = { type: 'FeatureCollection', features: [] };

/**
 * The style without any address: sources are data, text is drawn locally (no `glyphs`), so nothing is fetched.
 * `font` is the page's own family, loaded before the map is made.
 */
export function mapStyle(
  district: DistrictMap,
  levels: readonly LevelShapes[],
  unitLevel: number,
  theme: MapTheme,
  font: string,
): StyleSpecification {
  const context = (district.context ?? nothing) as unknown as FeatureCollection;
  const units = levels[unitLevel - 1];
  return {
    version: 8,
    sources: {
      context: { type: 'geojson', data: context },
      units: {
        type: 'geojson',
        data: units === undefined ? nothing : { type: 'Feature', properties: {}, geometry: units.borders },
      },
      focus: { type: 'geojson', data: nothing },
      chain: { type: 'geojson', data: nothing },
      stops: { type: 'geojson', data: nothing },
      selection: { type: 'geojson', data: nothing },
      labels: { type: 'geojson', data: nothing },
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': theme.ground } },
      line('context-lines', 'context', {
        'line-color': theme.context,
        'line-width': [
          'interpolate',
          ['linear'],
          ['zoom'],
          8,
          ['match', ['get', 'kind'], 'river', 2, 1],
          13,
          ['match', ['get', 'kind'], 'river', 10, 5],
        ],
        'line-opacity': 0.7,
      }),
      line('units', 'units', { 'line-color': theme.control, 'line-width': 1, 'line-opacity': 0.9 }),
      line('focus', 'focus', { 'line-color': theme.textQuiet, 'line-width': 2 }),
      line('chain', 'chain', { 'line-color': theme.data, 'line-width': 2.5 }, ['!', ['get', 'isReturn']]),
      line('chain-back', 'chain', { 'line-color': theme.data, 'line-width': 2.5, 'line-dasharray': [2, 1.5] }, [
        'get',
        'isReturn',
      ]),
      {
        id: 'stops',
        type: 'circle',
        source: 'stops',
        paint: {
          'circle-radius': ['case', ['get', 'isCurrent'], 5, 4],
          'circle-color': theme.data,
          'circle-stroke-color': ['case', ['get', 'isCurrent'], theme.text, theme.ground],
          'circle-stroke-width': 1.5,
        },
      },
      {
        id: 'selection',
        type: 'circle',
        source: 'selection',
        paint: {
          'circle-radius': 14,
          'circle-color': 'rgba(0,0,0,0)',
          'circle-stroke-color': theme.text,
          'circle-stroke-width': 2,
        },
      },
      label('context-names', 'context', theme, font, {
        'text-field': ['get', 'name'],
        'symbol-placement': 'line',
        'text-size': 11,
        'symbol-spacing': 400,
      }),
      label('labels', 'labels', theme, font, {
        'text-size': ['get', 'size'],
        'symbol-sort-key': ['get', 'order'],
        'text-padding': 3,
      }),
      label('stop-labels', 'stops', theme, font, {
        'text-size': 12,
        'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
        'text-radial-offset': 0.8,
        'text-justify': 'auto',
        'text-allow-overlap': true,
      }),
    ],
  };
}

function line(
  id: string,
  source: string,
  paint: NonNullable<LineLayerSpecification['paint']>,
  filter?: NonNullable<LineLayerSpecification['filter']>,
): LineLayerSpecification {
  return {
    ...{ id, type: 'line', source, paint },
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    ...(filter === undefined ? {} : { filter }),
  };
}

function label(
  id: string,
  source: string,
  theme: MapTheme,
  font: string,
  layout: NonNullable<SymbolLayerSpecification['layout']>,
): SymbolLayerSpecification {
  return {
    ...{ id, type: 'symbol', source },
    layout: { 'text-field': ['get', 'text'], 'text-font': [font], 'text-max-width': 20, ...layout },
    paint: {
      'text-color': ['case', ['boolean', ['get', 'isQuiet'], true], theme.textFaint, theme.text],
      'text-halo-color': theme.ground,
      'text-halo-width': 1.4,
    },
  };
}
