import { readFile } from 'node:fs/promises';
import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import { feature } from 'topojson-client';
import type { Topology } from 'topojson-specification';
import { z } from '#contract/schema.ts';
import { DistrictProblem } from '#host/ports/district.ts';

export type AreaFeature = Feature<Polygon | MultiPolygon>;

const Position = z.array(z.number()).min(2);
const Ring = z.array(Position).min(4);
const Shape = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: z.array(Ring).min(1) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(Ring).min(1)).min(1) }),
]);

/** What a district file holds: its features, the topology if it is TopoJSON, and its own members. */
export interface DistrictFile {
  readonly features: readonly AreaFeature[];
  readonly topology: Topology | null;
  readonly members: Readonly<Record<string, unknown>>;
}

const MAX_PROBLEMS = 20;

/** @throws DistrictProblem when the file is unreadable, no GeoJSON or TopoJSON, or holds broken geometries */
export async function readFeatures(file: string): Promise<DistrictFile> {
  const content = await readJson(file);
  if (typeof content !== 'object' || content === null || !('type' in content)) {
    throw new DistrictProblem(file, ['is JSON, but neither GeoJSON nor TopoJSON: it has no "type"']);
  }
  const members = content as Readonly<Record<string, unknown>>;
  if (content.type === 'Topology') {
    const topology = content as unknown as Topology;
    return { features: checked(file, topologyFeatures(file, topology)), topology, members };
  }
  if (content.type === 'FeatureCollection') {
    const { features } = content as unknown as FeatureCollection;
    if (!Array.isArray(features)) throw new DistrictProblem(file, ['has no "features" list']);
    return { features: checked(file, features), topology: null, members };
  }
  throw new DistrictProblem(file, [`has type ${String(content.type)}; give a FeatureCollection or a Topology`]);
}

/** @throws DistrictProblem */
export async function readJson(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DistrictProblem(file, [`cannot be read (${reason})`]);
  }
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DistrictProblem(file, [`is not JSON (${reason})`]);
  }
}

function topologyFeatures(file: string, topology: Topology): readonly unknown[] {
  if (!Array.isArray(topology.arcs) || typeof topology.objects !== 'object') {
    throw new DistrictProblem(file, ['is a Topology without "arcs" or "objects"']);
  }
  try {
    return Object.values(topology.objects).flatMap((object) => {
      const made = feature(topology, object);
      return made.type === 'FeatureCollection' ? made.features : [made];
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DistrictProblem(file, [`has arcs that do not fit its objects (${reason})`]);
  }
}

function checked(file: string, features: readonly unknown[]): readonly AreaFeature[] {
  if (features.length === 0) throw new DistrictProblem(file, ['has no features']);
  const problems: string[] = [];
  for (const [index, given] of features.entries()) {
    const geometry = typeof given === 'object' && given !== null && 'geometry' in given ? given.geometry : undefined;
    // The schema says what is wrong where; it takes its time over hundreds of thousands of numbers that are right.
    const shape = isShape(geometry) ? { success: true as const, data: geometry } : Shape.safeParse(geometry);
    if (!shape.success) {
      const issue = shape.error.issues[0];
      const where = issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.join('.')}`;
      problems.push(`feature ${index + 1}: needs a Polygon or MultiPolygon of whole rings (${issue?.message}${where})`);
      continue;
    }
    const rings = shape.data.type === 'Polygon' ? shape.data.coordinates : shape.data.coordinates.flat();
    if (rings.some((ring) => !isClosed(ring))) problems.push(`feature ${index + 1}: a ring is not closed`);
    if (rings.flat().some((position) => !isOnEarth(position))) {
      problems.push(`feature ${index + 1}: positions must be longitude, latitude in degrees (WGS-84)`);
    }
    if (problems.length >= MAX_PROBLEMS) break;
  }
  if (problems.length > 0) throw new DistrictProblem(file, problems);
  return features as readonly AreaFeature[];
}

/** Whether {@link Shape} would take it. */
function isShape(given: unknown): given is z.infer<typeof Shape> {
  if (typeof given !== 'object' || given === null || !('type' in given) || !('coordinates' in given)) return false;
  const { type, coordinates } = given;
  if (!isList(coordinates)) return false;
  if (type === 'Polygon') return coordinates.every(isRing);
  return type === 'MultiPolygon' && coordinates.every((polygon) => isList(polygon) && polygon.every(isRing));
}

function isList(given: unknown): given is readonly unknown[] {
  return Array.isArray(given) && given.length > 0;
}

function isRing(given: unknown): boolean {
  if (!Array.isArray(given) || given.length < 4) return false;
  return given.every(
    (position: unknown) => Array.isArray(position) && position.length >= 2 && position.every(isNumber),
  );
}

function isNumber(given: unknown): boolean {
  return typeof given === 'number' && Number.isFinite(given);
}

function isClosed(ring: readonly (readonly number[])[]): boolean {
  const [first, last] = [ring[0], ring.at(-1)];
  return first?.[0] === last?.[0] && first?.[1] === last?.[1];
}

function isOnEarth([lon = NaN, lat = NaN]: readonly number[]): boolean {
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
}
