import type { Position } from '../district.ts';

/** WGS-84: half axis in metres and squared eccentricity. */
const HALF_AXIS = 6_378_137;
const ECCENTRICITY_SQUARED = 0.006_694_379_990_141_3;

/** Metres of one degree at a latitude. Source: radii of curvature of the ellipsoid of WGS-84. */
export function metresPerDegree(lat: number): { readonly lon: number; readonly lat: number } {
  const latitude = (lat * Math.PI) / 180;
  const base = 1 - ECCENTRICITY_SQUARED * Math.sin(latitude) ** 2;
  return {
    lon: ((HALF_AXIS * Math.cos(latitude)) / Math.sqrt(base)) * (Math.PI / 180),
    lat: ((HALF_AXIS * (1 - ECCENTRICITY_SQUARED)) / base ** 1.5) * (Math.PI / 180),
  };
}

/** Metres between two positions, on the plane that touches the earth between them: 0.1 % off over 100 km. */
export function metresBetween(first: Position, second: Position): number {
  const scale = metresPerDegree((first[1] + second[1]) / 2);
  return Math.hypot((first[0] - second[0]) * scale.lon, (first[1] - second[1]) * scale.lat);
}

/** Positions as metres east and north of an origin, for figures over a few tens of kilometres. */
export function planeAround(origin: Position): (position: Position) => readonly [east: number, north: number] {
  const scale = metresPerDegree(origin[1]);
  return ([lon, lat]) => [(lon - origin[0]) * scale.lon, (lat - origin[1]) * scale.lat];
}
