import type { Position } from '../district.ts';
import { convexHull } from './convex-hull.ts';
import { nameOfSystem, toWgs84, type CoordinateSystem, type FilePoint, type Projection } from './coordinate-system.ts';
import { gaussKrugerZone } from './gauss-kruger.ts';
import { metresBetween, planeAround } from './metres.ts';

/**
 * What is known about where the file's points lie, best witness first.
 * - `points`: where each point really is, in the order of the file's points; null for points that nobody knows. Points
 *   that carry a known grid's code are compared with that grid's label point.
 * - `outline`: rings of the district. Only the convex hulls of file and outline are compared, so that inner points and
 *   borders do not matter; the file must cover the whole district.
 * - `extent`: [west, south, east, north] in degrees, the weakest: the file's box against the known one.
 */
export type CoordinateReference =
  | { readonly kind: 'points'; readonly positions: readonly (Position | null)[] }
  | { readonly kind: 'outline'; readonly rings: readonly (readonly Position[])[] }
  | { readonly kind: 'extent'; readonly bounds: readonly [number, number, number, number] };

/** How well one system fits: metres between the file's points and the reference, `compared` distances. */
export interface CoordinateFit {
  readonly system: CoordinateSystem;
  readonly name: string;
  readonly meanMetres: number;
  readonly maxMetres: number;
  readonly compared: number;
}

/**
 * - `fits`: the first candidate is right; `leadMetres` is how much farther off the second is, null if there is none.
 * - `no-system`: the numbers mean nothing in any system, or there are none.
 * - `too-far`: the best is still far away from the reference: another place, or another part of the district.
 * - `too-close`: two systems fit about as well; a person must say.
 */
export type CoordinateVerdict =
  | { readonly kind: 'fits'; readonly system: CoordinateSystem; readonly leadMetres: number | null }
  | { readonly kind: 'undecided'; readonly reason: 'no-system' | 'too-far' | 'too-close' };

export interface CoordinateDiagnosis {
  /** Best first. */
  readonly candidates: readonly CoordinateFit[];
  readonly verdict: CoordinateVerdict;
}

/** Thresholds in metres, 可配置. */
export interface DiagnosisLimits {
  /** A best fit farther off than this on average decides nothing. */
  readonly maxMeanMetres: number;
  /** The second must be at least this much worse on average; GCJ-02 shifts by some 500 m. */
  readonly minLeadMetres: number;
}

/** Two maps of one district differ by some 100 m of generalisation (map-and-data.md §4). */
const defaultDiagnosisLimits: DiagnosisLimits = { maxMeanMetres: 400, minLeadMetres: 150 };

const MAX_SAMPLE = 20_000;

/**
 * The coordinate doctor: tries each system on the file's points and compares with what is known. The person confirms;
 * nothing is converted here. Points that are not finite numbers are left out. Costs some 0.1 s for 20,000 points; of more
 * points the hull and an even sample are taken.
 */
export function diagnoseCoordinates(
  points: readonly FilePoint[],
  reference: CoordinateReference,
  limits: DiagnosisLimits = defaultDiagnosisLimits,
): CoordinateDiagnosis {
  const pairs = points.flatMap((point, index) => {
    if (!Number.isFinite(point[0]) || !Number.isFinite(point[1])) return [];
    const known = reference.kind === 'points' ? reference.positions[index] : undefined;
    if (reference.kind === 'points' && (known === undefined || known === null)) return [];
    return [{ point, known }];
  });
  const sample = reference.kind === 'points' ? evenly(pairs) : withHull(pairs);
  const candidates = systemsFor(
    sample.map(({ point }) => point),
    meridianOf(reference),
  )
    .flatMap((system) => {
      const placed = sample.map(({ point }) => toWgs84(system, point));
      if (!placed.every(isOnEarth)) return [];
      const distances = distancesTo(
        reference,
        placed,
        sample.map(({ known }) => known),
      );
      return distances.length === 0 ? [] : [fitOf(system, distances)];
    })
    .sort((a, b) => a.meanMetres - b.meanMetres);
  return { candidates, verdict: verdictOn(candidates, limits) };
}

function verdictOn(candidates: readonly CoordinateFit[], limits: DiagnosisLimits): CoordinateVerdict {
  const [best, second] = candidates;
  if (best === undefined) return { kind: 'undecided', reason: 'no-system' };
  if (best.meanMetres > limits.maxMeanMetres) return { kind: 'undecided', reason: 'too-far' };
  const leadMetres = second === undefined ? null : second.meanMetres - best.meanMetres;
  if (leadMetres !== null && leadMetres < limits.minLeadMetres) return { kind: 'undecided', reason: 'too-close' };
  return { kind: 'fits', system: best.system, leadMetres };
}

function fitOf(system: CoordinateSystem, distances: readonly number[]): CoordinateFit {
  const sum = distances.reduce((total, distance) => total + distance, 0);
  const maxMetres = distances.reduce((most, distance) => Math.max(most, distance), 0);
  const meanMetres = sum / distances.length;
  return { system, name: nameOfSystem(system), meanMetres, maxMetres, compared: distances.length };
}

