import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from './backup-files.ts';

/**
 * Whether a photo that is gone was swept, since no command ever named it: its folder has a whole list of those that were
 * named (host/attachments/offered-photos.ts), and it is not on it.
 */
export async function wasSwept(dataFolder: string, hash: string): Promise<boolean> {
  const list = join(dataFolder, 'attachments', '.named');
  const names = await readdir(list).catch(orElse<string[]>([]));
  if (!names.includes('complete')) return false;
  const text = await readFile(join(list, `${hash.slice(0, 3)}.log`), 'utf8').catch(orElse(''));
  return !text.split('\n').includes(hash);
}

function orElse<Value>(otherwise: Value): (cause: unknown) => Value {
  return (cause) => {
    if (isMissing(cause)) return otherwise;
    throw cause;
  };
}
