import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Instant } from '#domain/base/instant.ts';
import type { HealthFacts } from '#host/ports/health.ts';
import type { Journal } from '#host/ports/journal.ts';
import type { Scheduler } from '#host/ports/clock.ts';
import type { Log } from '#host/ports/log.ts';
import { messageOf } from './disk-errors.ts';
import type { Damage } from './damage.ts';
import { diskFiles, type JournalFiles } from './journal-files.ts';
import { JournalHealth } from './journal-health.ts';
import { LocalJournal, type OpenedJournal, type PackingOf } from './local-journal.ts';
import {
  chooseSegments,
  openLast,
  setAsideTorn,
  type ChosenSegments,
  type LastSegment,
  type RepairPlace,
} from './open-segments.ts';
import { Packer } from './packer.ts';
import { SEGMENT_HEAD_BYTES } from './segment-head.ts';
import { SegmentWriter } from './segment-writer.ts';
import { SpaceProbe } from './space-probe.ts';
import { createSegment, listSegments, removeHalfMade, type Segment } from './segments.ts';

export interface LocalJournalOptions {
  /** The data folder, locked by the caller ({@link lockFolder}); the segments lie in `journal/` inside it. */
  readonly folder: string;
  readonly now: () => Instant;
  readonly health: HealthFacts;
  readonly log: Log;
  /** A segment that has reached this size is closed before the next append. */
  readonly segmentBytes?: number;
  readonly files?: JournalFiles;
  /**
   * Looks after a full disk when nobody writes, and packs closed segments; left out: only appends try the disk again, and
   * segments stay plain.
   */
  readonly scheduler?: Scheduler;
}

const SEGMENT_BYTES = 64 * 1024 * 1024;

/**
 * Opens or makes the journal of a data folder. Reads the heads of all segments and the whole of the last one (JN1);
 * cuts a torn tail (JN2); opens read-only where something is damaged or cannot be repaired (JN3).
 *
 * @throws Error when the folder cannot be listed, read or made, or there is no space for a first segment
 */
export async function openLocalJournal(options: LocalJournalOptions): Promise<Journal> {
  const { files = diskFiles, segmentBytes = SEGMENT_BYTES, scheduler } = options;
  const folder = join(options.folder, 'journal');
  const probe: SpaceProbe | null =
    scheduler === undefined ? null : new SpaceProbe({ files, folder, scheduler, onSpace: () => health.hasSpace() });
  const health = new JournalHealth(options.health, options.log, () => probe?.begin());
  const place: RepairPlace = { files, folder };
  await files.makeFolder(folder);
  await files.syncFolder(dirname(folder));
  await removeHalfMade(files, folder);
  // A process that was killed may have named the last segment without that name being on the disk.
  await files.syncFolder(folder);
  const opened = await openSegments(place, health);
  const stopProbing = () => probe?.stop();
  const { log, now } = options;
  const makePacker =
    scheduler === undefined ? null : (of: PackingOf) => new Packer({ files, folder, scheduler, log, ...of });
  return new LocalJournal({ ...opened, files, folder, health, now, segmentBytes, stopProbing, makePacker });
}

async function openSegments(place: RepairPlace, health: JournalHealth): Promise<OpenedJournal> {
  const found = await listSegments(place.files, place.folder);
  const chosen = chooseSegments(found);
  const { journalId, segments, torn, damage } = chosen;
  if (torn !== null) {
    try {
      health.tailCut(await setAsideTorn(place, torn));
    } catch (error) {
      return readOnly(chosen, null, health.unrepaired(torn.name, messageOf(error)));
    }
  }
  const last = segments.at(-1);
  if (last === undefined) {
    if (damage !== null) return readOnly(chosen, null, health.damaged(damage));
    return firstSegment(place);
  }
  const isCreatedAgain = torn !== null;
  const mayCut = damage === null && !isCreatedAgain;
  let state: LastSegment;
  try {
    state = await openLast(last, place, mayCut);
  } catch (error) {
    const stateUncut = await openLast(last, place, false);
    return readOnly(chosen, stateUncut, health.unrepaired(last.name, messageOf(error)));
  }
  if (state.cut !== null) health.tailCut(state.cut);
  const broken = damage ?? state.damage ?? missingBefore(torn?.firstSequence, state);
  if (broken !== null) return readOnly(chosen, state, health.damaged(broken));
  const file = await place.files.open(last.path, 'write');
  const writer = new SegmentWriter(place.files, last, file, state.end);
  return { ...described(journalId, segments, state), writer, readOnlyReason: null, mustRotate: isCreatedAgain };
}

/** A torn last segment that began behind a hole: the entries in between were somewhere once. */
function missingBefore(tornFirst: number | undefined, { head }: LastSegment): Damage | null {
  if (tornFirst === undefined || tornFirst === head.sequence + 1) return null;
  const reason = `entries ${head.sequence + 1} to ${tornFirst - 1} are missing`;
  return { segment: String(tornFirst), offset: 0, sequence: head.sequence + 1, reason };
}

async function firstSegment(place: RepairPlace): Promise<OpenedJournal> {
  const journalId = randomBytes(16).toString('hex');
  const head = { journalId, firstSequence: 1, prev: journalId };
  const { segment, file } = await createSegment(place.files, place.folder, head);
  const writer = new SegmentWriter(place.files, segment, file, SEGMENT_HEAD_BYTES);
  return { ...described(journalId, [segment], null), writer, readOnlyReason: null, mustRotate: false };
}

function readOnly({ journalId, segments }: ChosenSegments, last: LastSegment | null, reason: string): OpenedJournal {
  return { ...described(journalId, segments, last), writer: null, readOnlyReason: reason, mustRotate: false };
}

function described(id: string, segments: readonly Segment[], last: LastSegment | null) {
  const first = segments.at(-1)?.head;
  return {
    id,
    segments,
    head: last?.head ?? { sequence: (first?.firstSequence ?? 1) - 1, hash: first?.prev ?? id },
    end: last?.end ?? SEGMENT_HEAD_BYTES,
    firstAt: last?.firstAt ?? null,
    isCleanStop: last?.isCleanStop ?? false,
  };
}
