import { join } from 'node:path';
import { instant } from '#domain/base/instant.ts';
import type { Alarm } from '#domain/alarms/alarm.ts';
import type { AlarmPicture } from '#domain/alarms/alarm-book.ts';
import { lineFiles, NO_HASH, readLines, textOf, type LineHead } from '#host/ports/chained-lines.ts';
import type { Clock } from '#host/ports/clock.ts';
import type { HealthFacts } from '#host/ports/health.ts';
import type { LineDisk } from '#host/ports/line-disk.ts';
import { FORMAT, type AlarmRecord } from './alarm-lines.ts';

/** A file ends when it has grown by so much over the picture that it begins with. */
const FILE_BYTES = 1024 * 1024;

const FACT = 'alarms.unwritten';

export interface AlarmLogOptions {
  /** `DATA/alarms` */
  readonly folder: string;
  readonly clock: Clock;
  readonly health: HealthFacts;
  readonly disk: LineDisk;
}

/** What was read at the start: all that stood when the last line was written; null for a new record. */
export interface OpenedAlarmLog {
  readonly log: AlarmLog;
  readonly picture: AlarmPicture | null;
}

/**
 * Opens the record of alarms (decision 21). Each file begins with a picture of all that stood, so that a start reads one file,
 * or two if the last one has not got that far. Half a line that a crash left stays where it is; the next line begins a file.
 * A damaged line is passed over and is a health fact: lines hold whole alarms, and later ones put it right.
 */
export async function openAlarmLog(options: AlarmLogOptions): Promise<OpenedAlarmLog> {
  const { folder, health } = options;
  const files = await lineFiles(folder);
  let picture: AlarmPicture | null = null;
  let head: LineHead = { sequence: 0, hash: NO_HASH };
  const last = files.slice(-2);
  const read = await Promise.all(last.map((name) => readLines<AlarmRecord>(folder, name)));
  for (const [at, { lines, hashes, rest }] of read.entries()) {
    const name = last[at] ?? '';
    for (const [index, line] of lines.entries()) {
      const isForeign = line?.kind === 'picture' && line.format !== FORMAT;
      if (line === null || isForeign) {
        const detail = { file: name, line: String(index + 1) };
        health.raise({ id: 'alarms.damaged', severity: 'warning', code: 'alarms_damaged', detail });
        continue;
      }
      head = { sequence: line.sequence, hash: hashes[index] ?? '' };
      picture = line.kind === 'picture' ? line.picture : changedBy(picture, line);
    }
    if (rest === 0 || at < read.length - 1) continue;
    const detail = { file: name, bytes: String(rest) };
    health.raise({ id: 'alarms.tail', severity: 'warning', code: 'alarms_tail_cut', detail });
  }
  return { log: new AlarmLog(options, head), picture };
}

/** Lines in `folder`, one after the other, each synced before the next. */
export class AlarmLog {
  readonly #options: AlarmLogOptions;
  #head: LineHead;
  /** Where the next line goes; null: into a new file that begins with a picture. */
  #end: { readonly name: string; readonly bytes: number; readonly full: number } | null = null;

  constructor(options: AlarmLogOptions, head: LineHead) {
    this.#options = options;
    this.#head = head;
  }

  /**
   * Whether the record was written; if not, a health fact says why until one is, and the next line begins a file with the
   * picture, so that nothing but what was refused is missing. Calls must not overlap.
   */
  async append(record: AlarmRecord, picture: () => AlarmPicture): Promise<boolean> {
    const { health } = this.#options;
    try {
      if (this.#end === null || this.#end.bytes >= this.#end.full) {
        this.#end = null;
        await this.#write({ kind: 'picture', format: FORMAT, picture: picture() });
      }
      await this.#write(record);
    } catch (cause) {
      this.#end = null;
      const reason = cause instanceof Error ? cause.message : String(cause);
      health.raise({ id: FACT, severity: 'error', code: 'alarms_unwritten', detail: { reason } });
      return false;
    }
    health.clear(FACT);
    return true;
  }

  async #write(record: AlarmRecord): Promise<void> {
    const { folder, clock, disk } = this.#options;
    const sequence = this.#head.sequence + 1;
    const { text, hash } = textOf({ ...record, sequence, at: clock.now(), prev: this.#head.hash });
    const bytes = Buffer.from(text, 'utf8');
    const isFirst = this.#end === null;
    const end = this.#end ?? {
      name: `${String(sequence).padStart(12, '0')}.log`,
      bytes: 0,
      full: bytes.length + FILE_BYTES,
    };
    // What a write left that failed lies behind the end, and is cut by this one.
    await disk.write(join(folder, end.name), bytes, isFirst ? 0 : end.bytes);
    this.#end = { ...end, bytes: end.bytes + bytes.length };
    this.#head = { sequence, hash };
  }
}

/** All that stands after a line of changes. */
function changedBy(before: AlarmPicture | null, record: AlarmRecord & { readonly kind: 'changes' }): AlarmPicture {
  const { nextId = 1, alarms = [], tally = [], bins = [] } = before ?? {};
  const standing = new Map<number, Alarm>(alarms.map((alarm) => [alarm.id, alarm]));
  for (const id of record.gone) standing.delete(id);
  for (const alarm of record.changed) standing.set(alarm.id, alarm);
  const rows = new Map([...tally, ...record.tally].map((row) => [`${row.day} ${row.typeId} ${row.priority}`, row]));
  const counts = new Map([...bins, ...record.bins].map(({ at, groups }) => [at, groups]));
  const ids = [...record.changed.map(({ id }) => id), ...record.gone];
  return {
    nextId: ids.reduce((most, id) => Math.max(most, id + 1), nextId),
    alarms: [...standing.values()],
    tally: [...rows.values()],
    bins: [...counts].map(([at, groups]) => ({ at: instant(at), groups })),
  };
}
