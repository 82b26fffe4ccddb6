import { appendFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { readManifest, storedAt } from './manifest.ts';
import { writeBackup } from './write-backup.ts';

const head = { sequence: 0, hash: 'journal' };

/** A file that is longer each time somebody has copied a piece of it, as a record of acts is in a busy hour. */
test('a file that grows while it is copied is in the backup as it was when it was read', async () => {
  const dataFolder = await temporaryFolder();
  const to = join(await temporaryFolder(), 'backup');
  const growing = join(dataFolder, 'audit', '2026.log');
  await mkdir(join(dataFolder, 'audit'));
  await writeFile(growing, 'first\n');
  let pieces = 0;
  const signal = Object.assign(new AbortController().signal, {
    throwIfAborted: () => {
      pieces += 1;
      if (pieces % 2 === 0) appendFileSync(growing, `after piece ${pieces}\n`);
    },
  });
  await writeBackup({
    ...{ dataFolder, to, program: 'test', now: () => 0, signal, onProgress: () => undefined },
    snapshot: { journalId: 'journal', head, files: [] },
    walkJournal: () => Promise.resolve({ ok: true, entries: 0, ...head, problems: [] } as never),
  });
  const files = (await readManifest(to))?.files ?? [];
  expect(files.map(({ path, bytes }) => [path, bytes])).toEqual([['audit/2026.log', 6]]);
  expect(await readFile(storedAt(to, files[0]?.sha256 ?? ''), 'utf8')).toBe('first\n');
  expect(await readFile(growing, 'utf8')).toContain('after piece');
});
