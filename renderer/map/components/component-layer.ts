import type { Layer } from '@deck.gl/core';
import KDBush from 'kdbush';
import type { DistrictShapes } from '../district-shapes.ts';
import { flatDrawing } from '../layers/flat-drawing.ts';
import { FlatLayer } from '../layers/flat-layer.ts';
import type { MapView } from '../map-events.ts';
import type { MapTheme } from '../map-theme.ts';
import { before } from '../style.ts';
import type { ComponentField, ComponentLegend, FoundComponent } from './component-field.ts';
import { ComponentView } from './component-view.ts';
import type { IndexOrder, IndexPart } from './index-components.ts';

/** A component is hit within this distance of its middle, CSS pixels. */
const REACH = 7;
const DOT_RADIUS = 1.6;

/** Components: points near by, numbers of the areas far out. Put in order by a worker. */
export class ComponentLayer {
  readonly #shapes: DistrictShapes;
  readonly #changed: () => void;
  #field: ComponentField | null = null;
  #worker: Worker | null = null;
  #view: ComponentView | null = null;
  #byArea: ReadonlyMap<string, number> | null = null;
  #hasFailed = false;
  #isShown = false;
  #wasDrawn = false;

  /** @param changed something new can be drawn */
  constructor(shapes: DistrictShapes, changed: () => void) {
    this.#shapes = shapes;
    this.#changed = changed;
  }

  set(field: ComponentField | null): void {
    this.close();
    this.#field = field === null || field.count === 0 ? null : field;
    this.#view = null;
    this.#byArea = null;
    this.#hasFailed = false;
    if (field === null || field.count === 0) return this.#changed();
    if (field.byGrid !== undefined) this.#byArea = this.#sums(field.byGrid);
    const { count, positions } = field;
    const areas = field.byGrid === undefined ? this.#shapes.areasForLookup() : null;
    const worker = new Worker(new URL('./component-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<IndexPart>) => {
      if (data.kind === 'tree') this.#view = new ComponentView(field, KDBush.from(data.tree));
      else this.#byArea = this.#sums(data.byGrid);
      this.#changed();
    });
    worker.addEventListener('error', () => {
      this.#hasFailed = true;
      this.#changed();
    });
    worker.postMessage({ count, positions: positions.subarray(0, 2 * count), areas } satisfies IndexOrder);
    this.#worker = worker;
    this.#changed();
  }

  show(isShown: boolean): void {
    this.#isShown = isShown;
  }

  /** How many lie in each area, to fill the areas by; null while points are drawn or nothing is known. */
  get density(): ReadonlyMap<string, number> | null {
    return !this.#isShown || this.#field === null || this.#view?.data != null ? null : this.#byArea;
  }

  /** Null while there are none to be shown. */
  legend(view: MapView | null): ComponentLegend | null {
    if (!this.#isShown || this.#field === null) return null;
    const total = this.#field.count;
    const [drawn, isKnown] = [this.#view, this.#byArea !== null];
    if (drawn !== null && drawn.data !== null) {
      return { state: 'points', total, shown: view === null ? 0 : drawn.countIn(view.bounds) };
    }
    if (this.#hasFailed) return { state: 'failed', total };
    if (!isKnown || drawn === null) return { state: 'indexing', total };
    return { state: drawn.isTooMany ? 'many' : 'far', total };
  }

  /** @returns whether the picture has to be painted anew */
  look({ bounds, zoom }: MapView): boolean {
    return this.#isShown && this.#view !== null && this.#view.look(bounds, zoom);
  }

  layers(theme: MapTheme): Layer[] {
    const data = this.#isShown ? (this.#view?.data ?? null) : null;
    if (data === null && !this.#wasDrawn) return [];
    this.#wasDrawn = true;
    return [
      new FlatLayer({
        ...{ id: 'components', visible: data !== null, ...({ beforeId: before.cases } as object), ...flatDrawing },
        topology: 'point-list',
        ...{ theme, opacity: 0.9, dotRadius: DOT_RADIUS, colour: theme.control },
        ...(data === null ? {} : { data: data as never }),
      }),
    ];
  }

  /** The one under a position in degrees, with what a pixel measures there. */
  at(lon: number, lat: number, degreesPerPixel: readonly [lon: number, lat: number]): FoundComponent | undefined {
    if (!this.#isShown || this.#field === null) return undefined;
    const [x, y] = [REACH * degreesPerPixel[0], REACH * degreesPerPixel[1]];
    const at = this.#view?.nearest([lon - x, lat - y, lon + x, lat + y]);
    return at === undefined ? undefined : { index: at, name: this.#field.names[this.#field.classes[at] ?? 0] ?? '' };
  }

  close(): void {
    this.#worker?.terminate();
    this.#worker = null;
  }

  /** With all areas above. */
  #sums(byGrid: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
    const sums = new Map<string, number>();
    for (const [grid, count] of byGrid) {
      for (const { code } of this.#shapes.path(grid)) sums.set(code, (sums.get(code) ?? 0) + count);
    }
    return sums;
  }
}
