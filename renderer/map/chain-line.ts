/** A unit of a dispatch chain and where it stands on the map, [lon, lat] degrees. */
export interface ChainStop {
  readonly label: string;
  readonly position: readonly [number, number];
  /** It has the case now. */
  readonly isCurrent: boolean;
  /** It sent the case back. */
  readonly isReturn: boolean;
}

/** CSS pixels. */
export interface ScreenPoint {
  readonly x: number;
  readonly y: number;
}

/** A place of the chain: several hops of one unit are one stop with several numbers. */
export interface PlacedStop extends ScreenPoint {
  readonly text: string;
  readonly isCurrent: boolean;
}

export interface PlacedHop {
  readonly from: ScreenPoint;
  readonly control: ScreenPoint;
  readonly to: ScreenPoint;
  readonly isReturn: boolean;
}

/** How far the middle of a curve lies aside, as a share of its length. */
const BULGE = 0.16;
/** Stops nearer than this are one place, CSS pixels. */
const SAME_PLACE = 7;

/** Control point of the curve from one place to the next, to the left of its way: a way back runs beside the way there. */
export function controlPoint(from: ScreenPoint, to: ScreenPoint, bulge = BULGE): ScreenPoint {
  return {
    x: (from.x + to.x) / 2 + (to.y - from.y) * bulge * 2,
    y: (from.y + to.y) / 2 - (to.x - from.x) * bulge * 2,
  };
}

/** A point of the curve and the direction there, for 0 ≤ t ≤ 1. */
export function onCurve({ from, control, to }: PlacedHop, t: number): ScreenPoint & { readonly angle: number } {
  const at = (axis: 'x' | 'y') => (1 - t) * (1 - t) * from[axis] + 2 * (1 - t) * t * control[axis] + t * t * to[axis];
  const along = (axis: 'x' | 'y') => (1 - t) * (control[axis] - from[axis]) + t * (to[axis] - control[axis]);
  return { x: at('x'), y: at('y'), angle: Math.atan2(along('y'), along('x')) };
}

/** One curve a hop, the stops with their numbers in the order of the chain. */
export function placeChain(
  stops: readonly ChainStop[],
  project: (lon: number, lat: number) => ScreenPoint,
): { readonly hops: readonly PlacedHop[]; readonly places: readonly PlacedStop[] } {
  const points = stops.map(({ position }) => project(position[0], position[1]));
  const places: (ScreenPoint & { numbers: number[]; label: string; isCurrent: boolean })[] = [];
  const hops: PlacedHop[] = [];
  for (const [index, stop] of stops.entries()) {
    const point = points[index] ?? { x: 0, y: 0 };
    const known = places.find((place) => Math.hypot(place.x - point.x, place.y - point.y) < SAME_PLACE);
    if (known === undefined) {
      places.push({ x: point.x, y: point.y, numbers: [index + 1], label: stop.label, isCurrent: stop.isCurrent });
    } else {
      known.numbers.push(index + 1);
      known.isCurrent ||= stop.isCurrent;
    }
    const before = points[index - 1];
    if (before === undefined || Math.hypot(before.x - point.x, before.y - point.y) < SAME_PLACE) continue;
    const isReturn = stops[index - 1]?.isReturn === true;
    hops.push({ from: before, control: controlPoint(before, point), to: point, isReturn });
  }
  return {
    hops,
    places: places.map(({ numbers, label, ...place }) => ({ ...place, text: `${numbers.join('·')} ${label}` })),
  };
}
