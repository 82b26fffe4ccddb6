import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { required } from '#domain/base/assert-never.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/base/instant.ts';
import { openAttachments } from '#host/attachments/folder-attachments.ts';
import { openAudit } from '#host/audit/audit-log.ts';
import { lineDisk } from '#host/disk/line-disk.ts';
import { backUpFolder, restoreFolder } from '#host/back-up-folder.ts';
import { systemClock } from '#host/clock/system-clock.ts';
import { pinoLog } from '#host/log/pino-log.ts';
import { mixedEntries } from '#tests/builders/entries.ts';
import { aPicture } from '#tests/builders/pictures.ts';
import { atOnce } from '#tests/support/at-once.ts';
import { backedUp, fill } from '#tests/support/backed-up.ts';
import { openJournal } from '#tests/support/open-journal.ts';
import { packedOtherwise } from '#tests/support/packed-otherwise.ts';
import { readAll } from '#tests/support/read-all.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

type BackedUp = Awaited<ReturnType<typeof backedUp>>;

async function withJournal(batches = 5): Promise<BackedUp> {
  const made = await backedUp();
  await made.backups.configure(made.settings);
  await fill(made.journal, batches);
  onTestFinished(async () => {
    await made.backups.close();
    await made.journal.close();
  });
  return made;
}

async function packedIn(dataFolder: string): Promise<readonly string[]> {
  const folder = join(dataFolder, 'journal');
  return (await readdir(folder)).filter((name) => name.endsWith('.segz')).map((name) => join(folder, name));
}

