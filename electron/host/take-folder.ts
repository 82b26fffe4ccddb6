import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { diskFiles } from './journal/local/journal-files.ts';
import { FolderLocked, FolderOnNetwork, lockFolder, type FolderLock } from './journal/local/lock.ts';
import { DistrictProblem } from './ports/district.ts';
import { SecretProblem } from './ports/secrets.ts';
import { PortTaken } from './serve/http-server.ts';
import { StartProblem } from './start-problem.ts';
import { TableProblem } from './tables/table-problem.ts';

/** Makes the data folder if it is not there, and locks it. @throws StartProblem */
export async function takeFolder(folder: string): Promise<FolderLock> {
  try {
    const made = await mkdir(folder, { recursive: true, mode: 0o700 });
    if (made !== undefined) await diskFiles.syncFolder(dirname(made));
    return await lockFolder(folder);
  } catch (cause) {
    if (cause instanceof FolderLocked) throw new StartProblem('folder_locked', cause.message, { cause });
    if (cause instanceof FolderOnNetwork) throw new StartProblem('folder_unusable', cause.message, { cause });
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StartProblem('folder_unusable', `the data folder ${folder} cannot be used: ${reason}`, { cause });
  }
}

/** What stood in the way of a start, in the words of the command line; a fault of ours as it is. */
export function startProblem(cause: unknown): unknown {
  if (cause instanceof StartProblem) return cause;
  if (cause instanceof DistrictProblem) return new StartProblem('bad_district', cause.message, { cause });
  if (cause instanceof SecretProblem) return new StartProblem('bad_secret', cause.message, { cause });
  if (cause instanceof TableProblem) return new StartProblem('bad_tables', cause.message, { cause });
  if (cause instanceof PortTaken) return new StartProblem('port_taken', cause.message, { cause });
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') {
    return new StartProblem('folder_unusable', `the data folder cannot be used: ${cause.message}`, { cause });
  }
  return cause;
}
