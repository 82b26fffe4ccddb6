import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { PNG } from 'pngjs';
import { zxyToTileId } from 'pmtiles';
import initSqlJs from 'sql.js';

export interface BuiltTile {
  readonly zoom: number;
  readonly column: number;
  readonly row: number;
  readonly bytes: Uint8Array;
}

/** West, south, east, north of the default district, a little wider. */
export const shunyi = [116.45, 39.98, 117.02, 40.32] as const;

/** A picture of a tile that nobody takes for ours: blocks of two browns, a lighter frame. */
export function tilePicture(shade = 0): Uint8Array {
  const picture = new PNG({ width: 256, height: 256 });
  for (let y = 0; y < 256; y += 1) {
    for (let x = 0; x < 256; x += 1) {
      const isFrame = x < 2 || y < 2;
      const isDark = ((x >> 5) + (y >> 5)) % 2 === 0;
      const [red, green, blue] = isFrame ? [214, 190, 150] : isDark ? [150, 110, 70] : [170, 130, 90];
      picture.data.set([red + shade, green + shade, blue + shade, 255], (y * 256 + x) * 4);
    }
  }
  return PNG.sync.write(picture);
}

/** All tiles of these zoom levels that show the box. */
export function tilesOver(
  [west, south, east, north]: readonly [number, number, number, number],
  minZoom: number,
  maxZoom: number,
  picture: Uint8Array = tilePicture(),
): readonly BuiltTile[] {
  const tiles: BuiltTile[] = [];
  for (let zoom = minZoom; zoom <= maxZoom; zoom += 1) {
    const [first, last] = [placeOf(zoom, west, north), placeOf(zoom, east, south)];
    for (let column = first.column; column <= last.column; column += 1) {
      for (let row = first.row; row <= last.row; row += 1) tiles.push({ zoom, column, row, bytes: picture });
    }
  }
  return tiles;
}

export interface PmtilesSpec {
  readonly tiles: readonly BuiltTile[];
  readonly bounds?: readonly [number, number, number, number];
  /** As in the format: 1 vector, 2 PNG, 3 JPEG, 4 WebP. */
  readonly tileType?: number;
}

/** A PMTiles archive, version 3: header, one packed directory, tiles one behind the other. */
export function pmtilesOf({ tiles, bounds = shunyi, tileType = 2 }: PmtilesSpec): Uint8Array {
  const sorted = tiles
    .map((tile) => ({ ...tile, id: zxyToTileId(tile.zoom, tile.column, tile.row) }))
    .sort((a, b) => a.id - b.id);
  const directory: number[] = [];
  varint(directory, sorted.length);
  let before = 0;
  for (const { id } of sorted) {
    varint(directory, id - before);
    before = id;
  }
  for (let count = 0; count < sorted.length; count += 1) varint(directory, 1);
  for (const { bytes } of sorted) varint(directory, bytes.length);
  // 0: right behind the tile before it.
  for (const [index] of sorted.entries()) varint(directory, index === 0 ? 1 : 0);
  const root = gzipSync(Uint8Array.from(directory));
  const metadata = gzipSync('{}');
  const data = Buffer.concat(sorted.map(({ bytes }) => bytes));
  const zooms = sorted.map(({ zoom }) => zoom);

  const header = Buffer.alloc(127);
  header.write('PMTiles', 0, 'latin1');
  header.writeUInt8(3, 7);
  const sections = [
    [127, root.length],
    [127 + root.length, metadata.length],
    [0, 0],
    [127 + root.length + metadata.length, data.length],
  ] as const;
  for (const [index, [offset, length]] of sections.entries()) {
    header.writeBigUInt64LE(BigInt(offset), 8 + index * 16);
    header.writeBigUInt64LE(BigInt(length), 16 + index * 16);
  }
  for (const at of [72, 80, 88]) header.writeBigUInt64LE(BigInt(sorted.length), at);
  // Clustered; directories by gzip, tiles as they are.
  for (const [at, value] of [1, 2, 1, tileType, Math.min(...zooms), Math.max(...zooms)].entries())
    header.writeUInt8(value, 96 + at);
  for (const [index, degrees] of bounds.entries()) header.writeInt32LE(Math.round(degrees * 1e7), 102 + index * 4);
  return Buffer.concat([header, root, metadata, data]);
}

/** An MBTiles file; `metadata` beside the usual. */
export async function mbtilesOf(
  tiles: readonly BuiltTile[],
  metadata: Readonly<Record<string, string>> = {},
): Promise<Uint8Array> {
  const { Database } = await initSqlJs();
  const database = new Database();
  database.run('CREATE TABLE metadata (name text, value text)');
  database.run('CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob)');
  database.run('CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row)');
  const said = { name: 'test', format: 'png', bounds: shunyi.join(','), ...metadata };
  for (const [name, value] of Object.entries(said)) database.run('INSERT INTO metadata VALUES (?, ?)', [name, value]);
  for (const { zoom, column, row, bytes } of tiles) {
    database.run('INSERT INTO tiles VALUES (?, ?, ?, ?)', [zoom, column, 2 ** zoom - 1 - row, bytes]);
  }
  const file = database.export();
  database.close();
  return file;
}

/** Writes a folder of tiles, rows counted from the north. */
export async function writeTileFolder(folder: string, tiles: readonly BuiltTile[]): Promise<void> {
  for (const { zoom, column, row, bytes } of tiles) {
    await mkdir(join(folder, String(zoom), String(column)), { recursive: true });
    await writeFile(join(folder, String(zoom), String(column), `${row}.png`), bytes);
  }
}

function placeOf(zoom: number, lon: number, lat: number): { readonly column: number; readonly row: number } {
  const angle = (lat * Math.PI) / 180;
  const [x, y] = [(lon + 180) / 360, (1 - Math.log(Math.tan(angle) + 1 / Math.cos(angle)) / Math.PI) / 2];
  return { column: Math.floor(x * 2 ** zoom), row: Math.floor(y * 2 ** zoom) };
}

function varint(into: number[], value: number): void {
  let rest = value;
  while (rest >= 0x80) {
    into.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  into.push(rest);
}
