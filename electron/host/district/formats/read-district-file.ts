import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import type { OpenForeignTables } from '#host/ports/foreign-tables.ts';
import { defaultFileLimits, problemItem, wordsOf, type FileItem, type FileLimits } from './file-feature.ts';
import { readGeoJson } from './read-geojson.ts';
import { readGeoPackage } from './read-geopackage.ts';
import { readShapefile } from './read-shapefile.ts';
import { readTopoJson } from './read-topojson.ts';

/** What reading a district file may need besides its name. */
export interface DistrictFileOptions {
  readonly signal: AbortSignal;
  /** Opens GeoPackages, which are SQLite files. */
  readonly openTables: OpenForeignTables;
  readonly limits?: FileLimits;
}

const LONE_SHP = 'is one member of a Shapefile; pack it with its .dbf, .shx and .prj into one zip file';
const SNIFF_BYTES = 65_536;
/** Begins each line of GeoJSON text sequences (RFC 8142). */
const RECORD_MARK = String.fromCharCode(0x1e);

const WAY_OUT = '; convert it to GeoPackage first';

/** What the trade uses and this program does not read. */
const refused: Readonly<Record<string, string>> = {
  '.dxf': `is a DXF drawing${WAY_OUT}`,
  '.dwg': `is a DWG drawing${WAY_OUT}`,
  '.gdb': `is a file geodatabase${WAY_OUT}`,
  '.mdb': `is a personal geodatabase${WAY_OUT}`,
  '.tab': `is a MapInfo table${WAY_OUT}`,
  '.mif': `is a MapInfo file${WAY_OUT}`,
  '.kml': `is a KML file${WAY_OUT}`,
  '.kmz': `is a KML file${WAY_OUT}`,
};

/**
 * Reads the areas of a district file, in whichever of the formats its first bytes say it is: GeoJSON and GeoJSON lines,
 * TopoJSON, a Shapefile in a zip file, GeoPackage. Coordinates are given as the file has them; nothing is converted.
 *
 * What is wrong comes as items between the features, so that one bad feature does not lose the rest. After
 * `signal.abort()` the sequence ends without another item; files are closed in any case.
 */
export async function* readDistrictFile(file: string, options: DistrictFileOptions): AsyncGenerator<FileItem> {
  const { signal, openTables, limits = defaultFileLimits } = options;
  const read = { file, signal, limits };
  const extension = extname(file).toLowerCase();
  const reason = extension === '.shp' ? LONE_SHP : refused[extension];
  if (reason !== undefined) {
    yield problemItem(file, 'unknown-format', reason);
    return;
  }
  try {
    const format = formatOf(await firstBytes(file));
    switch (format) {
      case 'geojson':
        yield* readGeoJson(read);
        return;
      case 'topojson':
        yield* readTopoJson(read);
        return;
      case 'shapefile':
        yield* readShapefile(read);
        return;
      case 'geopackage':
        yield* readGeoPackage(read, openTables);
        return;
      case null:
        yield problemItem(
          file,
          'unknown-format',
          `is none of GeoJSON, TopoJSON, Shapefile (zip), GeoPackage${WAY_OUT}`,
        );
    }
  } catch (cause) {
    // What the disk refuses has a code; anything else is a fault of ours.
    if (!(cause instanceof Error) || !('code' in cause)) throw cause;
    yield problemItem(file, 'unreadable', `cannot be read (${wordsOf(cause)})`);
  }
}

async function firstBytes(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function formatOf(start: Buffer): 'geojson' | 'topojson' | 'shapefile' | 'geopackage' | null {
  if (start.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'))) return 'shapefile';
  if (start.subarray(0, 4).equals(Buffer.from('PK\u0005\u0006'))) return 'shapefile';
  if (start.subarray(0, 15).equals(Buffer.from('SQLite format 3'))) return 'geopackage';
  const isUtf16 = start[1] === 0 || start[0] === 0xff || start[0] === 0xfe;
  const text = start
    .toString(isUtf16 ? 'utf16le' : 'utf8')
    .replace(RECORD_MARK, '')
    .replace(/^[\uFEFF\s]+/, '');
  if (!text.startsWith('{')) return isUtf16 && start[0] === 0xfe ? 'geojson' : null;
  const type = /"type"\s*:\s*"(Topology|FeatureCollection|Feature)"/.exec(text)?.[1];
  return type === 'Topology' || (type === undefined && /"(arcs|objects)"\s*:/.test(text)) ? 'topojson' : 'geojson';
}
