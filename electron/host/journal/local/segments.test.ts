import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { someEntries } from '#tests/builders/entries.ts';
import { openJournal } from '#tests/support/open-journal.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { diskFiles, type JournalFiles } from './journal-files.ts';
import { packSegment } from './pack-segment.ts';
import { listSegments } from './segments.ts';
import { verifySegments } from './verify.ts';

/** A journal of several plain segments. */
async function aFolder(): Promise<string> {
  const dataFolder = await temporaryFolder();
  const { journal } = await openJournal(dataFolder, { segmentBytes: 4_000 });
  for (let from = 0; from < 60; from += 10) await journal.append(someEntries(10, from + 1), from);
  await journal.close();
  return join(dataFolder, 'journal');
}

/** Files of a folder in which something happens right after its names were read. */
function changingBehind(meanwhile: () => Promise<void>): JournalFiles {
  return {
    ...diskFiles,
    async list(path) {
      const names = await diskFiles.list(path);
      await meanwhile();
      return names;
    },
  };
}

async function packFirst(folder: string): Promise<void> {
  const [first, second] = await listSegments(diskFiles, folder);
  if (typeof first?.head !== 'object' || typeof second?.head !== 'object') return expect.unreachable();
  const packed = await packSegment({
    ...{ files: diskFiles, folder, segment: { ...first, head: first.head, offsets: null, index: null } },
    last: { sequence: second.head.firstSequence - 1, hash: second.head.prev },
    mayGoOn: () => Promise.resolve(true),
  });
  expect(packed.kind).toBe('packed');
}

test('a segment that is packed while the folder is read is found packed, and the journal is sound', async () => {
  const folder = await aFolder();
  const files = changingBehind(() => packFirst(folder));
  const report = await verifySegments({ files, folder, journalId: null, head: null, active: null });
  expect([report.ok, report.problems, report.entries, report.packed]).toEqual([true, [], 60, 1]);
  expect((await readdir(folder)).filter((name) => name.endsWith('.segz'))).toHaveLength(1);
});

test('a segment that goes away while the folder is read is told of', async () => {
  const folder = await aFolder();
  const files = changingBehind(() => rm(join(folder, '000000000001.seg')));
  const [first] = await listSegments(files, folder);
  expect(first).toMatchObject({
    name: '000000000001.seg',
    head: 'cannot be read: it has gone since the folder was read',
  });
});
