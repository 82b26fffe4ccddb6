import { join } from 'node:path';
import { instant } from '#domain/base/instant.ts';
import { Seat, type ShiftRecord } from '#domain/shift/seat.ts';
import { lineFiles, NO_HASH, readLines, textOf, type LineHead } from '#host/ports/chained-lines.ts';
import type { Clock } from '#host/ports/clock.ts';
import type { HealthFacts } from '#host/ports/health.ts';
import type { LineDisk } from '#host/ports/line-disk.ts';

/** A file ends with the line that reaches this size. All are read at the start: ten years of three shifts a day are some 20 MB. */
const FILE_BYTES = 1024 * 1024;

const FACT = 'shift.unwritten';

export interface ShiftLogOptions {
  /** `DATA/shift` */
  readonly folder: string;
  readonly clock: Clock;
  readonly health: HealthFacts;
  readonly disk: LineDisk;
}

/**
 * Opens the record of shifts (decision 24) and folds it. Half a line that a crash left stays where it is; the next line begins a
 * file. A damaged line is passed over and is a health fact.
 */
export async function openShiftLog(options: ShiftLogOptions): Promise<{ readonly log: ShiftLog; readonly seat: Seat }> {
  const { folder, health } = options;
  const seat = new Seat();
  let head: LineHead = { sequence: 0, hash: NO_HASH };
  const files = await lineFiles(folder);
  for (const [at, name] of files.entries()) {
    const { lines, hashes, rest } = await readLines<ShiftRecord>(folder, name);
    for (const [index, line] of lines.entries()) {
      if (line === null) {
        const detail = { file: name, line: String(index + 1) };
        health.raise({ id: 'shift.damaged', severity: 'warning', code: 'shift_damaged', detail });
        continue;
      }
      head = { sequence: line.sequence, hash: hashes[index] ?? '' };
      seat.apply(line, instant(line.at));
    }
    if (rest === 0 || at < files.length - 1) continue;
    const detail = { file: name, bytes: String(rest) };
    health.raise({ id: 'shift.tail', severity: 'warning', code: 'shift_tail_cut', detail });
  }
  return { log: new ShiftLog(options, head), seat };
}

/** Lines in `folder`, one after the other, each synced before the next. */
export class ShiftLog {
  readonly #options: ShiftLogOptions;
  #head: LineHead;
  /** Where the next line goes; null: into a new file. */
  #end: { readonly name: string; readonly bytes: number } | null = null;

  constructor(options: ShiftLogOptions, head: LineHead) {
    this.#options = options;
    this.#head = head;
  }

  /** When the record was written; null if it could not be, which is a health fact until one can. Calls must not overlap. */
  async append(record: ShiftRecord): Promise<ReturnType<Clock['now']> | null> {
    const { folder, clock, disk } = this.#options;
    const at = clock.now();
    const sequence = this.#head.sequence + 1;
    const { text, hash } = textOf({ ...record, sequence, at, prev: this.#head.hash });
    const isFull = this.#end === null || this.#end.bytes >= FILE_BYTES;
    const end =
      this.#end === null || isFull ? { name: `${String(sequence).padStart(12, '0')}.log`, bytes: 0 } : this.#end;
    const bytes = Buffer.from(text, 'utf8');
    // What a write left that failed lies behind the end, and is cut by this one.
    const isWritten = await this.#tried(() => disk.write(join(folder, end.name), bytes, end.bytes));
    if (!isWritten) return null;
    this.#end = { name: end.name, bytes: end.bytes + bytes.length };
    this.#head = { sequence, hash };
    return at;
  }

  /** Puts a file beside the lines, whole and on the disk if it answers true. */
  keep(name: string, text: string): Promise<boolean> {
    const { folder, disk } = this.#options;
    return this.#tried(() => disk.write(join(folder, name), Buffer.from(text, 'utf8'), 0));
  }

  async #tried(write: () => Promise<void>): Promise<boolean> {
    const { health } = this.#options;
    try {
      await write();
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      health.raise({ id: FACT, severity: 'error', code: 'shift_unwritten', detail: { reason } });
      return false;
    }
    health.clear(FACT);
    return true;
  }
}
