import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { instant } from '#domain/base/instant.ts';
import { aNewEntry, someEntries } from '#tests/builders/entries.ts';
import { openJournal } from '#tests/support/open-journal.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

async function segmentNames(folder: string): Promise<readonly string[]> {
  return (await readdir(join(folder, 'journal'))).sort();
}

test('a segment ends at the turn of the year in Beijing, also after a restart', async () => {
  const folder = await temporaryFolder();
  const lastOf2026 = instant(Date.UTC(2026, 11, 31, 15, 59, 59, 999));
  const firstOf2027 = instant(Date.UTC(2026, 11, 31, 16));
  const first = await openJournal(folder);
  await first.journal.append([aNewEntry(1), aNewEntry(2, { at: lastOf2026 })], 0);
  await first.journal.append([aNewEntry(3, { at: lastOf2026 })], 2);
  await first.journal.close();
  const { journal } = await openJournal(folder);
  await journal.append([aNewEntry(4, { at: firstOf2027 })], 3);
  await journal.append([aNewEntry(5, { at: firstOf2027 })], 4);
  expect(await segmentNames(folder)).toEqual(['000000000001.seg', '000000000004.seg']);
  expect(await journal.verify()).toMatchObject({ ok: true, entries: 5, segments: 2 });
  await journal.close();
});

test('a segment ends when it has reached its size, and is not written to again', async () => {
  const folder = await temporaryFolder();
  const { journal } = await openJournal(folder, { segmentBytes: 3_000 });
  const sizes: number[] = [];
  for (let count = 0; count < 30; count += 1) {
    await journal.append(someEntries(1, count + 1), count);
    sizes.push((await stat(join(folder, 'journal', '000000000001.seg'))).size);
  }
  const names = await segmentNames(folder);
  expect(names.length).toBeGreaterThan(2);
  expect(sizes.at(-1)).toBeGreaterThanOrEqual(3_000);
  expect(new Set(sizes).size).toBe(Number(names[1]?.slice(0, 12)) - 1);
  await journal.close();
  expect((await stat(join(folder, 'journal', '000000000001.seg'))).size).toBe(sizes.at(-1));
});

test('a clean stop is marked once, takes no sequence, and is not read as an entry', async () => {
  const folder = await temporaryFolder();
  const first = await openJournal(folder);
  await first.journal.append(someEntries(2), 0);
  await first.journal.close();
  const path = join(folder, 'journal', '000000000001.seg');
  const { size } = await stat(path);
  const idle = await openJournal(folder);
  await idle.journal.close();
  await idle.journal.close();
  expect((await stat(path)).size).toBe(size);
  const { journal } = await openJournal(folder);
  expect(await journal.append([aNewEntry(3)], 2)).toMatchObject({ ok: true, value: [{ sequence: 3 }] });
  expect(await journal.readEach([2, 3])).toMatchObject([{ sequence: 2 }, { sequence: 3 }]);
  expect(await journal.verify()).toMatchObject({ ok: true, entries: 3 });
  await journal.close();
});
