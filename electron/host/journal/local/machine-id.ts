import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';

/** An id of this machine that stays the same over restarts; hashed, since the system's own id is not for other eyes. */
export async function machineId(): Promise<string> {
  return createHash('sha256')
    .update(`grid-command ${await systemId()}`)
    .digest('hex')
    .slice(0, 32);
}

async function systemId(): Promise<string> {
  for (const path of ['/etc/machine-id', '/var/lib/dbus/machine-id']) {
    const id = await readIfThere(path);
    if (id !== null && id.trim() !== '') return id.trim();
  }
  return `${process.platform} ${hostname()}`;
}

/** Contents of a text file, or null if there is none. */
export async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
