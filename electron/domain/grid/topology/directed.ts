import type { Position } from '../district.ts';
import { twiceArea, type Lattice, type LatticePoint } from './lattice.ts';

/** The ring on the lattice with its inside to the left (outer ring) or to the right (hole); null without an inside. */
export function directed(
  ring: readonly Position[],
  lattice: Lattice,
  isOuter: boolean,
): readonly LatticePoint[] | null {
  const points: LatticePoint[] = [];
  for (const position of ring) {
    const point = lattice.toLattice(position);
    const last = points.at(-1);
    if (last?.[0] !== point[0] || last[1] !== point[1]) points.push(point);
  }
  const [first, last] = [points[0], points.at(-1)];
  if (points.length > 1 && first?.[0] === last?.[0] && first?.[1] === last?.[1]) points.pop();
  const twice = twiceArea(points);
  if (twice === 0 && !crossesItself(points)) return null;
  return twice > 0 === isOuter ? points : points.toReversed();
}

/** Whether a ring of area 0 has an inside all the same: a figure of eight with two lobes of one size. */
function crossesItself(points: readonly LatticePoint[]): boolean {
  const [first] = points;
  if (first === undefined) return false;
  return points.some((point, index) => twiceArea([first, point, points[index + 1] ?? first]) !== 0);
}
