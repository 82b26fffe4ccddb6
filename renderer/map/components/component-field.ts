/**
 * Components of the city 部件 (manhole covers, street lights …), up to 1,000,000. The arrays are read as long as the field
 * is on the map and must not change; a changed set is another field.
 */
export interface ComponentField {
  /** How many; the arrays may be longer. */
  readonly count: number;
  /** Longitude and latitude of each in degrees, WGS-84. */
  readonly positions: Float64Array;
  /** Class of each: its place in `names`. */
  readonly classes: Uint8Array;
  /** What each class is called, as it is to be shown. */
  readonly names: readonly string[];
  /** How many lie in a grid, by its code; counted by the map if not given. */
  readonly byGrid?: ReadonlyMap<string, number>;
}

/** A component under the pointer: its place in the field, and what its class is called. */
export interface FoundComponent {
  readonly index: number;
  readonly name: string;
}

/** What of the components is on the map. */
export type ComponentLegend =
  /** They are being put in order, or that has failed. */
  | { readonly state: 'indexing' | 'failed'; readonly total: number }
  /** All that are in view, each as a point. */
  | { readonly state: 'points'; readonly total: number; readonly shown: number }
  /** The areas are filled by their numbers: the camera is too far, or there are too many in view. */
  | { readonly state: 'far' | 'many'; readonly total: number };