describe('a backup', () => {
  test('holds every entry, table and setting, is read back, and restores into a new folder', async () => {
    const { backups, health, journal, to, dataFolder } = await withJournal();
    const done = await backups.run(undefined);
    expect(done).toMatchObject({ ok: true, value: { ...journal.head(), entries: 50, folder: to } });
    const restored = join(await temporaryFolder(), 'new');
    expect(await restoreFolder(to, restored, pinoLog('silent'))).toMatchObject({ ...journal.head(), entries: 50 });
    const again = await openJournal(restored);
    expect(await readAll(again.journal)).toEqual(await readAll(journal));
    await again.journal.close();
    for (const path of ['tables/limits/1.csv', 'settings.json']) {
      expect(await readFile(join(restored, path))).toEqual(await readFile(join(dataFolder, path)));
    }
    expect((await readdir(join(restored, '..'))).length).toBe(1);
    const audit = await openAudit({ folder: join(restored, 'audit'), clock: systemClock, health, disk: lineDisk });
    expect(await audit.list(null, 1)).toMatchObject([
      { act: 'backup.restore', actor: 'command-line', outcome: 'done' },
    ]);
  });

  test('takes a segment that was packed again to other bytes, since its chain is the same', async () => {
    const dataFolder = await temporaryFolder();
    const to = join(await temporaryFolder(), 'backup');
    const { journal } = await openJournal(dataFolder, { segmentBytes: 4_000, scheduler: atOnce });
    await fill(journal, 5);
    await vi.waitFor(async () => expect((await packedIn(dataFolder)).length).toBeGreaterThan(2));
    await journal.close();
    await backUpFolder(dataFolder, to, 'test', pinoLog('silent'));
    const path = required((await packedIn(dataFolder))[0], 'a packed segment');
    const other = packedOtherwise(await readFile(path));
    expect(other.equals(await readFile(path))).toBe(false);
    await writeFile(path, other);
    expect(await backUpFolder(dataFolder, to, 'test', pinoLog('silent'))).toMatchObject({
      entries: 50,
    });
    const restored = join(await temporaryFolder(), 'new');
    await restoreFolder(to, restored, pinoLog('silent'));
    expect(await readFile(join(restored, 'journal', basename(path)))).toEqual(other);
  });

  test('again copies only what is new, and removes what no backup names', async () => {
    const { backups, journal, to } = await withJournal();
    const first = await backups.run(undefined);
    const idle = await backups.run(undefined);
    expect(idle).toMatchObject({ ok: true, value: { copiedFiles: 0 } });
    await fill(journal, 2);
    const second = await backups.run(undefined);
    if (!first.ok || !second.ok) throw new Error('both backups are made');
    expect(second.value.copiedFiles).toBeLessThan(second.value.files);
    expect(second.value.copiedFiles).toBeGreaterThan(0);
    const stored = await readdir(join(to, 'files'), { recursive: true, withFileTypes: true });
    expect(stored.filter((one) => one.isFile()).length).toBe(second.value.files);
  });

  test('holds the sealed records of people and the wrapped keys; who was erased is gone with the next one', async () => {
    const { backups, to, dataFolder } = await withJournal();
    const paths = ['people/keys/abc.log', 'people/records/a', 'people/records/b', 'shell/key.json'];
    for (const path of paths) {
      await mkdir(dirname(join(dataFolder, path)), { recursive: true });
      await writeFile(join(dataFolder, path), `sealed ${path}`);
    }
    await backups.run(undefined);
    const first = join(await temporaryFolder(), 'first');
    await restoreFolder(to, first, pinoLog('silent'));
    for (const path of paths) expect(await readFile(join(first, path), 'utf8')).toBe(`sealed ${path}`);

    await rm(join(dataFolder, 'people/records/a'));
    await writeFile(join(dataFolder, 'people/keys/abc.log'), 'without the key of a');
    await backups.run(undefined);
    const stored = await readdir(join(to, 'files'), { recursive: true, withFileTypes: true });
    const contents = await Promise.all(
      stored.filter((one) => one.isFile()).map((one) => readFile(join(one.parentPath, one.name), 'utf8')),
    );
    expect(contents.filter((text) => text.startsWith('sealed')).sort()).toEqual([
      'sealed people/records/b',
      'sealed shell/key.json',
    ]);
  });

  test('while others write: it ends where the journal stood, and the journal goes on', async () => {
    const { backups, journal, to } = await withJournal(20);
    const { sequence } = journal.head();
    const running = backups.run(undefined);
    await fill(journal, 10);
    expect(await running).toMatchObject({ ok: true, value: { sequence } });
    expect(await backups.run(undefined)).toMatchObject({ ok: true, value: { sequence: sequence + 100, folder: to } });
  });

  test('one at a time', async () => {
    const { backups } = await withJournal();
    const running = backups.run(undefined);
    expect(await backups.run(undefined)).toMatchObject({ ok: false, error: { code: 'backup_running' } });
    expect(await backups.drill()).toMatchObject({ ok: false, error: { code: 'backup_running' } });
    expect(await running).toMatchObject({ ok: true });
  });

  test('stopped in the middle: the one before it stays, and the next one is made', async () => {
    const made = await withJournal();
    await made.backups.run(undefined);
    const before = await readFile(join(made.to, 'manifest.json'), 'utf8');
    await fill(made.journal, 3);
    const running = made.backups.run(undefined);
    await made.backups.close();
    expect(await running).toMatchObject({ ok: false, error: { detail: { problem: 'stopped' } } });
    expect(await readFile(join(made.to, 'manifest.json'), 'utf8')).toBe(before);
    expect(await (await made.open()).run(undefined)).toMatchObject({ ok: true, value: { sequence: 80 } });
  });
});

