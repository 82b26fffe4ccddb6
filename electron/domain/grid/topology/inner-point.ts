import type { LatticePoint } from './lattice.ts';

/**
 * A point inside of a figure, in the middle of the widest stretch at one of a few heights; null for a figure without an
 * inside. Lines of points are not closed; a point is inside where a ray crosses them an odd number of times.
 */
export function innerPoint(lines: readonly (readonly LatticePoint[])[]): LatticePoint | null {
  const heights = [...new Set(lines.flat().map(([, y]) => y))].sort((a, b) => a - b);
  let best: { readonly width: number; readonly point: LatticePoint } | null = null;
  for (const y of heightsBetween(heights)) {
    const crossings = lines.flatMap((line) => crossingsAt(line, y)).sort((a, b) => a - b);
    for (let at = 0; at + 1 < crossings.length; at += 2) {
      const [left, right] = [crossings[at] ?? 0, crossings[at + 1] ?? 0];
      if (right - left > (best?.width ?? 0)) best = { width: right - left, point: [(left + right) / 2, y] };
    }
  }
  return best?.point ?? null;
}

/** Never the height of a vertex: the middles of the largest distance and of those at a quarter, half and three quarters. */
function heightsBetween(heights: readonly number[]): readonly number[] {
  const middles = heights.slice(1).map((y, index) => (y + (heights[index] ?? y)) / 2);
  const distances = heights.slice(1).map((y, index) => y - (heights[index] ?? y));
  const largest = distances.reduce((best, distance, index) => (distance > (distances[best] ?? 0) ? index : best), 0);
  const places = [largest, ...[1, 2, 3].map((quarter) => Math.floor((middles.length * quarter) / 4))];
  return places.flatMap((place) => middles[place] ?? []);
}

function crossingsAt(line: readonly LatticePoint[], y: number): readonly number[] {
  return line.flatMap(([x1, y1], index) => {
    const [x2, y2] = line[(index + 1) % line.length] ?? [x1, y1];
    return y1 > y === y2 > y ? [] : [x1 + ((x2 - x1) * (y - y1)) / (y2 - y1)];
  });
}
