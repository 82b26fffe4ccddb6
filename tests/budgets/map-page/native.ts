import 'maplibre-gl/dist/maplibre-gl.css';
import type { Feature, FeatureCollection, LineString, Point } from 'geojson';
import { Map as MapLibreMap, setWorkerUrl, type GeoJSONSource, type LayerSpecification } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { arcLines, fillsOf, FONT, lookOfCase, theme, type Drawer, type Scene } from './scene.ts';

/** The scene in sources and layers of maplibre alone. */
export function drawNative(container: HTMLElement, scene: Scene, place: readonly [number, number, number]): Drawer {
  setWorkerUrl(workerUrl);
  const { district, rows, people } = scene;
  const topology = district.topology as unknown as Topology;
  const fills = fillsOf(scene);
  const level = (at: number) => topology.objects[`level${at}`] as GeometryCollection;
  const areas = feature(topology, level(4)) as FeatureCollection;
  const persons = (positions: Float64Array): FeatureCollection => ({
    type: 'FeatureCollection',
    features: Array.from({ length: people.count }, (_, at) => point(positions[2 * at], positions[2 * at + 1], {})),
  });
  const line = (at: number): LineString =>
    ({ type: 'MultiLineString', coordinates: mesh(topology, level(at)).coordinates }) as unknown as LineString;
  const data: Record<string, FeatureCollection | LineString> = {
    areas: {
      ...areas,
      features: areas.features.map((one) => ({ ...one, properties: { fill: fills.get(String(one.id)) } })),
    },
    ...{ level4: line(4), level3: line(3), level2: line(2), level1: line(1) },
    cases: {
      type: 'FeatureCollection',
      features: rows.map((row) => point(row.lon, row.lat, { ...lookOfCase(row) })),
    },
    arcs: {
      type: 'FeatureCollection',
      features: arcLines(scene).map((coordinates) => ({
        ...{ type: 'Feature', properties: {} },
        geometry: { type: 'LineString', coordinates },
      })),
    },
    people: persons(people.home),
    names: {
      type: 'FeatureCollection',
      features: district.areas
        .filter(({ level: at }) => at === 3)
        .map(({ name, labelPoint: [lon, lat] }) => point(lon, lat, { name })),
    },
  };
  const borders = (at: number, width: number, opacity: number): LayerSpecification => ({
    ...{ id: `level${at}`, type: 'line', source: `level${at}` },
    paint: { 'line-color': theme.borders.fine, 'line-width': width, 'line-opacity': opacity },
  });
  const map = new MapLibreMap({
    ...{ container, center: [place[0], place[1]], zoom: place[2] },
    ...{ attributionControl: false, renderWorldCopies: false, fadeDuration: 0, localIdeographFontFamily: FONT },
    style: {
      version: 8,
      sources: Object.fromEntries(Object.entries(data).map(([id, one]) => [id, { type: 'geojson', data: one }])),
      layers: [
        { id: 'ground', type: 'background', paint: { 'background-color': theme.ground } },
        {
          id: 'areas',
          type: 'fill',
          source: 'areas',
          paint: { 'fill-color': ['get', 'fill'], 'fill-antialias': false },
        },
        ...[borders(4, 1, 0.2), borders(3, 1, 0.3), borders(2, 1, 0.75), borders(1, 1.5, 1)],
        {
          ...{ id: 'cases', type: 'circle', source: 'cases' },
          paint: { 'circle-color': ['get', 'colour'], 'circle-radius': ['get', 'radius'], 'circle-opacity': 0.6 },
        },
        {
          ...{ id: 'arcs', type: 'line', source: 'arcs' },
          paint: { 'line-color': theme.data, 'line-width': 1, 'line-opacity': 0.85 },
        },
        {
          ...{ id: 'people', type: 'circle', source: 'people' },
          paint: { 'circle-color': theme.data, 'circle-radius': 1.2 },
        },
        {
          ...{ id: 'names', type: 'symbol', source: 'names' },
          layout: { 'text-field': ['get', 'name'], 'text-font': [FONT], 'text-size': 12.5, 'text-padding': 2 },
          paint: { 'text-color': theme.text, 'text-halo-color': theme.ground, 'text-halo-width': 1.3 },
        },
      ],
    },
  });
  return {
    settled() {
      map.triggerRepaint();
      return new Promise((resolve) => map.once('idle', resolve));
    },
    look: (lon, lat, zoom) => map.jumpTo({ center: [lon, lat], zoom }),
    move: (positions) => void map.getSource<GeoJSONSource>('people')?.setData(persons(positions)),
    pick: (x, y) =>
      map.queryRenderedFeatures(
        [
          [x - 9, y - 9],
          [x + 9, y + 9],
        ],
        { layers: ['cases', 'people'] },
      ).length > 0,
  };
}

function point(lon: number | null = null, lat: number | null = null, properties: object): Feature<Point> {
  return {
    type: 'Feature',
    properties: { ...properties },
    geometry: { type: 'Point', coordinates: [lon ?? 0, lat ?? 0] },
  };
}
