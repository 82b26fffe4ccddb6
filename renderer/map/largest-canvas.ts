let largest: readonly [number, number] | null = null;

/**
 * Width and height a canvas of this machine can have, pixels: by default maplibre cuts canvases at 4096 and stretches them
 * (desk-wall-briefing.md M5). The first call starts the browser's graphics process; the page makes it while it waits for
 * the district.
 */
export function largestCanvas(): [number, number] {
  if (largest === null) {
    const gl = document.createElement('canvas').getContext('webgl2');
    const size = (gl?.getParameter(gl.MAX_TEXTURE_SIZE) as number | undefined) ?? 4_096;
    gl?.getExtension('WEBGL_lose_context')?.loseContext();
    largest = [size, size];
  }
  return [largest[0], largest[1]];
}
