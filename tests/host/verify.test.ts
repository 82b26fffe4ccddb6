import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backUpFolder, restoreFolder } from '#host/back-up-folder.ts';
import { pinoLog } from '#host/log/pino-log.ts';
import { CheckpointFolder } from '#host/projection/checkpoint-folder.ts';
import { loadEngine } from '#host/projection/engine.ts';
import type { FolderReport } from '#host/ports/verification.ts';
import { aPhoto } from '#tests/builders/photos.ts';
import { aPicture } from '#tests/builders/pictures.ts';
import { aReportInput } from '#tests/builders/wire.ts';
import { openJournal } from '#tests/support/open-journal.ts';
import { readAll } from '#tests/support/read-all.ts';
import { sendPicture } from '#tests/support/send-picture.ts';
import { runVerify, startHost } from '#tests/support/start-host.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { endsOf } from '#tests/support/unstopped-journal.ts';

const CASES = 12;
const SEGMENT = '000000000001.seg';
let original: string;

beforeAll(async () => {
  original = await mkdtemp(join(tmpdir(), 'grid-command-verify-'));
  const host = await startHost({ dataFolder: original, args: ['--no-simulate'] });
  for (let serial = 0; serial < CASES; serial += 1) await host.call('case.report', aReportInput());
  await host.stop();
});
afterAll(() => rm(original, { recursive: true }));

/** The data folder of a stopped host, in a state of its own. */
async function aFolder(): Promise<string> {
  const folder = await temporaryFolder();
  await cp(original, folder, { recursive: true });
  return folder;
}

async function verified(folder: string): Promise<{ readonly exitCode: number | null; readonly report: FolderReport }> {
  const { exitCode, stdout, stderr } = await runVerify([folder, '--json']);
  expect(stderr).toBe('');
  return { exitCode, report: JSON.parse(stdout) as FolderReport };
}

test('a whole folder: exit 0, counts and head; nothing in the folder is touched', async () => {
  const folder = await aFolder();
  const before = await stamps(folder);
  const { exitCode, report } = await verified(folder);
  expect(exitCode).toBe(0);
  expect(report).toMatchObject({
    ok: true,
    isRunning: false,
    journal: { ok: true, entries: CASES, segments: 1, sequence: CASES, problems: [] },
    projection: { state: 'compared', sequence: CASES, cases: CASES, differences: [] },
    attachments: { files: 0, bytes: 0, problems: [] },
  });
  expect(await stamps(folder)).toEqual(before);
});

test('in the words of the terminal: Chinese and English', async () => {
  const folder = await aFolder();
  const path = join(folder, 'journal', SEGMENT);
  await flip(path, 700);
  const chinese = await runVerify([folder], 'zh_CN.UTF-8');
  expect(chinese.exitCode).toBe(1);
  expect(chinese.stdout).toMatch(/000000000001\.seg，字节 \d+，第 1 条：字节被改动/);
  const english = await runVerify([folder]);
  expect(english.stdout).toMatch(/000000000001\.seg, byte \d+, entry 1: bytes were changed/);
});

test('entries changed, dropped and cut in one file: each is named, exit 1', async () => {
  const folder = await aFolder();
  const path = join(folder, 'journal', SEGMENT);
  const bytes = await readFile(path);
  const ends = endsOf(bytes);
  const record = (place: number) => Buffer.from(bytes.subarray(ends[place - 1] ?? 120, ends[place]));
  const changed = record(2);
  changed[300] = (changed[300] ?? 0) ^ 1;
  const kept = [0, 1].map(record);
  const rest = [3, 4, 7, 8, 9].map(record);
  await writeFile(path, Buffer.concat([bytes.subarray(0, 120), ...kept, changed, ...rest, record(10).subarray(0, 90)]));
  const { exitCode, report } = await verified(folder);
  expect(exitCode).toBe(1);
  expect(report.journal.problems).toMatchObject([
    { kind: 'changed', segment: SEGMENT, offset: ends[1], sequence: 3, through: 3 },
    { kind: 'missing', segment: SEGMENT, sequence: 6, through: 7 },
    { kind: 'cut', segment: SEGMENT, sequence: 11 },
  ]);
});

test('an end that was cut between two entries is found by what the search tables know', async () => {
  const folder = await aFolder();
  const path = join(folder, 'journal', SEGMENT);
  await truncate(path, endsOf(await readFile(path))[CASES - 3] ?? 0);
  const { exitCode, report } = await verified(folder);
  expect(exitCode).toBe(1);
  expect(report.journal.problems).toMatchObject([{ kind: 'cut', sequence: CASES - 1, through: CASES }]);
  expect(report.projection).toMatchObject({ state: 'compared', cases: CASES - 2 });
});

test('a head that was printed: kept or not', async () => {
  const folder = await aFolder();
  const { report } = await verified(folder);
  const { sequence, head } = report.journal;
  expect((await runVerify([folder, '--anchor', `${sequence}:${head}`])).exitCode).toBe(0);
  const other = await runVerify([folder, '--anchor', `${sequence}:${'0'.repeat(64)}`]);
  expect([other.exitCode, other.stdout]).toEqual([1, expect.stringContaining('--anchor')]);
});

