/** Degrees, WGS-84. */
export type MapPosition = readonly [lon: number, lat: number];

/** Mean radius of the earth, metres (IUGG). */
const EARTH = 6_371_008.8;

/** The corners of the box between two positions. */
export function boxRing([x1, y1]: MapPosition, [x2, y2]: MapPosition): readonly MapPosition[] {
  return [
    [x1, y1],
    [x2, y1],
    [x2, y2],
    [x1, y2],
  ];
}

export function ringBounds(
  ring: readonly MapPosition[],
): readonly [west: number, south: number, east: number, north: number] {
  const [lons, lats] = [ring.map(([lon]) => lon), ring.map(([, lat]) => lat)];
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

/**
 * Whether a position lies in a ring that closes itself. Of a ring that crosses itself, what is enclosed twice is outside,
 * as it is drawn. Two rings with a common edge never both hold a point on it: the edge is looked at from its southern end.
 */
export function isInRing(ring: readonly MapPosition[], lon: number, lat: number): boolean {
  let isIn = false;
  for (const [index, a] of ring.entries()) {
    const b = ring[(index + 1) % ring.length] ?? a;
    const [low, high] = a[1] < b[1] ? [a, b] : [b, a];
    if (low[1] > lat || high[1] <= lat) continue;
    const crossing = low[0] + ((lat - low[1]) / (high[1] - low[1])) * (high[0] - low[0]);
    if (crossing > lon) isIn = !isIn;
  }
  return isIn;
}

/** Length of a line on the sphere, metres; within 0.3 % of that on the ellipsoid. */
export function lineMeters(points: readonly MapPosition[]): number {
  return points.slice(1).reduce((sum, point, index) => sum + between(points[index] ?? point, point), 0);
}

/** Land inside a ring that closes itself, square metres on the sphere; within 0.7 % of that on the ellipsoid. */
export function ringArea(ring: readonly MapPosition[]): number {
  let twice = 0;
  for (const [index, [lon, lat]] of ring.entries()) {
    const [nextLon, nextLat] = ring[(index + 1) % ring.length] ?? [lon, lat];
    twice += radians(nextLon - lon) * (Math.sin(radians(lat)) + Math.sin(radians(nextLat)));
  }
  return (Math.abs(twice) / 2) * EARTH ** 2;
}

function between([lon1, lat1]: MapPosition, [lon2, lat2]: MapPosition): number {
  const half = (angle: number) => Math.sin(radians(angle) / 2) ** 2;
  const chord = half(lat2 - lat1) + Math.cos(radians(lat1)) * Math.cos(radians(lat2)) * half(lon2 - lon1);
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(chord)));
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
