import type { Scheduler } from '#host/ports/clock.ts';
import type { Head } from '#host/ports/journal.ts';
import type { Log } from '#host/ports/log.ts';
import type { Damage } from './damage.ts';
import { messageOf } from './disk-errors.ts';
import type { JournalFiles } from './journal-files.ts';
import { packSegment } from './pack-segment.ts';
import type { Segment } from './segments.ts';

export interface PackerOptions {
  readonly files: JournalFiles;
  readonly folder: string;
  readonly scheduler: Scheduler;
  readonly log: Log;
  /** The oldest closed segment that is still plain, with its last entry; null if there is none. */
  readonly next: () => { readonly segment: Segment; readonly last: Head } | null;
  /** A segment lies packed under its new name, the plain file is gone. */
  readonly onPacked: (plain: Segment, packed: Segment) => void;
  readonly onDamage: (damage: Damage) => void;
}

/** What happens at the start or at a change of segment is over by then. */
const QUIET_MS = 1_000;
/** Between blocks, which take about 4 ms of another thread: the journal's own writes come first. */
const PAUSE_MS = 8;

/** Packs closed segments one after the other, in pieces between which everybody else has their turn. */
export class Packer {
  readonly #options: PackerOptions;
  #cancel: (() => void) | null = null;
  #work: Promise<void> | null = null;
  #isStopped = false;

  constructor(options: PackerOptions) {
    this.#options = options;
  }

  /** There may be something to pack, soon. */
  wake(): void {
    if (this.#isStopped || this.#cancel !== null || this.#work !== null || this.#options.next() === null) return;
    this.#cancel = this.#options.scheduler.after(QUIET_MS, () => {
      this.#cancel = null;
      this.#work = this.#packAll().finally(() => (this.#work = null));
    });
  }

  /** Resolves when nothing is written any more; what was half packed is left plain. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel?.();
    this.#endPause?.();
    await this.#work;
  }

  #endPause: (() => void) | null = null;

  async #packAll(): Promise<void> {
    const { files, folder, log, next, onPacked, onDamage } = this.#options;
    for (let found = next(); found !== null && !this.#isStopped; found = next()) {
      const { segment, last } = found;
      try {
        const packed = await packSegment({ files, folder, segment, last, mayGoOn: () => this.#mayGoOn() });
        if (packed.kind === 'damage') onDamage(packed.damage);
        if (packed.kind !== 'packed') return;
        onPacked(segment, packed.segment);
      } catch (error) {
        // Tried again behind the next change of segment and at the next start; the plain file serves as well.
        log.warn('a closed segment of the journal stays uncompressed', {
          segment: segment.name,
          reason: messageOf(error),
        });
        return;
      }
    }
  }

  async #mayGoOn(): Promise<boolean> {
    if (this.#isStopped) return false;
    await new Promise<void>((resolve) => {
      const cancel = this.#options.scheduler.after(PAUSE_MS, resolve);
      this.#endPause = () => {
        cancel();
        resolve();
      };
    });
    this.#endPause = null;
    return !this.#isStopped;
  }
}
