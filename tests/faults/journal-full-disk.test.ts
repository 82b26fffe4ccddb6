import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HOUR_MS } from '#domain/base/instant.ts';
import { diskFiles } from '#host/journal/local/journal-files.ts';
import { Random } from '#domain/base/random.ts';
import type { Entry } from '#host/ports/journal.ts';
import { aNewEntry, someEntries } from '#tests/builders/entries.ts';
import { faultyFiles } from '#tests/support/faulty-files.ts';
import { openJournal } from '#tests/support/open-journal.ts';
import { readAll } from '#tests/support/read-all.ts';
import { fillDisk, smallDisk } from '#tests/support/small-disk.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

/** FT7: a full disk (JN8). */
test('refuses while the disk is full, tries again every 2 s of its clock, and goes on by itself', async () => {
  let isFull = false;
  const disk = faultyFiles(diskFiles, (call) => (isFull && call === 'writeSynced' ? 'short' : null));
  const folder = await temporaryFolder();
  const { journal, health, clock } = await openJournal(folder, { files: disk.files });
  const before = await journal.append(someEntries(3), 0);
  isFull = true;
  expect(await journal.append([aNewEntry(4)], 3)).toEqual({ ok: false, error: 'full' });
  expect(health.list()).toMatchObject([
    { id: 'journal.full', severity: 'error', code: 'journal_full', since: clock.now() },
  ]);
  expect(journal.readOnlyReason()).toBeNull();
  expect(await readAll(journal)).toEqual(before.ok ? before.value : []);
  expect(await journal.verify()).toMatchObject({ ok: true, entries: 3 });

  const tried = disk.failed.length;
  clock.advance(1_999);
  expect(await journal.append([aNewEntry(4)], 3)).toEqual({ ok: false, error: 'full' });
  expect(disk.failed.length).toBe(tried);
  clock.advance(1);
  expect(await journal.append([aNewEntry(4)], 3)).toEqual({ ok: false, error: 'full' });
  expect(disk.failed.length).toBe(tried + 1);

  isFull = false;
  clock.advance(2_000);
  expect(await journal.append([aNewEntry(4)], 3)).toMatchObject({ ok: true, value: [{ sequence: 4 }] });
  expect(health.list()).toEqual([]);
  await journal.close();
});

test('a clock that is set back while the disk is full does not keep the journal from trying again', async () => {
  let isFull = false;
  const disk = faultyFiles(diskFiles, (call) => (isFull && call === 'writeSynced' ? 'short' : null));
  const { journal, clock } = await openJournal(await temporaryFolder(), { files: disk.files });
  isFull = true;
  expect(await journal.append([aNewEntry(1)], 0)).toEqual({ ok: false, error: 'full' });
  isFull = false;
  clock.jumpTo(clock.now() - HOUR_MS);
  clock.advance(2_000);
  expect(await journal.append([aNewEntry(1)], 0)).toMatchObject({ ok: true });
  await journal.close();
});

test('with nobody writing, the fact ends by itself within 2 s of there being space', async (context) => {
  const disk = await smallDisk(context, '256k');
  const folder = join(disk, 'data');
  const { journal, health, clock } = await openJournal(folder, { isLookedAfter: true });
  await fillDisk(disk, 0);
  expect(await journal.append(someEntries(50), 0)).toEqual({ ok: false, error: 'full' });
  const hasEnded = new Promise<void>((resolve) => {
    health.onChanged(() => {
      if (health.list().length === 0) resolve();
    });
  });
  await clock.whenPlanned();
  clock.advance(2_000);
  await clock.whenPlanned();
  expect(health.list()).toMatchObject([{ code: 'journal_full' }]);
  await rm(join(disk, 'ballast'));
  clock.advance(2_000);
  await hasEnded;
  expect(await readdir(join(folder, 'journal'))).toEqual(['000000000001.seg']);
  expect(await journal.append(someEntries(3), 0)).toMatchObject({ ok: true });
  await journal.close();
});

test('a disk that cannot even be cut back for lack of space is mended once there is some', async () => {
  let isFull = false;
  const disk = faultyFiles(diskFiles, (call) =>
    isFull && ['writeSynced', 'truncate', 'dataSync'].includes(call) ? 'ENOSPC' : null,
  );
  const folder = await temporaryFolder();
  const { journal, health, clock } = await openJournal(folder, { files: disk.files });
  await journal.append(someEntries(3), 0);
  isFull = true;
  for (const _round of [1, 2, 3]) {
    expect(await journal.append(someEntries(2, 4), 3)).toEqual({ ok: false, error: 'full' });
    clock.advance(2_000);
  }
  isFull = false;
  expect(await journal.append(someEntries(2, 4), 3)).toMatchObject({ ok: true });
  expect(health.list()).toEqual([]);
  await journal.close();
  const again = await openJournal(folder);
  expect(again.health.list()).toEqual([]);
  expect(await again.journal.verify()).toMatchObject({ ok: true, entries: 5 });
  await again.journal.close();
});

test('a small disk filled at random moments, also while segments are made: nothing acknowledged is lost', async (context) => {
  const disk = await smallDisk(context, '512k');
  const folder = join(disk, 'data');
  const random = new Random(7);
  const { journal, health, clock } = await openJournal(folder, { segmentBytes: 8_000 });
  const acknowledged: Entry[] = [];
  let refusals = 0;
  let episodes = 0;
  for (let round = 0; round < 150; round += 1) {
    const isFilled = random.chance(0.35);
    if (isFilled) await fillDisk(disk, random.integer(0, 3_000));
    for (let attempt = 0; attempt < 4; attempt += 1) {
      const batch = someEntries(random.integer(1, 4), acknowledged.length + 1).map((entry) => ({
        ...entry,
        tables: {},
      }));
      const result = await journal.append(batch, journal.head().sequence);
      if (result.ok) acknowledged.push(...result.value);
      else refusals += result.error === 'full' ? 1 : 1_000_000;
      clock.advance(2_000);
    }
    if (health.list().length > 0) episodes += 1;
    await rm(join(disk, 'ballast'), { force: true });
    if (acknowledged.length > 400) break;
  }
  const last = await journal.append([aNewEntry(9_999)], journal.head().sequence);
  acknowledged.push(...(last.ok ? last.value : []));
  expect(last.ok).toBe(true);
  expect([refusals > 10, refusals < 1_000_000, episodes > 5]).toEqual([true, true, true]);
  expect(health.list()).toEqual([]);
  expect(await readAll(journal)).toEqual(acknowledged);
  expect(await journal.verify()).toMatchObject({ ok: true, entries: acknowledged.length });
  await journal.close();
  const again = await openJournal(folder);
  expect(await readAll(again.journal)).toEqual(acknowledged);
  await again.journal.close();
});

test('a full disk at the start: an error that says so, and a start once there is space', async (context) => {
  const disk = await smallDisk(context, '64k');
  await fillDisk(disk, 0);
  await expect(openJournal(join(disk, 'data'))).rejects.toThrow(/ENOSPC|no space|bytes were written/);
  await rm(join(disk, 'ballast'));
  const { journal } = await openJournal(join(disk, 'data'));
  expect(await journal.append([aNewEntry(1)], 0)).toMatchObject({ ok: true });
  await journal.close();
});
