const RADIANS = Math.PI / 180;
/** Degrees: no district is that wide. */
const FAR = 90;

/**
 * Web mercator near one place, in degrees of longitude from there, y downwards. Single floats tell millimetres apart
 * in it. Exact to a thousandth of a pixel at zoom 18 within half a degree: the series ends after the fourth power.
 */
export class LocalMercator {
  readonly lon: number;
  readonly lat: number;
  readonly #series: readonly [number, number, number, number];

  constructor(lon: number, lat: number) {
    this.lon = lon;
    this.lat = lat;
    const sec = 1 / Math.cos(lat * RADIANS);
    const tan = Math.tan(lat * RADIANS);
    this.#series = [
      sec,
      ((sec * tan) / 2) * RADIANS,
      ((sec * (sec ** 2 + tan ** 2)) / 6) * RADIANS ** 2,
      ((sec * tan * (5 * sec ** 2 + tan ** 2)) / 24) * RADIANS ** 3,
    ];
  }

  /** Of a latitude, degrees of longitude below the origin. */
  down(lat: number): number {
    const [a, b, c, d] = this.#series;
    const north = lat - this.lat;
    return -north * (a + north * (b + north * (c + north * d)));
  }

  /**
   * Projects pairs of degrees into `out`; what is no place lies far outside.
   *
   * @returns first and last pair that are other than they were in `out`; null if none is
   */
  write(positions: Float64Array, count: number, out: Float32Array): readonly [first: number, last: number] | null {
    const [a, b, c, d] = this.#series;
    const { lon, lat } = this;
    let first = -1;
    let last = -1;
    for (let at = 0; at < count; at += 1) {
      const north = (positions[2 * at + 1] ?? NaN) - lat;
      let x = Math.fround((positions[2 * at] ?? NaN) - lon);
      let y = Math.fround(-north * (a + north * (b + north * (c + north * d))));
      if (!(Math.abs(x) < FAR && Math.abs(y) < FAR)) [x, y] = [FAR, FAR];
      if (out[2 * at] === x && out[2 * at + 1] === y) continue;
      out[2 * at] = x;
      out[2 * at + 1] = y;
      if (first < 0) first = at;
      last = at;
    }
    return first < 0 ? null : [first, last];
  }
}