describe('a backup is refused, with a code and a fact, and the one before it stays', () => {
  async function refusal(made: BackedUp, problem: string, code = 'backup_failed'): Promise<void> {
    const before = await readFile(join(made.to, 'manifest.json'), 'utf8');
    expect(await made.backups.run(undefined)).toMatchObject({ ok: false, error: { code, detail: { problem } } });
    expect(made.health.list()).toMatchObject([{ code: 'backup_failed', severity: 'warning', detail: { problem } }]);
    expect(await readFile(join(made.to, 'manifest.json'), 'utf8')).toBe(before);
    expect(made.backups.status()).toMatchObject({ lastGood: { sequence: 50 }, lastFailure: { problem } });
  }

  test('a closed segment that changed since', async () => {
    const made = await withJournal();
    await made.backups.run(undefined);
    const path = join(made.dataFolder, 'journal', '000000000001.seg');
    const bytes = await readFile(path);
    bytes[900] = (bytes[900] ?? 0) ^ 1;
    await writeFile(path, bytes);
    await refusal(made, 'source_changed');
  });

  test('a journal that was damaged before the first backup', async () => {
    const made = await withJournal();
    const path = join(made.dataFolder, 'journal', '000000000001.seg');
    const bytes = await readFile(path);
    bytes[900] = (bytes[900] ?? 0) ^ 1;
    await writeFile(path, bytes);
    const outcome = await made.backups.run(undefined);
    expect(outcome).toMatchObject({ ok: false, error: { detail: { problem: 'source_damaged' } } });
    expect(await readdir(made.to)).not.toContain('manifest.json');
  });

  test('a content that cannot be read back as it was written; the next backup mends it', async () => {
    const made = await withJournal();
    const done = await made.backups.run(undefined);
    const file = await storedFile(made.to, 'journal/000000000001.seg');
    const bytes = await readFile(file);
    bytes[500] = (bytes[500] ?? 0) ^ 1;
    await writeFile(file, bytes);
    await refusal(made, 'not_read_back');
    expect(await made.backups.run(undefined)).toMatchObject({ ok: true, value: { copiedFiles: 1 } });
    expect(made.health.list()).toEqual([]);
    expect(done.ok).toBe(true);
  });

  test('the folder of another journal, one that holds other files, one inside the data', async () => {
    const made = await withJournal();
    const other = await withJournal();
    await other.backups.run(undefined);
    expect(await made.backups.run(other.to)).toMatchObject({
      error: { code: 'backup_failed', detail: { problem: 'other_journal' } },
    });
    const strange = await temporaryFolder();
    await writeFile(join(strange, 'holiday.jpg'), 'x');
    const inside = join(made.dataFolder, 'backup');
    for (const [to, problem] of [
      [strange, 'folder_not_empty'],
      [inside, 'folder_in_data'],
      [join(strange, 'holiday.jpg', 'below'), 'folder_unusable'],
    ] as const) {
      expect(await made.backups.run(to)).toMatchObject({ error: { code: 'backup_folder', detail: { problem } } });
    }
    expect(await readdir(strange)).toEqual(['holiday.jpg']);
  });

  test('a data folder that went back to an older state, also when it has gone another way since', async () => {
    const made = await withJournal();
    const older = await temporaryFolder();
    await cp(made.dataFolder, older, { recursive: true });
    await fill(made.journal, 2);
    await made.backups.run(undefined);
    const log = pinoLog('silent');
    await expect(backUpFolder(older, made.to, 'test', log)).rejects.toMatchObject({ code: 'older_than_backup' });
    const { journal } = await openJournal(older);
    for (const serial of [1, 2, 3]) {
      await journal.append(mixedEntries(10, serial), journal.head().sequence);
    }
    expect(journal.head().sequence).toBeGreaterThan(made.journal.head().sequence);
    await journal.close();
    await expect(backUpFolder(older, made.to, 'test', log)).rejects.toMatchObject({ code: 'source_changed' });
    expect(await made.backups.run(undefined)).toMatchObject({ ok: true, value: { sequence: 70 } });
  });

  test('nobody has said where', async () => {
    const { backups, journal } = await backedUp();
    expect(await backups.run(undefined)).toMatchObject({ error: { code: 'backup_not_set' } });
    expect(await backups.drill()).toMatchObject({ error: { code: 'backup_not_set' } });
    expect(backups.status()).toMatchObject({ isUnset: true, nextAt: null });
    await backups.close();
    await journal.close();
  });
});

