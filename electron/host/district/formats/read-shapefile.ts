import { open, type FileHandle } from 'node:fs/promises';
import { statedByPrj } from '#domain/grid/coordinates/stated-system.ts';
import { ByteProblem, ByteReader } from './byte-reader.ts';
import { couldBeUtf8, dbfValues, encodingOfCpg, isDeleted, nextDbfRecord, readDbfHead, type DbfHead } from './dbf.ts';
import { areaItem, problemItem, type FileItem, type ReadOptions } from './file-feature.ts';
import { nextShpRecord, readShpHead } from './shp.ts';
import { openEntry, zipEntries, ZipProblem, type ZipEntry } from './zip-file.ts';
import { nextTurn } from '../next-turn.ts';

/** The members that make one layer. */
interface Members {
  readonly layer: string;
  readonly shp: ZipEntry;
  readonly dbf: ZipEntry | null;
  readonly prj: ZipEntry | null;
  readonly cpg: ZipEntry | null;
}

interface OpenZip extends ReadOptions {
  readonly handle: FileHandle;
  readonly fileBytes: number;
}

const SMALL_BYTES = 65_536;
/** Records between two words on the progress. */
const SLICE = 500;

/**
 * A zip file with one Shapefile or several, each a layer: `.shp` and `.dbf` are unpacked side by side, record by record;
 * memory holds one record of each. The text is read in the encoding of `.cpg`, else of the table's own head, else (as
 * most offices' files come) in UTF-8 if every text is that, and GB18030 if not.
 *
 * Written here and not taken from shpjs 6.2, which unpacks and holds the whole file, stops at the first bad record, and
 * garbles names without `.cpg` (map-and-data.md §3).
 */
export async function* readShapefile(options: ReadOptions): AsyncGenerator<FileItem> {
  const { file, limits } = options;
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const entries = await zipEntries(handle, size);
    const unpacked = entries.reduce((sum, { unpackedBytes }) => sum + unpackedBytes, 0);
    if (unpacked > limits.unpackedBytes) {
      yield problemItem(file, 'too-large', `unpacks to ${unpacked} bytes; ${limits.unpackedBytes} are read at most`);
      return;
    }
    const layers = layersOf(entries);
    if (layers.length === 0) {
      const names = entries.slice(0, 8).map(({ name }) => name);
      yield problemItem(file, 'missing-part', `has no .shp member; there are ${names.join(', ') || 'no members'}`);
    }
    let before = 0;
    const total = layers.reduce((sum, { shp }) => sum + Math.max(1, shp.unpackedBytes), 0);
    for (const members of layers) {
      const share = { from: (size * before) / total, bytes: (size * Math.max(1, members.shp.unpackedBytes)) / total };
      yield* readLayer({ ...options, handle, fileBytes: size }, members, share);
      if (options.signal.aborted) return;
      before += Math.max(1, members.shp.unpackedBytes);
    }
    yield { kind: 'progress', bytes: size, totalBytes: size };
  } catch (cause) {
    if (!(cause instanceof ZipProblem)) throw cause;
    yield problemItem(file, 'damaged', cause.message);
  } finally {
    await handle.close();
  }
}

/** Bytes of the zip file that stand for this layer, for the progress. */
interface Share {
  readonly from: number;
  readonly bytes: number;
}

async function* readLayer(zip: OpenZip, members: Members, share: Share): AsyncGenerator<FileItem> {
  const { file, signal, limits } = zip;
  const { layer } = members;
  const table = await openTable(zip, members);
  if (table.problem !== null) yield problemItem(file, table.reason, table.problem, { layer });
  const prj = await smallText(zip, members.prj);
  yield {
    kind: 'layer',
    head: { format: 'shapefile', layer, encoding: table.encoding, stated: prj === null ? null : statedByPrj(prj) },
  };
  const decoder = new TextDecoder(table.encoding);
  const shapes = new ByteReader(await openEntry(file, zip.handle, members.shp), members.shp);
  const rows = table.head === null || members.dbf === null ? null : await readerOf(zip, members.dbf);
  let number = 0;
  let hasRows = table.head !== null;
  try {
    await readShpHead(shapes);
    if (rows !== null) await readDbfHead(rows);
    for (;;) {
      if (signal.aborted) return;
      const shape = await nextShpRecord(shapes, limits.featureBytes);
      if (shape === null) break;
      number += 1;
      if (number > limits.features) {
        yield problemItem(file, 'too-large', `has more than ${limits.features} features; the rest was not read`, {
          layer,
        });
        return;
      }
      const row = rows === null || table.head === null || !hasRows ? null : await nextDbfRecord(rows, table.head);
      if (row === null && hasRows) {
        hasRows = false;
        yield problemItem(file, 'damaged', `the .dbf table ends before record ${number}`, { layer, feature: number });
      }
      if (row !== null && isDeleted(row)) continue;
      const values = row === null || table.head === null ? {} : dbfValues(row, table.head.fields, decoder);
      yield shape.polygons === null
        ? problemItem(file, shape.problem?.reason ?? 'bad-feature', shape.problem?.detail ?? '', {
            layer,
            feature: number,
          })
        : areaItem(file, layer, number, values, shape.polygons);
      if (number % SLICE !== 0) continue;
      const done = shapes.taken / Math.max(1, members.shp.unpackedBytes);
      yield { kind: 'progress', bytes: Math.floor(share.from + share.bytes * done), totalBytes: zip.fileBytes };
      await nextTurn();
    }
    if (number === 0) yield problemItem(file, 'no-features', 'the layer has no records', { layer });
  } catch (cause) {
    if (!(cause instanceof ByteProblem)) throw cause;
    yield problemItem(file, 'damaged', `feature ${number + 1}: the file ${cause.message}`, {
      layer,
      feature: number + 1,
    });
  } finally {
    shapes.close();
    rows?.close();
  }
}

