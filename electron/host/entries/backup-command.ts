import { resolve } from 'node:path';
import { BackupDone } from '#contract/backup.ts';
import type { CommandLine } from '#contract/command-line.ts';
import { startFailures } from '#contract/host-process.ts';
import { backUpFolder, restoreFolder } from '../back-up-folder.ts';
import { FolderLocked } from '../journal/local/lock.ts';
import { BackupProblem } from '../ports/backup.ts';
import type { Log } from '../ports/log.ts';
import { askHost } from './ask-host.ts';
import { defaultDataFolder } from './default-folders.ts';
import { readHostFile } from './host-file.ts';

/** `--backup TO` and `--restore FROM`: one line of JSON on stdout, or words on stderr; the exit code. */
export async function runBackupCommand(
  line: CommandLine,
  path: (given: string) => string,
  version: string,
  log: Log,
): Promise<number> {
  const dataFolder = resolve(line.dataFolder === null ? defaultDataFolder() : path(line.dataFolder));
  try {
    const done =
      line.restoreFrom === null
        ? await backUp(dataFolder, path(line.backupTo ?? ''), version, log)
        : await restoreFolder(path(line.restoreFrom), dataFolder, log);
    process.stdout.write(`${JSON.stringify(done)}\n`);
    return 0;
  } catch (cause) {
    const isKnown = cause instanceof BackupProblem || cause instanceof FolderLocked;
    if (!isKnown && !(cause instanceof Error && 'code' in cause)) throw cause;
    process.stderr.write(`${cause instanceof BackupProblem ? `${cause.code}: ` : ''}${cause.message}\n`);
    return cause instanceof FolderLocked ? startFailures.folder_locked : startFailures.backup_failed;
  }
}

/** By the host that runs on the folder, or by this process if none does. */
async function backUp(dataFolder: string, to: string, version: string, log: Log): Promise<BackupDone> {
  const host = await readHostFile(dataFolder);
  const answer = host === null ? null : await askHost(host, 'backup.run', { to });
  if (answer?.kind === 'value') return BackupDone.parse(answer.value);
  if (answer?.kind === 'failure') {
    const { code, detail } = answer.error;
    throw new BackupProblem('folder_unusable', `the host answers ${code}: ${detail['reason'] ?? ''}`);
  }
  return backUpFolder(dataFolder, to, version, log);
}
