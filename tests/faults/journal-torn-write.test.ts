import { copyFile, cp, readdir, readFile, stat, truncate, writeFile, appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { required } from '#domain/base/assert-never.ts';
import { aNewEntry, someEntries } from '#tests/builders/entries.ts';
import { openJournal } from '#tests/support/open-journal.ts';
import { readAll } from '#tests/support/read-all.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { unstoppedJournal } from '#tests/support/unstopped-journal.ts';

/** FT3: a write torn at every byte (live-and-storage.md §1.5). Files are those of a host that was killed. */
test.each([
  ['three batches of one entry', [4, 1, 1, 1]],
  ['one batch of three entries', [4, 3]],
])('the last records cut at every byte: whole ones stay, the rest is kept aside (%s)', async (_name, batches) => {
  const { folder, entries, segment, recordEnds, size } = await unstoppedJournal(batches, { isSmall: true });
  const work = await temporaryFolder({ isInMemory: true });
  const path = join(work, 'journal', segment);
  await cp(folder, work, { recursive: true });
  const original = await readFile(path);
  let cuts = 0;
  for (let cut = required(recordEnds.at(-4), 'four records'); cut <= size; cut += 1) {
    await writeFile(path, original.subarray(0, cut));
    const { journal, health } = await openJournal(work);
    const whole = recordEnds.filter((end) => end <= cut).length;
    const isTorn = !recordEnds.includes(cut);
    expect(journal.readOnlyReason()).toBeNull();
    expect(await readAll(journal)).toEqual(entries.slice(0, whole));
    expect(health.list().map(({ code, detail }) => [code, detail['bytes']])).toEqual(
      isTorn ? [['journal_tail_cut', String(cut - (recordEnds[whole - 1] ?? 0))]] : [],
    );
    const more = await journal.append([aNewEntry(99)], whole);
    expect(more).toMatchObject({ ok: true, value: [{ sequence: whole + 1, prev: entries[whole - 1]?.hash }] });
    expect(await journal.verify()).toMatchObject({ ok: true, entries: whole + 1 });
    await journal.close();
    cuts += isTorn ? 1 : 0;
  }
  expect(await readdir(join(work, 'journal', 'set-aside'))).toHaveLength(cuts);
  expect(cuts).toBeGreaterThan(500);
});

test('the head of the last segment cut at every byte: it is made again, nothing else is lost', async () => {
  const folder = await temporaryFolder();
  const first = await openJournal(folder, { segmentBytes: 1 });
  const appended = await first.journal.append(someEntries(2), 0);
  await first.journal.append([aNewEntry(3)], 2);
  await first.journal.close();
  const last = join(folder, 'journal', '000000000003.seg');
  const head = (await readFile(last)).subarray(0, 120);
  for (let cut = 0; cut < head.length; cut += 1) {
    const work = await temporaryFolder({ isInMemory: true });
    await cp(folder, work, { recursive: true });
    await writeFile(join(work, 'journal', '000000000003.seg'), head.subarray(0, cut));
    const { journal, health } = await openJournal(work);
    expect(journal.readOnlyReason()).toBeNull();
    expect(await readAll(journal)).toEqual(appended.ok ? appended.value : []);
    expect(health.list()).toMatchObject([
      { code: 'journal_tail_cut', detail: { bytes: String(cut), segment: '000000000003.seg' } },
    ]);
    expect(await journal.append([aNewEntry(4)], 2)).toMatchObject({ ok: true });
    expect(await journal.verify()).toMatchObject({ ok: true, entries: 3, segments: 2 });
    await journal.close();
    const again = await openJournal(work);
    expect(again.health.list()).toEqual([]);
    await again.journal.close();
  }
});

test.each([1, 27, 500, 100_000])('%i random bytes behind the last record are a torn tail', async (count) => {
  const { folder, entries, segment, size } = await unstoppedJournal([2, 2]);
  const path = join(folder, 'journal', segment);
  const noise = Buffer.from(Array.from({ length: count }, (_, index) => (index * 7919 + 13 * count) % 251));
  await appendFile(path, noise);
  const { journal, health } = await openJournal(folder);
  expect(await readAll(journal)).toEqual(entries);
  expect(health.list()).toMatchObject([
    { code: 'journal_tail_cut', detail: { bytes: String(count), offset: String(size) } },
  ]);
  const aside = join(folder, 'journal', 'set-aside');
  const [kept] = await readdir(aside);
  expect(await readFile(join(aside, required(kept, 'a kept tail')))).toEqual(noise);
  expect((await stat(path)).size).toBe(size);
  await journal.close();
});

test('zeros that a file system leaves behind the last record are a torn tail', async () => {
  const { folder, entries, segment, size } = await unstoppedJournal([2, 2]);
  await truncate(join(folder, 'journal', segment), size + 8_192);
  const { journal, health } = await openJournal(folder);
  expect(await readAll(journal)).toEqual(entries);
  expect(health.list()).toMatchObject([{ code: 'journal_tail_cut', detail: { bytes: '8192' } }]);
  await journal.close();
});

test('a segment whose making was broken off is made again', async () => {
  const { folder, entries, segment } = await unstoppedJournal([2]);
  const path = join(folder, 'journal', segment);
  await copyFile(path, join(folder, 'journal', '000000000003.seg.new'));
  const { journal, health } = await openJournal(folder, { segmentBytes: 1 });
  expect(await readAll(journal)).toEqual(entries);
  expect(health.list()).toEqual([]);
  expect(await journal.append([aNewEntry(3)], 2)).toMatchObject({ ok: true });
  expect((await readdir(join(folder, 'journal'))).sort()).toEqual(['000000000001.seg', '000000000003.seg']);
  await journal.close();
});
