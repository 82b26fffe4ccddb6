import type { Map as MapLibreMap } from 'maplibre-gl';
import { BaseMapLayers } from './base-map-layers.ts';
import type { Camera } from './camera.ts';
import type { DistrictShapes } from './district-shapes.ts';
import type { CameraPlace } from './map-scene.ts';
import type { MapPlace } from './place-canvas.ts';

/** What goes beside cases and net: base maps, and the camera for others that follow it. Outlives a lost context. */
export class MapExtras {
  readonly baseMaps = new BaseMapLayers();
  readonly #listeners = new Set<() => void>();
  #map: MapLibreMap | null = null;
  #shapes: DistrictShapes | null = null;
  #camera: Camera | null = null;

  /** Call once for each new map, when its own layers are there. */
  attach(map: MapLibreMap, shapes: DistrictShapes, camera: Camera): void {
    this.#map = map;
    this.#shapes = shapes;
    this.#camera = camera;
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

  /** Rings of an area at full length, degrees; empty while there is no map. */
  outline(code: string): MapPlace['rings'] {
    const lines = this.#shapes?.outline(code).coordinates ?? [];
    return lines.map((line) => line.map(([lon = 0, lat = 0]) => [lon, lat] as const));
  }

  /** Null while there is no map. */
  place(): CameraPlace | null {
    const map = this.#map;
    if (map === null) return null;
    const { lng, lat } = map.getCenter();
    return { center: [lng, lat], zoom: map.getZoom() };
  }

  /** Brings a position into view, at least as near as a case. */
  flyTo(lon: number, lat: number): void {
    this.#camera?.flyTo(lon, lat);
  }

  /** At once, without a flight; what was fitted before stays fitted no longer, whatever becomes of the panel's size. */
  jumpTo(place: CameraPlace): void {
    this.#camera?.lookAt(place);
  }
}
