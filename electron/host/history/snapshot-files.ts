import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A snapshot on the disk, as its name tells it. */
export interface SnapshotFile {
  readonly name: string;
  readonly sequence: number;
  /** Epoch milliseconds of its last entry. */
  readonly recordedAt: number;
}

/** `000000020000-1763985600000.snapshot`: last sequence, and when that was recorded. */
const namePattern = /^(\d{12})-(\d{13})\.snapshot$/;
const HALF_MADE = '.half-made';

/** The folder `DATA/snapshots/`. A file appears under its name only when it is whole and on the disk. */
export class SnapshotFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** In the order of the journal; empty when there is no folder yet. */
  async list(): Promise<readonly SnapshotFile[]> {
    const names = await readdir(this.#folder).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return [];
      throw cause;
    });
    const files = names.flatMap((name) => {
      const [, sequence, recordedAt] = namePattern.exec(name) ?? [];
      return sequence === undefined ? [] : [{ name, sequence: Number(sequence), recordedAt: Number(recordedAt) }];
    });
    return files.sort((a, b) => a.sequence - b.sequence);
  }

  read({ name }: SnapshotFile): Promise<Uint8Array> {
    return readFile(join(this.#folder, name));
  }

  /** @throws the system's error; then there is no new snapshot */
  async write({ sequence, recordedAt }: Omit<SnapshotFile, 'name'>, bytes: Uint8Array): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const name = `${String(sequence).padStart(12, '0')}-${String(recordedAt).padStart(13, '0')}.snapshot`;
    const temporary = join(this.#folder, `${name}${HALF_MADE}`);
    try {
      const file = await open(temporary, 'w', 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, join(this.#folder, name));
    } catch (cause) {
      await rm(temporary, { force: true });
      throw cause;
    }
  }

  async remove({ name }: SnapshotFile): Promise<void> {
    await rm(join(this.#folder, name), { force: true });
  }
}
