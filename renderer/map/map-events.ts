import type { CaseRow } from '#contract/cases.ts';
import type { MarkCount } from './case-board.ts';
import type { FigureClass } from './classes.ts';

export interface CityMapEvents {
  /** A case was clicked. */
  selectCase(id: string): void;
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
      readonly kind: 'area';
      readonly code: string;
      readonly name: string;
      readonly count: number;
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

/** What is really drawn: classes of the fill, and how many of the shown cases carry each mark. */
export interface MapLegend {
  readonly level: number;
  readonly classes: readonly FigureClass[];
  /** Only levels that are there, graver first. */
  readonly marks: readonly MarkCount[];
}
