import { constants } from 'node:fs';
import { readFile, readdir, readlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { diskFiles, type OpenMode } from './journal-files.ts';

test.skipIf(process.platform !== 'linux').each([
  ['write', true],
  ['create', false],
  ['read', false],
] satisfies [OpenMode, boolean][])('a file opened with %s is written through: %s', async (mode, isWrittenThrough) => {
  const path = join(await temporaryFolder(), 'a.seg');
  await writeFile(path, '');
  const file = await diskFiles.open(path, mode);
  const flags = await flagsOf(path);
  expect((flags & constants.O_DSYNC) !== 0).toBe(isWrittenThrough);
  await file.close();
});

test.each(['write', 'create'] satisfies OpenMode[])('a synced write lies in a file opened with %s', async (mode) => {
  const path = join(await temporaryFolder(), 'a.seg');
  await writeFile(path, '');
  const file = await diskFiles.open(path, mode);
  expect(await file.writeSynced(Buffer.from('网格'), 3)).toBe(6);
  await file.close();
  expect(await readFile(path, 'latin1')).toBe(`\0\0\0${Buffer.from('网格').toString('latin1')}`);
});

/** What the system says about our one handle of that file. */
async function flagsOf(path: string): Promise<number> {
  for (const handle of await readdir('/proc/self/fd')) {
    const target = await readlink(`/proc/self/fd/${handle}`).catch(() => null);
    if (target !== path) continue;
    const [, flags = ''] = /^flags:\s*(\d+)$/mu.exec(await readFile(`/proc/self/fdinfo/${handle}`, 'utf8')) ?? [];
    return Number.parseInt(flags, 8);
  }
  throw new Error(`no handle of ${path}`);
}