interface Table {
  readonly head: DbfHead | null;
  readonly encoding: string;
  readonly reason: 'missing-part' | 'damaged' | 'encoding';
  readonly problem: string | null;
}

/** Walks the whole table once to see which encodings are out of the question. */
async function openTable(zip: OpenZip, { dbf, cpg }: Members): Promise<Table> {
  const without = { head: null, encoding: 'utf-8' } as const;
  if (dbf === null) return { ...without, reason: 'missing-part', problem: 'has no .dbf member, so no codes and names' };
  const reader = await readerOf(zip, dbf);
  try {
    const head = await readDbfHead(reader);
    const cpgText = await smallText(zip, cpg);
    const ofCpg = cpgText === null ? null : encodingOfCpg(cpgText);
    const stated = ofCpg ?? head.statedEncoding;
    const isUtf8 = await isAllUtf8(reader, head, zip.signal);
    if (!zip.signal.aborted) await reader.drain();
    if (stated !== null && stated !== 'utf-8') return { head, encoding: stated, reason: 'encoding', problem: null };
    const encoding = isUtf8 ? 'utf-8' : 'gb18030';
    const isLie = stated === 'utf-8' && !isUtf8;
    const problem = isLie ? 'its .cpg says UTF-8, but its texts are not; they were read as GB18030' : null;
    return { head, encoding, reason: 'encoding', problem };
  } catch (cause) {
    if (!(cause instanceof ByteProblem)) throw cause;
    return { ...without, reason: 'damaged', problem: `the .dbf table ${cause.message}` };
  } finally {
    reader.close();
  }
}

async function isAllUtf8(reader: ByteReader, head: DbfHead, signal: AbortSignal): Promise<boolean> {
  for (let record = 0; record < head.records; record += 1) {
    if (record % SLICE === SLICE - 1) await nextTurn();
    const bytes = signal.aborted ? null : await nextDbfRecord(reader, head);
    if (bytes === null) return true;
    if (!couldBeUtf8(bytes, head.fields)) return false;
  }
  return true;
}

async function readerOf({ file, handle }: OpenZip, entry: ZipEntry): Promise<ByteReader> {
  return new ByteReader(await openEntry(file, handle, entry), entry);
}

async function smallText(zip: OpenZip, entry: ZipEntry | null): Promise<string | null> {
  if (entry === null || entry.unpackedBytes > SMALL_BYTES || entry.unpackedBytes === 0) return null;
  const reader = await readerOf(zip, entry);
  try {
    return (await reader.take(entry.unpackedBytes))?.toString('utf8') ?? null;
  } catch (cause) {
    if (cause instanceof ByteProblem) return null;
    throw cause;
  } finally {
    reader.close();
  }
}

function layersOf(entries: readonly ZipEntry[]): readonly Members[] {
  const byName = new Map<string, ZipEntry>();
  // Finder packs a shadow of each file into __MACOSX.
  for (const entry of entries) if (!entry.name.startsWith('__MACOSX/')) byName.set(entry.name.toLowerCase(), entry);
  return [...byName].flatMap(([name, shp]) => {
    if (!name.endsWith('.shp')) return [];
    const base = name.slice(0, -4);
    const member = (extension: string): ZipEntry | null => byName.get(`${base}.${extension}`) ?? null;
    const layer = shp.name.slice(shp.name.lastIndexOf('/') + 1, -4);
    return [{ layer, shp, dbf: member('dbf'), prj: member('prj'), cpg: member('cpg') }];
  });
}
