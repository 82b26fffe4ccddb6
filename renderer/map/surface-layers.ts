import type { Layer } from '@deck.gl/core';
import { SolidPolygonLayer } from '@deck.gl/layers';
import type { CaseBoard } from './case-board.ts';
import { classOf, figureClasses, type FigureClass } from './classes.ts';
import { arcData, dispatchArcs, type DispatchArcs } from './dispatch-arcs.ts';
import type { DistrictShapes } from './district-shapes.ts';
import { hexCells, hexWidth, type HexCell } from './hexagons.ts';
import { flatDrawing } from './layers/flat-drawing.ts';
import { FlatLayer, type FlatData } from './layers/flat-layer.ts';
import { bytesOf } from './map-theme.ts';
import type { NetView } from './net-layers.ts';
import { before } from './style.ts';

/** Classes of the honeycomb, and how wide its hexagons are. */
export interface HexLegend {
  readonly widthMeters: number;
  readonly classes: readonly FigureClass[];
}

/** Density of the shown cases in hexagons. Made anew only when a case or the width changed. */
export class HexLayer {
  readonly #board: CaseBoard;
  readonly #lat: number;
  #key = '';
  #cells: readonly HexCell[] = [];
  #legend: HexLegend = { widthMeters: 0, classes: [] };
  #wasShown = false;

  constructor(board: CaseBoard, { bounds: [, south, , north] }: Pick<DistrictShapes, 'bounds'>) {
    this.#board = board;
    this.#lat = (south + north) / 2;
  }

  /** Null while another surface is shown. */
  legend({ layers }: NetView): HexLegend | null {
    return layers.surface === 'hexagons' ? this.#legend : null;
  }

  layers({ layers, theme, metersPerPixel }: NetView): Layer[] {
    const isShown = layers.surface === 'hexagons';
    if (!isShown && !this.#wasShown) return [];
    this.#wasShown = true;
    if (isShown) {
      const widthMeters = hexWidth(metersPerPixel);
      const key = `${this.#board.version} ${widthMeters}`;
      if (key !== this.#key) {
        this.#key = key;
        this.#cells = hexCells(this.#board.shown(), widthMeters, this.#lat);
      }
      const counts = this.#cells.map(({ count }) => count);
      // There is no hexagon without a case, and the first fill is hardly told from the ground.
      const classes = figureClasses(counts, theme.fills.slice(1), layers.breaks).filter(({ to }) => to !== 0);
      this.#legend = { widthMeters, classes: classes.map((one) => ({ ...one, from: Math.max(1, one.from) })) };
    }
    const { classes } = this.#legend;
    const colours = classes.map(({ fill }) => bytesOf(fill));
    return [
      new SolidPolygonLayer<HexCell>({
        ...{ id: 'hexagons', beforeId: before.net, visible: isShown, ...flatDrawing },
        data: this.#cells,
        filled: true,
        extruded: false,
        getPolygon: ({ ring }) => ring as unknown as [number, number][],
        opacity: theme.fillOpacity,
        getFillColor: ({ count }) => colours[classOf(count, classes)] ?? bytesOf(theme.ground, 0),
        updateTriggers: { getFillColor: [theme, JSON.stringify(classes)] },
      }),
    ];
  }
}

/** Lines from units to cases, below the points. */
export class ArcLayer {
  readonly #board: CaseBoard;
  readonly #shapes: DistrictShapes;
  #found: DispatchArcs = { arcs: [], total: 0 };
  #data: FlatData | null = null;
  #key = '';

  constructor(board: CaseBoard, shapes: DistrictShapes) {
    this.#board = board;
    this.#shapes = shapes;
  }

  /** Arcs that are drawn, of how many; null while none are asked for. */
  legend({ layers, arcUnit }: NetView): { readonly shown: number; readonly total: number } | null {
    if (layers.arcs === 'none' || (layers.arcs === 'unit' && arcUnit === null)) return null;
    return { shown: this.#found.arcs.length, total: this.#found.total };
  }

  /** Whether other arcs are due than those that were drawn last: the last hour goes on. */
  isStale(view: NetView, now: number): boolean {
    return this.#key !== '' && this.#keyOf(this.#find(view, now), view) !== this.#key;
  }

  layers(view: NetView, now: number): Layer[] {
    const { layers, theme } = view;
    if (layers.arcs === 'none' && this.#data === null) return [];
    this.#found = this.#find(view, now);
    const key = this.#keyOf(this.#found, view);
    if (key !== this.#key || this.#data === null) this.#data = arcData(this.#found.arcs);
    this.#key = key;
    return [
      new FlatLayer({
        ...{ id: 'arcs', ...({ beforeId: before.cases } as object), ...flatDrawing },
        topology: 'line-list',
        ...{ theme, colour: theme.data, opacity: 0.85, visible: this.#found.arcs.length > 0 },
        data: this.#data as never,
      }),
    ];
  }

  #find({ layers, arcUnit }: NetView, now: number): DispatchArcs {
    if (layers.arcs === 'none' || (layers.arcs === 'unit' && arcUnit === null)) return { arcs: [], total: 0 };
    return dispatchArcs({
      rows: this.#board.shown(),
      now,
      isOfUnit: layers.arcs === 'hour' ? null : (holder) => this.#shapes.isWithin(holder, arcUnit),
      placeOf: (unit) => this.#shapes.area(unit)?.labelPoint,
    });
  }

  #keyOf({ arcs, total }: DispatchArcs, { layers }: NetView): string {
    return layers.arcs === 'none' ? '' : `${total} ${arcs.map(({ caseId, from }) => `${caseId}@${from[0]}`).join(' ')}`;
  }
}
