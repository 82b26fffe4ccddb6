import type { Map as MapLibreMap } from 'maplibre-gl';
import type { AreaRow } from '#contract/grid.ts';
import { shrinkAt } from './district-shapes.ts';

import type { CameraPlace } from './map-scene.ts';

type Bounds = AreaRow['bounds'] | readonly [number, number, number, number];

/** Room left free around an area that is flown to, CSS pixels. */
export const FIT_PADDING = 28;
/** A case that is flown to is shown at least this near, maplibre's zoom. */
const CASE_ZOOM = 12.4;
const FLIGHT_MS = 450;
const STEP_MS = 160;
/** How much farther than the whole district one may zoom out. */
const OUT = 0.8;
const METERS_AT_EQUATOR = 78_271.517;

/** Where the district may be looked at from: twice its size on every side, so that tall panels show it whole. */
export function roomAround([west, south, east, north]: Bounds): [number, number, number, number] {
  const [width, height] = [east - west, north - south];
  return [west - 2 * width, Math.max(-85, south - 2 * height), east + 2 * width, Math.min(85, north + 2 * height)];
}

/** Metres a CSS pixel stands for at a latitude (web mercator, tiles of 512 pixels). */
export function metersPerPixel(zoom: number, lat: number): number {
  return (METERS_AT_EQUATOR * shrinkAt(lat)) / 2 ** zoom;
}

/** Pictures that take longer than this make no flight: the camera jumps. */
const FLUENT_MS = 50;

/** Flights of the camera. What was fitted stays fitted when the panel changes its size, until a person moves. */
export class Camera {
  readonly #map: () => MapLibreMap | null;
  readonly #pictureMs: () => number;
  readonly #district: Bounds;
  #fitted: Bounds | null;
  #zoomTarget: number | null = null;

  /** @param pictureMs what a whole picture takes now */
  constructor(map: () => MapLibreMap | null, pictureMs: () => number, district: Bounds) {
    this.#map = map;
    this.#pictureMs = pictureMs;
    this.#district = district;
    this.#fitted = district;
  }

  /** Call once for each new map. */
  watch(map: MapLibreMap): void {
    for (const type of ['dragstart', 'wheel'] as const) map.on(type, () => (this.#fitted = null));
    map.on('resize', () => {
      this.#limit(map);
      if (this.#fitted !== null) this.#fit(map, this.#fitted, 0);
    });
    this.#limit(map);
  }

  /** Near enough to a heap of cases that it comes apart; never farther out than now. */
  open([west, south, east, north]: Bounds): void {
    const map = this.#map();
    if (map === null) return;
    this.#fitted = null;
    const whole = map.cameraForBounds([west, south, east, north], { padding: paddingIn(map) });
    const zoom = Math.min(map.getMaxZoom() - 1, Math.max(map.getZoom() + 1, whole?.zoom ?? 0));
    const center: [number, number] = [(west + east) / 2, (south + north) / 2];
    map.easeTo({ center, zoom, duration: this.#flightMs(FLIGHT_MS) });
  }

  /** Null is the whole district. */
  fit(bounds: Bounds | null): void {
    this.#fitted = bounds ?? this.#district;
    const map = this.#map();
    if (map !== null) this.#fit(map, this.#fitted, this.#flightMs(FLIGHT_MS));
  }

  flyTo(lon: number, lat: number): void {
    const map = this.#map();
    if (map === null) return;
    this.#fitted = null;
    const zoom = Math.max(map.getZoom(), CASE_ZOOM);
    map.easeTo({ center: [lon, lat], zoom, duration: this.#flightMs(FLIGHT_MS) });
  }

  lookAt(place: CameraPlace): void {
    this.#fitted = null;
    this.#map()?.jumpTo(place);
  }

  zoomBy(steps: number): void {
    const map = this.#map();
    if (map === null) return;
    this.#fitted = null;
    // Steps add up while the camera still moves.
    this.#zoomTarget = (map.isMoving() ? (this.#zoomTarget ?? map.getZoom()) : map.getZoom()) + steps;
    map.easeTo({ zoom: this.#zoomTarget, duration: this.#flightMs(STEP_MS) });
  }

  panBy(dx: number, dy: number): void {
    this.#fitted = null;
    this.#map()?.panBy([dx, dy], { duration: this.#flightMs(STEP_MS) });
  }

  #fit(map: MapLibreMap, [west, south, east, north]: Bounds, duration: number): void {
    map.fitBounds([west, south, east, north], { padding: paddingIn(map), duration });
  }

  #limit(map: MapLibreMap): void {
    const [west, south, east, north] = this.#district;
    const whole = map.cameraForBounds([west, south, east, north], { padding: paddingIn(map) });
    if (whole?.zoom !== undefined) map.setMinZoom(Math.max(0, whole.zoom - OUT));
  }

  #flightMs(usual: number): number {
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches || this.#pictureMs() > FLUENT_MS;
    return isStill ? 0 : usual;
  }
}

/** What is in view, degrees: west, south, east, north. */
export function boxOf(map: MapLibreMap): readonly [number, number, number, number] {
  const bounds = map.getBounds();
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
}

/** A panel that is being folded may be too small for the usual room. */
function paddingIn(map: MapLibreMap): number {
  const { clientWidth, clientHeight } = map.getContainer();
  return Math.max(0, Math.min(FIT_PADDING, clientWidth / 8, clientHeight / 8));
}