test('search tables that differ from a fresh fold: which case, which columns', async () => {
  const folder = await aFolder();
  const tables = new CheckpointFolder(join(folder, 'projection'));
  const manifest = tables.generations()[0]?.manifest;
  const image = manifest === undefined || manifest === null ? null : tables.read(manifest.open);
  if (manifest === undefined || manifest === null || image === null) throw new Error('the host left a checkpoint');
  const engine = await loadEngine();
  const database = new engine.Database(image);
  const ids = database.exec('select id from cases order by id')[0]?.values.map(([id]) => String(id)) ?? [];
  const [first = '', second = '', third = ''] = ids;
  database.run("update cases set state = 'handling', address = 'elsewhere' where id = ?", [first]);
  database.run('delete from cases where id = ?', [second]);
  database.run('update cases set id = ? where id = ?', ['20990101000001', third]);
  const open = { ...manifest.open, ...tables.write('open', database.export()) };
  tables.commit({ ...manifest, open });
  database.close();
  const { exitCode, report } = await verified(folder);
  expect(exitCode).toBe(1);
  expect(report.journal.ok).toBe(true);
  expect(report.projection).toMatchObject({
    state: 'compared',
    differences: [
      { kind: 'different', caseId: first, columns: ['state', 'address'] },
      { kind: 'missing', caseId: second },
      { kind: 'missing', caseId: third },
      { kind: 'extra', caseId: '20990101000001' },
    ],
  });
  await flip(join(folder, 'projection', open.name), 5_000);
  expect((await verified(folder)).report.projection).toEqual({ state: 'damaged' });
  await rm(join(folder, 'projection'), { recursive: true });
  expect(await verified(folder)).toMatchObject({ exitCode: 0, report: { projection: { state: 'absent' } } });
});

test('attachments: each file must be what its name says', async () => {
  const folder = await aFolder();
  const good = Buffer.from('a photo');
  const sum = createHash('sha256').update(good).digest('hex');
  const place = join(folder, 'attachments', sum.slice(0, 2));
  await mkdir(place, { recursive: true });
  await writeFile(join(place, sum.slice(2)), good);
  await writeFile(join(place, 'half.tmp'), good);
  expect(await verified(folder)).toMatchObject({ exitCode: 0, report: { attachments: { files: 1, problems: [] } } });
  await writeFile(join(place, sum.slice(2)), 'another photo');
  await writeFile(join(place, 'note.txt'), good);
  const { exitCode, report } = await verified(folder);
  expect([exitCode, report.attachments?.problems]).toEqual([
    1,
    [
      { path: `${sum.slice(0, 2)}/${sum.slice(2)}`, kind: 'changed' },
      { path: `${sum.slice(0, 2)}/note.txt`, kind: 'misnamed' },
    ].sort((a, b) => (a.path < b.path ? -1 : 1)),
  ]);
});

