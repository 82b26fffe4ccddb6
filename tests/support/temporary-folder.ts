import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Where Linux keeps files in memory: for tests that open thousands of journals and ask nothing of the disk. */
const memory = '/dev/shm';

/** An empty folder that is removed when the test ends. */
export async function temporaryFolder({ isInMemory = false } = {}): Promise<string> {
  const parent = isInMemory && existsSync(memory) ? memory : tmpdir();
  const folder = await mkdtemp(join(parent, 'grid-command-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
