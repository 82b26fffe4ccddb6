import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupDone } from '#contract/backup.ts';
import { readKept, writeKept } from './backup/backup-memory.ts';
import { restoreBackup } from './backup/restore-backup.ts';
import { writeBackup } from './backup/write-backup.ts';
import { systemClock } from './clock/system-clock.ts';
import { HealthRegister } from './health/health-register.ts';
import { lockFolder } from './journal/local/lock.ts';
import { openLocalJournal } from './journal/local/open-local-journal.ts';
import { walkCopy } from './journal/local/walk-copy.ts';
import { noteUnsettled } from './people/unsettled.ts';
import { BackupProblem } from './ports/backup.ts';
import type { Log } from './ports/log.ts';
import { COMMAND_LINE, recorded } from './recorded-act.ts';
import { verifyFolder } from './verify-folder.ts';

const never = new AbortController().signal;

/** Backs up a data folder that no host runs on. @throws BackupProblem, FolderLocked, or the system's error */
export async function backUpFolder(dataFolder: string, to: string, program: string, log: Log): Promise<BackupDone> {
  await requireJournal(dataFolder);
  const lock = await lockFolder(dataFolder);
  try {
    const now = () => systemClock.now();
    const journal = await openLocalJournal({ folder: dataFolder, now, health: new HealthRegister(systemClock), log });
    try {
      const snapshot = journal.snapshot();
      if (snapshot === null) {
        throw new BackupProblem('source_damaged', `${journal.readOnlyReason()}: the backup before stays as it is`);
      }
      const act = { act: 'backup.run', actor: COMMAND_LINE, detail: { to }, isUrgent: true } as const;
      const done = await recorded(dataFolder, act, () =>
        writeBackup({
          ...{ dataFolder, to, program, now, walkJournal: walkCopy, signal: never },
          snapshot: () => snapshot,
          onProgress: () => undefined,
        }),
      );
      const file = join(dataFolder, 'backup.json');
      await writeKept(file, { ...(await readKept(file)), lastGood: done, lastFailure: null });
      return done;
    } finally {
      await journal.close();
    }
  } finally {
    await lock.release();
  }
}

/** What a restore tells: the folder that is there now, and what was found in it. */
export interface RestoredFolder {
  readonly folder: string;
  readonly backupAt: number;
  readonly sequence: number;
  readonly hash: string;
  readonly entries: number;
  readonly files: number;
}

/**
 * Restores a backup into a new data folder. Records of people that came into the backup after its last entry, or were erased
 * meanwhile, are left to the first start, which has the key to erase them.
 *
 * @throws BackupProblem
 */
export async function restoreFolder(from: string, dataFolder: string, log: Log): Promise<RestoredFolder> {
  const { manifest, report } = await restoreBackup({
    ...{ from, to: dataFolder, signal: never, onProgress: () => undefined },
    verify: async (folder, anchors) => {
      const found = await verifyFolder({
        ...{ folder, anchors, running: null, log },
        onUnnamedPeople: (refs, upTo) => noteUnsettled(join(folder, 'people'), refs, upTo),
      });
      const detail = { from, sequence: String(found.journal.sequence), hash: found.journal.head };
      const act = { act: 'backup.restore', actor: COMMAND_LINE, detail, isUrgent: true } as const;
      return recorded(folder, act, () => Promise.resolve(found));
    },
  });
  const { createdAt, sequence, hash, files } = manifest;
  const { entries } = report.journal;
  return { folder: dataFolder, backupAt: createdAt, sequence, hash, entries, files: files.length };
}

async function requireJournal(dataFolder: string): Promise<void> {
  const found = await stat(join(dataFolder, 'journal')).catch(() => null);
  if (found?.isDirectory() !== true) throw new BackupProblem('no_backup', `${dataFolder} holds no journal to back up`);
}
