import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupSettings } from '#contract/backup.ts';
import { openAudit } from '#host/audit/audit-log.ts';
import { lineDisk } from '#host/disk/line-disk.ts';
import { openBackups } from '#host/backup/backup-keeper.ts';
import { diskFiles } from '#host/journal/local/journal-files.ts';
import { walkCopy } from '#host/journal/local/walk-copy.ts';
import { pinoLog } from '#host/log/pino-log.ts';
import type { Journal } from '#host/ports/journal.ts';
import { verifyFolder } from '#host/verify-folder.ts';
import { someEntries } from '#tests/builders/entries.ts';
import { openJournal } from './open-journal.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A data folder with a journal in small segments, tables beside it, and what keeps its backups by a manual clock. */
export async function backedUp(change: Partial<BackupSettings> = {}) {
  const dataFolder = await temporaryFolder();
  const to = join(await temporaryFolder(), 'backup');
  const { journal, health, clock } = await openJournal(dataFolder, { segmentBytes: 4_000, files: diskFiles });
  await mkdir(join(dataFolder, 'tables', 'limits'), { recursive: true });
  await writeFile(join(dataFolder, 'tables', 'limits', '1.csv'), 'a,b\n1,2\n');
  const log = pinoLog('silent');
  const audit = await openAudit({ folder: join(dataFolder, 'audit'), clock, health, disk: lineDisk });
  const open = () =>
    openBackups({
      audit,
      ...{ dataFolder, program: 'test', journal, walkJournal: walkCopy, clock, scheduler: clock, health, log },
      verifyFolder: (folder, anchors) => verifyFolder({ folder, anchors, running: null, log }),
    });
  const backups = await open();
  const settings = { folder: to, dailyAt: null, warnAfterHours: 48, ...change };
  return { audit, dataFolder, to, journal, health, clock, backups, open, settings };
}

/** Appends in batches of ten, so that segments end in between. */
export async function fill(journal: Journal, batches: number): Promise<void> {
  for (let batch = 0; batch < batches; batch += 1) {
    const { sequence } = journal.head();
    const appended = await journal.append(someEntries(10, sequence + 1), sequence);
    if (!appended.ok) throw new Error(appended.error);
  }
}
