import { expect, test } from 'vitest';
import { diskFiles, type JournalFiles } from '#host/journal/local/journal-files.ts';
import { someEntries } from '#tests/builders/entries.ts';
import { openJournal } from '#tests/support/open-journal.ts';
import { readAll } from '#tests/support/read-all.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

test('a disk that becomes read-only: refused and said, all that was acknowledged is read, and recorded again later', async () => {
  const folder = await temporaryFolder();
  const disk = { isReadOnly: false };
  const { journal, health } = await openJournal(folder, { files: readOnlyWhen(disk) });
  const before = await journal.append(someEntries(3), 0);
  disk.isReadOnly = true;
  expect(await journal.append(someEntries(1, 4), 3)).toEqual({ ok: false, error: 'read_only' });
  expect(await journal.append(someEntries(1, 4), 3)).toEqual({ ok: false, error: 'read_only' });
  expect(health.list()).toMatchObject([
    { code: 'journal_down', severity: 'error', detail: { reason: expect.stringContaining('EROFS') as string } },
  ]);
  expect(await readAll(journal)).toEqual(before.ok ? before.value : []);
  expect(await journal.verify()).toMatchObject({ ok: true, entries: 3 });
  expect(journal.snapshot()).toBeNull();
  await journal.close();
  const again = await openJournal(folder);
  expect(await again.journal.append(someEntries(1, 4), 3)).toMatchObject({ ok: true });
  await again.journal.close();
});

function readOnlyWhen(disk: { isReadOnly: boolean }): JournalFiles {
  const orRefused = <Value>(work: () => Promise<Value>): Promise<Value> =>
    disk.isReadOnly
      ? Promise.reject(Object.assign(new Error('EROFS: read-only file system'), { code: 'EROFS' }))
      : work();
  return {
    ...diskFiles,
    async open(path, mode) {
      const file = await (mode === 'read' ? diskFiles.open(path, mode) : orRefused(() => diskFiles.open(path, mode)));
      return {
        read: (target, position) => file.read(target, position),
        write: (source, position) => orRefused(() => file.write(source, position)),
        writeSynced: (source, position) => orRefused(() => file.writeSynced(source, position)),
        dataSync: () => orRefused(() => file.dataSync()),
        truncate: (length) => orRefused(() => file.truncate(length)),
        size: () => file.size(),
        close: () => file.close(),
      };
    },
  };
}
