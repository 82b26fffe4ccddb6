type Point = readonly [number, number];

/** Corners of the smallest convex polygon around the points, counter-clockwise, not repeated at the end. */
export function convexHull<Given extends Point>(points: readonly Given[]): readonly Given[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const lower = chain(sorted);
  const upper = chain(sorted.reverse());
  return lower.length < 2 ? lower : [...lower.slice(0, -1), ...upper.slice(0, -1)];
}

/** Andrew's monotone chain. */
function chain<Given extends Point>(sorted: readonly Given[]): readonly Given[] {
  const kept: Given[] = [];
  for (const point of sorted) {
    for (;;) {
      const [before, last] = [kept.at(-2), kept.at(-1)];
      if (last !== undefined && last[0] === point[0] && last[1] === point[1]) kept.pop();
      else if (before !== undefined && last !== undefined && turn(before, last, point) <= 0) kept.pop();
      else break;
    }
    kept.push(point);
  }
  return kept;
}

function turn(a: Point, b: Point, c: Point): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}
