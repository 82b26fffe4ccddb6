import type { Map as MapLibreMap } from 'maplibre-gl';
import type { CaseRow } from '#contract/cases.ts';
import type { AreaRow } from '#contract/grid.ts';
import { buildLocator, type Locator } from '#domain/grid/locate.ts';
import type { Cluster } from './clusters.ts';
import type { FoundComponent } from './components/component-field.ts';
import type { FoundForce } from './forces/force-layer.ts';
import type { CityMapEvents } from './map-events.ts';
import type { ShownLayers } from './map-layers.ts';
import { figureOf } from './net-layers.ts';
import type { DistrictShapes } from './district-shapes.ts';

export interface PointerSight {
  readonly shapes: DistrictShapes;
  readonly events: CityMapEvents;
  readonly view: () => {
    readonly level: number;
    readonly focus: string | null;
    readonly figures: ReadonlyMap<string, number>;
    readonly layers: ShownLayers;
  };
  readonly clusterAt: (map: MapLibreMap, x: number, y: number) => Cluster | undefined;
  readonly openCluster: (cluster: Cluster) => void;
  readonly forceAt: (map: MapLibreMap, x: number, y: number) => FoundForce | undefined;
  readonly componentAt: (map: MapLibreMap, x: number, y: number) => FoundComponent | undefined;
  readonly caseAt: (map: MapLibreMap, x: number, y: number) => CaseRow | undefined;
}

/** What a click on an area drills into: one level below the focus, beside the focus its neighbour on the same level. */
export function drillTarget(
  path: readonly AreaRow[],
  focusPath: readonly AreaRow[],
  unitLevel: number,
): AreaRow | undefined {
  const focus = focusPath.at(-1);
  const isInFocus = focus !== undefined && path.some(({ code }) => code === focus.code);
  const level = focus === undefined ? unitLevel : isInFocus ? focus.level + 1 : focus.level;
  return path.find((area) => area.level === level);
}

/** Hover and click, found on the processor (GM5). */
export class Pointer {
  readonly #sight: PointerSight;
  #locator: Locator | null = null;
  #frame = 0;

  constructor(sight: PointerSight) {
    this.#sight = sight;
  }

  /** Call once for each new map. */
  watch(map: MapLibreMap): void {
    const { events } = this.#sight;
    map.on('mousemove', ({ point }) => {
      cancelAnimationFrame(this.#frame);
      this.#frame = requestAnimationFrame(() => this.#hover(map, point.x, point.y));
    });
    map.on('mouseout', () => this.#leave());
    map.on('dragstart', () => this.#leave());
    map.on('click', ({ point }) => {
      const cluster = this.#sight.clusterAt(map, point.x, point.y);
      if (cluster !== undefined) return this.#sight.openCluster(cluster);
      const row = this.#sight.caseAt(map, point.x, point.y);
      if (row !== undefined) return events.selectCase(row.id);
      const force = events.selectForce === undefined ? undefined : this.#sight.forceAt(map, point.x, point.y);
      if (force !== undefined) return events.selectForce?.(force.index);
      const { shapes, view } = this.#sight;
      const target = drillTarget(this.#pathAt(map, point.x, point.y), shapes.path(view().focus), shapes.unitLevel);
      if (target !== undefined) events.focusArea(target.code);
    });
  }

  close(): void {
    cancelAnimationFrame(this.#frame);
  }

  #leave(): void {
    cancelAnimationFrame(this.#frame);
    this.#sight.events.hover(null);
  }

  #hover(map: MapLibreMap, x: number, y: number): void {
    const { events, view } = this.#sight;
    if (map.isMoving()) return events.hover(null);
    const cluster = this.#sight.clusterAt(map, x, y);
    if (cluster !== undefined) {
      map.getCanvas().style.cursor = 'pointer';
      return events.hover({ kind: 'cluster', count: cluster.count, level: cluster.level, x, y });
    }
    const row = this.#sight.caseAt(map, x, y);
    const force = row === undefined ? this.#sight.forceAt(map, x, y) : undefined;
    if (force !== undefined) {
      map.getCanvas().style.cursor = 'pointer';
      return events.hover({ kind: 'force', ...force, x, y });
    }
    const component = row === undefined ? this.#sight.componentAt(map, x, y) : undefined;
    if (component !== undefined) return events.hover({ kind: 'component', ...component, x, y });
    const { level, figures, layers } = view();
    const area = this.#pathAt(map, x, y).find((one) => one.level === level);
    map.getCanvas().style.cursor = row === undefined && area === undefined ? '' : 'pointer';
    if (row !== undefined) return events.hover({ kind: 'case', row, x, y });
    if (area === undefined) return events.hover(null);
    const { code, name } = area;
    const value = figureOf(code, { figures, layers }) ?? null;
    return events.hover({ kind: 'area', code, name, figure: layers.figure, value, x, y });
  }

  /** Areas under a point, coarsest first; empty outside the district. */
  #pathAt(map: MapLibreMap, x: number, y: number): readonly AreaRow[] {
    const { shapes } = this.#sight;
    const { lng, lat } = map.unproject([x, y]);
    this.#locator ??= buildLocator(shapes.areasForLookup());
    return shapes.path(this.#locator.locate(lng, lat));
  }
}
