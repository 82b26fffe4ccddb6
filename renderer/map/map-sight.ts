import type { Map as MapLibreMap } from 'maplibre-gl';
import { metersPerPixel } from './camera.ts';
import type { DistrictShapes } from './district-shapes.ts';
import { levelInView } from './level-in-view.ts';
import type { MapView } from './map-events.ts';
import { defaultLayers, type MapLayers } from './map-layers.ts';
import type { MapTheme } from './map-theme.ts';
import type { NetView } from './net-layers.ts';

/** What is to be seen now: where the camera is, which layers were chosen, what they are filled by. */
export class MapSight {
  layers: MapLayers = defaultLayers;
  arcUnit: string | null = null;
  figures: ReadonlyMap<string, number> = new Map();
  focus: string | null = null;
  theme: MapTheme;
  readonly #shapes: DistrictShapes;
  readonly #map: () => MapLibreMap | null;

  /** @param map null while there is none */
  constructor(shapes: DistrictShapes, map: () => MapLibreMap | null, theme: MapTheme) {
    this.#shapes = shapes;
    this.#map = map;
    this.theme = theme;
  }

  /** Level that is filled and named. */
  get level(): number {
    const { level } = this.layers;
    if (level !== null && level >= this.#shapes.unitLevel && level <= this.#shapes.depth) return level;
    return levelInView({
      typicalWidthsMeters: this.#shapes.typicalWidths,
      unitLevel: this.#shapes.unitLevel,
      focusLevel: this.#shapes.area(this.focus)?.level ?? null,
      metersPerPixel: this.metersPerPixel,
    });
  }

  /** Infinity while there is no map. */
  get metersPerPixel(): number {
    const map = this.#map();
    return map === null ? Infinity : metersPerPixel(map.getZoom(), map.getCenter().lat);
  }

  /** Everything of the camera that the picture's data depend on: a mere shift is not among it. */
  get pictureKey(): string {
    const map = this.#map();
    return map === null ? '' : `${this.level} ${this.focus} ${Math.round(map.getZoom() * 4)}`;
  }

  /** @param density how many components lie in each area, where they fill the areas; else null */
  netView(density: ReadonlyMap<string, number> | null): NetView {
    const { level, focus, theme, arcUnit, metersPerPixel: scale } = this;
    const facts = { level, focus, theme, arcUnit, metersPerPixel: scale };
    if (density === null) return { ...facts, figures: this.figures, layers: this.layers };
    return { ...facts, figures: density, layers: { ...this.layers, surface: 'areas', figure: 'components' } };
  }

  /** Null while there is no map. */
  view(): MapView | null {
    const map = this.#map();
    if (map === null) return null;
    const box = map.getBounds();
    const bounds: MapView['bounds'] = [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()];
    return { metersPerPixel: this.metersPerPixel, level: this.level, zoom: map.getZoom(), bounds };
  }
}
