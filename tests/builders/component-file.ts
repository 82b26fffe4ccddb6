import { Random } from '#domain/base/random.ts';

/** Classes that the shipped table knows: 上水井盖 and the like, 5 digits. */
const classes = ['01001', '01002', '01037'] as const;

export interface ComponentFileGiven {
  readonly rows: number;
  readonly seed?: number;
  /** Degrees. */
  readonly bounds?: readonly [west: number, south: number, east: number, north: number];
}

interface MadeComponent {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly lon: number;
  readonly lat: number;
}

/** Made-up components, for tests alone: nothing of the kind ships. */
export function madeComponents({
  rows,
  seed = 1,
  bounds = [116.6, 40.1, 116.7, 40.2],
}: ComponentFileGiven): readonly MadeComponent[] {
  const random = new Random(seed);
  const [west, south, east, north] = bounds;
  return Array.from({ length: rows }, (_, row) => ({
    id: `110113${classes[row % classes.length]}${String(row % 1_000_000).padStart(6, '0')}`,
    name: `部件${row % 7}`,
    unit: `单位${row % 3}`,
    lon: Number((west + random.next() * (east - west)).toFixed(7)),
    lat: Number((south + random.next() * (north - south)).toFixed(7)),
  }));
}

/** The same as the CSV file of an office. */
export function componentCsv(given: ComponentFileGiven): string {
  const lines = madeComponents(given).map(({ id, name, unit, lon, lat }) => [id, name, unit, lon, lat].join(','));
  return ['部件标识码,部件名称,权属单位名称,经度,纬度', ...lines, ''].join('\n');
}

/** The same as GeoJSON. */
export function componentGeoJson(given: ComponentFileGiven): string {
  const features = madeComponents(given).map(({ id, name, unit, lon, lat }) => ({
    type: 'Feature',
    properties: { 标识码: id, 名称: name, 养护单位: unit },
    geometry: { type: 'Point', coordinates: [lon, lat] },
  }));
  return JSON.stringify({ type: 'FeatureCollection', features });
}
