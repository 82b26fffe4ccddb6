import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { PendingRedate } from './redate-open.ts';

/** The mark that a move of deadlines has begun, as a file that is synced before the first command and removed after the last. */
export function pendingRedate(file: string): PendingRedate {
  return {
    async read() {
      try {
        return await readFile(file, 'utf8');
      } catch (cause) {
        if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
        throw cause;
      }
    },
    async write(reason) {
      await mkdir(dirname(file), { recursive: true });
      const handle = await open(file, 'w', 0o600);
      try {
        await handle.writeFile(reason);
        await handle.sync();
      } finally {
        await handle.close();
      }
    },
    clear: () => rm(file, { force: true }),
  };
}
