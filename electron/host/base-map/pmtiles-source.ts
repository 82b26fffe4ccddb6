import { open, type FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip } from 'node:zlib';
import { Compression, EtagMismatch, PMTiles, TileType, type Header, type RangeResponse, type Source } from 'pmtiles';
import { hasCode, TileProblem, wordsOf, type TileBounds, type TileExtent, type TileSource } from './tile-source.ts';

/** No directory or tile is so large; a damaged length must not fill the memory. */
const MOST_BYTES = 32 * 1024 * 1024;

const pictures: readonly TileType[] = [TileType.Png, TileType.Jpeg, TileType.Webp];

/**
 * A PMTiles archive (version 3) of pictures. The file is opened for each read, so that one that is taken away, put back or
 * replaced is noticed; of the archive only header and directories are kept in memory, whatever its size.
 */
export function pmtilesSource(path: string): TileSource {
  let archive = archiveOf(path);
  /** What failed is not asked again from memory. */
  const guarded = async <Value>(read: (from: PMTiles) => Promise<Value>): Promise<Value> => {
    try {
      return await read(archive);
    } catch (cause) {
      archive = archiveOf(path);
      throw problemOf(cause);
    }
  };
  return {
    extent: () => guarded(async (from) => extentOf(await from.getHeader())),
    tile: (zoom, column, row) =>
      guarded(async (from) => {
        const found = await from.getZxy(zoom, column, row);
        return found === undefined ? null : new Uint8Array(found.data);
      }),
    close: () => Promise.resolve(),
  };
}

function archiveOf(path: string): PMTiles {
  return new PMTiles(new FileRanges(path), undefined, unpack);
}

function extentOf({ tileType, minZoom, maxZoom, minLon, minLat, maxLon, maxLat }: Header): TileExtent {
  if (tileType === TileType.Mvt || tileType === TileType.Mlt) throw new TileProblem('vector', 'its tiles are vectors');
  if (!pictures.includes(tileType)) throw new TileProblem('unreadable', `its tiles are of kind ${tileType}`);
  const bounds: TileBounds = [minLon, minLat, maxLon, maxLat];
  return { minZoom, maxZoom, bounds: maxLon > minLon && maxLat > minLat ? bounds : null };
}

class FileRanges implements Source {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  getKey(): string {
    return this.#path;
  }

  async getBytes(offset: number, length: number, _signal?: AbortSignal, etag?: string): Promise<RangeResponse> {
    if (length > MOST_BYTES) throw new TileProblem('unreadable', `a part of ${length} bytes`);
    const file = await open(this.#path, 'r');
    try {
      const found = await file.stat();
      if (!found.isFile()) throw new TileProblem('missing', 'not a file');
      const now = `${found.mtimeMs}-${found.size}`;
      if (etag !== undefined && etag !== now) throw new EtagMismatch('the file was replaced');
      const bytes = new Uint8Array(length);
      const read = await readAll(file, bytes, offset);
      return { data: bytes.buffer.slice(0, read), etag: now };
    } finally {
      await file.close();
    }
  }
}

async function readAll(file: FileHandle, into: Uint8Array, offset: number): Promise<number> {
  let done = 0;
  while (done < into.length) {
    const { bytesRead } = await file.read(into, done, into.length - done, offset + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done;
}

async function unpack(packed: ArrayBuffer, compression: Compression): Promise<ArrayBuffer> {
  const limit = { maxOutputLength: MOST_BYTES };
  const bytes = new Uint8Array(packed);
  switch (compression) {
    case Compression.None:
    case Compression.Unknown:
      return packed;
    case Compression.Gzip:
      return new Uint8Array(await promisify(gunzip)(bytes, limit)).buffer;
    case Compression.Brotli:
      return new Uint8Array(await promisify(brotliDecompress)(bytes, limit)).buffer;
    case Compression.Zstd:
      throw new TileProblem('unreadable', 'packed by zstd, which is not read');
  }
}

function problemOf(cause: unknown): TileProblem {
  if (cause instanceof TileProblem) return cause;
  if (hasCode(cause, 'ENOENT', 'ENOTDIR', 'EISDIR')) return new TileProblem('missing', wordsOf(cause), { cause });
  return new TileProblem('unreadable', wordsOf(cause), { cause });
}
