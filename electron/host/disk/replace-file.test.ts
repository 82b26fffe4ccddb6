import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { replaceFile } from './replace-file.ts';

test('a file is made and replaced as a whole, for its owner alone', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'settings.json');
  await replaceFile(path, 'one');
  await replaceFile(path, Buffer.from('two'));
  expect(await readFile(path, 'utf8')).toBe('two');
  expect((await stat(path)).mode & 0o077).toBe(0);
  expect(await readdir(folder)).toEqual(['settings.json']);
});

test('broken off before its last step: what was there stays, nothing else does', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'settings.json');
  await writeFile(path, 'before');
  const broken = replaceFile(path, 'after', () => Promise.reject(new Error('broken off')));
  await expect(broken).rejects.toThrow('broken off');
  expect(await readFile(path, 'utf8')).toBe('before');
  expect(await readdir(folder)).toEqual(['settings.json']);
});
