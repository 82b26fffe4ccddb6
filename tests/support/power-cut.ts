import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { required } from '#domain/base/assert-never.ts';
import type { Random } from '#domain/base/random.ts';
import type { JournalFile, JournalFiles } from '#host/journal/local/journal-files.ts';

export interface PowerCutOptions {
  /**
   * What becomes of writes, names and lengths that were not synced: each is kept, dropped or torn as the draw says. Left
   * out: none of it is kept.
   */
  readonly random?: Random;
  /** Syncs succeed and keep nothing, which no journal can stand; the check that uses it must then find losses. */
  readonly isLying?: boolean;
}

export interface PowerCutFiles {
  /** Files for one process; those of an earlier one fail once it was killed. */
  open(): JournalFiles;
  /**
   * The n-th call from now on that changes or syncs something, counted from 1, is begun and does not return: neither does
   * any after it.
   */
  stopAt(call: number): void;
  isStopped(): boolean;
  /** Resolves when it stops. */
  stopped(): Promise<void>;
  /** The process is gone, the machine goes on: what was written is still read, and still not synced. */
  kill(): Promise<void>;
  /** The machine is gone: the disk holds what it had promised, and of the rest what was drawn. */
  cut(): Promise<void>;
}

/** A change of a file's contents since its last sync. */
type Change = { readonly at: number; readonly bytes: Buffer } | { readonly length: number };

/** A file whatever its name, or a folder. */
interface Node {
  readonly isFolder: boolean;
  durable: Buffer;
  pending: Change[];
}

/** What one call does to names of a folder; it happens as a whole or not at all. Null: the name is gone. */
type NameChange = readonly (readonly [name: string, node: Node | null])[];

interface Folder {
  readonly durable: Map<string, Node>;
  pending: NameChange[];
  readonly live: Map<string, Node>;
}

/** A disk writes these as a whole or not at all. */
const SECTOR_BYTES = 512;

/**
 * Files on a disk that loses its power. Contents are promised by a sync of the file, names by a sync of their folder, and
 * neither by the other. At the cut each change since is kept, dropped or torn, later ones also without earlier ones, and a
 * file may have any length between those it had, filled with zeros. Changes of the same bytes, or of the same name, keep
 * their order, as on any real disk.
 */
