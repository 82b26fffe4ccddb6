/** A level is shown once a typical area of it is this wide on the screen, CSS pixels. */
const WIDE_ENOUGH_PIXELS = 140;

export interface LevelChoice {
  readonly typicalWidthsMeters: readonly number[];
  /** First level below the whole district. */
  readonly unitLevel: number;
  /** Level of the area in focus; null is the whole district. */
  readonly focusLevel: number | null;
  readonly metersPerPixel: number;
}

/** The level whose areas are filled and named: one below the focus, deeper where zooming in makes room. */
export function levelInView({ typicalWidthsMeters, unitLevel, focusLevel, metersPerPixel }: LevelChoice): number {
  const depth = typicalWidthsMeters.length;
  const least = focusLevel === null ? unitLevel : Math.min(depth, focusLevel + 1);
  let level = least;
  while (level < depth && (typicalWidthsMeters[level] ?? 0) / metersPerPixel >= WIDE_ENOUGH_PIXELS) level += 1;
  return level;
}
