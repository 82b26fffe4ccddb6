import type { CellSize } from './dot-field.ts';
import type { MarkLevel } from './map-theme.ts';

/** A case as far as clusters need it. */
export interface ClusterPoint {
  readonly id: string;
  readonly lon: number;
  readonly lat: number;
  readonly level: MarkLevel | null;
}

/** Cases that lie near each other, drawn as one. Degrees. */
export interface Cluster {
  /** Mean of its cases. */
  readonly lon: number;
  readonly lat: number;
  readonly count: number;
  /** The gravest of its cases; null when all are normal. */
  readonly level: MarkLevel | null;
  readonly bounds: readonly [west: number, south: number, east: number, north: number];
}

export interface Clustered {
  /** Largest first. */
  readonly clusters: readonly Cluster[];
  /** Cases that lie alone. */
  readonly singles: ReadonlySet<string>;
}

/** Cells a reach is divided into; the nearest whole cells are taken together. */
const CELLS_PER_REACH = 3;

interface Cell {
  ids: string[];
  lon: number;
  lat: number;
  level: MarkLevel | null;
  bounds: [number, number, number, number];
  isTaken: boolean;
}

/**
 * Puts cases nearer than `reach` to a heap's middle together: fine cells first, then from the fullest cell outwards.
 * Every case is in one cluster or is a single; the same cases give the same clusters in whatever order they come.
 *
 * @param reach degrees of longitude and latitude
 */
export function clusterCases(points: Iterable<ClusterPoint>, reach: CellSize): Clustered {
  const [width, height] = [reach.lon / CELLS_PER_REACH, reach.lat / CELLS_PER_REACH];
  const cells = new Map<number, Cell>();
  const keyOf = (column: number, row: number) => column * 2 ** 26 + row;
  for (const { id, lon, lat, level } of points) {
    const key = keyOf(Math.floor(lon / width), Math.floor(lat / height));
    const cell = cells.get(key);
    if (cell === undefined) {
      cells.set(key, { ids: [id], lon, lat, level, bounds: [lon, lat, lon, lat], isTaken: false });
      continue;
    }
    cell.ids.push(id);
    cell.lon += lon;
    cell.lat += lat;
    cell.level = graver(cell.level, level);
    const { bounds } = cell;
    cell.bounds = [
      Math.min(bounds[0], lon),
      Math.min(bounds[1], lat),
      Math.max(bounds[2], lon),
      Math.max(bounds[3], lat),
    ];
  }
  const fullestFirst = [...cells].sort(([keyA, a], [keyB, b]) => b.ids.length - a.ids.length || keyA - keyB);
  const clusters: Cluster[] = [];
  const singles = new Set<string>();
  for (const [key, seed] of fullestFirst) {
    if (seed.isTaken) continue;
    const members = neighbours(key, seed);
    for (const cell of members) cell.isTaken = true;
    const count = members.reduce((sum, { ids }) => sum + ids.length, 0);
    const [alone] = seed.ids;
    if (count === 1 && alone !== undefined) {
      singles.add(alone);
      continue;
    }
    clusters.push({
      lon: members.reduce((sum, { lon }) => sum + lon, 0) / count,
      lat: members.reduce((sum, { lat }) => sum + lat, 0) / count,
      count,
      level: members.reduce<MarkLevel | null>((gravest, { level }) => graver(gravest, level), null),
      bounds: [
        Math.min(...members.map(({ bounds }) => bounds[0])),
        Math.min(...members.map(({ bounds }) => bounds[1])),
        Math.max(...members.map(({ bounds }) => bounds[2])),
        Math.max(...members.map(({ bounds }) => bounds[3])),
      ],
    });
  }
  return { clusters: clusters.sort((a, b) => b.count - a.count), singles };

  /** The seed and the free cells whose middle lies within the reach of the seed's. */
  function neighbours(key: number, seed: Cell): readonly Cell[] {
    const [lon, lat] = [seed.lon / seed.ids.length, seed.lat / seed.ids.length];
    const column = Math.round(key / 2 ** 26);
    const row = key - column * 2 ** 26;
    const found = [seed];
    const far = CELLS_PER_REACH + 1;
    for (let dx = -far; dx <= far; dx += 1) {
      for (let dy = -far; dy <= far; dy += 1) {
        const cell = cells.get(keyOf(column + dx, row + dy));
        if (cell === undefined || cell === seed || cell.isTaken) continue;
        const n = cell.ids.length;
        if (Math.hypot((cell.lon / n - lon) / reach.lon, (cell.lat / n - lat) / reach.lat) <= 1) found.push(cell);
      }
    }
    return found;
  }
}

function graver(a: MarkLevel | null, b: MarkLevel | null): MarkLevel | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

/** Radius of the disc of a cluster, CSS pixels. */
export function clusterRadius(count: number): number {
  return Math.min(22, 9 + 3.2 * Math.log10(count));
}
