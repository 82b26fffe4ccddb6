import type { Position } from '../district.ts';

/** A point of a plane: easting and northing in metres. */
export type PlanePoint = readonly [east: number, north: number];

/**
 * A Gauss-Krüger strip of CGCS2000. `zone` is the number written before the easting (39470168.873), null where the file
 * leaves it away: the plane is then named by its meridian alone, which a 3° and a 6° zone may share.
 */
export interface GaussKruger {
  readonly kind: 'gauss-kruger';
  /** Degrees east. */
  readonly centralMeridian: number;
  readonly zone: number | null;
}

/**
 * The strip of a zone number in China: 25 … 45 are 3° wide (meridian 3° · zone), 13 … 23 are 6° wide (meridian
 * 6° · zone − 3°); null for others. Source: GB/T 17798-2007 on zones, EPSG 4491-4533.
 */
export function gaussKrugerZone(zone: number): GaussKruger | null {
  if (!Number.isInteger(zone)) return null;
  if (zone >= 25 && zone <= 45) return { kind: 'gauss-kruger', centralMeridian: zone * 3, zone };
  if (zone >= 13 && zone <= 23) return { kind: 'gauss-kruger', centralMeridian: zone * 6 - 3, zone };
  return null;
}

/** CGCS2000: half axis in metres, flattening. The numbers of GRS 80; WGS-84 differs by 0.1 mm in the half axis b. */
const HALF_AXIS = 6_378_137;
const FLATTENING = 1 / 298.257_222_101;
const ECCENTRICITY = Math.sqrt(FLATTENING * (2 - FLATTENING));
const N = FLATTENING / (2 - FLATTENING);
/** Metres of a radian along the meridian. */
const RADIUS = (HALF_AXIS / (1 + N)) * (1 + N ** 2 / 4 + N ** 4 / 64);
const FALSE_EASTING = 500_000;
const METRES_PER_ZONE = 1_000_000;

/**
 * Krüger's series in the third flattening, to its fourth power: 0.1 µm inside any strip.
 * Source: Karney, "Transverse Mercator with an accuracy of a few nanometers", J. Geodesy 85 (2011), eq. 35 and 36.
 */
const FORWARD = [
  N / 2 - (2 / 3) * N ** 2 + (5 / 16) * N ** 3 + (41 / 180) * N ** 4,
  (13 / 48) * N ** 2 - (3 / 5) * N ** 3 + (557 / 1_440) * N ** 4,
  (61 / 240) * N ** 3 - (103 / 140) * N ** 4,
  (49_561 / 161_280) * N ** 4,
];
const BACKWARD = [
  N / 2 - (2 / 3) * N ** 2 + (37 / 96) * N ** 3 - (1 / 360) * N ** 4,
  (1 / 48) * N ** 2 + (1 / 15) * N ** 3 - (437 / 1_440) * N ** 4,
  (17 / 480) * N ** 3 - (37 / 840) * N ** 4,
  (4_397 / 161_280) * N ** 4,
];

/** CGCS2000 degrees → easting, northing. Source: Karney (2011), eq. 7-11. */
export function gaussKrugerFromDegrees({ centralMeridian, zone }: GaussKruger, [lon, lat]: Position): PlanePoint {
  const lambda = radians(lon - centralMeridian);
  const conformal = conformalTangent(Math.tan(radians(lat)));
  const cosine = Math.cos(lambda);
  const xi = Math.atan2(conformal, cosine);
  const eta = Math.asinh(Math.sin(lambda) / Math.hypot(conformal, cosine));
  const [north, east] = series(FORWARD, xi, eta, 1);
  return [RADIUS * east + offsetOf(zone), RADIUS * north];
}

/** Easting, northing → CGCS2000 degrees. Source: Karney (2011), eq. 12-20. */
export function degreesFromGaussKruger({ centralMeridian, zone }: GaussKruger, [east, north]: PlanePoint): Position {
  const [xi, eta] = series(BACKWARD, north / RADIUS, (east - offsetOf(zone)) / RADIUS, -1);
  const lambda = Math.atan2(Math.sinh(eta), Math.cos(xi));
  const conformal = Math.sin(xi) / Math.hypot(Math.sinh(eta), Math.cos(xi));
  return [centralMeridian + degrees(lambda), degrees(Math.atan(tangentOf(conformal)))];
}

function offsetOf(zone: number | null): number {
  return FALSE_EASTING + (zone ?? 0) * METRES_PER_ZONE;
}

function series(terms: readonly number[], xi: number, eta: number, sign: 1 | -1): readonly [number, number] {
  let [north, east] = [xi, eta];
  for (const [index, term] of terms.entries()) {
    const turns = 2 * (index + 1);
    north += sign * term * Math.sin(turns * xi) * Math.cosh(turns * eta);
    east += sign * term * Math.cos(turns * xi) * Math.sinh(turns * eta);
  }
  return [north, east];
}

/** Tangent of the conformal latitude of a tangent of the geographic one. */
function conformalTangent(tangent: number): number {
  const secant = Math.hypot(1, tangent);
  const sigma = Math.sinh(ECCENTRICITY * Math.atanh((ECCENTRICITY * tangent) / secant));
  return tangent * Math.hypot(1, sigma) - sigma * secant;
}

/** {@link conformalTangent} undone by Newton's method; three steps reach the last digit. */
function tangentOf(conformal: number): number {
  const factor = 1 - ECCENTRICITY ** 2;
  let tangent = conformal / factor;
  for (let step = 0; step < 5; step += 1) {
    const reached = conformalTangent(tangent);
    const change =
      ((conformal - reached) / Math.hypot(1, reached)) *
      ((1 + factor * tangent ** 2) / (factor * Math.hypot(1, tangent)));
    tangent += change;
    if (Math.abs(change) < 1e-15 * Math.max(1, Math.abs(tangent))) break;
  }
  return tangent;
}

function radians(angle: number): number {
  return (angle * Math.PI) / 180;
}

function degrees(angle: number): number {
  return (angle * 180) / Math.PI;
}
