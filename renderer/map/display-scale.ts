/**
 * Calls back when the window has come to a display of another scale, or its zoom was changed: maplibre looks only at the size
 * of its container, which is the same there in CSS pixels. @returns how to end it
 */
export function onScaleChange(changed: () => void): () => void {
  let query: MediaQueryList | null = null;
  const watch = () => {
    query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    query.addEventListener('change', other, { once: true });
  };
  const other = () => {
    watch();
    changed();
  };
  watch();
  return () => query?.removeEventListener('change', other);
}

let layOut = 1;

/**
 * Maps of this page are laid out by that factor: `zoom` of their container. Marks and names grow with it, and the canvas still
 * has a pixel of its own for each one of the display (W10). To be set before the map is made.
 */
export function layOutMapsBy(factor: number): void {
  layOut = factor;
}

/** Device pixels for each CSS pixel inside a map. */
export function mapPixelRatio(): number {
  return devicePixelRatio * layOut;
}