test('a damaged photo does not keep the rest from being backed up, and a good copy of an earlier backup stays', async () => {
  const { backups, dataFolder, to } = await withJournal();
  const contents = ['one photo', 'another photo'].map((text) => Buffer.from(text));
  const [one = '', another = ''] = contents.map((content) => createHash('sha256').update(content).digest('hex'));
  const at = (sum: string) => join(dataFolder, 'attachments', sum.slice(0, 2), sum.slice(2));
  await mkdir(join(dataFolder, 'attachments', 'incoming'), { recursive: true });
  await writeFile(join(dataFolder, 'attachments', 'incoming', 'half'), 'ha');
  await mkdir(join(at(one), '..'), { recursive: true });
  await writeFile(at(one), contents[0] ?? '');
  const first = await backups.run(undefined);
  expect(first).toMatchObject({ ok: true, value: { damagedFiles: 0 } });
  await writeFile(at(one), 'bad');
  await mkdir(join(at(another), '..'), { recursive: true });
  await writeFile(at(another), 'bad too');
  expect(await backups.run(undefined)).toMatchObject({ ok: true, value: { damagedFiles: 1 } });
  const restored = join(await temporaryFolder(), 'new');
  await restoreFolder(to, restored, pinoLog('silent'));
  expect(await readFile(join(restored, 'attachments', one.slice(0, 2), one.slice(2)))).toEqual(contents[0]);
  expect(await readdir(join(restored, 'attachments'))).not.toContain('incoming');
  await writeFile(at(another), contents[1] ?? '');
  const mended = await backups.run(undefined);
  expect(mended).toMatchObject({ ok: true, value: { damagedFiles: 0 } });
  await rm(at(another));
  expect(await backups.run(undefined)).toMatchObject({ value: { files: mended.ok ? mended.value.files : 0 } });
});

test('a photo that was swept leaves the backup too; one that was named and lost stays, and the list goes along', async () => {
  const { backups, dataFolder, clock, to } = await withJournal();
  const open = (isNew: boolean) => openAttachments(join(dataFolder, 'attachments'), { clock, isNew });
  const attachments = await open(true);
  async function* contents(serial: number) {
    yield await Promise.resolve(Buffer.concat([aPicture(), Buffer.from(String(serial))]));
  }
  const [left, named] = await Promise.all(
    [1, 2].map(async (serial) => {
      const stored = await attachments.put(contents(serial));
      return stored.ok ? stored.value.hash : '';
    }),
  );
  if (left === undefined || named === undefined) throw new Error('both are kept');
  await attachments.claim([named]);
  await backups.run(undefined);
  await rm(join(dataFolder, 'attachments', named.slice(0, 2), named.slice(2)));
  clock.advance(2 * DAY_MS);
  expect(await attachments.sweep(clock.now())).toBe(1);
  expect(await backups.run(undefined)).toMatchObject({ ok: true });
  const restored = join(await temporaryFolder(), 'new');
  await restoreFolder(to, restored, pinoLog('silent'));
  const again = await openAttachments(join(restored, 'attachments'), { clock, isNew: false });
  expect([await again.check(left), await again.check(named)]).toEqual(['missing', 'present']);
  await rm(join(restored, 'attachments', named.slice(0, 2), named.slice(2)));
  await again.put(contents(2));
  clock.advance(2 * DAY_MS);
  expect(await again.sweep(clock.now())).toBe(0);
});

describe('a restore', () => {
  test.each([
    [
      'a changed byte',
      async (file: string) => writeFile(file, (await readFile(file)).fill(7, 300, 301)),
      'not as it was',
    ],
    ['a missing file', (file: string) => rm(file), 'is missing'],
  ])('of a backup with %s is refused and leaves nothing', async (_name, harm, words) => {
    const { backups, to } = await withJournal();
    await backups.run(undefined);
    await harm(await storedFile(to, 'journal/000000000001.seg'));
    const place = await temporaryFolder();
    await expect(restoreFolder(to, join(place, 'new'), pinoLog('silent'))).rejects.toThrow(words);
    expect(await readdir(place)).toEqual([]);
  });

  test('goes into a new folder only', async () => {
    const { backups, to, dataFolder } = await withJournal();
    await backups.run(undefined);
    await expect(restoreFolder(to, dataFolder, pinoLog('silent'))).rejects.toThrow('is not empty');
    const empty = await temporaryFolder();
    await expect(restoreFolder(empty, join(empty, 'new'), pinoLog('silent'))).rejects.toThrow('holds no backup');
    expect(await restoreFolder(to, empty, pinoLog('silent'))).toMatchObject({ entries: 50 });
  });

  test('does not follow a path that leads elsewhere', async () => {
    const { backups, to } = await withJournal();
    await backups.run(undefined);
    const manifest = join(to, 'manifest.json');
    const text = await readFile(manifest, 'utf8');
    await writeFile(manifest, text.replace('tables/limits/1.csv', '../../elsewhere.csv'));
    const place = await temporaryFolder();
    await expect(restoreFolder(to, join(place, 'new'), pinoLog('silent'))).rejects.toThrow('not as it was written');
    expect(await readdir(place)).toEqual([]);
  });
});

