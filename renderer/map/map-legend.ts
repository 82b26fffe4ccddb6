import type { CaseBoard } from './case-board.ts';
import type { CaseLayers } from './case-layers.ts';
import type { FigureClass } from './classes.ts';
import type { ComponentLegend } from './components/component-field.ts';
import type { ForceCount } from './forces/force-field.ts';
import type { HeatLegend } from './heat.ts';
import type { MapLegend } from './map-events.ts';
import type { NetView } from './net-layers.ts';
import { legendShapes } from './point-groups.ts';
import type { ArcLayer, HexLayer } from './surface-layers.ts';

interface LegendFacts {
  readonly board: CaseBoard;
  readonly caseLayers: CaseLayers;
  readonly hexagons: HexLayer;
  readonly arcs: ArcLayer;
  readonly heat: HeatLegend | null;
  readonly forces: readonly ForceCount[];
  readonly components: ComponentLegend | null;
  readonly fill: { readonly classes: readonly FigureClass[]; readonly unknown: number };
}

/** What the layers of this view draw; to be asked for once they are made. */
export function legendOf(
  view: NetView,
  { board, caseLayers, hexagons, arcs, heat, forces, components, fill }: LegendFacts,
): MapLegend {
  const { surface, figure, breaks, points } = view.layers;
  return {
    areas: surface === 'areas' ? { level: view.level, figure, ...fill } : null,
    hexagons: hexagons.legend(view),
    heat,
    breaks,
    points,
    marks: points === 'level' ? board.counts() : [],
    shapes: legendShapes(points).map((shape) => ({ shape, count: board.shapeCount(shape) })),
    clusters: caseLayers.clusterCount,
    arcs: arcs.legend(view),
    forces,
    components,
  };
}
