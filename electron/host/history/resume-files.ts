import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

/** `000000020000.resume`: the last sequence that is in it. */
const namePattern = /^(\d{12})\.resume$/;
const HALF_MADE = '.half-made';
const COMMANDS = 'commands.idx';

/** Resume points that stay: the last one, and the one before, should the last be damaged. */
const KEPT_FILES = 2;

/** How much of `commands.idx` a resume point stands on. */
export interface CommandsMark {
  readonly bytes: number;
  readonly crc: number;
}

/**
 * The folder `DATA/resume/`: resume points, and `commands.idx`, to which fingerprints of commands are only ever added.
 * Deleting it costs a start that folds the whole journal, nothing else.
 */
export class ResumeFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Sequences of the points there are, newest first. */
  async list(): Promise<readonly number[]> {
    const names = await readdir(this.#folder).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return [];
      throw cause;
    });
    return names.flatMap((name) => Number(namePattern.exec(name)?.[1] ?? 0) || []).sort((a, b) => b - a);
  }

  read(sequence: number): Promise<Uint8Array> {
    return readFile(this.#fileOf(sequence));
  }

  /** The fingerprints up to a mark; null when they are not what they were. */
  async readCommands({ bytes, crc }: CommandsMark): Promise<Uint8Array | null> {
    if (bytes === 0) return new Uint8Array();
    try {
      const found = (await readFile(join(this.#folder, COMMANDS))).subarray(0, bytes);
      return found.length === bytes && crc32(found) === crc ? found : null;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw cause;
    }
  }

  /** Adds behind a mark, and over whatever lies there; synced when it resolves with the new mark. */
  async addCommands({ bytes, crc }: CommandsMark, added: Uint8Array): Promise<CommandsMark> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const file = await open(join(this.#folder, COMMANDS), bytes === 0 ? 'w' : 'r+', 0o600);
    try {
      for (let done = 0; done < added.length;) {
        const { bytesWritten } = await file.write(added, done, added.length - done, bytes + done);
        done += bytesWritten;
      }
      await file.sync();
    } finally {
      await file.close();
    }
    return { bytes: bytes + added.length, crc: crc32(added, crc) };
  }

  /** Puts a point in place when it is whole and on the disk, and removes old ones. @throws the system's error */
  async write(sequence: number, bytes: Uint8Array): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const file = this.#fileOf(sequence);
    const temporary = `${file}${HALF_MADE}`;
    try {
      const handle = await open(temporary, 'w', 0o600);
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(temporary, file);
    } catch (cause) {
      await rm(temporary, { force: true });
      throw cause;
    }
    for (const old of (await this.list()).slice(KEPT_FILES)) await this.remove(old);
  }

  async remove(sequence: number): Promise<void> {
    await rm(this.#fileOf(sequence), { force: true });
  }

  #fileOf(sequence: number): string {
    return join(this.#folder, `${String(sequence).padStart(12, '0')}.resume`);
  }
}
