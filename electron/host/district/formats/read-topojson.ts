import { readFile, stat } from 'node:fs/promises';
import { feature } from 'topojson-client';
import type { GeometryObject, Topology } from 'topojson-specification';
import { statedByName } from '#domain/grid/coordinates/stated-system.ts';
import { featureItem, isRecord, problemItem, wordsOf, type FileItem, type ReadOptions } from './file-feature.ts';
import { nextTurn } from '../next-turn.ts';

/** Geometries made between two looks at the signal. */
const SLICE = 500;

/** TopoJSON: read as a whole, since its arcs come last; one layer for each of its objects. */
export async function* readTopoJson({ file, signal, limits }: ReadOptions): AsyncGenerator<FileItem> {
  const { size } = await stat(file);
  if (size > limits.wholeFileBytes) {
    const detail = `TopoJSON of more than ${limits.wholeFileBytes} bytes is not read; convert it to GeoJSON`;
    yield problemItem(file, 'too-large', detail);
    return;
  }
  let content: unknown;
  try {
    const bytes = await readFile(file, { signal });
    content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    if (signal.aborted) return;
    yield problemItem(file, 'damaged', `is not JSON (${wordsOf(cause)})`);
    return;
  }
  if (!isRecord(content) || !Array.isArray(content['arcs']) || !isRecord(content['objects'])) {
    yield problemItem(file, 'damaged', 'is a Topology without "arcs" or "objects"');
    return;
  }
  const topology = content as unknown as Topology;
  const stated = crsOf(content);
  const layers = Object.entries(content['objects']).map(([layer, object]) => ({
    layer,
    geometries: geometriesOf(object),
  }));
  const count = layers.reduce((sum, { geometries }) => sum + geometries.length, 0);
  if (count === 0) yield problemItem(file, 'no-features', 'has no geometries');
  if (count > limits.features) {
    yield problemItem(file, 'too-large', `has ${count} features; ${limits.features} are read at most`);
    return;
  }
  let done = 0;
  for (const { layer, geometries } of layers) {
    yield { kind: 'layer', head: { format: 'topojson', layer, encoding: 'utf-8', stated } };
    for (const [index, geometry] of geometries.entries()) {
      yield geometryItem(file, layer, index + 1, topology, geometry);
      done += 1;
      if (done % SLICE !== 0) continue;
      yield { kind: 'progress', bytes: Math.floor((size * done) / count), totalBytes: size };
      await nextTurn();
      if (signal.aborted) return;
    }
  }
  yield { kind: 'progress', bytes: size, totalBytes: size };
}

function geometryItem(file: string, layer: string, number: number, topology: Topology, geometry: unknown): FileItem {
  if (!isRecord(geometry)) return problemItem(file, 'bad-feature', 'is not an object', { layer, feature: number });
  if (geometry['type'] === null) return problemItem(file, 'no-geometry', 'has no geometry', { layer, feature: number });
  try {
    return featureItem(file, layer, number, feature(topology, geometry as unknown as GeometryObject));
  } catch (cause) {
    const detail = `refers to arcs that are not there (${wordsOf(cause)})`;
    return problemItem(file, 'bad-feature', detail, { layer, feature: number });
  }
}

function geometriesOf(object: unknown): readonly unknown[] {
  if (!isRecord(object)) return [object];
  return object['type'] === 'GeometryCollection' && Array.isArray(object['geometries'])
    ? (object['geometries'] as readonly unknown[])
    : [object];
}

function crsOf({ crs }: Readonly<Record<string, unknown>>): ReturnType<typeof statedByName> | null {
  if (!isRecord(crs) || !isRecord(crs['properties']) || typeof crs['properties']['name'] !== 'string') return null;
  return statedByName(crs['properties']['name']);
}
