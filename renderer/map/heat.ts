import type { FeatureCollection, MultiPoint } from 'geojson';
import type { CaseBoard } from './case-board.ts';
import type { DistrictShapes } from './district-shapes.ts';
import { hexCells } from './hexagons.ts';
import type { MapScene } from './map-scene.ts';
import type { NetView } from './net-layers.ts';
import { HEAT_RADIUS } from './style.ts';

/** What the heat is made of. It is a picture, not a figure: every case weighs the same. */
export interface HeatLegend {
  /** How far a case spreads, metres on the ground. */
  readonly radiusMeters: number;
  readonly cases: number;
  /** When the first and the last of these were reported, epoch milliseconds; null without a case. */
  readonly reported: readonly [first: number, last: number] | null;
}

/** Heat of the shown cases, drawn by maplibre. Its points are given anew only when a case changed. */
export class HeatSurface {
  readonly #board: CaseBoard;
  readonly #lat: number;
  #pointsKey = -1;
  #strengthKey = '';
  #legend: HeatLegend = { radiusMeters: 0, cases: 0, reported: null };

  constructor(board: CaseBoard, { bounds: [, south, , north] }: Pick<DistrictShapes, 'bounds'>) {
    this.#board = board;
    this.#lat = (south + north) / 2;
  }

  /** The scene is another one. */
  forget(): void {
    this.#pointsKey = -1;
    this.#strengthKey = '';
  }

  /** Null while another surface is shown. */
  legend({ layers }: NetView): HeatLegend | null {
    return layers.surface === 'heat' ? this.#legend : null;
  }

  /** @returns whether maplibre has new points to lay out */
  renew(scene: MapScene, { layers, theme, metersPerPixel }: NetView): boolean {
    const isShown = layers.surface === 'heat';
    const scale = 2 ** (Math.round(Math.log2(metersPerPixel) * 4) / 4);
    const strengthKey = isShown ? `${this.#board.version} ${scale} ${theme.ground}` : '';
    if (strengthKey === this.#strengthKey) return false;
    this.#strengthKey = strengthKey;
    scene.map.setLayoutProperty('heat', 'visibility', isShown ? 'visible' : 'none');
    if (!isShown) return false;
    const radiusMeters = HEAT_RADIUS * scale;
    const cells = hexCells(this.#board.shown(), radiusMeters, this.#lat);
    scene.map.setPaintProperty('heat', 'heatmap-intensity', heatStrength(cells.map(({ count }) => count)));
    this.#legend = { ...this.#legend, radiusMeters };
    if (this.#pointsKey === this.#board.version) return false;
    this.#pointsKey = this.#board.version;
    const { points, ...facts } = heatOf(this.#board.shown());
    this.#legend = { radiusMeters, ...facts };
    scene.setData('heat', points);
    return true;
  }
}

/** Points in one feature: fifty thousand features would take several times as long to be laid out. */
export function heatOf(
  rows: Iterable<{ readonly lon: number | null; readonly lat: number | null; readonly reportedAt: number }>,
): Omit<HeatLegend, 'radiusMeters'> & { readonly points: FeatureCollection<MultiPoint> } {
  const coordinates: [number, number][] = [];
  let [first, last] = [Infinity, -Infinity];
  for (const { lon, lat, reportedAt } of rows) {
    if (lon === null || lat === null) continue;
    coordinates.push([lon, lat]);
    first = Math.min(first, reportedAt);
    last = Math.max(last, reportedAt);
  }
  return {
    points: {
      type: 'FeatureCollection',
      features: [{ type: 'Feature', properties: {}, geometry: { type: 'MultiPoint', coordinates } }],
    },
    cases: coordinates.length,
    reported: coordinates.length === 0 ? null : [first, last],
  };
}

/**
 * The weight of a case by which the densest spots just reach the last colour: `counts` are cases in hexagons as wide as
 * the radius, and of these one in fifty may be beyond it. A single case is never more than a faint spot.
 */
export function heatStrength(counts: readonly number[]): number {
  const sorted = counts.toSorted((a, b) => a - b);
  const dense = sorted[Math.floor(sorted.length * 0.98)] ?? 1;
  return Math.min(0.4, 3 / dense);
}
