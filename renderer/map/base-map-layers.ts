import type { Map as MapLibreMap, RasterLayerSpecification, RasterSourceSpecification } from 'maplibre-gl';
import { serveBaseMapTiles, tileAddress } from './base-map-tiles.ts';

/** A base map as it is to be drawn. */
export interface ShownBaseMap {
  readonly id: string;
  readonly minZoom: number;
  readonly maxZoom: number;
  readonly bounds: readonly [number, number, number, number] | null;
  /** 0 … 1 */
  readonly opacity: number;
  /** Another number has its tiles asked for anew. */
  readonly edition: number;
}

const PREFIX = 'base-map-';
/** What we draw of roads, rivers and the airport: a sketch, which is in the way of a real map. */
const ownContext = ['airport', 'rivers', 'roads', 'airport-outline', 'runways', 'context-names'] as const;
const FAR_ROW_ZOOM = 22;

/**
 * Base maps at the bottom of the map, right above the ground. What belongs to one graphics context is made again for the
 * next.
 */
export class BaseMapLayers {
  #map: MapLibreMap | null = null;
  #shown: readonly ShownBaseMap[] = [];
  #isDark = true;

  /** Call once for each new map, when its own layers are there. */
  attach(map: MapLibreMap): void {
    serveBaseMapTiles();
    this.#map = map;
    this.#apply();
  }

  /** Bottom to top. A dark desk dims them, so that marks stay the brightest. */
  set(shown: readonly ShownBaseMap[], isDark: boolean): void {
    this.#shown = shown;
    this.#isDark = isDark;
    this.#apply();
  }

  #apply(): void {
    const map = this.#map;
    if (map === null) return;
    const wanted = new Map(this.#shown.map((one) => [`${PREFIX}${one.id}-${one.edition}`, one]));
    const order = map.getLayersOrder();
    for (const id of order.filter((one) => one.startsWith(PREFIX) && !wanted.has(one))) {
      map.removeLayer(id);
      map.removeSource(id);
    }
    // Each is put right below what lies above it, beginning with the topmost.
    let above = map.getLayersOrder().find((id) => id !== 'ground' && !id.startsWith(PREFIX));
    for (const [id, one] of [...wanted].toReversed()) {
      if (map.getSource(id) === undefined) map.addSource(id, sourceOf(one));
      if (map.getLayer(id) === undefined) map.addLayer(layerOf(id), above);
      else map.moveLayer(id, above);
      map.setPaintProperty(id, 'raster-opacity', one.opacity);
      for (const [name, value] of Object.entries(this.#isDark ? dimmed : plain)) {
        map.setPaintProperty(id, name as 'raster-saturation', value);
      }
      above = id;
    }
    const visibility = wanted.size > 0 ? 'none' : 'visible';
    for (const id of ownContext)
      if (map.getLayer(id) !== undefined) map.setLayoutProperty(id, 'visibility', visibility);
  }
}

const dimmed = { 'raster-brightness-max': 0.62, 'raster-saturation': -0.35 };
const plain = { 'raster-brightness-max': 1, 'raster-saturation': -0.15 };

function sourceOf({ id, minZoom, maxZoom, bounds }: ShownBaseMap): RasterSourceSpecification {
  return {
    ...{ type: 'raster' as const, tiles: [tileAddress(id)], tileSize: 256 },
    ...{ minzoom: minZoom, maxzoom: Math.min(maxZoom, FAR_ROW_ZOOM) },
    ...(bounds === null ? {} : { bounds: [...bounds] as [number, number, number, number] }),
  };
}

function layerOf(id: string): RasterLayerSpecification {
  return { id, type: 'raster', source: id, paint: { 'raster-fade-duration': 0 } };
}
