import type { CaseRow } from '#contract/cases.ts';
import type { FlatData } from './layers/flat-layer.ts';

type Position = readonly [lon: number, lat: number];

/** From a unit's place to a case that it holds. */
export interface DispatchArc {
  readonly caseId: string;
  readonly from: Position;
  readonly to: Position;
}

/** Arcs that are drawn, newest first, and how many there are. */
export interface DispatchArcs {
  readonly arcs: readonly DispatchArc[];
  readonly total: number;
}

const HOUR_MS = 3_600_000;
/** More lines than this say nothing; the newest are drawn, and the legend says of how many. */
const MOST_ARCS = 400;
const SEGMENTS = 8;
/** How far the middle of an arc lies aside, as a share of its length: more would make a whirl of many. */
const BULGE = 0.04;

export interface ArcSight {
  readonly rows: Iterable<CaseRow>;
  /** Whose cases; null is every unit, for what it got within the last hour. */
  readonly isOfUnit: ((holder: string) => boolean) | null;
  readonly placeOf: (unit: string) => Position | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Cases in the hands of a unit, or those that any unit got within the last hour, each joined to the place of its unit. */
export function dispatchArcs({ rows, isOfUnit, placeOf, now }: ArcSight): DispatchArcs {
  const found: (DispatchArc & { readonly since: number })[] = [];
  for (const { id, lon, lat, holderUnit, holderSince } of rows) {
    if (holderUnit === null || lon === null || lat === null) continue;
    const since = holderSince ?? 0;
    const fits = isOfUnit === null ? since <= now && now - since < HOUR_MS : isOfUnit(holderUnit);
    const from = fits ? placeOf(holderUnit) : undefined;
    if (from !== undefined) found.push({ caseId: id, from, to: [lon, lat], since });
  }
  const newest = found.sort((a, b) => b.since - a.since || (a.caseId < b.caseId ? -1 : 1));
  return {
    arcs: newest.slice(0, MOST_ARCS).map(({ caseId, from, to }) => ({ caseId, from, to })),
    total: newest.length,
  };
}

/** Curves to the left of their way, two vertices a segment. */
export function arcData(arcs: readonly DispatchArc[]): FlatData {
  const positions = new Float64Array(arcs.length * SEGMENTS * 4);
  let at = 0;
  for (const { from, to } of arcs) {
    const control: Position = [
      (from[0] + to[0]) / 2 - (to[1] - from[1]) * BULGE * 2,
      (from[1] + to[1]) / 2 + (to[0] - from[0]) * BULGE * 2,
    ];
    let before = from;
    for (let step = 1; step <= SEGMENTS; step += 1) {
      const point = step === SEGMENTS ? to : onArc(from, control, to, step / SEGMENTS);
      positions.set([before[0], before[1], point[0], point[1]], at);
      at += 4;
      before = point;
    }
  }
  return {
    length: arcs.length * SEGMENTS * 2,
    attributes: {
      getPosition: { value: positions, size: 2 },
      getValue: { value: new Float32Array(arcs.length * SEGMENTS * 2), size: 1 },
    },
  };
}

function onArc(from: Position, control: Position, to: Position, t: number): Position {
  const at = (axis: 0 | 1) => (1 - t) ** 2 * from[axis] + 2 * (1 - t) * t * control[axis] + t * t * to[axis];
  return [at(0), at(1)];
}
