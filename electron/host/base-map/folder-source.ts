import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { hasCode, TileProblem, wordsOf, type TileSource } from './tile-source.ts';

const endings = ['png', 'jpg', 'jpeg', 'webp'] as const;
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * A folder of tiles, `ZOOM/COLUMN/ROW.png` (or jpg, jpeg, webp). Nothing outside the folder is read, wherever links lead.
 *
 * @param rows from which side rows are counted
 */
export function folderSource(folder: string, rows: 'north' | 'south'): TileSource {
  return {
    extent: async () => {
      const zooms = (await namesIn(folder)).filter((name) => /^\d{1,2}$/.test(name)).map(Number);
      if (zooms.length === 0) throw new TileProblem('no_tiles', 'no folders of zoom levels');
      return { minZoom: Math.min(...zooms), maxZoom: Math.max(...zooms), bounds: null };
    },
    tile: async (zoom, column, row) => {
      const counted = rows === 'north' ? row : 2 ** zoom - 1 - row;
      for (const ending of endings) {
        const bytes = await read(folder, join(folder, String(zoom), String(column), `${counted}.${ending}`));
        if (bytes !== null) return bytes;
      }
      // Nothing here, or nothing at all any more: an unplugged disk is not an empty map.
      await namesIn(folder);
      return null;
    },
    close: () => Promise.resolve(),
  };
}

async function read(folder: string, file: string): Promise<Uint8Array | null> {
  try {
    const [real, root] = await Promise.all([realpath(file), realpath(folder)]);
    const found = await stat(real);
    if (!real.startsWith(root + sep) || !found.isFile()) return null;
    if (found.size > MOST_BYTES) throw new TileProblem('damaged_tile', `${found.size} bytes`);
    return await readFile(real);
  } catch (cause) {
    if (cause instanceof TileProblem) throw cause;
    if (hasCode(cause, 'ENOENT', 'ENOTDIR')) return null;
    throw new TileProblem('unreadable', wordsOf(cause), { cause });
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    const reason = hasCode(cause, 'ENOENT', 'ENOTDIR') ? 'missing' : 'unreadable';
    throw new TileProblem(reason, wordsOf(cause), { cause });
  }
}