export function powerCutFiles(real: JournalFiles, options: PowerCutOptions = {}): PowerCutFiles {
  const disk = new CutDisk(options);
  let process = { isGone: false };
  let callsLeft = Number.POSITIVE_INFINITY;
  let onStop: (() => void)[] = [];
  const running = new Set<Promise<unknown>>();
  const handles = new Set<JournalFile>();

  /** `begin` is on its way to the disk also when the call never returns; `done` is not. */
  const call = <Value>(
    owner: { readonly isGone: boolean },
    work: () => Promise<Value>,
    marks: { readonly begin?: () => void; readonly done?: () => void } = {},
  ): Promise<Value> => {
    const made = (async () => {
      if (owner.isGone) throw gone();
      callsLeft -= marks.begin === undefined && marks.done === undefined ? 0 : 1;
      marks.begin?.();
      if (callsLeft <= 0) stop();
      const value = await work();
      if (owner.isGone) throw gone();
      marks.done?.();
      return value;
    })();
    const settled = made.catch(() => {}).finally(() => running.delete(settled));
    running.add(settled);
    return made;
  };
  const stop = () => {
    process.isGone = true;
    for (const resolve of onStop.splice(0)) resolve();
  };
  const settle = async () => {
    stop();
    while (running.size > 0) await Promise.all(running);
    for (const handle of handles) await handle.close();
    handles.clear();
  };
  const restart = () => {
    process = { isGone: false };
    callsLeft = Number.POSITIVE_INFINITY;
    onStop = [];
  };

  const wrap = (owner: { readonly isGone: boolean }, file: JournalFile, node: Node): JournalFile => ({
    read: (target, position) => call(owner, () => file.read(target, position)),
    write: (source, position) => {
      const begin = () => node.pending.push({ at: position, bytes: Buffer.from(source) });
      return call(owner, () => file.write(source, position), { begin });
    },
    writeSynced: (source, position) => {
      const change = { at: position, bytes: Buffer.from(source) };
      const begin = () => node.pending.push(change);
      return call(owner, () => file.writeSynced(source, position), {
        begin,
        done: () => disk.wroteThrough(node, change),
      });
    },
    dataSync: () => {
      const count = node.pending.length;
      return call(owner, () => file.dataSync(), { done: () => disk.synced(node, count) });
    },
    truncate: (length) => {
      return call(owner, () => file.truncate(length), { begin: () => node.pending.push({ length }) });
    },
    size: () => call(owner, () => file.size()),
    close: async () => {
      if (owner.isGone) throw gone();
      handles.delete(file);
      await file.close();
    },
  });

  const open = (): JournalFiles => {
    const owner = process;
    return {
      makeFolder: async (path) => {
        const missing = await disk.missingFolders(path);
        const begin = () => missing.forEach((folder) => disk.made(folder));
        return call(owner, () => real.makeFolder(path), { begin });
      },
      list: (path) => call(owner, () => real.list(path)),
      open: async (path, mode) => {
        await disk.folder(dirname(path));
        let node: Node | null = null;
        const isCreated = mode === 'create';
        const begin = () => (node = disk.opened(path, isCreated));
        const openReal = async () => {
          const file = await real.open(path, mode);
          handles.add(file);
          return file;
        };
        const file = await call(owner, openReal, isCreated ? { begin } : {});
        return wrap(owner, file, node ?? begin());
      },
      rename: async (from, to) => {
        await disk.folder(dirname(from));
        return call(owner, () => real.rename(from, to), { begin: () => disk.renamed(from, to) });
      },
      remove: async (path) => {
        await disk.folder(dirname(path));
        return call(owner, () => real.remove(path), { begin: () => disk.removed(path) });
      },
      syncFolder: async (path) => {
        const { pending } = await disk.folder(path);
        const count = pending.length;
        return call(owner, () => real.syncFolder(path), { done: () => disk.folderSynced(path, count) });
      },
    };
  };

  return {
    open,
    stopAt: (count) => void (callsLeft = count),
    isStopped: () => process.isGone,
    stopped: () => (process.isGone ? Promise.resolve() : new Promise((resolve) => onStop.push(resolve))),
    async kill() {
      await settle();
      restart();
    },
    async cut() {
      await settle();
      await disk.cut();
      restart();
    },
  };
}

function gone(): Error {
  return Object.assign(new Error('EIO: the power is gone'), { code: 'EIO' });
}

/** What the disk has promised, beside what lies in the real files, which is what programs read. */
class CutDisk {
  readonly #random: Random | null;
  readonly #isLying: boolean;
  readonly #folders = new Map<string, Folder>();

  constructor({ random, isLying = false }: PowerCutOptions) {
    this.#random = random ?? null;
    this.#isLying = isLying;
  }

  /** What lies in a folder when it is first asked for was promised before. */
  async folder(path: string): Promise<Folder> {
    const known = this.#folders.get(path);
    if (known !== undefined) return known;
    const durable = new Map<string, Node>();
    for (const found of await readdir(path, { withFileTypes: true })) {
      const isFolder = found.isDirectory();
      durable.set(found.name, aNode(isFolder, isFolder ? Buffer.alloc(0) : await readFile(join(path, found.name))));
    }
    const folder = this.#folders.get(path) ?? { durable, pending: [], live: new Map(durable) };
    this.#folders.set(path, folder);
    return folder;
  }

  async missingFolders(path: string): Promise<readonly string[]> {
    const parent = dirname(path);
    const above = this.#folders.has(parent) || (await isThere(parent)) ? [] : await this.missingFolders(parent);
    const isMissing = above.length > 0 || !(await this.folder(parent)).live.has(basename(path));
    return isMissing ? [...above, path] : above;
  }

  made(path: string): void {
    this.#folders.set(path, { durable: new Map(), pending: [], live: new Map() });
    this.#change(dirname(path), [[basename(path), aNode(true)]]);
  }

  opened(path: string, isCreated: boolean): Node {
    const known = this.#known(dirname(path)).live.get(basename(path));
    if (known !== undefined) {
      if (isCreated) known.pending.push({ length: 0 });
      return known;
    }
    const node = aNode(false);
    if (isCreated) this.#change(dirname(path), [[basename(path), node]]);
    return node;
  }

