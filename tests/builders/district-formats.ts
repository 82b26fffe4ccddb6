import iconv from 'iconv-lite';
import { crc32, deflateRawSync } from 'node:zlib';
import { topology } from 'topojson-server';
import { loadEngine } from '#host/projection/engine.ts';

/** One area to be written: positions in whatever coordinates the file is to have. */
export interface PlainFeature {
  readonly properties: Readonly<Record<string, string | number | null>>;
  /** Polygons of closed rings, the outer ones counter-clockwise. */
  readonly polygons: readonly (readonly (readonly (readonly [number, number])[])[])[];
}

/** A member of a zip file. */
export interface PlainMember {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export function geoJsonOf(features: readonly PlainFeature[], members: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ type: 'FeatureCollection', ...members, features: features.map(geoJsonFeature) });
}

/** Not quantized, so that positions come back to the last bit. */
export function topoJsonOf(features: readonly PlainFeature[], layer: string): string {
  const collection = { type: 'FeatureCollection' as const, features: features.map(geoJsonFeature) };
  return JSON.stringify(topology({ [layer]: collection }));
}

function geoJsonFeature({ properties, polygons }: PlainFeature): GeoJSON.Feature<GeoJSON.MultiPolygon> {
  const coordinates = polygons as unknown as GeoJSON.Position[][][];
  return { type: 'Feature', properties, geometry: { type: 'MultiPolygon', coordinates } };
}

export interface ShapefileOptions {
  readonly layer: string;
  readonly encoding: 'utf-8' | 'gbk';
  /** Text of the `.cpg` member; left out, there is none. */
  readonly cpg?: string;
  readonly prj?: string;
  /** "Language driver" byte of the table. */
  readonly codePage?: number;
}

/** The members of a Shapefile; every property becomes a text of 60 bytes, cut where it is longer, as real writers do. */
export function shapefileMembers(features: readonly PlainFeature[], options: ShapefileOptions): readonly PlainMember[] {
  const { layer, cpg, prj } = options;
  return [
    { name: `${layer}.shp`, bytes: shpOf(features) },
    { name: `${layer}.dbf`, bytes: dbfOf(features, options) },
    ...(cpg === undefined ? [] : [{ name: `${layer}.cpg`, bytes: Buffer.from(cpg) }]),
    ...(prj === undefined ? [] : [{ name: `${layer}.prj`, bytes: Buffer.from(prj) }]),
  ];
}

export function shpOf(features: readonly PlainFeature[]): Buffer {
  const records = features.map(({ polygons }, index) => {
    // Outer rings run clockwise in this format, holes the other way.
    const rings = polygons.flatMap((polygon) => polygon.map((ring) => ring.toReversed()));
    const points = rings.flat();
    const shape = Buffer.alloc(44 + rings.length * 4 + points.length * 16);
    shape.writeInt32LE(5, 0);
    shape.writeInt32LE(rings.length, 36);
    shape.writeInt32LE(points.length, 40);
    let first = 0;
    for (const [ring, positions] of rings.entries()) {
      shape.writeInt32LE(first, 44 + ring * 4);
      first += positions.length;
    }
    for (const [at, [x, y]] of points.entries()) {
      shape.writeDoubleLE(x, 44 + rings.length * 4 + at * 16);
      shape.writeDoubleLE(y, 52 + rings.length * 4 + at * 16);
    }
    return shpRecord(index + 1, shape);
  });
  return shpFile(records);
}

export function shpRecord(number: number, shape: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.writeInt32BE(number, 0);
  head.writeInt32BE(shape.length / 2, 4);
  return Buffer.concat([head, shape]);
}

export function shpFile(records: readonly Uint8Array[]): Buffer {
  const head = Buffer.alloc(100);
  head.writeInt32BE(9_994, 0);
  head.writeInt32BE((100 + records.reduce((sum, { length }) => sum + length, 0)) / 2, 24);
  head.writeInt32LE(1_000, 28);
  head.writeInt32LE(5, 32);
  return Buffer.concat([head, ...records]);
}

const TEXT_BYTES = 60;

