import type { FilePoint } from '#domain/grid/coordinates/coordinate-system.ts';
import type { StatedSystem } from '#domain/grid/coordinates/stated-system.ts';

/** Closed rings, the outer one first, in the file's own numbers. */
export type FileRings = readonly (readonly FilePoint[])[];

/** One area of a file, before anything is known about its coordinates. */
export interface FileFeature {
  /** From 1, in the order of the layer. */
  readonly number: number;
  /** Table, object or member file it came from; empty where the format has one layer only. */
  readonly layer: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly polygons: readonly FileRings[];
}

/**
 * - `unreadable`: the disk refuses, or the file is gone · `unknown-format`: none of the formats, or one that is refused by
 *   name · `too-large`: over a limit · `damaged`: the container or the file's own structure is broken, or it ends too soon
 * - `missing-part`: a Shapefile without one of its members · `encoding`: the text is in another encoding than stated
 * - `no-features`: nothing in it · `bad-feature`: cannot be read · `no-geometry`: has none · `not-an-area`: a point or a
 *   line · `broken-ring`: open, too short, or of things that are not numbers
 */
export type FileReason =
  | 'unreadable'
  | 'unknown-format'
  | 'too-large'
  | 'damaged'
  | 'missing-part'
  | 'encoding'
  | 'no-features'
  | 'bad-feature'
  | 'no-geometry'
  | 'not-an-area'
  | 'broken-ring';

/** What is wrong with a file (`feature` null) or with one feature of it; the rest is read all the same. */
export interface FileProblem {
  readonly file: string;
  readonly layer: string;
  /** From 1. */
  readonly feature: number | null;
  readonly reason: FileReason;
  /** In words, for a person who mends the file. */
  readonly detail: string;
}

export type DistrictFormat = 'geojson' | 'topojson' | 'shapefile' | 'geopackage';

/** What a file, or one layer of it, says of itself. `encoding` is the one its text is read in. */
export interface LayerHead {
  readonly format: DistrictFormat;
  readonly layer: string;
  readonly encoding: string;
  readonly stated: StatedSystem | null;
}

/**
 * What a reader tells, in order of the file: heads of layers (for GeoJSON when its end is reached, since members may come
 * last), features and problems, and how many of the file's bytes are behind it.
 */
export type FileItem =
  | { readonly kind: 'layer'; readonly head: LayerHead }
  | { readonly kind: 'feature'; readonly feature: FileFeature }
  | { readonly kind: 'problem'; readonly problem: FileProblem }
  | { readonly kind: 'progress'; readonly bytes: number; readonly totalBytes: number };

/** 可配置. Source of the first figures: map-and-data.md §3. */
export interface FileLimits {
  /** Formats that can only be read as a whole: TopoJSON and GeoPackage. */
  readonly wholeFileBytes: number;
  /** One GeoJSON feature, one Shapefile record, or all members around the features. */
  readonly featureBytes: number;
  /** All members of a zip file, unpacked. */
  readonly unpackedBytes: number;
  readonly features: number;
}

export const defaultFileLimits: FileLimits = {
  wholeFileBytes: 200_000_000,
  featureBytes: 64_000_000,
  unpackedBytes: 4_000_000_000,
  features: 100_000,
};

/** What readers need to know. After an abort a reader ends at the next piece without a further item. */
export interface ReadOptions {
  readonly file: string;
  readonly signal: AbortSignal;
  readonly limits: FileLimits;
}

export function problemItem(
  file: string,
  reason: FileReason,
  detail: string,
  { layer = '', feature = null }: { readonly layer?: string; readonly feature?: number | null } = {},
): FileItem {
  return { kind: 'problem', problem: { file, layer, feature, reason, detail } };
}

/** A GeoJSON-like object as a feature, or what is wrong with it. */
export function featureItem(file: string, layer: string, number: number, given: unknown): FileItem {
  const at = { layer, feature: number };
  if (!isRecord(given)) return problemItem(file, 'bad-feature', 'is not an object', at);
  if (given['type'] !== 'Feature') {
    return problemItem(file, 'bad-feature', `has type ${JSON.stringify(given['type'])} instead of "Feature"`, at);
  }
  const properties = isRecord(given['properties']) ? given['properties'] : {};
  const { geometry } = given;
  if (geometry === null || geometry === undefined) return problemItem(file, 'no-geometry', 'has no geometry', at);
  if (!isRecord(geometry)) return problemItem(file, 'bad-feature', 'its geometry is not an object', at);
  const { type, coordinates } = geometry;
  if (type !== 'Polygon' && type !== 'MultiPolygon') {
    return problemItem(file, 'not-an-area', `is a ${String(type)}; an area is a Polygon or MultiPolygon`, at);
  }
  return areaItem(file, layer, number, properties, type === 'Polygon' ? [coordinates] : coordinates);
}

/** Lists of lists of numbers as a feature, or the first ring that is none. Heights and measures are left out. */
export function areaItem(
  file: string,
  layer: string,
  number: number,
  properties: Readonly<Record<string, unknown>>,
  coordinates: unknown,
): FileItem {
  const at = { layer, feature: number };
  if (!Array.isArray(coordinates) || coordinates.length === 0) {
    return problemItem(file, 'no-geometry', 'its geometry has no polygon', at);
  }
  const polygons: FileRings[] = [];
  for (const [part, rings] of (coordinates as readonly unknown[]).entries()) {
    if (!Array.isArray(rings) || rings.length === 0) {
      return problemItem(file, 'no-geometry', `polygon ${part + 1} has no ring`, at);
    }
    const read: (readonly FilePoint[])[] = [];
    for (const [index, ring] of (rings as readonly unknown[]).entries()) {
      const points = readRing(ring);
      if (typeof points === 'string') {
        return problemItem(file, 'broken-ring', `polygon ${part + 1}, ring ${index + 1}: ${points}`, at);
      }
      read.push(points);
    }
    polygons.push(read);
  }
  return { kind: 'feature', feature: { number, layer, properties, polygons } };
}

/** The ring's points, or why it is none. */
function readRing(given: unknown): readonly FilePoint[] | string {
  if (!Array.isArray(given)) return 'is not a list of positions';
  if (given.length < 4) return `has ${given.length} positions; a ring has four at least, the last like the first`;
  const points: FilePoint[] = [];
  for (const [index, position] of (given as readonly unknown[]).entries()) {
    const [first, second] = Array.isArray(position) ? (position as readonly unknown[]) : [];
    if (!isNumber(first) || !isNumber(second)) return `position ${index + 1} is not a pair of numbers`;
    points.push([first, second]);
  }
  const [start, end] = [points[0], points.at(-1)];
  if (start?.[0] !== end?.[0] || start?.[1] !== end?.[1]) return 'is not closed: its last position is not its first';
  return points;
}

function isNumber(given: unknown): given is number {
  return typeof given === 'number' && Number.isFinite(given);
}

export function isRecord(given: unknown): given is Readonly<Record<string, unknown>> {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}

export function wordsOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
