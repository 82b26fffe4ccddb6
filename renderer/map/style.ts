import type { FeatureCollection } from 'geojson';
import type {
  ExpressionSpecification,
  GeoJSONSourceSpecification,
  LayerSpecification,
  StyleSpecification,
} from 'maplibre-gl';
import type { DistrictMap } from '#contract/grid.ts';
import type { DistrictShapes } from './district-shapes.ts';
import { bytesOf, type MapTheme } from './map-theme.ts';

/**
 * Layers that draw nothing: net and cases of deck.gl and the lines between them are put right below. They are there from the
 * first frame on, without waiting
 * for a source.
 */
export const before = { net: 'above-net', lines: 'above-lines', cases: 'above-cases' } as const;

/** maplibre's own layers, bottom to top. */
export const layerIds = [
  'ground',
  before.net,
  'airport',
  'rivers',
  'roads',
  'airport-outline',
  'runways',
  'units',
  'outline',
  'focus',
  'heat',
  before.lines,
  before.cases,
  'context-names',
  'labels',
] as const;

/** How far a case spreads in the heat, CSS pixels. */
export const HEAT_RADIUS = 26;

const nothing: FeatureCollection = { type: 'FeatureCollection', features: [] };

/** Ground and deck.gl's places: complete in the first frame, so that nets and cases need not wait for a worker. */
export function groundStyle(theme: MapTheme): StyleSpecification {
  const place = (id: string): LayerSpecification => ({ id, type: 'background', layout: { visibility: 'none' } });
  return { version: 8, sources: {}, layers: [groundOf(theme), ...Object.values(before).map(place)] };
}

/** What is laid over the ground once it stands. */
export interface MapContent {
  readonly sources: Readonly<Record<string, GeoJSONSourceSpecification>>;
  /** Between net and cases, bottom to top. */
  readonly lines: readonly LayerSpecification[];
  /** Over everything. */
  readonly names: readonly LayerSpecification[];
}

/** The net's outlines and the surroundings, as data. */
export function sourcesOf(district: DistrictMap, shapes: DistrictShapes): MapContent['sources'] {
  const context = (district.context ?? nothing) as unknown as FeatureCollection;
  return {
    context: { type: 'geojson', data: context },
    units: { type: 'geojson', data: shapes.lines(shapes.unitLevel, 'all') },
    outline: { type: 'geojson', data: shapes.lines(shapes.unitLevel, 'outer') },
    focus: { type: 'geojson', data: nothing },
    heat: { type: 'geojson', data: nothing },
    labels: { type: 'geojson', data: nothing },
  };
}

/**
 * Layers without any address: sources are data, text is drawn locally (no `glyphs`), so nothing is fetched. Roads and
 * rivers lie above the choropleth, thinly: its opaque classes, which the legend names, would hide them.
 *
 * @param font the page's own family, loaded before the map is made
 */
export function layersOf(theme: MapTheme, font: string): Omit<MapContent, 'sources'> {
  return { lines: linesOf(theme), names: namesOf(theme, font) };
}

function groundOf(theme: MapTheme): LayerSpecification {
  return { id: 'ground', type: 'background', paint: { 'background-color': theme.ground } };
}

function linesOf(theme: MapTheme): LayerSpecification[] {
  const round = { 'line-join': 'round', 'line-cap': 'round' } as const;
  const { colour, opacity } = theme.context;
  return [
    {
      ...{ id: 'airport', type: 'fill', source: 'context', filter: kind('airport') },
      paint: { 'fill-color': theme.ground, 'fill-opacity': 0.45 },
    },
    {
      ...{ id: 'rivers', type: 'line', source: 'context', layout: round, filter: kind('river', 'lake', 'canal') },
      paint: { 'line-color': colour, 'line-opacity': opacity, 'line-width': widths(1.6, 7, 18) },
    },
    {
      ...{ id: 'roads', type: 'line', source: 'context', layout: round, filter: kind('road', 'rail') },
      paint: { 'line-color': colour, 'line-opacity': opacity + 0.06, 'line-width': widths(1, 2.6, 8) },
    },
    {
      ...{ id: 'airport-outline', type: 'line', source: 'context', layout: round, filter: kind('airport') },
      paint: { 'line-color': theme.textFaint, 'line-opacity': 0.6, 'line-width': 1, 'line-dasharray': [4, 3] },
    },
    {
      ...{ id: 'runways', type: 'line', source: 'context', filter: kind('runway') },
      paint: { 'line-color': theme.textFaint, 'line-opacity': 0.8, 'line-width': widths(1.2, 3, 10) },
    },
    {
      ...{ id: 'units', type: 'line', source: 'units', layout: round },
      paint: { 'line-color': theme.borders.unit, 'line-opacity': 0.75, 'line-width': widths(0.8, 1.3, 2.2) },
    },
    {
      ...{ id: 'outline', type: 'line', source: 'outline', layout: round },
      paint: { 'line-color': theme.borders.outline, 'line-width': widths(1.4, 2, 3) },
    },
    {
      ...{ id: 'focus', type: 'line', source: 'focus', layout: round },
      paint: { 'line-color': theme.text, 'line-width': 2 },
    },
    {
      ...{ id: 'heat', type: 'heatmap', source: 'heat', layout: { visibility: 'none' } },
      paint: { 'heatmap-radius': HEAT_RADIUS, 'heatmap-color': heatColours(theme) },
    },
  ];
}

/** Lightness only, as the classes of areas; nothing where there is hardly a case. */
function heatColours({ ground, fills, control }: MapTheme): ExpressionSpecification {
  const clear = `rgba(${bytesOf(ground, 0).join(', ')})`;
  const steps = [0, clear, 0.05, clear, 0.12, fills[1], 0.3, fills[2], 0.6, fills[3], 1, control];
  return ['interpolate', ['linear'], ['heatmap-density'], ...steps] as ExpressionSpecification;
}

function namesOf(theme: MapTheme, font: string): LayerSpecification[] {
  return [
    {
      ...{ id: 'context-names', type: 'symbol', source: 'context', filter: ['!', kind('runway', 'airport')] },
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 420,
        'text-field': ['get', 'name'],
        'text-font': [font],
        'text-size': 11,
        'text-max-angle': 40,
        'text-padding': 12,
        'text-letter-spacing': 0.1,
      },
      paint: halo(theme, theme.textFaint),
    },
    {
      ...{ id: 'labels', type: 'symbol', source: 'labels' },
      layout: {
        'text-field': ['format', ['get', 'name'], {}, ['get', 'count'], { 'text-color': theme.text }],
        'text-font': [font],
        'text-size': ['match', ['get', 'rank'], 'grid', 11, 12.5],
        'text-max-width': 30,
        'text-padding': 2,
        'symbol-sort-key': ['get', 'order'],
      },
      paint: halo(theme, ['match', ['get', 'rank'], 'area', theme.text, 'around', theme.textFaint, theme.textFaint]),
    },
  ];
}

function kind(...names: string[]): ExpressionSpecification {
  return ['in', ['get', 'kind'], ['literal', names]];
}

/** Line width at zoom 9.5, 12 and 15, CSS pixels. */
function widths(far: number, middle: number, near: number): ExpressionSpecification {
  return ['interpolate', ['exponential', 1.5], ['zoom'], 9.5, far, 12, middle, 15, near];
}

function halo(theme: MapTheme, colour: string | ExpressionSpecification) {
  return { 'text-color': colour, 'text-halo-color': theme.ground, 'text-halo-width': 1.3, 'text-halo-blur': 0.4 };
}
