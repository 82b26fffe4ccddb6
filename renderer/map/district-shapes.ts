import type { FeatureCollection, MultiLineString, MultiPolygon, Polygon } from 'geojson';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { AreaRow, DistrictMap } from '#contract/grid.ts';
import type { Area, PolygonRings, Position } from '#domain/grid/district.ts';

/** An area with its outline, for the fill. */
export interface ShapedArea {
  readonly area: AreaRow;
  /** deck.gl's form: one entry a polygon, each a list of rings. */
  readonly polygons: readonly PolygonRings[];
}

/** Everything that is drawn of one level of the net. */
export interface LevelShapes {
  readonly level: number;
  readonly areas: readonly ShapedArea[];
  /** Each common border once (GM6). */
  readonly borders: MultiLineString;
  /** Square root of the median area, metres: how wide a typical area is. */
  readonly typicalWidthMeters: number;
}

const METERS_PER_DEGREE = 111_320;

/** Levels of a district, coarsest first. */
export function districtShapes(district: DistrictMap): readonly LevelShapes[] {
  const topology = district.topology as unknown as Topology;
  const depth = district.areas.reduce((deepest, { level }) => Math.max(deepest, level), 0);
  const byCode = new Map(district.areas.map((area) => [area.code, area]));
  return Array.from({ length: depth }, (_, index): LevelShapes => {
    const object = topology.objects[`level${index + 1}`] as GeometryCollection;
    const features = feature(topology, object) as FeatureCollection<Polygon | MultiPolygon>;
    const areas = features.features.flatMap((one): readonly ShapedArea[] => {
      const area = byCode.get(String(one.id));
      return area === undefined ? [] : [{ area, polygons: polygonsOf(one.geometry) }];
    });
    const sizes = areas.map(squareMeters).sort((a, b) => a - b);
    return {
      level: index + 1,
      areas,
      borders: mesh(topology, object),
      typicalWidthMeters: Math.sqrt(sizes[Math.floor(sizes.length / 2)] ?? 0),
    };
  });
}

/** The finest level as the domain's own areas, for finding the area under the pointer. */
export function areasForLookup({ areas }: LevelShapes): readonly Area[] {
  return areas.map(({ area, polygons }) => ({ ...area, polygons }));
}

/** Pairs of vertices, one pair a segment, degrees: what a line list draws. */
export function segmentsOf({ coordinates }: MultiLineString): Float64Array {
  const count = coordinates.reduce((sum, line) => sum + Math.max(0, line.length - 1), 0);
  const values = new Float64Array(count * 4);
  let at = 0;
  for (const line of coordinates) {
    for (let index = 1; index < line.length; index += 1) {
      const [from, to] = [line[index - 1], line[index]];
      values.set([from?.[0] ?? 0, from?.[1] ?? 0, to?.[0] ?? 0, to?.[1] ?? 0], at);
      at += 4;
    }
  }
  return values;
}

function polygonsOf(geometry: Polygon | MultiPolygon): readonly PolygonRings[] {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return polygons as unknown as readonly PolygonRings[];
}

function squareMeters({ polygons }: ShapedArea): number {
  return polygons.reduce((sum, [outer]) => sum + ringSquareMeters(outer ?? []), 0);
}

function ringSquareMeters(ring: readonly Position[]): number {
  const first = ring[0];
  if (first === undefined) return 0;
  const shrink = Math.cos((first[1] * Math.PI) / 180);
  let twice = 0;
  for (let at = 1; at < ring.length; at += 1) {
    const [a, b] = [ring[at - 1], ring[at]];
    if (a === undefined || b === undefined) continue;
    twice += (a[0] - first[0]) * (b[1] - first[1]) - (b[0] - first[0]) * (a[1] - first[1]);
  }
  return (Math.abs(twice) / 2) * METERS_PER_DEGREE * METERS_PER_DEGREE * shrink;
}
