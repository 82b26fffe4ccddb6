import { join } from 'node:path';
import type { Scheduler } from '#host/ports/clock.ts';
import type { JournalFiles } from './journal-files.ts';
import { writeWhole } from './segments.ts';

export interface SpaceProbeOptions {
  readonly files: JournalFiles;
  readonly folder: string;
  readonly scheduler: Scheduler;
  /** Called once there is room again. */
  readonly onSpace: () => void;
}

const EVERY_MS = 2_000;

/** Room that an ordinary batch needs; less is a full disk still. */
const PROBE_BYTES = 64 * 1024;

/** Removed with what a broken off making of a segment leaves, should the program end before it does it itself. */
const FILE = 'space-probe.seg.new';

/**
 * Looks every two seconds whether a full disk has room again (JN8), so that the fact on the screens ends even when nobody
 * writes.
 */
export class SpaceProbe {
  readonly #options: SpaceProbeOptions;
  #cancel: (() => void) | null = null;
  #isStopped = false;

  constructor(options: SpaceProbeOptions) {
    this.#options = options;
  }

  /** The disk was found full. */
  begin(): void {
    if (this.#cancel !== null || this.#isStopped) return;
    this.#cancel = this.#options.scheduler.after(EVERY_MS, () => void this.#look());
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
  }

  async #look(): Promise<void> {
    const hasRoom = await this.#hasRoom();
    this.#cancel = null;
    if (this.#isStopped) return;
    if (hasRoom) this.#options.onSpace();
    else this.begin();
  }

  async #hasRoom(): Promise<boolean> {
    const { files, folder } = this.#options;
    const path = join(folder, FILE);
    let isWritten = false;
    try {
      await writeWhole(files, path, new Uint8Array(PROBE_BYTES));
      isWritten = true;
    } catch {
      // Full still, or a disk that fails in another way: the next append will say so.
    }
    try {
      await files.remove(path);
    } catch {
      return false;
    }
    return isWritten;
  }
}
