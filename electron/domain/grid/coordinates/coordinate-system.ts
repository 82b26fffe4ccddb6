import type { Position } from '../district.ts';
import { bd09FromGcj02, gcj02FromBd09, gcj02FromWgs84, wgs84FromGcj02 } from './china-shift.ts';
import { degreesFromGaussKruger, gaussKrugerFromDegrees, type GaussKruger } from './gauss-kruger.ts';

/** Two numbers of a file in the file's own order and unit. */
export type FilePoint = readonly [first: number, second: number];

/** `wgs84` stands for CGCS2000 as well: the two differ by centimetres. */
export type Projection = { readonly kind: 'wgs84' | 'gcj02' | 'bd09' } | GaussKruger;

/** What the numbers of a file mean. `isSwapped`: latitude before longitude, or northing before easting. */
export interface CoordinateSystem {
  readonly projection: Projection;
  readonly isSwapped: boolean;
}

/** WGS-84 degrees of a point of a file. The given point is left as it is. */
export function toWgs84({ projection, isSwapped }: CoordinateSystem, point: FilePoint): Position {
  const straight = isSwapped ? ([point[1], point[0]] as const) : point;
  switch (projection.kind) {
    case 'wgs84':
      return [straight[0], straight[1]];
    case 'gcj02':
      return wgs84FromGcj02(straight);
    case 'bd09':
      return wgs84FromGcj02(gcj02FromBd09(straight));
    case 'gauss-kruger':
      return degreesFromGaussKruger(projection, straight);
  }
}

/** The numbers that a file in this system has for a position. */
export function fromWgs84({ projection, isSwapped }: CoordinateSystem, position: Position): FilePoint {
  const straight = projected(projection, position);
  return isSwapped ? [straight[1], straight[0]] : straight;
}

/**
 * A short name that tells any two systems apart: `wgs84`, `bd09 swapped`, `gauss-kruger 117`,
 * `gauss-kruger 117 zone 39`.
 */
export function nameOfSystem({ projection, isSwapped }: CoordinateSystem): string {
  const swapped = isSwapped ? ' swapped' : '';
  if (projection.kind !== 'gauss-kruger') return `${projection.kind}${swapped}`;
  const zone = projection.zone === null ? '' : ` zone ${projection.zone}`;
  return `gauss-kruger ${projection.centralMeridian}${zone}${swapped}`;
}

function projected(projection: Projection, position: Position): FilePoint {
  switch (projection.kind) {
    case 'wgs84':
      return [position[0], position[1]];
    case 'gcj02':
      return gcj02FromWgs84(position);
    case 'bd09':
      return bd09FromGcj02(gcj02FromWgs84(position));
    case 'gauss-kruger':
      return gaussKrugerFromDegrees(projection, position);
  }
}
