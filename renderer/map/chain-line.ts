import type { Feature, LineString } from 'geojson';

/** A unit of a dispatch chain and where it stands on the map, [lon, lat] degrees. */
export interface ChainStop {
  readonly label: string;
  readonly position: [number, number];
  readonly isCurrent: boolean;
  readonly isReturn: boolean;
}

const STEPS = 24;
/** How far the middle of a curve lies aside, as a share of its length. */
const BULGE = 0.16;

/** A quadratic curve from one place to the next, bent to the left of its way, so that a way back lies beside the way there. */
export function curve(from: readonly [number, number], to: readonly [number, number]): [number, number][] {
  const shrink = Math.cos((((from[1] + to[1]) / 2) * Math.PI) / 180);
  const [dx, dy] = [(to[0] - from[0]) * shrink, to[1] - from[1]];
  const middle = [(from[0] + to[0]) / 2 - (dy * BULGE * 2) / shrink, (from[1] + to[1]) / 2 + dx * BULGE * 2] as const;
  return Array.from({ length: STEPS + 1 }, (_, step): [number, number] => {
    const t = step / STEPS;
    const at = (axis: 0 | 1) => (1 - t) * (1 - t) * from[axis] + 2 * (1 - t) * t * middle[axis] + t * t * to[axis];
    return [at(0), at(1)];
  });
}

/** One curve a hop; a way back (回退) is dashed. Hops that stay in place have none. */
export function chainLines(stops: readonly ChainStop[]): Feature<LineString, { isReturn: boolean }>[] {
  return stops.slice(1).flatMap((stop, index) => {
    const before = stops[index];
    if (before === undefined) return [];
    const isSame = before.position[0] === stop.position[0] && before.position[1] === stop.position[1];
    if (isSame) return [];
    return [
      {
        type: 'Feature' as const,
        properties: { isReturn: before.isReturn },
        geometry: { type: 'LineString' as const, coordinates: curve(before.position, stop.position) },
      },
    ];
  });
}
