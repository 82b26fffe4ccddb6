import type { Position } from '../district.ts';
import { metresPerDegree } from '../coordinates/metres.ts';

/** A point of the lattice: whole numbers of steps from its south-west corner, at most 2^26. */
export type LatticePoint = readonly [x: number, y: number];

/** 1e-8° is a millimetre, a tenth of what files carry. */
const FINEST_STEP = 1e-8;
const MOST_STEPS = 2 ** 26;

/**
 * Positions as whole numbers, so that turns and crossings of borders are computed without rounding: products of two
 * differences stay below 2^53. Up to 0.67° the step is 1e-8°, beyond that the span divided by 2^26.
 */
export class Lattice {
  readonly #west: number;
  readonly #south: number;
  readonly #step: number;

  constructor(positions: Iterable<Position>) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const [lon, lat] of positions) {
      west = Math.min(west, lon);
      east = Math.max(east, lon);
      south = Math.min(south, lat);
      north = Math.max(north, lat);
    }
    const isEmpty = west > east;
    this.#west = isEmpty ? 0 : west;
    this.#south = isEmpty ? 0 : south;
    this.#step = isEmpty ? FINEST_STEP : Math.max(FINEST_STEP, Math.max(east - west, north - south) / MOST_STEPS);
  }

  toLattice([lon, lat]: Position): LatticePoint {
    return [Math.round((lon - this.#west) / this.#step), Math.round((lat - this.#south) / this.#step)];
  }

  toPosition([x, y]: LatticePoint): Position {
    return [this.#west + x * this.#step, this.#south + y * this.#step];
  }

  /** Metres of one step eastwards and northwards at a height of the lattice. */
  metresPerStep(y: number): readonly [east: number, north: number] {
    const scale = metresPerDegree(this.#south + y * this.#step);
    return [scale.lon * this.#step, scale.lat * this.#step];
  }
}

/** Twice the area left of a → b → c; exact. */
export function turn(a: LatticePoint, b: LatticePoint, c: LatticePoint): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

/** Twice the area of a closed line of points (the first not repeated), positive if it runs counter-clockwise. */
export function twiceArea(points: readonly LatticePoint[]): number {
  const origin = points[0];
  if (origin === undefined) return 0;
  let twice = 0;
  for (let at = 1; at + 1 < points.length; at += 1) {
    twice += turn(origin, points[at] as LatticePoint, points[at + 1] as LatticePoint);
  }
  return twice;
}
