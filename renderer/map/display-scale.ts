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
