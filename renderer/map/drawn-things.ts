import type { FeatureCollection, Geometry, Position } from 'geojson';
import type { ChainStop } from './chain-line.ts';
import type { LevelShapes } from './district-shapes.ts';

/** The outline of the area in focus; nothing for the whole district. */
export function focusData(levels: readonly LevelShapes[], code: string | null): FeatureCollection {
  const shaped = levels.flatMap(({ areas }) => areas).find(({ area }) => area.code === code);
  const coordinates = (shaped?.polygons ?? []).flatMap((polygon) =>
    polygon.map((ring) => ring as unknown as Position[]),
  );
  return collection([{ properties: {}, geometry: { type: 'MultiLineString', coordinates } }]);
}

/** The ring around the selected case; nothing without a place. */
export function selectionData(
  at: { readonly lon: number | null; readonly lat: number | null } | null,
): FeatureCollection {
  if (at === null || at.lon === null || at.lat === null) return collection([]);
  return collection([{ properties: {}, geometry: { type: 'Point', coordinates: [at.lon, at.lat] } }]);
}

/** The stops of a chain with their number and name; of several in one place the last one. */
export function stopsData(chain: readonly ChainStop[]): FeatureCollection {
  const places = new Map(chain.map((stop, index) => [stop.position.join(), { stop, index }]));
  return collection(
    [...places.values()].map(({ stop, index }) => ({
      properties: { text: `${index + 1} ${stop.label}`, isCurrent: stop.isCurrent, isQuiet: false },
      geometry: { type: 'Point', coordinates: stop.position },
    })),
  );
}

function collection(
  features: readonly { readonly properties: Record<string, unknown>; readonly geometry: Geometry }[],
): FeatureCollection {
  return { type: 'FeatureCollection', features: features.map((one) => ({ type: 'Feature', ...one })) };
}
