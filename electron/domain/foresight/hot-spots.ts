import { falseDiscoveryLimit, normalTail } from './chance.ts';

/** An area of the finest level, with a point inside it in WGS-84 degrees. */
export interface NetArea {
  readonly code: string;
  readonly lon: number;
  readonly lat: number;
}

/** Areas with those that lie next to each, itself included: indexes into `areas`. */
export interface Net {
  readonly areas: readonly NetArea[];
  readonly near: readonly Uint16Array[];
}

/** So many nearest areas are the neighbourhood: also at the edge, where fewer touch, so that it weighs the same everywhere. */
const NEIGHBORS = 8;
/** Fewer reports are no spot that anybody would go to, whatever a sparse net makes of them. */
const LEAST_SEEN = 3;
const METRES_OF_A_DEGREE = 111_320;
const MOST_AREAS = 65_535;

/** @throws RangeError for more areas than a neighbourhood can name */
export function netOf(areas: readonly NetArea[]): Net {
  if (areas.length > MOST_AREAS) throw new RangeError(`a net of ${areas.length} areas`);
  const [first] = areas;
  const scale = Math.cos(((first?.lat ?? 0) * Math.PI) / 180);
  const xs = Float64Array.from(areas, ({ lon }) => lon * scale * METRES_OF_A_DEGREE);
  const ys = Float64Array.from(areas, ({ lat }) => lat * METRES_OF_A_DEGREE);
  const wanted = Math.min(NEIGHBORS, areas.length - 1);
  const near = areas.map((_, own) => {
    const best = new Uint16Array(wanted + 1);
    const far = new Float64Array(wanted + 1).fill(Infinity);
    for (let other = 0; other < areas.length; other += 1) {
      const [dx, dy] = [(xs[other] ?? 0) - (xs[own] ?? 0), (ys[other] ?? 0) - (ys[own] ?? 0)];
      const distance = dx * dx + dy * dy;
      if (distance >= (far[wanted] ?? 0)) continue;
      let at = wanted;
      for (; at > 0 && (far[at - 1] ?? 0) > distance; at -= 1) {
        far[at] = far[at - 1] ?? 0;
        best[at] = best[at - 1] ?? 0;
      }
      far[at] = distance;
      best[at] = other;
    }
    return best;
  });
  return { areas, near };
}

/** Areas that lie together and have more reports around them than chance gives. */
export interface HotSpot {
  /** Indexes of its areas in the net, the hottest first. */
  readonly areas: readonly number[];
  readonly seen: number;
  /** What as many areas have on average. */
  readonly expected: number;
  /** Gi* of the hottest area, in standard deviations. */
  readonly z: number;
  /** For how many windows it has been hot without a break, this one included. */
  readonly windows: number;
}

/**
 * Hot spots of the last of several windows of equal length: `counts` of each window by area, the latest last. Gi* of Getis and Ord
 * (Geogr. Anal. 24, 1992; with the area itself, standardized as in Ord and Getis, Geogr. Anal. 27, 1995) on square roots of the
 * counts, which are nearer to normal (Anscombe, Biometrika 35, 1948); of what is found at most `falseShare` is false (Caldas de
 * Castro and Singer, Geogr. Anal. 38, 2006). Neighbouring hot areas with three reports or more are one spot; hot windows in a row tell a new one from one that
 * stays.
 */
export function hotSpots(net: Net, counts: readonly ArrayLike<number>[], falseShare: number): readonly HotSpot[] {
  const latest = counts.at(-1);
  if (latest === undefined || net.areas.length <= NEIGHBORS + 1) return [];
  const heats = counts.map((window) => heatOf(net, window));
  const limits = heats.map((heat) => falseDiscoveryLimit([...heat].map(normalTail), falseShare));
  const isHot = (window: number, area: number) => {
    const z = heats[window]?.[area] ?? 0;
    return z > 0 && normalTail(z) <= (limits[window] ?? 0);
  };
  const last = counts.length - 1;
  const total = sumOf(latest);
  const heat = heats[last] ?? new Float64Array(0);
  const taken = new Set<number>();
  const hot = net.areas.flatMap((_, area) => (isHot(last, area) ? [area] : []));
  const isOfSpot = new Set(hot);
  return hot
    .sort((a, b) => (heat[b] ?? 0) - (heat[a] ?? 0) || a - b)
    .flatMap((seed) => {
      if (taken.has(seed)) return [];
      const areas = [seed];
      taken.add(seed);
      for (const area of areas) {
        for (const next of net.near[area] ?? []) {
          if (!isOfSpot.has(next) || taken.has(next)) continue;
          taken.add(next);
          areas.push(next);
        }
      }
      const seen = areas.reduce((sum, area) => sum + (latest[area] ?? 0), 0);
      if (seen < LEAST_SEEN) return [];
      let windows = 1;
      while (windows <= last && areas.some((area) => isHot(last - windows, area))) windows += 1;
      return [
        {
          areas: areas.toSorted((a, b) => (heat[b] ?? 0) - (heat[a] ?? 0) || a - b),
          seen,
          expected: (total * areas.length) / net.areas.length,
          z: heat[seed] ?? 0,
          windows,
        },
      ];
    });
}

function heatOf(net: Net, counts: ArrayLike<number>): Float64Array {
  const size = net.areas.length;
  const values = Float64Array.from({ length: size }, (_, area) => Math.sqrt((counts[area] ?? 0) + 3 / 8));
  const mean = sumOf(values) / size;
  const variance = values.reduce((sum, value) => sum + value * value, 0) / size - mean * mean;
  const heat = new Float64Array(size);
  // With less than one report expected around an area, a single one would be hot: Gi* is no longer normal there.
  if ((sumOf(counts) * (NEIGHBORS + 1)) / size < 1) return heat;
  if (variance <= 1e-12) return heat;
  for (let area = 0; area < size; area += 1) {
    const near = net.near[area] ?? new Uint16Array(0);
    const weight = near.length;
    let sum = 0;
    for (const other of near) sum += values[other] ?? 0;
    heat[area] = (sum - weight * mean) / Math.sqrt((variance * weight * (size - weight)) / (size - 1));
  }
  return heat;
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) sum += values[at] ?? 0;
  return sum;
}