describe('a recovery drill', () => {
  test('restores beside the data, verifies, compares with the live journal, and cleans up', async () => {
    const { backups, journal, dataFolder } = await withJournal();
    await backups.run(undefined);
    await fill(journal, 1);
    const drilled = await backups.drill();
    expect(drilled).toMatchObject({
      ok: true,
      value: { ok: true, isOfThisJournal: true, sequence: 50, entries: 50, problems: [] },
    });
    expect(backups.status().lastDrill).toMatchObject({ ok: true });
    expect((await readdir(dataFolder)).filter((name) => name.startsWith('drill'))).toEqual([]);
  });

  test('of a damaged backup says so; what a broken off drill left is removed at the next start', async () => {
    const made = await withJournal();
    await made.backups.run(undefined);
    await rm(await storedFile(made.to, 'journal/000000000001.seg'));
    expect(await made.backups.drill()).toMatchObject({ ok: false, error: { code: 'backup_failed' } });
    expect(made.health.list()).toMatchObject([{ code: 'backup_failed' }]);
    await mkdir(join(made.dataFolder, 'drill-abcdef', 'data'), { recursive: true });
    const again = await made.open();
    expect(again.status().lastFailure).toMatchObject({ isDrill: true });
    await expect(stat(join(made.dataFolder, 'drill-abcdef'))).rejects.toThrow('ENOENT');
    await again.run(undefined);
    expect(await again.drill()).toMatchObject({ ok: true, value: { ok: true } });
    await again.close();
  });
});

describe('by the clock', () => {
  test('every day at the time that was set, made up when the host was off; the age is a health fact', async () => {
    const { audit, backups, journal, clock, health, settings, to, open } = await backedUp({ dailyAt: '02:30' });
    await fill(journal, 1);
    await backups.configure(settings);
    const configuredAt = clock.now();
    const made = () => whenIdle(backups);
    clock.advance(MINUTE_MS);
    expect(backups.status().state).toBe('idle');
    const { nextAt } = backups.status();
    clock.advance((nextAt ?? 0) - clock.now() + 2 * MINUTE_MS);
    await made();
    expect(backups.status()).toMatchObject({ lastGood: { folder: to, sequence: 10 } });
    expect(backups.status().lastGood?.at).toBeGreaterThan(configuredAt);
    expect((await audit.list(null, 5)).at(-1)).toMatchObject({ act: 'backup.run', actor: 'clock', outcome: 'begun' });
    clock.advance(10 * HOUR_MS);
    expect(backups.status().lastGood?.sequence).toBe(10);

    await backups.close();
    await fill(journal, 1);
    clock.advance(2 * DAY_MS);
    const again = await open();
    expect(health.list()).toMatchObject([{ code: 'backup_old', detail: { folder: to } }]);
    clock.advance(MINUTE_MS);
    await whenIdle(again);
    expect(again.status()).toMatchObject({ lastGood: { sequence: 20 } });
    expect(health.list()).toEqual([]);
    await again.close();
    await journal.close();
  });
});

function whenIdle(backups: BackedUp['backups']): Promise<void> {
  return new Promise((resolve) => {
    const stop = backups.onStatus(({ state }) => {
      if (state !== 'idle') return;
      queueMicrotask(() => stop());
      resolve();
    });
  });
}

/** Where a backup keeps a file of the data folder. */
async function storedFile(backup: string, path: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(backup, 'manifest.json'), 'utf8')) as {
    readonly files: readonly { readonly path: string; readonly sha256: string }[];
  };
  const sha256 = manifest.files.find((file) => file.path === path)?.sha256 ?? '';
  return join(backup, 'files', sha256.slice(0, 2), sha256.slice(2));
}
