import { basename, join } from 'node:path';
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import { feature as outlineOf, mergeArcs } from 'topojson-client';
import { topology as topologyOf } from 'topojson-server';
import type {
  GeometryCollection,
  GeometryObject,
  MultiPolygon as TopoMultiPolygon,
  Polygon as TopoPolygon,
  Topology,
} from 'topojson-specification';
import type { DistrictMap } from '#contract/grid.ts';
import { required } from '#domain/base/assert-never.ts';
import { AreaIndex, type Area, type District, type PolygonRings } from '#domain/grid/district.ts';
import { buildLocator, type Locator } from '#domain/grid/locate.ts';
import type { LoadedDistrict } from '#host/ports/district.ts';
import { levelsByMapping, levelsByProperties, type PlainArea } from './assign-levels.ts';
import { readDistrictMapping } from './district-mapping.ts';
import { labelPoint } from './label-point.ts';
import { readFeatures, readJson, type AreaFeature } from './read-features.ts';

/** A district file, and the mapping of its properties if it needs one. */
export interface DistrictSource {
  readonly file: string;
  readonly mappingFile: string | null;
  /** GeoJSON of roads, rivers and the like, for drawing. */
  readonly contextFile: string | null;
}

/** The district that ships: Shunyi, schematic (see resources/grid/NOTE.md). */
export function defaultDistrict(resourcesFolder: string): DistrictSource {
  const folder = join(resourcesFolder, 'grid');
  return {
    file: join(folder, 'shunyi-grid.topo.json'),
    mappingFile: null,
    contextFile: join(folder, 'context.geojson'),
  };
}

/**
 * Reads a district from GeoJSON or TopoJSON. Outlines of levels that the file lacks are dissolved from their children
 * along shared arcs, so no new position appears. A feature may tell its inhabitants by the property `population`. A file may name itself by the members `name`, `source`,
 * `approvalNumber` 审图号; without an approval number its pictures say 示意图.
 *
 * `former`: nets that were in force before, newest first; what this one lacks of them is known by code.
 *
 * @throws DistrictProblem
 */
export async function loadDistrict(
  from: DistrictSource,
  former: readonly DistrictSource[] = [],
): Promise<LoadedDistrict> {
  const { features, topology: given, members } = await readFeatures(from.file);
  const plain =
    from.mappingFile === null
      ? levelsByProperties(from.file, features)
      : levelsByMapping(from.file, features, await readDistrictMapping(from.mappingFile));
  const depth = Math.max(...plain.map((area) => area.level));
  const topology = withLevels(plain, depth, features, given);
  // Outlines of a TopoJSON file were put together when it was read; those of GeoJSON may begin at other positions.
  const described = given === null ? [] : plain.filter(({ feature }) => feature !== null);
  const fromArcs = new Map(described.map(({ code, feature }) => [code, required(feature, 'it is described').geometry]));
  const levels = Array.from({ length: depth }, (_, index) => areasOf(plain, topology, index + 1, fromArcs));
  const people = new Map(plain.map(({ code, feature }) => [code, populationOf(feature)]));
  const approvalNumber = textMember(members, 'approvalNumber');
  const top = levels[0]?.length === 1 ? levels[0][0]?.name : undefined;
  const district: District = {
    id: basename(from.file),
    name: textMember(members, 'name') ?? top ?? basename(from.file),
    source: textMember(members, 'source') ?? basename(from.file),
    isSchematic: approvalNumber === null,
    approvalNumber,
    levels,
  };
  const formerAreas = await areasOfFormer(former, new Set(plain.map(({ code }) => code)));
  // Made at the first question: the index takes a quarter of a second, and the desk can load meanwhile.
  let locator: Locator | null = null;
  return {
    areas: new AreaIndex(district, formerAreas),
    locate: (lon, lat) => (locator ??= buildLocator(levels.at(-1) ?? [])).locate(lon, lat),
    map: {
      ...{ id: district.id, name: district.name, source: district.source },
      isSchematic: district.isSchematic,
      approvalNumber,
      areas: levels.flat().map((area) => ({ ...rowOf(area), ...people.get(area.code) })),
      former: formerAreas.map(rowOf),
      topology: topology as unknown as DistrictMap['topology'],
      context: from.contextFile === null ? null : ((await readJson(from.contextFile)) as DistrictMap['context']),
    },
  };
}

function rowOf({ code, name, level, parent, kind, labelPoint, bounds }: Area): DistrictMap['areas'][number] {
  return {
    ...{ code, name, level, parent, kind, labelPoint: [labelPoint[0], labelPoint[1]] },
    bounds: [bounds[0], bounds[1], bounds[2], bounds[3]],
  };
}

