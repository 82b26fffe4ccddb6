import type { PolygonRings, Position } from '#domain/grid/district.ts';

/**
 * A point well inside the largest polygon: of a few horizontal lines across it, the middle of the widest stretch that
 * lies inside, weighed by how far the line is from the polygon's southern and northern ends.
 */
export function labelPoint(polygons: readonly PolygonRings[]): Position {
  const largest = polygons.reduce((best, rings) => (areaOf(rings) > areaOf(best) ? rings : best));
  const lats = (largest[0] ?? []).map((position) => position[1]);
  const [south, north] = [Math.min(...lats), Math.max(...lats)];
  let best: { readonly point: Position; readonly score: number } = { point: largest[0]?.[0] ?? [0, 0], score: 0 };
  for (let step = 1; step < LINES; step += 1) {
    const lat = south + ((north - south) * step) / LINES;
    const fromEnd = Math.min(step, LINES - step) / LINES;
    const crossings = crossingsAt(largest, lat);
    for (let at = 0; at + 1 < crossings.length; at += 2) {
      const [west = 0, east = 0] = [crossings[at], crossings[at + 1]];
      const score = (east - west) * Math.sqrt(fromEnd);
      if (score > best.score) best = { point: [(west + east) / 2, lat], score };
    }
  }
  return best.point;
}

const LINES = 16;

/** Longitudes where the rings cross a parallel, from west to east. */
function crossingsAt(rings: PolygonRings, lat: number): readonly number[] {
  const crossings: number[] = [];
  for (const ring of rings) {
    for (let at = 1; at < ring.length; at += 1) {
      const [a, b] = [ring[at - 1], ring[at]];
      if (a === undefined || b === undefined || a[1] > lat === b[1] > lat) continue;
      crossings.push(a[0] + ((b[0] - a[0]) * (lat - a[1])) / (b[1] - a[1]));
    }
  }
  return crossings.sort((a, b) => a - b);
}

function areaOf(rings: PolygonRings): number {
  const outer = rings[0] ?? [];
  let twice = 0;
  for (let at = 1; at < outer.length; at += 1) {
    const [a, b] = [outer[at - 1], outer[at]];
    if (a !== undefined && b !== undefined) twice += a[0] * b[1] - b[0] * a[1];
  }
  return Math.abs(twice);
}
