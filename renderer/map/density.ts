/** How points are drawn where there are that many. */
export interface PointSizes {
  /** CSS pixels. */
  readonly dotRadius: number;
  readonly dotOpacity: number;
  /** Dots in one cell of this width are drawn as one. */
  readonly dotCellPixels: number;
  /** A full symbol keeps this distance from a graver one. */
  readonly markRoomPixels: number;
}

const steps: readonly (PointSizes & { readonly upTo: number })[] = [
  { upTo: 0.006, dotRadius: 2, dotOpacity: 0.95, dotCellPixels: 1.5, markRoomPixels: 10 },
  { upTo: 0.018, dotRadius: 1.7, dotOpacity: 0.85, dotCellPixels: 2, markRoomPixels: 16 },
  { upTo: 0.05, dotRadius: 1.2, dotOpacity: 0.6, dotCellPixels: 2.5, markRoomPixels: 34 },
  { upTo: 0.12, dotRadius: 1, dotOpacity: 0.5, dotCellPixels: 3, markRoomPixels: 42 },
];
const densest: PointSizes = { dotRadius: 0.8, dotOpacity: 0.4, dotCellPixels: 3, markRoomPixels: 48 };

/** Many cases are many small dots, so that the fill below stays readable. `density` is cases per square pixel. */
export function pointSizes(density: number): PointSizes {
  return steps.find(({ upTo }) => density <= upTo) ?? densest;
}
