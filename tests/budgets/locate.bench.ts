import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import Flatbush from 'flatbush';
import { resolve } from 'node:path';
import { Random } from '#domain/base/random.ts';
import { buildLocator } from '#domain/grid/locate.ts';
import { defaultDistrict, loadDistrict } from '#host/district/load-district.ts';

const ROUNDS = 5;
const OWN_POINTS = 200_000;
const TURF_POINTS = 20_000;

/** Look-ups of random points of the default district: ours, and flatbush with turf, turn by turn. */
export async function run(): Promise<Record<string, number>> {
  const district = await loadDistrict(defaultDistrict(resolve('resources')));
  const grids = district.areas.district.levels.at(-1) ?? [];
  const buildStart = performance.now();
  const locator = buildLocator(grids);
  const buildMs = performance.now() - buildStart;

  const tree = new Flatbush(grids.length);
  for (const { bounds } of grids) tree.add(...bounds);
  tree.finish();
  const shapes = grids.map(({ polygons }) => ({
    type: 'MultiPolygon' as const,
    coordinates: polygons.map((rings) => rings.map((ring) => ring.map(([lon, lat]) => [lon, lat]))),
  }));
  const byTurf = (lon: number, lat: number) => {
    const index = tree
      .search(lon, lat, lon, lat)
      .find((at) => booleanPointInPolygon([lon, lat], shapes[at] ?? never()));
    return index === undefined ? null : grids[index]?.code;
  };

  const [west, south, east, north] = district.areas.district.levels[0]?.[0]?.bounds ?? never();
  const random = new Random(42);
  const points = Float64Array.from({ length: OWN_POINTS * 2 }, (_, at) =>
    at % 2 === 0 ? west + random.next() * (east - west) : south + random.next() * (north - south),
  );
  const own: number[] = [];
  const turf: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    own.push(perSecond(OWN_POINTS, (at) => locator.locate(points[at * 2] ?? 0, points[at * 2 + 1] ?? 0)));
    turf.push(perSecond(TURF_POINTS, (at) => byTurf(points[at * 2] ?? 0, points[at * 2 + 1] ?? 0)));
  }
  const ratios = own.map((value, at) => value / (turf[at] ?? 1));
  return {
    lookupsPerSecond: median(own),
    turfLookupsPerSecond: median(turf),
    ratioToTurf: median(ratios),
    buildMs,
  };
}

function perSecond(count: number, lookUp: (at: number) => unknown): number {
  const start = performance.now();
  let found = 0;
  for (let at = 0; at < count; at += 1) if (lookUp(at) !== null) found += 1;
  const seconds = (performance.now() - start) / 1_000;
  if (found === 0) throw new Error('no point was found in any grid');
  return count / seconds;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function never(): never {
  throw new Error('the default district has grids');
}