export function dbfOf(features: readonly PlainFeature[], { encoding, codePage = 0 }: ShapefileOptions): Buffer {
  const names = Object.keys(features[0]?.properties ?? {});
  const head = Buffer.alloc(32 + names.length * 32 + 1);
  head[0] = 3;
  head.writeUInt32LE(features.length, 4);
  head.writeUInt16LE(head.length, 8);
  head.writeUInt16LE(1 + names.length * TEXT_BYTES, 10);
  head[29] = codePage;
  for (const [index, name] of names.entries()) {
    iconv.encode(name, encoding).copy(head, 32 + index * 32, 0, 10);
    head[32 + index * 32 + 11] = 'C'.charCodeAt(0);
    head[32 + index * 32 + 16] = TEXT_BYTES;
  }
  head[head.length - 1] = 0x0d;
  const records = features.map(({ properties }) => {
    const record = Buffer.alloc(1 + names.length * TEXT_BYTES, ' ');
    for (const [index, name] of names.entries()) {
      iconv.encode(String(properties[name] ?? ''), encoding).copy(record, 1 + index * TEXT_BYTES, 0, TEXT_BYTES);
    }
    return record;
  });
  return Buffer.concat([head, ...records, Buffer.from([0x1a])]);
}

/** A zip file of deflated members. */
export function zipOf(members: readonly PlainMember[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of members) {
    const packed = deflateRawSync(bytes);
    const nameBytes = Buffer.from(name);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(0x800, 2);
    shared.writeUInt16LE(8, 4);
    shared.writeUInt32LE(crc32(bytes), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(bytes.length, 18);
    shared.writeUInt16LE(nameBytes.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), shared, nameBytes, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), shared, rest, nameBytes]));
    parts.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(
    directory.reduce((sum, { length }) => sum + length, 0),
    12,
  );
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

export interface GeoPackageOptions {
  readonly layer: string;
  /** EPSG number. */
  readonly system: number;
  /** Overrides the geometry of the feature of this index. */
  readonly geometry?: (index: number, bytes: Buffer) => Uint8Array | string | null;
  /** Statements run at the end, to plant faults. */
  readonly after?: string;
}

/** A GeoPackage with one table of features; geometries have an envelope, every second one is written big end first. */
export async function geoPackageOf(features: readonly PlainFeature[], options: GeoPackageOptions): Promise<Uint8Array> {
  const { layer, system, geometry = (_, bytes) => bytes, after = '' } = options;
  const { Database } = await loadEngine();
  const database = new Database();
  const names = Object.keys(features[0]?.properties ?? {});
  database.run(`
    CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER, organization TEXT, organization_coordsys_id INTEGER, definition TEXT);
    CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT, srs_id INTEGER);
    CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER);
    CREATE TABLE "${layer}" (fid INTEGER PRIMARY KEY, geom BLOB, ${names.map((name) => `"${name}" TEXT`).join(', ')});
  `);
  database.run('INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?)', ['', system, 'EPSG', system, 'undefined']);
  database.run('INSERT INTO gpkg_contents VALUES (?, ?, ?)', [layer, 'features', system]);
  database.run('INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, ?)', [layer, 'geom', 'MULTIPOLYGON', system]);
  const insert = database.prepare(`INSERT INTO "${layer}" VALUES (${['?', '?', ...names.map(() => '?')].join(', ')})`);
  for (const [index, feature] of features.entries()) {
    const bytes = geometry(index, geoPackageGeometry(feature, index % 2 === 0));
    insert.run([index + 1, bytes, ...names.map((name) => feature.properties[name] ?? null)]);
  }
  insert.free();
  if (after !== '') database.run(after);
  const file = database.export();
  database.close();
  return file;
}

function geoPackageGeometry({ polygons }: PlainFeature, isLittle: boolean): Buffer {
  const head = Buffer.alloc(8 + 32);
  head.write('GP');
  head[3] = (isLittle ? 1 : 0) | (1 << 1);
  const parts: Buffer[] = [head, wkbHead(6, polygons.length, isLittle)];
  for (const rings of polygons) {
    parts.push(wkbHead(3, rings.length, isLittle));
    for (const ring of rings) {
      const bytes = Buffer.alloc(4 + ring.length * 16);
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      view.setUint32(0, ring.length, isLittle);
      for (const [at, [x, y]] of ring.entries()) {
        view.setFloat64(4 + at * 16, x, isLittle);
        view.setFloat64(12 + at * 16, y, isLittle);
      }
      parts.push(bytes);
    }
  }
  return Buffer.concat(parts);
}

function wkbHead(type: number, count: number, isLittle: boolean): Buffer {
  const bytes = Buffer.alloc(9);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  view.setUint8(0, isLittle ? 1 : 0);
  view.setUint32(1, type, isLittle);
  view.setUint32(5, count, isLittle);
  return bytes;
}
