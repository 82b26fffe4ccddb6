import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Random } from '#domain/base/random.ts';
import { someEntries } from '#tests/builders/entries.ts';
import { openJournal } from '#tests/support/open-journal.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { findPlace } from './find-place.ts';
import { diskFiles, type JournalFile } from './journal-files.ts';
import { wholeRecords, type Found } from './record-walk.ts';
import { ENTRY_KIND } from './record.ts';
import { SEGMENT_HEAD_BYTES } from './segment-head.ts';

const start = { offset: SEGMENT_HEAD_BYTES, sequence: 1 };

/** A segment with entries of very different lengths, and a stop now and then. */
async function aSegment(entries: number): Promise<{ file: JournalFile; end: number; records: readonly Found[] }> {
  const dataFolder = await temporaryFolder({ isInMemory: true });
  const random = new Random(3);
  for (let from = 0; from < entries; from += 500) {
    const { journal } = await openJournal(dataFolder);
    const batch = someEntries(500, from + 1).map((entry) => ({
      ...entry,
      actor: 'x'.repeat(random.chance(0.01) ? 60_000 : random.integer(1, 2_000)),
    }));
    const appended = await journal.append(batch, from);
    expect(appended.ok).toBe(true);
    await journal.close();
  }
  const folder = join(dataFolder, 'journal');
  const [name = ''] = (await readdir(folder)).filter((one) => one.endsWith('.seg'));
  const file = await diskFiles.open(join(folder, name), 'read');
  const end = await file.size();
  const records: Found[] = [];
  for await (const found of wholeRecords(file, SEGMENT_HEAD_BYTES, end)) records.push(found);
  return { file, end, records: records.filter(({ kind }) => kind === ENTRY_KIND) };
}

test('every entry is found where it is, in a few looks', async () => {
  const { file, end, records } = await aSegment(1_500);
  let reads = 0;
  const counting: JournalFile = {
    ...file,
    read: (target, position) => {
      reads += 1;
      return file.read(target, position);
    },
    size: () => file.size(),
  };
  const found = await Promise.all(
    records.map(({ sequence }) => findPlace({ file: counting, from: start, end }, sequence)),
  );
  expect(found.map((place) => place?.offset)).toEqual(records.map(({ offset }) => offset));
  expect(records).toHaveLength(1_500);
  expect(reads / records.length).toBeLessThan(9);
  await file.close();
});

test('what is not there is not found; what is damaged is not taken for another', async () => {
  const { file, end, records } = await aSegment(1_000);
  expect(await findPlace({ file, from: start, end }, 1_001)).toBeNull();
  const hit = records[500];
  if (hit === undefined) return expect.unreachable();
  const damaged: JournalFile = {
    ...file,
    async read(target, position) {
      const got = await file.read(target, position);
      const at = hit.offset + 40 - position;
      if (at >= 0 && at < got) target[at] = (target[at] ?? 0) ^ 1;
      return got;
    },
    size: () => file.size(),
  };
  expect(await findPlace({ file: damaged, from: start, end }, hit.sequence)).toBeNull();
  for (const { sequence, offset } of [records[0], records[499], records[501], records[999]].flatMap(
    (one) => one ?? [],
  )) {
    expect((await findPlace({ file: damaged, from: start, end }, sequence))?.offset).toBe(offset);
  }
  await file.close();
});
