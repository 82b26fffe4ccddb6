import { join } from 'node:path';
import type { HealthFacts } from '#host/ports/health.ts';
import type { Journal } from '#host/ports/journal.ts';
import type { Log } from '#host/ports/log.ts';
import { diskFiles, type JournalFiles } from './journal-files.ts';
import { JournalHealth } from './journal-health.ts';
import { LocalJournal } from './local-journal.ts';
import { chooseSegments, openLast } from './open-segments.ts';
import { SEGMENT_HEAD_BYTES } from './segment-head.ts';
import { listSegments } from './segments.ts';

export interface ReadOptions {
  /** The data folder. Nothing in it is written, so it may belong to a running host. */
  readonly folder: string;
  readonly health: HealthFacts;
  readonly log: Log;
  readonly files?: JournalFiles;
}

/**
 * The journal of a data folder as it lies there, to be read only: no lock is taken, no torn tail cut, no damage hidden.
 * Its head is the last whole entry.
 *
 * @throws the system's error if the folder cannot be listed
 */
export async function readLocalJournal(options: ReadOptions): Promise<Journal> {
  const { files = diskFiles } = options;
  const folder = join(options.folder, 'journal');
  const { journalId, segments } = chooseSegments(await listSegments(files, folder));
  const last = segments.at(-1);
  const state = last === undefined ? null : await openLast(last, { files, folder }, false);
  return new LocalJournal({
    ...{ id: journalId, segments, files, folder },
    head: state?.head ?? { sequence: 0, hash: journalId },
    end: state?.end ?? SEGMENT_HEAD_BYTES,
    firstAt: state?.firstAt ?? null,
    isCleanStop: state?.isCleanStop ?? false,
    writer: null,
    readOnlyReason: 'opened to be read',
    mustRotate: false,
    health: new JournalHealth(options.health, options.log, () => undefined),
    now: () => {
      throw new Error('nothing is written, so no time is asked');
    },
    segmentBytes: 0,
    stopProbing: () => undefined,
    makePacker: null,
  });
}
