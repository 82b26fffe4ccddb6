import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished, type TestContext } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

/** A file system of its own in memory; the test is skipped where it cannot be mounted. */
export async function smallDisk(context: TestContext, size: string): Promise<string> {
  const disk = join(await temporaryFolder(), 'disk');
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', disk], { stdio: 'pipe' });
  } catch (error) {
    context.skip(`not run: a small disk could not be mounted (needs root): ${String(error).split('\n')[0]}`);
  }
  onTestFinished(() => void execFileSync('umount', ['-l', disk]));
  return disk;
}

/** Fills the disk up to `left` bytes, rounded to whole pages, by a file `ballast`; others may fill the rest meanwhile. */
export async function fillDisk(disk: string, left: number): Promise<void> {
  const { bavail, bsize } = await statfs(disk);
  const pages = Math.max(0, Math.floor((bavail * bsize - left) / bsize));
  try {
    await writeFile(join(disk, 'ballast'), Buffer.alloc(pages * bsize));
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC')) throw cause;
  }
}
