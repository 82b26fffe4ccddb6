import { constants } from 'node:fs';
import { mkdir, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';

/**
 * `read`: must exist. `create`: made or emptied, is written. `write`: must exist, is read and written; where the system can,
 * each write is on the disk when it resolves.
 */
export type OpenMode = 'read' | 'write' | 'create';

/** An open file. Every operation rejects with the system's error, whose `code` is kept. */
export interface JournalFile {
  /** Bytes read into the start of `target`; fewer than its length only at the end of the file. */
  read(target: Uint8Array, position: number): Promise<number>;
  /** Bytes written, perhaps fewer than given. */
  write(source: Uint8Array, position: number): Promise<number>;
  /**
   * Bytes written, perhaps fewer than given; these are on the disk when it resolves, in one trip where the system has a call
   * for both (Linux: `O_DSYNC`). A rejection may be that of a sync: the handle must not be synced again (JN9).
   */
  writeSynced(source: Uint8Array, position: number): Promise<number>;
  /** Contents and length are on the disk when it resolves. */
  dataSync(): Promise<void>;
  truncate(length: number): Promise<void>;
  size(): Promise<number>;
  close(): Promise<void>;
}

/** All that the journal asks of the disk, so that tests can let each call fail. */
export interface JournalFiles {
  /** Makes the folder and those above it where missing. */
  makeFolder(path: string): Promise<void>;
  /** Names in the folder, in no order. */
  list(path: string): Promise<readonly string[]>;
  open(path: string, mode: OpenMode): Promise<JournalFile>;
  /** Replaces what is at `to`. */
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Names made, renamed or removed in the folder are on the disk when it resolves. Windows cannot do it: nothing happens there. */
  syncFolder(path: string): Promise<void>;
}

export const diskFiles: JournalFiles = {
  async makeFolder(path) {
    await mkdir(path, { recursive: true });
  },
  list: (path) => readdir(path),
  async open(path, mode) {
    return new DiskFile(await open(path, flagsByMode[mode], 0o600), isWrittenThrough && mode === 'write');
  },
  rename: (from, to) => rename(from, to),
  remove: (path) => rm(path),
  async syncFolder(path) {
    if (process.platform === 'win32') return;
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  },
};

/** macOS means less by `O_DSYNC` than by a sync, and Windows has none. */
const isWrittenThrough = process.platform === 'linux';

const flagsByMode: Readonly<Record<OpenMode, number>> = {
  read: constants.O_RDONLY,
  write: constants.O_RDWR | (isWrittenThrough ? constants.O_DSYNC : 0),
  create: constants.O_RDWR | constants.O_CREAT | constants.O_TRUNC,
};

class DiskFile implements JournalFile {
  readonly #handle: FileHandle;
  readonly #isWrittenThrough: boolean;

  constructor(handle: FileHandle, writtenThrough: boolean) {
    this.#handle = handle;
    this.#isWrittenThrough = writtenThrough;
  }

  async read(target: Uint8Array, position: number): Promise<number> {
    let total = 0;
    while (total < target.length) {
      const { bytesRead } = await this.#handle.read(target, total, target.length - total, position + total);
      if (bytesRead === 0) break;
      total += bytesRead;
    }
    return total;
  }

  async write(source: Uint8Array, position: number): Promise<number> {
    const { bytesWritten } = await this.#handle.write(source, 0, source.length, position);
    return bytesWritten;
  }

  async writeSynced(source: Uint8Array, position: number): Promise<number> {
    const written = await this.write(source, position);
    if (!this.#isWrittenThrough) await this.dataSync();
    return written;
  }

  dataSync(): Promise<void> {
    return this.#handle.datasync();
  }

  truncate(length: number): Promise<void> {
    return this.#handle.truncate(length);
  }

  async size(): Promise<number> {
    return (await this.#handle.stat()).size;
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}
