import { readFile, stat } from 'node:fs/promises';
import { statedByEpsg, statedByPrj, type StatedSystem } from '#domain/grid/coordinates/stated-system.ts';
import type { ForeignTables, ForeignValue, OpenForeignTables } from '#host/ports/foreign-tables.ts';
import { areaItem, problemItem, wordsOf, type FileItem, type ReadOptions } from './file-feature.ts';
import { GeometryProblem, polygonsOfGeoPackage } from './well-known-binary.ts';
import { nextTurn } from '../next-turn.ts';

type Row = Readonly<Record<string, ForeignValue>>;

/** Rows read between two looks at the signal. */
const SLICE = 500;
const needed = ['gpkg_contents', 'gpkg_geometry_columns', 'gpkg_spatial_ref_sys'];

/** A GeoPackage (OGC 12-128r19): one layer for each of its feature tables. Read as a whole, as the engine asks for. */
export async function* readGeoPackage(options: ReadOptions, open: OpenForeignTables): AsyncGenerator<FileItem> {
  const { file, signal, limits } = options;
  const { size } = await stat(file);
  if (size > limits.wholeFileBytes) {
    const detail = `GeoPackages of more than ${limits.wholeFileBytes} bytes are not read; export the layer as GeoJSON`;
    yield problemItem(file, 'too-large', detail);
    return;
  }
  let tables: ForeignTables;
  try {
    tables = await open(await readFile(file, { signal }));
  } catch (cause) {
    if (signal.aborted) return;
    yield problemItem(file, 'damaged', `cannot be opened (${wordsOf(cause)})`);
    return;
  }
  try {
    yield* readTables(options, size, tables);
  } catch (cause) {
    yield problemItem(file, 'damaged', `cannot be read (${wordsOf(cause)})`);
  } finally {
    tables.close();
  }
}

async function* readTables(options: ReadOptions, size: number, tables: ForeignTables): AsyncGenerator<FileItem> {
  const { file, signal, limits } = options;
  const there = new Set(tables.tables());
  const missing = needed.filter((name) => !there.has(name));
  if (missing.length > 0) {
    yield problemItem(file, 'missing-part', `is a SQLite file without ${missing.join(', ')}: no GeoPackage`);
    return;
  }
  const systems = new Map([...tables.rows('gpkg_spatial_ref_sys')].map((row) => [Number(row['srs_id']), row]));
  const columns = [...tables.rows('gpkg_geometry_columns')];
  const layers = [...tables.rows('gpkg_contents')].flatMap((row) => {
    const layer = String(row['table_name']);
    const column = columns.find(({ table_name: table }) => table === layer);
    if (row['data_type'] !== 'features' || column === undefined) return [];
    const geometry = String(column['column_name']);
    return [{ layer, geometry, stated: systemOf(systems.get(Number(column['srs_id']))), isThere: there.has(layer) }];
  });
  if (layers.length === 0) yield problemItem(file, 'no-features', 'has no table of features');
  const counts = layers.map(({ layer, isThere }) => (isThere ? tables.count(layer) : 0));
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total > limits.features) {
    yield problemItem(file, 'too-large', `has ${total} features; ${limits.features} are read at most`);
    return;
  }
  let done = 0;
  for (const { layer, geometry, stated, isThere } of layers) {
    yield { kind: 'layer', head: { format: 'geopackage', layer, encoding: 'utf-8', stated } };
    if (!isThere) {
      yield problemItem(file, 'missing-part', 'the table is listed but not there', { layer });
      continue;
    }
    let number = 0;
    try {
      for (const row of tables.rows(layer)) {
        number += 1;
        yield rowItem(file, layer, number, row, geometry);
        done += 1;
        if (done % SLICE !== 0) continue;
        yield { kind: 'progress', bytes: Math.floor((size * done) / total), totalBytes: size };
        await nextTurn();
        if (signal.aborted) return;
      }
    } catch (cause) {
      const detail = `cannot be read from feature ${number + 1} on (${wordsOf(cause)})`;
      yield problemItem(file, 'damaged', detail, { layer, feature: number + 1 });
      continue;
    }
    if (number === 0) yield problemItem(file, 'no-features', 'the table has no rows', { layer });
  }
  yield { kind: 'progress', bytes: size, totalBytes: size };
}

function rowItem(file: string, layer: string, number: number, row: Row, geometry: string): FileItem {
  const { [geometry]: bytes, ...properties } = row;
  const at = { layer, feature: number };
  if (bytes === null || bytes === undefined) return problemItem(file, 'no-geometry', 'has no geometry', at);
  if (!(bytes instanceof Uint8Array)) return problemItem(file, 'bad-feature', 'its geometry is not binary', at);
  try {
    return areaItem(file, layer, number, properties, polygonsOfGeoPackage(bytes));
  } catch (cause) {
    if (!(cause instanceof GeometryProblem)) throw cause;
    return problemItem(file, cause.reason, cause.message, at);
  }
}

function systemOf(row: Row | undefined): StatedSystem | null {
  if (row === undefined) return null;
  const code = Number(row['organization_coordsys_id']);
  if (String(row['organization']).toUpperCase() === 'EPSG') {
    const stated = statedByEpsg(code);
    if (stated.system !== null) return stated;
  }
  const { definition } = row;
  // −1 and 0 are "undefined" plane and degrees.
  return typeof definition === 'string' && code > 0 ? statedByPrj(definition) : null;
}
