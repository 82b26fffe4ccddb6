import type { Layer } from '@deck.gl/core';
import { SolidPolygonLayer } from '@deck.gl/layers';
import { isPartial } from './area-figures.ts';
import { classOf, figureClasses, type FigureClass } from './classes.ts';
import { detailAt, type AreaPolygon, type DistrictShapes } from './district-shapes.ts';
import { flatDrawing } from './layers/flat-drawing.ts';
import { FlatLayer } from './layers/flat-layer.ts';
import type { ShownLayers } from './map-layers.ts';
import { bytesOf, type MapTheme } from './map-theme.ts';
import { before } from './style.ts';

/** What of the net is to be seen. */
export interface NetView {
  /** Level that is filled and named. */
  readonly level: number;
  readonly focus: string | null;
  readonly metersPerPixel: number;
  /** Of `layers.figure`, by area. */
  readonly figures: ReadonlyMap<string, number>;
  readonly layers: ShownLayers;
  /** The unit whose arcs are shown. */
  readonly arcUnit: string | null;
  readonly theme: MapTheme;
}

/** Borders of the level below are drawn from this typical width on, CSS pixels. */
const FINER_FROM_PIXELS = 13;
const DASH_PIXELS = 7;

/** Areas narrower than this have quiet borders, CSS pixels. */
const QUIET_BELOW_PIXELS = 16;

/** Undefined where the area has no such figure. */
export function figureOf(code: string, { figures, layers }: Pick<NetView, 'figures' | 'layers'>): number | undefined {
  return figures.get(code) ?? (isPartial(layers.figure) ? undefined : 0);
}

/** Classes of the areas that are filled, and how many of these have no such figure. */
export function classesIn(
  shapes: DistrictShapes,
  view: NetView,
): { readonly classes: readonly FigureClass[]; readonly unknown: number } {
  const { level, focus, theme, layers } = view;
  if (layers.surface !== 'areas') return { classes: [], unknown: 0 };
  const shown = shapes.areas(level).filter(({ code }) => shapes.isWithin(code, focus));
  const figures = shown.flatMap(({ code }) => figureOf(code, view) ?? []);
  const classes = figures.length === 0 ? [] : figureClasses(figures, theme.fills, layers.breaks);
  return { classes, unknown: shown.length - figures.length };
}

/**
 * The net as deck.gl layers: fill by classes of open cases, thin borders. A layer that was drawn once stays in the list,
 * invisible, with its id and its data (GM1); a change of figures writes colours only (GM10).
 */
export class NetLayers {
  readonly #shapes: DistrictShapes;
  /** Layers drawn so far: id → how to draw it when it is not in view. */
  readonly #known = new Map<string, Layer>();

  constructor(shapes: DistrictShapes) {
    this.#shapes = shapes;
  }

  /** Layers belong to one WebGL context. */
  forget(): void {
    this.#known.clear();
  }

  layers(view: NetView, classes: readonly FigureClass[]): Layer[] {
    const fill = view.layers.surface === 'areas' ? [this.#fill(view, classes)] : [];
    const shown = [...fill, ...this.#borders(view)];
    const ids = new Set(shown.map(({ id }) => id));
    const hidden = [...this.#known.values()]
      .filter(({ id }) => !ids.has(id))
      .map((layer) => layer.clone({ visible: false }));
    for (const layer of [...hidden, ...shown]) this.#known.set(layer.id, layer);
    return [...this.#known.values()].sort((a, b) => order(a.id) - order(b.id));
  }

  #fill(view: NetView, classes: readonly FigureClass[]): Layer {
    const { level, focus, theme, metersPerPixel } = view;
    const detail = detailAt(metersPerPixel);
    const polygons = this.#shapes.polygons(level, detail);
    const classAt = (code: string) => {
      const figure = this.#shapes.isWithin(code, focus) ? figureOf(code, view) : undefined;
      return figure === undefined ? -1 : classOf(figure, classes);
    };
    const key = polygons.map(({ area }) => classAt(area.code)).join(' ');
    return new SolidPolygonLayer<AreaPolygon>({
      ...{ id: `fill-${level}-${detail}`, beforeId: before.net, ...flatDrawing },
      data: polygons,
      filled: true,
      opacity: theme.fillOpacity,
      extruded: false,
      getPolygon: ({ rings }) => rings as unknown as [number, number][][],
      getFillColor: ({ area }) => {
        const at = classAt(area.code);
        return at < 0 ? bytesOf(theme.ground, 0) : bytesOf(classes[at]?.fill ?? theme.fills[0]);
      },
      updateTriggers: { getFillColor: [key, theme] },
    });
  }

  /** Borders of the level in view, and of the next one faintly where its areas are wide enough to be told apart. */
  #borders({ level, focus, theme, metersPerPixel }: NetView): Layer[] {
    const { unitLevel, depth, typicalWidths } = this.#shapes;
    const line = (at: number, opacity: number, isDashed: boolean) =>
      new FlatLayer({
        ...{ id: `borders-${at}`, ...({ beforeId: before.net } as object), ...flatDrawing },
        topology: 'line-list',
        theme,
        colour: theme.borders.fine,
        opacity,
        dashMeters: isDashed ? DASH_PIXELS * metersPerPixel : 0,
        data: this.#shapes.borders(at, detailAt(metersPerPixel), focus) as never,
      });
    const finer = level + 1;
    const isWide = (typicalWidths[level - 1] ?? 0) / metersPerPixel >= QUIET_BELOW_PIXELS;
    const isFinerShown = finer <= depth && (typicalWidths[finer - 1] ?? 0) / metersPerPixel >= FINER_FROM_PIXELS;
    return [
      ...(isFinerShown ? [line(finer, level === unitLevel ? 0.16 : 0.3, level > unitLevel)] : []),
      ...(level > unitLevel ? [line(level, isWide ? 0.6 : 0.2, false)] : []),
    ];
  }
}

/** Fills below borders, finer borders below coarser ones. */
function order(id: string): number {
  return id.startsWith('fill') ? 0 : 100 - Number(id.split('-')[1]);
}
