import type { CaseRow } from '#contract/cases.ts';
import type { AttentionLevel } from '#domain/sla/attention-level.ts';
import type { FigureClass } from './classes.ts';

/** What the map tells its owner. */
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
  | { readonly kind: 'area'; readonly name: string; readonly count: number; readonly x: number; readonly y: number };

export interface MapView {
  readonly metersPerPixel: number;
  /** Level whose areas are filled and named. */
  readonly level: number;
}

/** What is really drawn: classes of the fill, and how many cases carry each mark. */
export interface MapLegend {
  readonly level: number;
  readonly classes: readonly FigureClass[];
  readonly marks: readonly { readonly level: Exclude<AttentionLevel, null>; readonly count: number }[];
}