describe('what entries name beside the journal', () => {
  const reporter = { name: '王小明', phone: '13812341234' };
  let dataFolder: string;
  let photo: string;
  let refs: readonly string[];
  const photoFile = (folder: string) => join(folder, 'attachments', photo.slice(0, 2), photo.slice(2));
  const recordFile = (folder: string, ref: string) => join(folder, 'people', 'records', ref.slice(0, 2), ref);

  beforeAll(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'grid-command-verify-'));
    const args = ['--no-simulate', '--secret-stdin'];
    const host = await startHost({ dataFolder, args, input: 'a pass-phrase of the test\n' });
    const offer = await host.call('attachment.offer', { size: aPicture().length });
    if (!offer.ok) throw new Error(offer.error.code);
    const token = new URL(host.firstLine.url).hash.slice('#token='.length);
    photo = (await sendPicture({ address: host.address, token, path: offer.value.path }, aPicture())).hash;
    const photos = [{ ...aPhoto(), hash: photo }];
    const reports: string[] = [];
    for (const change of [{ photos }, { reporter }, { reporter }, { reporter }]) {
      const receipt = await host.call('case.report', { ...aReportInput(), ...change });
      if (!receipt.ok) throw new Error(receipt.error.code);
      reports.push(receipt.value.caseId);
    }
    await host.call('person.erase', { caseId: reports[3] ?? '', reason: '本人要求' });
    await host.stop();
    const { journal } = await openJournal(dataFolder);
    const events = (await readAll(journal)).flatMap((entry) => entry.events);
    await journal.close();
    refs = events.flatMap((event) => (event.type === 'case.reporter_recorded.v1' ? event.ref : []));
  });
  afterAll(() => rm(dataFolder, { recursive: true }));

  const aCopy = async () => {
    const folder = await temporaryFolder();
    await cp(dataFolder, folder, { recursive: true });
    return folder;
  };

  test('all there, with one erased: whole', async () => {
    expect(await verified(await aCopy())).toMatchObject({
      exitCode: 0,
      report: { named: { photos: 1, people: 2, missing: [], missingCount: 0 } },
    });
  });

  test('a photo, a record and a key that are gone: each with the entry and the case that name it', async () => {
    const folder = await aCopy();
    const [record = '', key = ''] = refs;
    await rm(photoFile(folder));
    await rm(recordFile(folder, record));
    await rm(join(folder, 'people', 'keys', `${key.slice(0, 3)}.log`));
    const { exitCode, report } = await verified(folder);
    expect([exitCode, report.named.missingCount]).toEqual([1, 3]);
    expect(report.named.missing).toEqual([
      { kind: 'photo', name: photo, sequence: 1, caseId: expect.any(String) as string },
      { kind: 'person_record', name: record, sequence: 2, caseId: expect.any(String) as string },
      { kind: 'person_key', name: key, sequence: 3, caseId: expect.any(String) as string },
    ]);
    const english = await runVerify([folder]);
    expect(english.stdout).toContain(`entry 1 (case ${report.named.missing[0]?.caseId}): no photo ${photo}`);
    await rm(join(folder, 'people'), { recursive: true });
    await rm(join(folder, 'attachments'), { recursive: true });
    expect((await verified(folder)).report.named.missingCount).toBe(3);
  });

  test('in a damaged journal photos alone: nobody knows who was erased', async () => {
    const folder = await aCopy();
    const path = join(folder, 'journal', SEGMENT);
    const ends = endsOf(await readFile(path));
    await flip(path, (ends[3] ?? 0) + 200);
    await rm(photoFile(folder));
    await rm(join(folder, 'people'), { recursive: true });
    expect((await verified(folder)).report.named.missing).toMatchObject([{ kind: 'photo' }]);
  });

  test('a restored backup erases at its first start whom its journal does not name', async () => {
    const folder = await aCopy();
    const [, second = ''] = refs;
    const path = join(folder, 'journal', SEGMENT);
    // As a backup has it whose journal ends before the people who were copied after it.
    await truncate(path, endsOf(await readFile(path))[1] ?? 0);
    await rm(join(folder, 'projection'), { recursive: true });
    const to = join(await temporaryFolder(), 'backup');
    await backUpFolder(folder, to, 'test', pinoLog('silent'));
    const restored = join(await temporaryFolder(), 'restored');
    await restoreFolder(to, restored, pinoLog('silent'));
    expect(await stat(recordFile(restored, second))).toBeTruthy();
    const args = ['--no-simulate', '--secret-stdin'];
    const host = await startHost({ dataFolder: restored, args, input: 'a pass-phrase of the test\n' });
    await host.stop();
    await expect(stat(recordFile(restored, second))).rejects.toThrow('ENOENT');
    expect(await verified(restored)).toMatchObject({ exitCode: 0, report: { named: { people: 1 } } });
  });
});

test('the record of acts: a changed line is named', async () => {
  const folder = await aFolder();
  const host = await startHost({ dataFolder: folder, args: ['--no-simulate'] });
  await host.call('backup.configure', { folder: null, dailyAt: null });
  await host.stop();
  expect(await verified(folder)).toMatchObject({ exitCode: 0, report: { audit: { entries: 2, problems: [] } } });
  await flip(join(folder, 'audit', SEGMENT.replace('.seg', '.log')), 100);
  expect(await verified(folder)).toMatchObject({
    exitCode: 1,
    report: { audit: { problems: [{ file: '000000000001.log', line: 1, kind: 'changed' }] } },
  });
});

test('while a host writes: read-only, whole, and the host goes on', async () => {
  const host = await startHost({ args: ['--rate', '50000', '--speed', '5'] });
  for (let round = 0; round < 3; round += 1) {
    const { exitCode, report } = await verified(host.dataFolder);
    expect([exitCode, report.isRunning, report.journal.problems]).toEqual([0, true, []]);
    expect(report.journal.entries).toBeGreaterThan(0);
  }
  expect(await host.call('case.report', aReportInput())).toMatchObject({ ok: true });
  expect(await host.stop()).toMatchObject({ exitCode: 0 });
});

test('what cannot be checked: exit 2 and words', async () => {
  const folder = await temporaryFolder();
  for (const args of [[], [folder], [folder, '--colour'], [folder, '--anchor', 'x'], [folder, folder]]) {
    const { exitCode, stdout, stderr } = await runVerify(args);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stderr.length).toBeGreaterThan(10);
  }
  expect(await runVerify(['--help'])).toMatchObject({ exitCode: 0, stderr: '' });
});

async function flip(path: string, at: number): Promise<void> {
  const bytes = await readFile(path);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  await writeFile(path, bytes);
}

/** Name, size and time of change of every file. */
async function stamps(folder: string): Promise<readonly string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  return Promise.all(
    files.sort().map(async (file) => {
      const { size, mtimeMs } = await stat(file);
      return `${file} ${size} ${mtimeMs}`;
    }),
  );
}
