import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FolderLocked, FolderOnNetwork, lockFolder } from './journal/local/lock.ts';
import { AuditUnwritten, COMMAND_LINE, recorded } from './recorded-act.ts';
import { changePassPhrase } from './secrets/open-secrets.ts';
import { StartProblem } from './start-problem.ts';

/**
 * Puts the personal data of a folder that no host runs on under another pass-phrase. It is on record, tries that fail as
 * well. The same pass-phrase again is allowed: it makes a new salt.
 *
 * @throws SecretProblem for a pass-phrase that doesn't fit, StartProblem for a folder that can't be used
 */
export async function changeSecret(
  dataFolder: string,
  phrases: { readonly from: string; readonly to: string },
): Promise<void> {
  try {
    const found = await stat(join(dataFolder, 'journal')).catch(() => null);
    if (found?.isDirectory() !== true) throw unusable(dataFolder, 'it holds no journal/');
    const lock = await lockFolder(dataFolder);
    try {
      const act = { act: 'secret.change', actor: COMMAND_LINE, detail: {}, isUrgent: false } as const;
      await recorded(dataFolder, act, () => changePassPhrase(join(dataFolder, 'people', 'master.json'), phrases));
    } finally {
      await lock.release();
    }
  } catch (cause) {
    if (cause instanceof FolderLocked) throw new StartProblem('folder_locked', cause.message, { cause });
    const isOfFolder = cause instanceof FolderOnNetwork || cause instanceof AuditUnwritten || isOfSystem(cause);
    throw isOfFolder ? unusable(dataFolder, cause.message, cause) : cause;
  }
}

function unusable(folder: string, reason: string, cause?: Error): StartProblem {
  return new StartProblem('folder_unusable', `the data folder ${folder} cannot be used: ${reason}`, { cause });
}

function isOfSystem(cause: unknown): cause is Error {
  return cause instanceof Error && 'code' in cause && !(cause instanceof StartProblem);
}