/** Areas of earlier nets whose codes are not known yet, the newest net first; those without an outline have no place. */
async function areasOfFormer(former: readonly DistrictSource[], known: Set<string>): Promise<readonly Area[]> {
  const areas: Area[] = [];
  for (const { file, mappingFile } of former) {
    const { features } = await readFeatures(file);
    const plain =
      mappingFile === null
        ? levelsByProperties(file, features)
        : levelsByMapping(file, features, await readDistrictMapping(mappingFile));
    for (const { code, name, level, parent, kind, feature } of plain) {
      if (known.has(code)) continue;
      known.add(code);
      const polygons = feature === null ? [] : polygonsOf(feature.geometry);
      const bounds = feature === null ? ([0, 0, 0, 0] as const) : boundsOf(polygons);
      const place = feature === null ? ([0, 0] as const) : labelPoint(polygons);
      areas.push({ code, name, level, parent, kind, polygons, bounds, labelPoint: place });
    }
  }
  return areas;
}

/** The property `population`, where it is a number of people. */
function populationOf(feature: AreaFeature | null): { readonly population?: number } {
  const population = Number(feature?.properties?.['population'] ?? NaN);
  return Number.isInteger(population) && population > 0 ? { population } : {};
}

type AreaGeometry = TopoPolygon | TopoMultiPolygon;

/** One topology with a collection per level, `level1` …; each geometry's id is its area's code, without properties. */
function withLevels(
  plain: readonly PlainArea[],
  depth: number,
  features: readonly AreaFeature[],
  given: Topology | null,
): Topology {
  const base = given ?? topologyOf({ all: collection(features) });
  const geometries = Object.values(base.objects).flatMap((object) => geometriesOf(object as GeometryObject));
  const areaOf = new Map(plain.map((area) => [area.feature, area]));
  const known = new Map<string, AreaGeometry>();
  for (const [index, feature] of features.entries()) {
    const area = required(areaOf.get(feature), 'every feature became an area');
    known.set(area.code, required(geometries[index], 'a topology keeps the order of its features') as AreaGeometry);
  }
  for (let level = depth - 1; level >= 1; level -= 1) dissolve(plain, level, base, known);

  const objects: Record<string, GeometryCollection> = {};
  for (let level = 1; level <= depth; level += 1) {
    const ofLevel = plain.filter((area) => area.level === level);
    objects[`level${level}`] = {
      type: 'GeometryCollection',
      geometries: ofLevel.map(({ code }) => bare(required(known.get(code), `area ${code} has a geometry`), code)),
    };
  }
  return { ...base, objects };
}

function collection(features: readonly AreaFeature[]): FeatureCollection<Polygon | MultiPolygon> {
  return { type: 'FeatureCollection', features: [...features] };
}

function geometriesOf(object: GeometryObject): readonly GeometryObject[] {
  return object.type === 'GeometryCollection' ? object.geometries : [object];
}

function bare(geometry: AreaGeometry, id: string): AreaGeometry {
  return geometry.type === 'Polygon'
    ? { type: 'Polygon', id, arcs: geometry.arcs }
    : { type: 'MultiPolygon', id, arcs: geometry.arcs };
}

function dissolve(plain: readonly PlainArea[], level: number, base: Topology, known: Map<string, AreaGeometry>): void {
  const children = new Map<string, AreaGeometry[]>();
  for (const area of plain) {
    if (area.level !== level + 1 || area.parent === null || known.has(area.parent)) continue;
    const geometry = required(known.get(area.code), `area ${area.code} has a geometry`);
    const siblings = children.get(area.parent);
    if (siblings === undefined) children.set(area.parent, [geometry]);
    else siblings.push(geometry);
  }
  for (const [code, geometries] of children) known.set(code, mergeArcs(base, geometries));
}

function areasOf(
  plain: readonly PlainArea[],
  topology: Topology,
  level: number,
  fromArcs: ReadonlyMap<string, Polygon | MultiPolygon>,
): readonly Area[] {
  const object = topology.objects[`level${level}`];
  if (object?.type !== 'GeometryCollection') return [];
  const ofLevel = plain.filter((area) => area.level === level);
  return object.geometries.map((geometry, index) => {
    const area = required(ofLevel[index], 'geometries are in the order of the areas');
    const outline = fromArcs.get(area.code) ?? outlineOf(topology, geometry as TopoPolygon).geometry;
    const polygons = polygonsOf(outline);
    const { code, name, parent } = area;
    return {
      code,
      name,
      level,
      parent,
      kind: area.kind,
      polygons,
      labelPoint: labelPoint(polygons),
      bounds: boundsOf(polygons),
    };
  });
}

function polygonsOf(outline: Polygon | MultiPolygon): readonly PolygonRings[] {
  const polygons = outline.type === 'Polygon' ? [outline.coordinates] : outline.coordinates;
  return polygons as unknown as readonly PolygonRings[];
}

export function boundsOf(polygons: readonly PolygonRings[]): Area['bounds'] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const rings of polygons) {
    for (const ring of rings) {
      for (const [lon, lat] of ring) {
        if (lon < west) west = lon;
        if (lon > east) east = lon;
        if (lat < south) south = lat;
        if (lat > north) north = lat;
      }
    }
  }
  return [west, south, east, north];
}

function textMember(members: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = members[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
