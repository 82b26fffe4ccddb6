import { stat } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { FromMbtiles, MbtilesStart, ToMbtiles } from './mbtiles-worker.ts';
import { hasCode, TileProblem, wordsOf, type TileExtent, type TileSource } from './tile-source.ts';

/** The engine holds a file in memory as a whole: larger ones are to be made into PMTiles, which are read in parts. */
const MOST_BYTES = 256 * 1024 * 1024;

type Wanted = ToMbtiles extends infer One ? (One extends unknown ? Omit<One, 'id'> : never) : never;

/**
 * An MBTiles file of pictures on a thread of its own, which begins with the first tile that is wanted. A file that was
 * replaced is read again; one that is taken away is a problem at once.
 */
export function mbtilesSource(path: string, workerFile: string): TileSource {
  let link: MbtilesLink | null = null;
  let madeOf = '';
  const ask = async (wanted: Wanted): Promise<FromMbtiles> => {
    const now = await identityOf(path);
    if (link === null || link.hasEnded || madeOf !== now) {
      void link?.end();
      link = new MbtilesLink(workerFile, { path });
      madeOf = now;
    }
    const used = link;
    const told = await used.ask(wanted);
    if (told.type !== 'problem') return told;
    // What was read once stays in the thread: the next question reads the file anew.
    if (told.reason === 'unreadable' || told.reason === 'missing') void used.end();
    throw new TileProblem(told.reason, told.words);
  };
  return {
    extent: async () => {
      const told = await ask({ type: 'extent' });
      return (told as Extract<FromMbtiles, { type: 'extent' }>).extent satisfies TileExtent;
    },
    tile: async (zoom, column, row) => {
      const told = await ask({ type: 'tile', zoom, column, row });
      return (told as Extract<FromMbtiles, { type: 'tile' }>).bytes;
    },
    close: async () => link?.end(),
  };
}

async function identityOf(path: string): Promise<string> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new TileProblem('missing', 'not a file');
    if (found.size > MOST_BYTES) throw new TileProblem('too_large', `${found.size} bytes`);
    return `${found.mtimeMs}-${found.size}`;
  } catch (cause) {
    if (cause instanceof TileProblem) throw cause;
    const reason = hasCode(cause, 'ENOENT', 'ENOTDIR') ? 'missing' : 'unreadable';
    throw new TileProblem(reason, wordsOf(cause), { cause });
  }
}

/** One life of the thread. */
class MbtilesLink {
  readonly #worker: Worker;
  readonly #open = new Map<number, { resolve(told: FromMbtiles): void; reject(cause: TileProblem): void }>();
  #lastId = 0;
  #end: TileProblem | null = null;

  constructor(workerFile: string, start: MbtilesStart) {
    // No execArgv: loaders and debug ports of the process that started the host are not the worker's.
    this.#worker = new Worker(workerFile, { workerData: start, name: 'base-map', execArgv: [] });
    // It holds nothing that must be written: it keeps no process alive.
    this.#worker.unref();
    this.#worker.on('message', (told: FromMbtiles) => {
      this.#open.get(told.id)?.resolve(told);
      this.#open.delete(told.id);
    });
    this.#worker.on('error', (cause: Error) => this.#ended(cause.message));
    this.#worker.on('exit', (code) => this.#ended(`exit code ${code}`));
  }

  get hasEnded(): boolean {
    return this.#end !== null;
  }

  ask(wanted: Wanted): Promise<FromMbtiles> {
    return new Promise((resolve, reject) => {
      if (this.#end !== null) return reject(this.#end);
      this.#lastId += 1;
      this.#open.set(this.#lastId, { resolve, reject });
      this.#worker.postMessage({ ...wanted, id: this.#lastId });
    });
  }

  async end(): Promise<void> {
    this.#ended('closed');
    await this.#worker.terminate();
  }

  #ended(reason: string): void {
    this.#end ??= new TileProblem('unreadable', `its thread ended: ${reason}`);
    for (const { reject } of this.#open.values()) reject(this.#end);
    this.#open.clear();
  }
}
