import type { Map as MapLibreMap } from 'maplibre-gl';
import { BaseMapLayers } from './base-map-layers.ts';
import type { CameraPlace } from './map-scene.ts';

/** What goes beside cases and net: base maps, and the camera for others that follow it. Outlives a lost context. */
export class MapExtras {
  readonly baseMaps = new BaseMapLayers();
  readonly #listeners = new Set<() => void>();
  #map: MapLibreMap | null = null;

  /** Call once for each new map, when its own layers are there. */
  attach(map: MapLibreMap): void {
    this.#map = map;
    this.baseMaps.attach(map);
    const tell = () => this.#listeners.forEach((listener) => listener());
    map.on('move', tell);
    map.on('resize', tell);
    tell();
  }

  /** Told after each move of the camera, and when the map is made anew. */
  onMove(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Null while there is no map. */
  place(): CameraPlace | null {
    const map = this.#map;
    if (map === null) return null;
    const { lng, lat } = map.getCenter();
    return { center: [lng, lat], zoom: map.getZoom() };
  }

  /** At once, without a flight. */
  jumpTo({ center, zoom }: CameraPlace): void {
    this.#map?.jumpTo({ center, zoom });
  }
}
