import type { Layer } from '@deck.gl/core';
import type { CaseBoard } from './case-board.ts';
import { pointSizes, type PointSizes } from './density.ts';
import type { CellSize } from './dot-field.ts';
import { shrinkAt, type DistrictShapes } from './district-shapes.ts';
import { flatDrawing } from './layers/flat-drawing.ts';
import { FlatLayer, type FlatData } from './layers/flat-layer.ts';
import type { NetView } from './net-layers.ts';
import { before } from './style.ts';

const METERS_PER_DEGREE = 111_320;

/** Cases as deck.gl layers: dots in one draw, marks in one above them. */
export class CaseLayers {
  readonly #board: CaseBoard;
  readonly #shapes: DistrictShapes;
  #sizes: PointSizes = pointSizes(0);

  constructor(board: CaseBoard, shapes: DistrictShapes) {
    this.#board = board;
    this.#shapes = shapes;
  }

  /** How points are drawn in the picture that was painted last. */
  get sizes(): PointSizes {
    return this.#sizes;
  }

  layers({ theme, focus, metersPerPixel }: NetView): Layer[] {
    // In steps of a quarter zoom, so that a small change of the camera lets all dots where they are.
    const scale = 2 ** (Math.round(Math.log2(metersPerPixel) * 4) / 4);
    this.#sizes = pointSizes(this.#board.size / this.#shownPixels(focus, scale));
    const { dotRadius, dotOpacity, dotCellPixels, markRoomPixels } = this.#sizes;
    const layer = (id: string, data: FlatData, opacity: number) =>
      new FlatLayer({
        ...{ id, ...({ beforeId: before.cases } as object), ...flatDrawing },
        topology: 'point-list',
        ...{ theme, opacity, dotRadius, colour: theme.dot, data: data as never },
      });
    return [
      layer('cases', this.#board.dotData(this.#cell(dotCellPixels * scale)), dotOpacity),
      layer('marks', this.#board.markData(this.#cell(markRoomPixels * scale)), 1),
    ];
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
