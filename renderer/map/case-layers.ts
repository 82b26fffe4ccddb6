import type { Layer } from '@deck.gl/core';
import type { CaseBoard } from './case-board.ts';
import { clusterCases, clusterRadius, type Cluster, type Clustered } from './clusters.ts';
import { pointSizes, type PointSizes } from './density.ts';
import type { CellSize } from './dot-field.ts';
import { shrinkAt, type DistrictShapes } from './district-shapes.ts';
import { flatDrawing } from './layers/flat-drawing.ts';
import { FlatLayer, type FlatData } from './layers/flat-layer.ts';
import type { PlacedMark } from './mark-layout.ts';
import type { NetView } from './net-layers.ts';
import { before } from './style.ts';
import { shapes as symbols } from './symbols.ts';

const METERS_PER_DEGREE = 111_320;
/** Nearer than this many metres a pixel every case stands for itself. */
const CLUSTERS_FROM = 6;
/** Cases nearer to the middle of a heap than this are put together, CSS pixels. */
const CLUSTER_REACH = 56;
/** Shapes of groups need room to be told apart, CSS pixels. */
const GROUP_CELL = 11;
const none: Clustered = { clusters: [], singles: new Set() };

/** Cases as deck.gl layers: dots in one draw, marks in one above them; far out, those that lie alone, beside clusters. */
export class CaseLayers {
  readonly #board: CaseBoard;
  readonly #shapes: DistrictShapes;
  #sizes: PointSizes = pointSizes(0);
  #clustered: Clustered = none;
  #alone: FlatData | null = null;
  #clusterKey = '';
  #scale = 1;
  #isClustering = false;
  #hasPoints = true;

  constructor(board: CaseBoard, shapes: DistrictShapes) {
    this.#board = board;
    this.#shapes = shapes;
  }

  /** How points are drawn in the picture that was painted last. */
  get sizes(): PointSizes {
    return this.#sizes;
  }

  /** Clusters of the picture that was painted last, largest first. */
  get clusters(): readonly Cluster[] {
    return this.#isClustering ? this.#clustered.clusters : [];
  }

  /** Null where cases are not put together. */
  get clusterCount(): { readonly clusters: number; readonly cases: number } | null {
    if (!this.#isClustering) return null;
    const { clusters } = this.#clustered;
    return { clusters: clusters.length, cases: clusters.reduce((sum, { count }) => sum + count, 0) };
  }

  /** Whether the case stands for itself in the picture that was painted last. */
  isAlone(id: string): boolean {
    return this.#hasPoints && (!this.#isClustering || this.#clustered.singles.has(id));
  }

  /** Symbols in the picture that was painted last; null while cases are hidden or put together. */
  get marks(): FlatData | null {
    return this.#hasPoints && !this.#isClustering ? this.#board.marks : null;
  }

  /** What names step aside from. */
  get obstacles(): readonly PlacedMark[] {
    if (!this.#hasPoints) return [];
    if (!this.#isClustering) return this.#board.fullMarks;
    // A disc is wider than a mark: as if marks stood side by side in it.
    return this.#clustered.clusters.flatMap(({ lon, lat, count }) => {
      const { lon: aside } = this.#cell(clusterRadius(count) * this.#scale);
      return [-aside, 0, aside].map((by) => ({ lon: lon + by, lat, shape: symbols.octagon }));
    });
  }

  layers({ theme, focus, metersPerPixel, layers }: NetView): Layer[] {
    // In steps of a quarter zoom, so that a small change of the camera lets all dots where they are.
    const scale = 2 ** (Math.round(Math.log2(metersPerPixel) * 4) / 4);
    this.#scale = scale;
    const isGrouped = layers.points === 'stage' || layers.points === 'kind';
    const sizes = pointSizes(this.#board.size / this.#shownPixels(focus, scale));
    this.#sizes = isGrouped ? { ...sizes, dotOpacity: 1, dotCellPixels: GROUP_CELL } : sizes;
    this.#hasPoints = layers.points !== 'none';
    this.#isClustering = this.#hasPoints && layers.clusters && scale >= CLUSTERS_FROM;
    const { dotRadius, dotOpacity, dotCellPixels, markRoomPixels } = this.#sizes;
    const layer = (id: string, data: FlatData, opacity: number, visible: boolean, hasOnlyDots = false) =>
      new FlatLayer({
        ...{ id, visible, ...({ beforeId: before.cases } as object), ...flatDrawing },
        topology: 'point-list',
        ...{ theme, opacity, dotRadius, hasOnlyDots, colour: theme.dot, data: data as never },
      });
    const isEach = this.#hasPoints && !this.#isClustering;
    const each = [
      layer('cases', this.#board.dotData(this.#cell(dotCellPixels * scale)), dotOpacity, isEach, !isGrouped),
      layer('marks', this.#board.markData(this.#cell(markRoomPixels * scale)), 1, isEach),
    ];
    if (this.#isClustering) this.#cluster(scale);
    return this.#alone === null ? each : [...each, layer('alone', this.#alone, 1, this.#isClustering)];
  }

  #cluster(scale: number): void {
    const key = `${this.#board.version} ${scale}`;
    if (key === this.#clusterKey) return;
    this.#clusterKey = key;
    const board = this.#board;
    this.#clustered = clusterCases(points(), this.#cell(CLUSTER_REACH * scale));
    const ids = [...this.#clustered.singles];
    const positions = new Float64Array(ids.length * 2);
    const kinds = new Float32Array(ids.length);
    for (const [at, id] of ids.entries()) {
      const row = board.row(id);
      positions[at * 2] = row?.lon ?? 0;
      positions[at * 2 + 1] = row?.lat ?? 0;
      kinds[at] = board.look(id)?.shape ?? symbols.dot;
    }
    this.#alone = {
      length: ids.length,
      attributes: { getPosition: { value: positions, size: 2 }, getValue: { value: kinds, size: 1 } },
    };

    function* points() {
      for (const { id, lon, lat } of board.shown()) {
        if (lon !== null && lat !== null) yield { id, lon, lat, level: board.look(id)?.level ?? null };
      }
    }
  }

  #cell(meters: number): CellSize {
    const [, south, , north] = this.#shapes.bounds;
    return {
      lon: meters / METERS_PER_DEGREE / shrinkAt((south + north) / 2),
      lat: meters / METERS_PER_DEGREE,
    };
  }

  /** Square pixels of the box that holds the shown cases. */
  #shownPixels(focus: string | null, metersPerPixel: number): number {
    const [west, south, east, north] = this.#shapes.area(focus)?.bounds ?? this.#shapes.bounds;
    const meters = METERS_PER_DEGREE / metersPerPixel;
    return (east - west) * shrinkAt(south) * meters * (north - south) * meters * BOX_SHARE;
  }
}

/** An area fills about this much of its box. */
const BOX_SHARE = 0.6;
