import { readFile } from 'node:fs/promises';
import type { MessagePort } from 'node:worker_threads';
import type { BaseMapReason } from '#contract/base-map.ts';
import type { ForeignTables, OpenForeignTables } from '#host/ports/foreign-tables.ts';
import { hasCode, TileProblem, wordsOf, type TileBounds, type TileExtent } from './tile-source.ts';

export interface MbtilesStart {
  readonly path: string;
}

export type ToMbtiles =
  | { readonly id: number; readonly type: 'extent' }
  | {
      readonly id: number;
      readonly type: 'tile';
      readonly zoom: number;
      readonly column: number;
      readonly row: number;
    };

export type FromMbtiles =
  | { readonly id: number; readonly type: 'extent'; readonly extent: TileExtent }
  | { readonly id: number; readonly type: 'tile'; readonly bytes: Uint8Array | null }
  | { readonly id: number; readonly type: 'problem'; readonly reason: BaseMapReason; readonly words: string };

const mercator = /(3857|900913|3785|mercator)/i;

/** Answers for one MBTiles file (specification 1.3), which lies in memory as a whole, until the thread is ended. */
export function serveMbtiles(port: MessagePort, { path }: MbtilesStart, open: OpenForeignTables): void {
  const opened = openFile(path, open);
  // The question that comes first tells what went wrong.
  opened.catch(() => {});
  port.on('message', (question: ToMbtiles) => {
    opened
      .then((tables) => answer(tables, question))
      .then(
        (told) => port.postMessage(told),
        (cause: unknown) => port.postMessage({ id: question.id, type: 'problem', ...problemOf(cause) }),
      );
  });
}

async function openFile(path: string, open: OpenForeignTables): Promise<ForeignTables> {
  const tables = await open(await readFile(path));
  const names = tables.tables();
  const missing = ['metadata', 'tiles'].filter((name) => !names.includes(name));
  if (missing.length > 0) throw new TileProblem('unreadable', `a SQLite file without ${missing.join(', ')}`);
  return tables;
}

function answer(tables: ForeignTables, question: ToMbtiles): FromMbtiles {
  const { id } = question;
  if (question.type === 'extent') return { id, type: 'extent', extent: extentOf(tables) };
  const { zoom, column, row } = question;
  // Rows of the format are counted from the south.
  const place = { zoom_level: zoom, tile_column: column, tile_row: 2 ** zoom - 1 - row };
  const bytes = tables.find('tiles', place)?.['tile_data'] ?? null;
  if (bytes !== null && !(bytes instanceof Uint8Array)) throw new TileProblem('damaged_tile', 'no bytes');
  return { id, type: 'tile', bytes };
}

function extentOf(tables: ForeignTables): TileExtent {
  const said = new Map([...tables.rows('metadata')].map((row) => [String(row['name']), String(row['value'])]));
  if (said.get('format') === 'pbf') throw new TileProblem('vector', 'its tiles are vectors');
  for (const name of ['crs', 'profile'] as const) {
    const value = said.get(name);
    if (value !== undefined && !mercator.test(value)) throw new TileProblem('other_matrix', `${name} ${value}`);
  }
  const limits = tables.limits('tiles', 'zoom_level');
  if (limits === null) throw new TileProblem('no_tiles', 'no tiles at all');
  return { minZoom: Number(limits[0]), maxZoom: Number(limits[1]), bounds: boundsOf(said.get('bounds')) };
}

function boundsOf(text: string | undefined): TileBounds | null {
  const [west = NaN, south = NaN, east = NaN, north = NaN] = (text ?? '').split(',').map(Number);
  return east > west && north > south ? [west, south, east, north] : null;
}

function problemOf(cause: unknown): { readonly reason: BaseMapReason; readonly words: string } {
  const words = wordsOf(cause);
  if (cause instanceof TileProblem) return { reason: cause.reason, words };
  return { reason: hasCode(cause, 'ENOENT', 'ENOTDIR', 'EISDIR') ? 'missing' : 'unreadable', words };
}
