import type { Area, Position } from '#domain/grid/district.ts';
import type { MapArea, MapSheet } from './document.ts';

/** An area of the map under the code that its figures have: zones count for the township that manages them. */
export interface SheetArea {
  readonly code: string;
  readonly area: Pick<Area, 'name' | 'polygons' | 'labelPoint' | 'bounds'>;
}

const KM_PER_DEGREE = 111.32;
/** Positions nearer to the one before are left out: finer than the printed line. */
const FINEST_MM = 0.2;
const round = (mm: number) => Math.round(mm * 10) / 10;

/** Areas on a sheet of so many millimetres, north up, true to scale at its middle latitude. Null without any outline. */
export function mapSheet(areas: readonly SheetArea[], widthMm: number, mostHeightMm: number, mark: string) {
  const drawn = areas.filter(({ area }) => area.polygons.length > 0);
  if (drawn.length === 0) return null;
  const west = Math.min(...drawn.map(({ area }) => area.bounds[0]));
  const south = Math.min(...drawn.map(({ area }) => area.bounds[1]));
  const east = Math.max(...drawn.map(({ area }) => area.bounds[2]));
  const north = Math.max(...drawn.map(({ area }) => area.bounds[3]));
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const [wide, high] = [(east - west) * squeeze, north - south];
  if (!(wide > 0 && high > 0)) return null;
  const mmPerDegree = Math.min(widthMm / wide, mostHeightMm / high);
  const left = (widthMm - wide * mmPerDegree) / 2;
  const at = ([lon, lat]: Position): readonly [number, number] => [
    left + (lon - west) * squeeze * mmPerDegree,
    (north - lat) * mmPerDegree,
  ];
  const sheet: MapSheet = {
    ...{ widthMm, heightMm: round(high * mmPerDegree), mark },
    areas: drawn.map(({ code, area }): MapArea => {
      const [x, y] = at(area.labelPoint);
      const rings = area.polygons.flat().map((ring) => pathOf(ring.map(at)));
      return { code, name: area.name, path: rings.join(''), label: [round(x), round(y)] };
    }),
    scale: scaleOf(mmPerDegree / KM_PER_DEGREE),
  };
  return sheet;
}

function pathOf(points: readonly (readonly [number, number])[]): string {
  let last: readonly [number, number] | null = null;
  let path = '';
  for (const [x, y] of points) {
    if (last !== null && Math.hypot(x - last[0], y - last[1]) < FINEST_MM) continue;
    path += `${last === null ? 'M' : 'L'}${round(x)} ${round(y)}`;
    last = [x, y];
  }
  return `${path}Z`;
}

/** A bar of 1, 2, 5, 10 … km, between 15 and 40 mm long. */
function scaleOf(mmPerKm: number): MapSheet['scale'] {
  const lengths = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];
  const km = lengths.find((length) => length * mmPerKm >= 15) ?? 100;
  return { km, lengthMm: round(km * mmPerKm) };
}
