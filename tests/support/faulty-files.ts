import type { JournalFile, JournalFiles } from '#host/journal/local/journal-files.ts';

export type DiskCall = keyof JournalFiles | keyof JournalFile;

/** What happens instead of a call: an error of the system, or a write that comes back short. */
export type Fault = 'EIO' | 'ENOSPC' | 'short';

/** Decides for each call, counted from 1, whether it fails. */
export type FaultPlan = (call: DiskCall, number: number) => Fault | null;

export interface FaultyFiles {
  readonly files: JournalFiles;
  /** Names of all calls so far, in order. */
  readonly calls: readonly DiskCall[];
  /** Calls that failed. */
  readonly failed: readonly DiskCall[];
  /** Syncs asked of a handle on which one had failed before (JN9 forbids it). */
  repeatedSyncs(): number;
}

/**
 * The real files below a shim that lets calls fail as planned. A failed sync, truncation, rename or removal does nothing;
 * a failed write leaves half of its bytes, as a full or broken disk does; a failed close has closed.
 */
export function faultyFiles(real: JournalFiles, plan: FaultPlan): FaultyFiles {
  const calls: DiskCall[] = [];
  const failed: DiskCall[] = [];
  let repeatedSyncs = 0;
  const fault = (call: DiskCall): Fault | null => {
    calls.push(call);
    const found = plan(call, calls.length);
    if (found !== null) failed.push(call);
    return found;
  };
  const doing = async <Value>(call: DiskCall, work: () => Promise<Value>): Promise<Value> => {
    const found = fault(call);
    if (found !== null) throw systemError(found, call);
    return work();
  };
  const wrap = (file: JournalFile): JournalFile => {
    let hasFailedSync = false;
    const syncing = async <Value>(work: () => Promise<Value>): Promise<Value> => {
      repeatedSyncs += hasFailedSync ? 1 : 0;
      hasFailedSync = true;
      const value = await work();
      hasFailedSync = false;
      return value;
    };
    return wrapped(file, syncing);
  };
  const writing = async (
    call: 'write' | 'writeSynced',
    source: Uint8Array,
    work: (bytes: Uint8Array) => Promise<number>,
  ): Promise<number> => {
    const found = fault(call);
    if (found === null) return work(source);
    const written = await work(source.subarray(0, Math.floor(source.length / 2)));
    if (found === 'short') return written;
    throw systemError(found, call);
  };
  const wrapped = (file: JournalFile, syncing: <Value>(work: () => Promise<Value>) => Promise<Value>): JournalFile => ({
    read: (target, position) => doing('read', () => file.read(target, position)),
    write: (source, position) => writing('write', source, (bytes) => file.write(bytes, position)),
    writeSynced: (source, position) =>
      syncing(() => writing('writeSynced', source, (bytes) => file.writeSynced(bytes, position))),
    dataSync: () => syncing(() => doing('dataSync', () => file.dataSync())),
    truncate: (length) => doing('truncate', () => file.truncate(length)),
    size: () => doing('size', () => file.size()),
    async close() {
      const found = fault('close');
      await file.close();
      if (found !== null) throw systemError(found, 'close');
    },
  });
  const files: JournalFiles = {
    makeFolder: (path) => doing('makeFolder', () => real.makeFolder(path)),
    list: (path) => doing('list', () => real.list(path)),
    open: (path, mode) => doing('open', async () => wrap(await real.open(path, mode))),
    rename: (from, to) => doing('rename', () => real.rename(from, to)),
    remove: (path) => doing('remove', () => real.remove(path)),
    syncFolder: (path) => doing('syncFolder', () => real.syncFolder(path)),
  };
  return { files, calls, failed, repeatedSyncs: () => repeatedSyncs };
}

function systemError(fault: Fault, call: DiskCall): Error {
  const code = fault === 'short' ? 'EIO' : fault;
  return Object.assign(new Error(`${code}: injected, ${call}`), { code });
}
