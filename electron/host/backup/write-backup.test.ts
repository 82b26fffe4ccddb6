import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
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
    snapshot: () => ({ journalId: 'journal', head, files: [] }),
    walkJournal: () => Promise.resolve({ ok: true, entries: 0, ...head, problems: [] } as never),
  });
  const files = (await readManifest(to))?.files ?? [];
  expect(files.map(({ path, bytes }) => [path, bytes])).toEqual([['audit/2026.log', 6]]);
  expect(await readFile(storedAt(to, files[0]?.sha256 ?? ''), 'utf8')).toBe('first\n');
  expect(await readFile(growing, 'utf8')).toContain('after piece');
});

test('when the last segment is closed and packed before it is copied, the backup is of a later moment', async () => {
  const dataFolder = await temporaryFolder();
  const to = join(await temporaryFolder(), 'backup');
  await mkdir(join(dataFolder, 'journal'));
  const [open, packed, next] = ['1.seg', '1.segz', '9.seg'].map((name) => join(dataFolder, 'journal', name));
  const file = (path: string | undefined, bytes: number | null) => {
    return { name: basename(path ?? ''), path: path ?? '', bytes };
  };
  await writeFile(open ?? '', 'eight entries, and more');
  let taken = 0;
  const request = {
    ...{ dataFolder, to, program: 'test', now: () => 0, signal: new AbortController().signal },
    onProgress: () => undefined,
    snapshot: () => {
      taken += 1;
      if (taken > 1) return { journalId: 'journal', head, files: [file(packed, null), file(next, 4)] };
      renameSync(open ?? '', packed ?? '');
      writeFileSync(packed ?? '', 'packed');
      writeFileSync(next ?? '', 'nine');
      return { journalId: 'journal', head, files: [file(open, 13)] };
    },
    walkJournal: () => Promise.resolve({ ok: true, entries: 9, ...head, problems: [] } as never),
  };
  await writeBackup(request);
  const paths = (await readManifest(to))?.files.map(({ path, bytes }) => [path, bytes]);
  expect([taken, paths]).toEqual([
    2,
    [
      ['journal/1.segz', 6],
      ['journal/9.seg', 4],
    ],
  ]);
});