/** Systems whose numbers look like the file's: degrees if all are small, else metres; both orders where both make sense. */
function systemsFor(points: readonly FilePoint[], meridian: number): readonly CoordinateSystem[] {
  if (points.length === 0) return [];
  const isDegrees = points.every((point) => Math.abs(point[0]) <= 180 && Math.abs(point[1]) <= 180);
  return [false, true].flatMap((isSwapped) => {
    const easts = points.map((point) => (isSwapped ? point[1] : point[0]));
    const norths = points.map((point) => (isSwapped ? point[0] : point[1]));
    const projections = isDegrees ? degreeSystems(norths) : planeSystems(easts, norths, meridian);
    return projections.map((projection) => ({ projection, isSwapped }));
  });
}

function degreeSystems(norths: readonly number[]): readonly Projection[] {
  if (norths.some((north) => Math.abs(north) > 90)) return [];
  return [{ kind: 'wgs84' }, { kind: 'gcj02' }, { kind: 'bd09' }];
}

/** A strip reaches 500 km to each side at most; northings in China are 1,900-6,000 km. */
function planeSystems(easts: readonly number[], norths: readonly number[], meridian: number): readonly Projection[] {
  if (norths.some((north) => north < 0 || north > 10_000_000)) return [];
  const zones = new Set(easts.map((east) => Math.floor(east / 1_000_000)));
  const [zone] = zones;
  if (zone === undefined || zones.size > 1) return [];
  if (zone !== 0) {
    const strip = gaussKrugerZone(zone);
    return strip === null ? [] : [strip];
  }
  const middle = Math.round(meridian / 3) * 3;
  return [middle, middle - 3, middle + 3].map((centralMeridian) => ({
    kind: 'gauss-kruger',
    centralMeridian,
    zone: null,
  }));
}

function meridianOf(reference: CoordinateReference): number {
  switch (reference.kind) {
    case 'extent':
      return (reference.bounds[0] + reference.bounds[2]) / 2;
    case 'outline':
      return meanLon(reference.rings.flat());
    case 'points':
      return meanLon(reference.positions.filter((position) => position !== null));
  }
}

function meanLon(positions: readonly Position[]): number {
  return positions.reduce((sum, [lon]) => sum + lon, 0) / Math.max(1, positions.length);
}

function distancesTo(
  reference: CoordinateReference,
  placed: readonly Position[],
  known: readonly (Position | null | undefined)[],
): readonly number[] {
  switch (reference.kind) {
    case 'points':
      return placed.flatMap((position, index) => {
        const real = known[index];
        return real === undefined || real === null ? [] : [metresBetween(position, real)];
      });
    case 'extent':
      return cornersApart(placed, reference.bounds);
    case 'outline':
      return hullsApart(placed, reference.rings.flat());
  }
}

function cornersApart(
  placed: readonly Position[],
  [west, south, east, north]: readonly [number, number, number, number],
): readonly number[] {
  let [left, bottom, right, top] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of placed) {
    left = Math.min(left, lon);
    right = Math.max(right, lon);
    bottom = Math.min(bottom, lat);
    top = Math.max(top, lat);
  }
  return [
    metresBetween([left, bottom], [west, south]),
    metresBetween([right, bottom], [east, south]),
    metresBetween([right, top], [east, north]),
    metresBetween([left, top], [west, north]),
  ];
}

/** From each corner of one hull to the border of the other, both ways. */
function hullsApart(placed: readonly Position[], outline: readonly Position[]): readonly number[] {
  const origin = outline[0];
  if (origin === undefined) return [];
  const plane = planeAround(origin);
  const ours = convexHull(placed.map(plane));
  const theirs = convexHull(outline.map(plane));
  return [...ours.map((corner) => toBorder(corner, theirs)), ...theirs.map((corner) => toBorder(corner, ours))];
}

type Corner = readonly [number, number];

function toBorder([x, y]: Corner, hull: readonly Corner[]): number {
  let nearest = Infinity;
  for (const [index, [x1, y1]] of hull.entries()) {
    const [x2, y2] = hull[(index + 1) % hull.length] ?? [x1, y1];
    const [dx, dy] = [x2 - x1, y2 - y1];
    const length = dx * dx + dy * dy;
    const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / length));
    nearest = Math.min(nearest, Math.hypot(x - x1 - along * dx, y - y1 - along * dy));
  }
  return nearest;
}

function isOnEarth([lon, lat]: Position): boolean {
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
}

function evenly<Item>(items: readonly Item[]): readonly Item[] {
  const step = Math.max(1, items.length / MAX_SAMPLE);
  return step === 1 ? items : Array.from({ length: MAX_SAMPLE }, (_, at) => items[Math.floor(at * step)] as Item);
}

/** Straight lines bend a little from one system to another, so the hull alone would miss corners of the other's hull. */
function withHull<Item extends { readonly point: FilePoint }>(items: readonly Item[]): readonly Item[] {
  if (items.length <= MAX_SAMPLE) return items;
  const corners = new Set<FilePoint>(convexHull(items.map(({ point }) => point)));
  return [...items.filter(({ point }) => corners.has(point)), ...evenly(items)];
}
