import { shrinkAt } from './district-shapes.ts';

const METERS_PER_DEGREE = 111_320;
/** A hexagon is at least this wide on the screen, CSS pixels. */
const SHORTEST_PIXELS = 22;

/** A hexagon with the cases in it. */
export interface HexCell {
  readonly count: number;
  /** Its six corners and the first again, degrees. */
  readonly ring: readonly (readonly [lon: number, lat: number])[];
}

/** Width of hexagons from side to side: the shortest of 1 · 2 · 5 × 10ⁿ metres that is wide enough on the screen. */
export function hexWidth(metersPerPixel: number): number {
  const wanted = metersPerPixel * SHORTEST_PIXELS;
  const power = 10 ** Math.floor(Math.log10(wanted));
  return [1, 2, 5, 10].map((step) => step * power).find((width) => width >= wanted) ?? 10 * power;
}

/**
 * Counts points in a honeycomb that stands still: it hangs on latitude and longitude 0, so that neither the camera nor
 * the cases move it. Hexagons stand on a corner and are as wide at `lat` as they are said to be; empty ones are left out.
 */
export function hexCells(
  points: Iterable<{ readonly lon: number | null; readonly lat: number | null }>,
  widthMeters: number,
  lat: number,
): readonly HexCell[] {
  const width = widthMeters / METERS_PER_DEGREE / shrinkAt(lat);
  const side = widthMeters / Math.sqrt(3) / METERS_PER_DEGREE;
  const counts = new Map<number, number>();
  for (const point of points) {
    if (point.lon === null || point.lat === null) continue;
    const key = cellOf(point.lon / width, point.lat / side);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([key, count]) => {
    const row = Math.round(key / SPAN);
    const column = key - row * SPAN;
    const [x, y] = [(column + row / 2) * width, row * 1.5 * side];
    const ring = Array.from({ length: 7 }, (_, corner): readonly [number, number] => {
      const angle = ((corner % 6) / 6 + 1 / 12) * 2 * Math.PI;
      return [x + (Math.cos(angle) * width) / Math.sqrt(3), y + Math.sin(angle) * side];
    });
    return { count, ring };
  });
}

const SPAN = 2 ** 26;

/** Rounds axial coordinates to the nearest middle. `x` in widths, `y` in sides. */
function cellOf(x: number, y: number): number {
  const r = y / 1.5;
  const q = x - r / 2;
  let [column, row] = [Math.round(q), Math.round(r)];
  const third = Math.round(-q - r);
  const [dq, dr, ds] = [Math.abs(column - q), Math.abs(row - r), Math.abs(third + q + r)];
  if (dq > dr && dq > ds) column = -row - third;
  else if (dr > ds) row = -column - third;
  return row * SPAN + column;
}
