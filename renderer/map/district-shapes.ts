import type { FeatureCollection, LineString, MultiLineString, MultiPolygon, Polygon } from 'geojson';
import { feature, mesh } from 'topojson-client';
import { presimplify, simplify } from 'topojson-simplify';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { AreaRow, DistrictMap } from '#contract/grid.ts';
import type { Area, PolygonRings, Position } from '#domain/grid/district.ts';
import type { FlatData } from './layers/flat-layer.ts';

/** An outline with its area; an area of several parts has several. */
export interface AreaPolygon {
  readonly area: AreaRow;
  readonly rings: PolygonRings;
}

/** How finely outlines are drawn. */
export type Detail = 'far' | 'coarse' | 'full';

/**
 * From this many metres a pixel on an outline of that detail does: what is left out of it is smaller than two square
 * pixels there (map-and-data.md §6.4). Levels share their borders, so they stay in step.
 */
const FAR_FROM = 50;
const COARSE_FROM = 20;
const METERS_PER_DEGREE = 111_320;
export function detailAt(metersPerPixel: number): Detail {
  if (metersPerPixel >= FAR_FROM) return 'far';
  return metersPerPixel >= COARSE_FROM ? 'coarse' : 'full';
}

/** The net of a district, ready for drawing. Geometry of a level is made when it is first asked for. */
export class DistrictShapes {
  /** Number of levels. */
  readonly depth: number;
  /** The first level below the whole district. */
  readonly unitLevel: number;
  /** By level − 1: square root of the median area, metres. */
  readonly typicalWidths: readonly number[];
  readonly bounds: readonly [west: number, south: number, east: number, north: number];
  readonly #byCode: ReadonlyMap<string, AreaRow>;
  readonly #topologies: Record<Detail, Topology>;
  readonly #polygons = new Map<string, readonly AreaPolygon[]>();
  readonly #borders = new Map<string, FlatData>();
  readonly #sizes = new Map<number, ReadonlyMap<string, number>>();

  constructor(district: DistrictMap) {
    const full = district.topology as unknown as Topology;
    this.depth = district.areas.reduce((deepest, { level }) => Math.max(deepest, level), 0);
    this.unitLevel = this.depth > 2 ? 2 : 1;
    this.#byCode = new Map(district.areas.map((area) => [area.code, area]));
    this.bounds = union(district.areas.filter(({ level }) => level === this.unitLevel).map(({ bounds }) => bounds));
    const squareMeters = METERS_PER_DEGREE ** 2 * shrinkAt((this.bounds[1] + this.bounds[3]) / 2);
    const weighed = presimplify(full as Parameters<typeof presimplify>[0]);
    const without = (metersPerPixel: number) => simplify(weighed, (2 * metersPerPixel ** 2) / squareMeters);
    this.#topologies = { full, coarse: without(COARSE_FROM), far: without(FAR_FROM) };
    this.typicalWidths = Array.from({ length: this.depth }, (_, index) =>
      typicalWidth(this.polygons(index + 1, 'coarse')),
    );
  }

  /** Land inside the outline of an area, 0 for an unknown one. */
  squareKm(code: string): number {
    const { level = 0 } = this.area(code) ?? {};
    return (
      remembered(this.#sizes, level, () => areaSizes(level === 0 ? [] : this.polygons(level, 'full'))).get(code) ?? 0
    );
  }

  area(code: string | null): AreaRow | undefined {
    return code === null ? undefined : this.#byCode.get(code);
  }

  /** From the coarsest level down to `code`; empty for an unknown code or null. */
  path(code: string | null): readonly AreaRow[] {
    const path: AreaRow[] = [];
    for (let area = this.area(code); area !== undefined; area = this.area(area.parent)) path.unshift(area);
    return path;
  }

  /** Whether `code` is the area `within` or lies in it; null is the whole district. */
  isWithin(code: string, within: string | null): boolean {
    return within === null || this.path(code).some((area) => area.code === within);
  }

  areas(level: number): readonly AreaRow[] {
    return [...this.#byCode.values()].filter((area) => area.level === level);
  }

  polygons(level: number, detail: Detail): readonly AreaPolygon[] {
    return remembered(this.#polygons, `${level} ${detail}`, () => {
      const topology = this.#topologies[detail];
      const shapes = feature(topology, objectOf(topology, level)) as FeatureCollection<Polygon | MultiPolygon>;
      return shapes.features.flatMap(({ id, geometry }): readonly AreaPolygon[] => {
        const area = this.area(String(id));
        if (area === undefined) return [];
        const parts = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
        return parts
          .filter(([outer]) => (outer?.length ?? 0) >= 4)
          .map((rings) => ({ area, rings: rings as unknown as PolygonRings }));
      });
    });
  }

  /** Each common border once (GM6), of all areas or of those in one area. */
  borders(level: number, detail: Detail, within: string | null): FlatData {
    return remembered(this.#borders, `${level} ${detail} ${within}`, () => {
      const topology = this.#topologies[detail];
      const object = objectOf(topology, level);
      if (within === null) return segmentsOf(mesh(topology, object));
      const isIn = (one: { readonly id?: unknown }) => this.isWithin(String(one.id), within);
      return segmentsOf(mesh(topology, object, (a, b) => isIn(a as object) || isIn(b as object)));
    });
  }