  renamed(from: string, to: string): void {
    if (dirname(from) !== dirname(to)) throw new Error('renames from folder to folder are not played');
    const node = this.#known(dirname(from)).live.get(basename(from)) ?? null;
    const gone = [basename(from), null] as const;
    this.#change(dirname(from), [gone, [basename(to), node]]);
  }

  removed(path: string): void {
    if (this.#known(dirname(path)).live.has(basename(path))) this.#change(dirname(path), [[basename(path), null]]);
  }

  synced(node: Node, count: number): void {
    if (this.#isLying) return;
    for (const change of node.pending.splice(0, count)) node.durable = changed(node.durable, change);
  }

  /** Promises this change and none before it, which the bytes of the journal never overlap. */
  wroteThrough(node: Node, change: Change): void {
    if (this.#isLying) return;
    node.pending.splice(node.pending.indexOf(change), 1);
    node.durable = changed(node.durable, change);
  }

  folderSynced(path: string, count: number): void {
    if (this.#isLying) return;
    const { durable, pending } = this.#known(path);
    for (const change of pending.splice(0, count)) apply(durable, change);
  }

  /** Draws what is left, writes it to the real folders, and forgets: all of it is promised now. */
  async cut(): Promise<void> {
    for (const [path, { durable, pending }] of this.#folders) {
      for (const change of pending) if (this.#random?.chance(0.5) === true) apply(durable, change);
      const isHere = await isThere(path);
      for (const name of isHere ? await readdir(path) : []) {
        if (!durable.has(name)) await rm(join(path, name), { recursive: true });
      }
      if (!isHere) continue;
      for (const [name, node] of durable) {
        if (node.isFolder) await mkdir(join(path, name), { recursive: true });
        else await writeFile(join(path, name), this.#left(node), { mode: 0o600 });
      }
    }
    this.#folders.clear();
  }

  /** Contents of a file after the cut. */
  #left({ durable, pending }: Node): Buffer {
    const random = this.#random;
    if (random === null || pending.length === 0) return durable;
    let left = durable;
    let whole = durable;
    const lengths = [durable.length];
    for (const change of pending) {
      whole = changed(whole, change);
      lengths.push(whole.length);
      left = torn(left, change, random);
    }
    if (!random.chance(0.25)) return left;
    const length = random.integer(Math.min(...lengths), Math.max(...lengths));
    return changed(left, { length });
  }

  #known(path: string): Folder {
    return required(this.#folders.get(path), `${path} was looked at before`);
  }

  #change(path: string, change: NameChange): void {
    const folder = this.#known(path);
    folder.pending.push(change);
    apply(folder.live, change);
  }
}

function aNode(isFolder: boolean, durable: Buffer = Buffer.alloc(0)): Node {
  return { isFolder, durable, pending: [] };
}

function apply(names: Map<string, Node>, change: NameChange): void {
  for (const [name, node] of change) {
    if (node === null) names.delete(name);
    else names.set(name, node);
  }
}

function changed(contents: Buffer, change: Change): Buffer {
  const length = 'length' in change ? change.length : Math.max(contents.length, change.at + change.bytes.length);
  const result = Buffer.alloc(length);
  contents.copy(result, 0, 0, Math.min(contents.length, length));
  if ('bytes' in change) change.bytes.copy(result, change.at);
  return result;
}

/** A change that the disk was about to make: done, not done, or of a write the first bytes, or some of its sectors. */
function torn(contents: Buffer, change: Change, random: Random): Buffer {
  const fate = random.pick(['kept', 'kept', 'dropped', 'prefix', 'sectors'] as const);
  if (fate === 'kept') return changed(contents, change);
  if (fate === 'dropped' || 'length' in change) return contents;
  const { at, bytes } = change;
  if (fate === 'prefix') return changed(contents, { at, bytes: bytes.subarray(0, random.integer(0, bytes.length)) });
  let result = contents;
  for (let from = at; from < at + bytes.length;) {
    const to = Math.min(at + bytes.length, (Math.floor(from / SECTOR_BYTES) + 1) * SECTOR_BYTES);
    if (random.chance(0.5)) result = changed(result, { at: from, bytes: bytes.subarray(from - at, to - at) });
    from = to;
  }
  return result;
}

async function isThere(path: string): Promise<boolean> {
  try {
    await readdir(path);
    return true;
  } catch {
    return false;
  }
}
