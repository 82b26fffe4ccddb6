import type { Layer } from '@deck.gl/core';
import type { CaseBoard } from './case-board.ts';
import { CaseLayers } from './case-layers.ts';
import { ComponentLayer } from './components/component-layer.ts';
import type { DistrictShapes } from './district-shapes.ts';
import type { ForceCount } from './forces/force-field.ts';
import { HeatSurface } from './heat.ts';
import type { MapLegend, MapView } from './map-events.ts';
import { legendOf } from './map-legend.ts';
import { classesIn, NetLayers, type NetView } from './net-layers.ts';
import { ArcLayer, HexLayer } from './surface-layers.ts';

/** deck.gl's layers of a view, bottom to top, and what they say. */
export class DrawnLayers {
  readonly cases: CaseLayers;
  readonly arcs: ArcLayer;
  readonly heat: HeatSurface;
  readonly components: ComponentLayer;
  readonly #shapes: DistrictShapes;
  readonly #board: CaseBoard;
  readonly #net: NetLayers;
  readonly #hexagons: HexLayer;

  /** @param changed components have something new to draw */
  constructor(board: CaseBoard, shapes: DistrictShapes, changed: () => void) {
    this.#board = board;
    this.#shapes = shapes;
    this.#net = new NetLayers(shapes);
    this.cases = new CaseLayers(board, shapes);
    this.#hexagons = new HexLayer(board, shapes);
    this.arcs = new ArcLayer(board, shapes);
    this.heat = new HeatSurface(board, shapes);
    this.components = new ComponentLayer(shapes, changed);
  }

  /** The graphics context is another one. */
  forget(): void {
    this.#net.forget();
    this.heat.forget();
  }

  layers(view: NetView, now: number): Layer[] {
    return [
      ...this.#hexagons.layers(view),
      ...this.#net.layers(view, classesIn(this.#shapes, view).classes),
      ...this.components.layers(view.theme),
      ...this.arcs.layers(view, now),
      ...this.cases.layers(view),
    ];
  }

  /** To be asked for once the layers of this view are made. */
  legend(view: NetView, forces: readonly ForceCount[], camera: MapView | null): MapLegend {
    const [board, hexagons, fill] = [this.#board, this.#hexagons, classesIn(this.#shapes, view)];
    const [heat, components] = [this.heat.legend(view), this.components.legend(camera)];
    return legendOf(view, { board, caseLayers: this.cases, hexagons, arcs: this.arcs, heat, forces, components, fill });
  }
}