  /** Borders of a level as lines for maplibre; `outer` only those with nothing on the other side. */
  lines(level: number, which: 'all' | 'outer'): MultiLineString {
    const topology = this.#topologies.full;
    const object = objectOf(topology, level);
    return which === 'all' ? mesh(topology, object) : mesh(topology, object, (a, b) => a === b);
  }

  /** The outline of one area with its holes and parts. */
  outline(code: string | null): MultiLineString {
    const { level = 0 } = this.area(code) ?? {};
    const polygons = level === 0 ? [] : this.polygons(level, 'full').filter(({ area }) => area.code === code);
    const coordinates = polygons.flatMap(({ rings }) => rings as unknown as LineString['coordinates'][]);
    return { type: 'MultiLineString', coordinates };
  }

  /** Areas of the finest level in the domain's form, for finding the one under the pointer. */
  areasForLookup(): readonly Area[] {
    const parts = new Map<AreaRow, PolygonRings[]>();
    for (const { area, rings } of this.polygons(this.depth, 'full')) {
      const known = parts.get(area);
      if (known === undefined) parts.set(area, [rings]);
      else known.push(rings);
    }
    return [...parts].map(([area, polygons]) => ({ ...area, polygons }));
  }
}

/** Two vertices a segment, degrees; with each the metres from the beginning of its line. */
export function segmentsOf({ coordinates }: MultiLineString): FlatData {
  const count = coordinates.reduce((sum, line) => sum + Math.max(0, line.length - 1), 0);
  const positions = new Float64Array(count * 4);
  const meters = new Float32Array(count * 2);
  let at = 0;
  for (const line of coordinates) {
    let walked = 0;
    for (let index = 1; index < line.length; index += 1) {
      const [x1 = 0, y1 = 0] = line[index - 1] ?? [];
      const [x2 = 0, y2 = 0] = line[index] ?? [];
      positions.set([x1, y1, x2, y2], at * 2);
      meters[at] = walked;
      walked += Math.hypot((x2 - x1) * shrinkAt(y1), y2 - y1) * METERS_PER_DEGREE;
      meters[at + 1] = walked;
      at += 2;
    }
  }
  return {
    length: count * 2,
    attributes: { getPosition: { value: positions, size: 2 }, getValue: { value: meters, size: 1 } },
  };
}

/** Degrees of longitude get shorter towards the poles. */
export function shrinkAt(lat: number): number {
  return Math.cos((lat * Math.PI) / 180);
}

function objectOf(topology: Topology, level: number): GeometryCollection {
  return (topology.objects[`level${level}`] ?? { type: 'GeometryCollection', geometries: [] }) as GeometryCollection;
}

function remembered<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

function union(boxes: readonly AreaRow['bounds'][]): [number, number, number, number] {
  return boxes.reduce<[number, number, number, number]>(
    (all, box) => [
      Math.min(all[0], box[0]),
      Math.min(all[1], box[1]),
      Math.max(all[2], box[2]),
      Math.max(all[3], box[3]),
    ],
    [Infinity, Infinity, -Infinity, -Infinity],
  );
}

/** By area code; holes are not land. */
function areaSizes(polygons: readonly AreaPolygon[]): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const { area, rings } of polygons) {
    const [outer = [], ...holes] = rings;
    const land = ringSquareMeters(outer) - holes.reduce((sum, hole) => sum + ringSquareMeters(hole), 0);
    sizes.set(area.code, (sizes.get(area.code) ?? 0) + land / 1e6);
  }
  return sizes;
}

/** Of the median area with all its parts, metres. */
function typicalWidth(polygons: readonly AreaPolygon[]): number {
  const sizes = new Map<string, number>();
  for (const { area, rings } of polygons) {
    sizes.set(area.code, (sizes.get(area.code) ?? 0) + ringSquareMeters(rings[0] ?? []));
  }
  return Math.sqrt(median([...sizes.values()]));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function ringSquareMeters(ring: readonly Position[]): number {
  const first = ring[0];
  if (first === undefined) return 0;
  let twice = 0;
  for (let at = 1; at < ring.length; at += 1) {
    const [a, b] = [ring[at - 1], ring[at]];
    if (a === undefined || b === undefined) continue;
    twice += (a[0] - first[0]) * (b[1] - first[1]) - (b[0] - first[0]) * (a[1] - first[1]);
  }
  return (Math.abs(twice) / 2) * METERS_PER_DEGREE ** 2 * shrinkAt(first[1]);
}
