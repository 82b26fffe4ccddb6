const SHORTEST_PIXELS = 56;

/** The shortest round length 1 · 2 · 5 × 10ⁿ that is at least 56 pixels wide. */
export function scaleBar(metersPerPixel: number): { readonly meters: number; readonly widthPixels: number } {
  const wanted = metersPerPixel * SHORTEST_PIXELS;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const meters = [1, 2, 5, 10].map((step) => step * power).find((length) => length >= wanted) ?? 10 * power;
  return { meters, widthPixels: Math.round(meters / metersPerPixel) };
}
