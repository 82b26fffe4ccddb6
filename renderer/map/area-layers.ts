import type { Layer } from '@deck.gl/core';
import { SolidPolygonLayer } from '@deck.gl/layers';
import type { FeatureCollection } from 'geojson';
import type { AreaRow } from '#contract/grid.ts';
import type { PolygonRings } from '#domain/grid/district.ts';
import { classOf, figureClasses, type FigureClass } from './classes.ts';
import { segmentsOf, type LevelShapes } from './district-shapes.ts';
import { FlatLayer } from './layers/flat-layer.ts';
import { bytesOf, type MapTheme } from './map-theme.ts';
import { anchors } from './style.ts';

/** What of the net is to be seen. */
export interface AreaView {
  /** Level that is filled and named. */
  readonly level: number;
  readonly focus: string | null;
  readonly figures: ReadonlyMap<string, number>;
  readonly theme: MapTheme;
}

interface FilledPolygon {
  readonly area: AreaRow;
  readonly rings: PolygonRings;
}

interface LevelGeometry {
  readonly polygons: readonly FilledPolygon[];
  readonly borders: {
    readonly length: number;
    readonly attributes: { readonly getPosition: { readonly value: Float64Array; readonly size: 2 } };
  };
}

/** The net as deck.gl layers: fill by classes of open cases, borders by level. Ids and geometry stay (GM1, GM10). */
export class AreaLayers {
  readonly #levels: readonly LevelShapes[];
  readonly #unitLevel: number;
  readonly #isWithin: (code: string, focus: string) => boolean;
  readonly #geometry = new Map<number, LevelGeometry>();

  constructor(levels: readonly LevelShapes[], unitLevel: number, isWithin: (code: string, focus: string) => boolean) {
    this.#levels = levels;
    this.#unitLevel = unitLevel;
    this.#isWithin = isWithin;
  }

  /** Areas of the level in view that lie in the focus. */
  areasIn({ level, focus }: Pick<AreaView, 'level' | 'focus'>): readonly AreaRow[] {
    const areas = (this.#levels[level - 1]?.areas ?? []).map(({ area }) => area);
    return focus === null ? areas : areas.filter(({ code }) => this.#isWithin(code, focus));
  }

  classes(view: AreaView): readonly FigureClass[] {
    return figureClasses(
      this.areasIn(view).map(({ code }) => view.figures.get(code) ?? 0),
      view.theme.fills,
    );
  }

  layers(view: AreaView): Layer[] {
    const classes = this.classes(view);
    const { theme, level, focus, figures } = view;
    const { polygons } = this.#geometryOf(level);
    const classOfArea = ({ code }: AreaRow) =>
      focus !== null && !this.#isWithin(code, focus) ? -1 : classOf(figures.get(code) ?? 0, classes);
    const key = polygons.map(({ area }) => classOfArea(area)).join('');
    const fill = new SolidPolygonLayer<FilledPolygon>({
      ...{
        id: `fill-${level}`,
        beforeId: anchors.fill,
        data: polygons,
        pickable: false,
        filled: true,
        extruded: false,
      },
      getPolygon: ({ rings }) => rings as unknown as [number, number][][],
      getFillColor: ({ area }) => {
        const at = classOfArea(area);
        return at < 0 ? bytesOf(theme.fills[0], 0) : bytesOf(classes[at]?.fill ?? theme.fills[0]);
      },
      updateTriggers: { getFillColor: [key, theme] },
    });
    return [fill, ...this.#borders(view)];
  }

  /** Names of the areas in view with their open cases; around a focus the neighbours, quietly. */
  labels(view: AreaView): FeatureCollection {
    const { level, focus, figures } = view;
    const isFinest = level === this.#levels.length && level > this.#unitLevel;
    const inView = this.areasIn(view).map((area) => labelOf(area, textOf(area, isFinest), isFinest));
    const above = isFinest
      ? this.areasIn({ level: level - 1, focus }).map((area) => labelOf(area, textOf(area, false), false))
      : [];
    const around =
      focus === null
        ? []
        : this.areasIn({ level: this.#unitLevel, focus: null })
            .filter(({ code }) => !this.#isWithin(focus, code))
            .map((area) => labelOf(area, area.name, true));
    return { type: 'FeatureCollection', features: [...above, ...inView, ...around] };

    function textOf({ code, name }: AreaRow, isShort: boolean): string {
      return isShort ? code.slice(-3) : `${name} ${figures.get(code) ?? 0}`;
    }

    function labelOf(area: AreaRow, text: string, isQuiet: boolean): FeatureCollection['features'][number] {
      const order = isQuiet ? 1e9 : -(figures.get(area.code) ?? 0);
      return {
        type: 'Feature',
        properties: { text, isQuiet, order, size: isQuiet ? 11 : 12 },
        geometry: { type: 'Point', coordinates: area.labelPoint },
      };
    }
  }

  /** Borders down to the level in view; those of the next level faintly. */
  #borders({ level, theme }: AreaView): Layer[] {
    return this.#levels.slice(this.#unitLevel).map((shapes) => {
      const isFiner = shapes.level > level;
      return new FlatLayer({
        id: `borders-${shapes.level}`,
        ...({ beforeId: anchors.borders } as object),
        data: this.#geometryOf(shapes.level).borders as never,
        topology: 'line-list',
        pickable: false,
        visible: shapes.level <= level + 1,
        opacity: isFiner ? 0.35 : 1,
        getColor: bytesOf(theme.line),
      });
    });
  }

  #geometryOf(level: number): LevelGeometry {
    const known = this.#geometry.get(level);
    if (known !== undefined) return known;
    const shapes = this.#levels[level - 1];
    const segments = shapes === undefined ? new Float64Array(0) : segmentsOf(shapes.borders);
    const made: LevelGeometry = {
      polygons: (shapes?.areas ?? []).flatMap(({ area, polygons }) => polygons.map((rings) => ({ area, rings }))),
      borders: { length: segments.length / 2, attributes: { getPosition: { value: segments, size: 2 } } },
    };
    this.#geometry.set(level, made);
    return made;
  }
}
