import type { CaseRow } from '#contract/cases.ts';
import type { MarkCount } from './case-board.ts';
import type { FigureClass } from './classes.ts';
import type { ComponentLegend, FoundComponent } from './components/component-field.ts';
import type { ForceAge, ForceCount, ForceKind } from './forces/force-field.ts';
import type { HeatLegend } from './heat.ts';
import type { BreakMethod, PointMode, ShownFigure } from './map-layers.ts';
import type { MarkLevel } from './map-theme.ts';
import type { HexLegend } from './surface-layers.ts';
import type { Shape } from './symbols.ts';

export interface CityMapEvents {
  /** A case was clicked. */
  selectCase(id: string): void;
  /** A person or vehicle was clicked: its place in the field of forces that was drawn last. Without it clicks go through. */
  selectForce?(index: number): void;
  /** A click drills down to this area. */
  focusArea(code: string): void;
  hover(hover: MapHover | null): void;
  status(status: MapStatus): void;
  view(view: MapView): void;
  legend(legend: MapLegend): void;
}

/** `lost`: the graphics context went away and the map is being built anew; `failed`: it can't be drawn. */
export type MapStatus = 'loading' | 'ready' | 'lost' | 'failed';

/** What lies under the pointer; `x`, `y` in CSS pixels of the map. */
export type MapHover =
  | { readonly kind: 'case'; readonly row: CaseRow; readonly x: number; readonly y: number }
  | {
      readonly kind: 'force';
      /** Place in the field of forces that was drawn last. */
      readonly index: number;
      readonly force: ForceKind;
      readonly age: ForceAge;
      readonly x: number;
      readonly y: number;
    }
  | (FoundComponent & { readonly kind: 'component'; readonly x: number; readonly y: number })
  | {
      readonly kind: 'cluster';
      readonly count: number;
      readonly level: MarkLevel | null;
      readonly x: number;
      readonly y: number;
    }
  | {
      readonly kind: 'area';
      readonly code: string;
      readonly name: string;
      readonly figure: ShownFigure;
      /** Null where the area has no such figure. */
      readonly value: number | null;
      readonly x: number;
      readonly y: number;
    };

export interface MapView {
  readonly metersPerPixel: number;
  /** Level whose areas are filled. */
  readonly level: number;
  /** maplibre's zoom, tiles of 512 pixels. */
  readonly zoom: number;
  /** Degrees. */
  readonly bounds: readonly [west: number, south: number, east: number, north: number];
}

/** What is really drawn. */
export interface MapLegend {
  /** Fill of the areas of a level; `unknown` areas have no such figure. Null while it is off. */
  readonly areas: {
    readonly level: number;
    readonly figure: ShownFigure;
    readonly classes: readonly FigureClass[];
    readonly unknown: number;
  } | null;
  readonly hexagons: HexLegend | null;
  readonly heat: HeatLegend | null;
  readonly breaks: BreakMethod;
  readonly points: PointMode;
  /** Only levels that are there, graver first. */
  readonly marks: readonly MarkCount[];
  /** Shown cases without a level, by shape. */
  readonly shapes: readonly { readonly shape: Shape; readonly count: number }[];
  readonly clusters: { readonly clusters: number; readonly cases: number } | null;
  readonly arcs: { readonly shown: number; readonly total: number } | null;
  /** People and vehicles, only kinds that are there. */
  readonly forces: readonly ForceCount[];
  readonly components: ComponentLegend | null;
}
