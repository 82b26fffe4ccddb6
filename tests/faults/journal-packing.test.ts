import { cp, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { required } from '#domain/base/assert-never.ts';
import { diskFiles, type JournalFiles } from '#host/journal/local/journal-files.ts';
import { packSegment } from '#host/journal/local/pack-segment.ts';
import { listSegments, type Segment } from '#host/journal/local/segments.ts';
import type { Entry, Journal } from '#host/ports/journal.ts';
import { readAround, readEventsAround } from '#tests/support/read-around.ts';
import { aNewEntry, someEntries } from '#tests/builders/entries.ts';
import { atOnce } from '#tests/support/at-once.ts';
import { faultyFiles, type Fault } from '#tests/support/faulty-files.ts';
import { openJournal } from '#tests/support/open-journal.ts';
import { packedOtherwise } from '#tests/support/packed-otherwise.ts';
import { powerCutFiles } from '#tests/support/power-cut.ts';
import { readAll } from '#tests/support/read-all.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

/** Closed segments are compressed (live-and-storage.md §1.1); no step of it may cost an entry. */
const FIRST = '000000000001.seg';
const PACKED = `${FIRST}z`;

test('closed segments are packed beside the writing, are much smaller, and every entry is read back', async () => {
  const folder = await temporaryFolder();
  const packed = whenPacked(diskFiles);
  const { journal } = await openJournal(folder, { segmentBytes: 200_000, scheduler: atOnce, files: packed.files });
  const entries: Entry[] = [];
  for (let batch = 0; batch < 12; batch += 1) entries.push(...(await append(journal, 100)));
  await packed.reached(2);
  expect(await readAll(journal)).toEqual(entries);
  expect(await journal.readEach([1, 640, 3, 1_200])).toEqual([1, 640, 3, 1_200].map((at) => entries[at - 1]));
  const report = await journal.verify();
  expect(report).toMatchObject({ ok: true, entries: 1_200 });
  expect(report.packed).toBeGreaterThanOrEqual(2);
  await journal.close();

  const { journal: again, health } = await openJournal(folder, { segmentBytes: 200_000 });
  expect([again.readOnlyReason(), health.list()]).toEqual([null, []]);
  expect(await readAll(again)).toEqual(entries);
  const files = await listSegments(diskFiles, join(folder, 'journal'));
  const [first] = files;
  expect(required(first, 'a segment').bytes).toBeLessThan(200_000 / 3);
  await append(again, 1);
  await again.close();
});

/** Every call of the disk that packing makes; fewer would mean that a sync or a check has gone missing. */
const LEAST_CALLS = 24;

describe('broken off at every call of the disk', () => {
  test('killed there: the plain file is there, or the packed one, or both, and nothing is lost', async () => {
    const { folder, entries } = await twoSegments();
    const calls = await callsOf(folder);
    process.stdout.write(`packing: killed at each of ${calls} calls\n`);
    expect(calls).toBeGreaterThanOrEqual(LEAST_CALLS);
    for (let n = 1; n <= calls; n += 1) {
      const work = await copyOf(folder);
      const { files } = faultyFiles(diskFiles, (_call, number) => (number >= n ? 'EIO' : null));
      await expect(pack(work, files), `call ${n}`).rejects.toThrow('injected');
      await expectWhole(work, entries, `killed at call ${n}`);
      await expectPackedAgain(work, entries);
    }
  });

  test.each(['EIO', 'ENOSPC', 'short'] satisfies Fault[])('one call fails with %s: the same', async (fault) => {
    const { folder, entries } = await twoSegments();
    const calls = await callsOf(folder);
    let failed = 0;
    for (let n = 1; n <= calls; n += 1) {
      const work = await copyOf(folder);
      const { files } = faultyFiles(diskFiles, (_call, number) => (number === n ? fault : null));
      const outcome = await pack(work, files).catch(() => null);
      failed += outcome?.kind === 'packed' ? 0 : 1;
      await expectWhole(work, entries, `${fault} at call ${n}`);
    }
    expect(failed).toBeGreaterThan(calls / 2);
  });

  test('the power goes at every call: what was promised is there', async () => {
    const { folder, entries } = await twoSegments();
    const calls = await callsOf(folder);
    for (let n = 1; n <= calls + 1; n += 1) {
      const work = await copyOf(folder);
      const disk = powerCutFiles(diskFiles);
      const { files } = faultyFiles(disk.open(), (_call, number) => (number >= n ? 'EIO' : null));
      await pack(work, files).catch(() => null);
      await disk.cut();
      await expectWhole(work, entries, `power cut at call ${n}`);
    }
  });

  test('the journal itself goes on: it stays writable, and the plain file stays', async () => {
    const folder = await temporaryFolder();
    let tell = () => {};
    const tried = new Promise<void>((resolve) => (tell = resolve));
    const files: JournalFiles = {
      ...diskFiles,
      async rename(from, to) {
        if (!to.endsWith('z')) return diskFiles.rename(from, to);
        setImmediate(tell);
        throw Object.assign(new Error('EIO: no packed name'), { code: 'EIO' });
      },
    };
    const { journal, health } = await openJournal(folder, { segmentBytes: 1, scheduler: atOnce, files });
    const entries = [...(await append(journal, 3)), ...(await append(journal, 1))];
    await tried;
    entries.push(...(await append(journal, 1)));
    expect([journal.readOnlyReason(), health.list(), await readAll(journal)]).toEqual([null, [], entries]);
    await journal.close();
    expect(await readdir(join(folder, 'journal'))).toContain(FIRST);
    await expectWhole(folder, entries, 'opened again');
  });
});

test('killed before the plain file was removed: a packed one that is whole stays byte for byte, another is made anew', async () => {
  const { folder, entries } = await twoSegments();
  const plain = await readFile(join(folder, 'journal', FIRST));
  await pack(folder, diskFiles);
  const path = join(folder, 'journal', PACKED);
  const whole = packedOtherwise(await readFile(path));
  const cases = [
    { there: whole, stays: true },
    { there: whole.subarray(0, -5), stays: false },
    { there: Buffer.from('nothing'), stays: false },
  ];
  for (const { there, stays } of cases) {
    await writeFile(join(folder, 'journal', FIRST), plain);
    await writeFile(path, there);
    expect(await pack(folder, diskFiles)).toMatchObject({ kind: 'packed', bytes: (await readFile(path)).length });
    expect((await readFile(path)).equals(there)).toBe(stays);
    expect(await readdir(join(folder, 'journal'))).not.toContain(FIRST);
    await expectWhole(folder, entries, `${there.length} bytes`);
  }
});

test('a segment that is packed between the listing of a folder and the look at it is no damage', async () => {
  const { folder, entries } = await twoSegments();
  await pack(folder, diskFiles);
  const files: JournalFiles = {
    ...diskFiles,
    list: async (path) => (await diskFiles.list(path)).map((name) => (name === PACKED ? FIRST : name)),
  };
  const { journal, health } = await openJournal(folder, { files });
  expect(await journal.verify()).toMatchObject({ ok: true, entries: entries.length, packed: 1 });
  expect([journal.readOnlyReason(), health.list()]).toEqual([null, []]);
  await journal.close();
});

test('a segment that is damaged is not packed: the journal becomes read-only and names the entry', async () => {
  const { folder } = await twoSegments();
  const path = join(folder, 'journal', FIRST);
  const bytes = await readFile(path);
  bytes[700] = (bytes[700] ?? 0) ^ 1;
  await writeFile(path, bytes);
  const { journal, health } = await openJournal(folder, { scheduler: atOnce });
  await new Promise<void>((resolve) => health.onChanged(resolve));
  expect(health.list()).toMatchObject([{ code: 'journal_damaged', detail: { segment: FIRST } }]);
  expect(await journal.append([aNewEntry(99)], journal.head().sequence)).toEqual({ ok: false, error: 'read_only' });
  await journal.close();
  expect((await readFile(path)).equals(bytes)).toBe(true);
});

describe('a packed segment that is not as it was written', () => {
  test('a bit flipped at every byte: verify names the segment, and what lies outside its block is read', async () => {
    const { folder, entries } = await twoSegments();
    await pack(folder, diskFiles);
    const path = join(folder, 'journal', PACKED);
    const original = await readFile(path);
    for (let at = 0; at < original.length; at += 1) {
      const changed = Buffer.from(original);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      await writeFile(path, changed);
      const { journal } = await openJournal(folder);
      const report = await journal.verify();
      expect(report.ok, `byte ${at}`).toBe(false);
      expect(report.problems[0], `byte ${at}`).toMatchObject({ kind: 'changed', segment: PACKED });
      const { entries: read, gaps } = await readAround(journal);
      const lost = gaps.reduce((sum, { from, to }) => sum + to - from + 1, 0);
      expect(read.length + lost).toBe(entries.length);
      expect(read).toEqual(entries.filter(({ sequence }) => read.some((entry) => entry.sequence === sequence)));
      expect(read.at(-1)).toEqual(entries.at(-1));
      await journal.close();
    }
  });

  test('one block of many is bad: only its entries are lost, and said', async () => {
    const folder = await temporaryFolder();
    const { journal: first } = await openJournal(folder, { segmentBytes: 900_000 });
    const entries = [...(await append(first, 1_000)), ...(await append(first, 1_000)), ...(await append(first, 1))];
    await first.close();
    await pack(folder, diskFiles);
    const path = join(folder, 'journal', PACKED);
    const bytes = await readFile(path);
    const middle = Math.floor(bytes.length / 2);
    bytes[middle] = (bytes[middle] ?? 0) ^ 4;
    await writeFile(path, bytes);
    const { journal, health } = await openJournal(folder);
    const { entries: read, gaps } = await readEventsAround(journal);
    expect(gaps).toHaveLength(1);
    const [gap = { from: 0, to: 0 }] = gaps;
    expect(gap.to - gap.from).toBeLessThan(400);
    expect(read).toEqual(entries.filter(({ sequence }) => sequence < gap.from || sequence > gap.to));
    expect(health.list()).toMatchObject([
      { code: 'journal_damaged', detail: { segment: PACKED, sequence: String(gap.from) } },
    ]);
    const { problems } = await journal.verify();
    expect(problems).toMatchObject([{ kind: 'changed', segment: PACKED, sequence: gap.from, through: gap.to }]);
    expect(problems[0]?.reason).toMatch(/compressed block.*byte \d+/);
    expect(await journal.readEach([gap.from - 1, gap.to + 1])).toHaveLength(2);
    await expect(journal.readEach([gap.from])).rejects.toThrow(`entry ${gap.from}`);
    await journal.close();
  });

  test('cut at every byte: nothing crashes, the rest of the journal is read, verify says where it ends', async () => {
    const { folder, entries } = await twoSegments();
    await pack(folder, diskFiles);
    const path = join(folder, 'journal', PACKED);
    const original = await readFile(path);
    for (let length = 0; length < original.length; length += 7) {
      await writeFile(path, original);
      await truncate(path, length);
      const { journal } = await openJournal(folder);
      const { ok, problems } = await journal.verify();
      expect([ok, problems[0]?.segment]).toEqual([false, PACKED]);
      const { entries: read, gaps } = await readAround(journal);
      expect(gaps).toEqual([{ from: 1, to: entries.length - 1 }]);
      expect(read).toEqual(entries.slice(-1));
      await journal.close();
    }
  });

  test('the segment behind the packed ones is gone: damage, never a new beginning', async () => {
    const { folder, entries } = await twoSegments();
    await pack(folder, diskFiles);
    const names = (await readdir(join(folder, 'journal'))).sort();
    await rm(join(folder, 'journal', required(names.at(-1), 'a segment')));
    const { journal, health } = await openJournal(folder);
    expect(journal.readOnlyReason()).toContain('the segment behind it is missing');
    expect(await readAll(journal)).toEqual(entries.slice(0, -1));
    expect(health.list()).toMatchObject([{ code: 'journal_damaged' }]);
    await journal.close();
  });
});

/** A closed segment and one behind it, both plain. */
async function twoSegments(): Promise<{ readonly folder: string; readonly entries: readonly Entry[] }> {
  const folder = await temporaryFolder({ isInMemory: true });
  const { journal } = await openJournal(folder, { segmentBytes: 1 });
  const entries = [...(await append(journal, 4)), ...(await append(journal, 1))];
  await journal.close();
  expect((await readdir(join(folder, 'journal'))).length).toBe(2);
  return { folder, entries };
}

async function append(journal: Journal, count: number): Promise<readonly Entry[]> {
  const { sequence } = journal.head();
  const appended = await journal.append(someEntries(count, sequence + 1), sequence);
  return required(appended.ok ? appended.value : null, 'the append is accepted');
}

async function copyOf(folder: string): Promise<string> {
  const work = await temporaryFolder({ isInMemory: true });
  await cp(folder, work, { recursive: true });
  return work;
}

/** Packs the first segment of a folder that no journal is open on. */
async function pack(dataFolder: string, files: JournalFiles) {
  const folder = join(dataFolder, 'journal');
  const [first, second] = await listSegments(diskFiles, folder);
  if (first === undefined || typeof first.head === 'string' || typeof second?.head !== 'object') {
    throw new Error('two segments are there');
  }
  const segment: Segment = { name: first.name, path: first.path, head: first.head, offsets: null, index: null };
  const last = { sequence: second.head.firstSequence - 1, hash: second.head.prev };
  return packSegment({ files, folder, segment, last, mayGoOn: () => Promise.resolve(true) });
}

async function callsOf(folder: string): Promise<number> {
  const clean = faultyFiles(diskFiles, () => null);
  expect(await pack(await copyOf(folder), clean.files)).toMatchObject({ kind: 'packed' });
  return clean.calls.length;
}

async function expectWhole(dataFolder: string, entries: readonly Entry[], context: string): Promise<void> {
  const { journal, health } = await openJournal(dataFolder);
  expect([journal.readOnlyReason(), health.list()], context).toEqual([null, []]);
  expect(await readAll(journal), context).toEqual(entries);
  expect((await journal.verify()).problems, context).toEqual([]);
  await journal.close();
  const names = await readdir(join(dataFolder, 'journal'));
  expect(
    names.filter((name) => name.endsWith('.new')),
    context,
  ).toEqual([]);
}

/** What was broken off is done again, whatever it left. */
async function expectPackedAgain(dataFolder: string, entries: readonly Entry[]): Promise<void> {
  const [first] = await listSegments(diskFiles, join(dataFolder, 'journal'));
  if (first?.name !== PACKED) expect(await pack(dataFolder, diskFiles)).toMatchObject({ kind: 'packed' });
  const names = await readdir(join(dataFolder, 'journal'));
  expect([names.includes(PACKED), names.includes(FIRST)]).toEqual([true, false]);
  await expectWhole(dataFolder, entries, 'packed again');
}

/** Files that tell when so many segments were packed: a plain one is removed last. */
function whenPacked(real: JournalFiles) {
  let removed = 0;
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  const files: JournalFiles = {
    ...real,
    async remove(path) {
      await real.remove(path);
      removed += path.endsWith('.seg') ? 1 : 0;
      for (const { count, resolve } of waiting) if (removed >= count) resolve();
    },
  };
  const reached = (count: number) =>
    new Promise<void>((resolve) => {
      waiting.push({ count, resolve });
      if (removed >= count) resolve();
    });
  return { files, reached };
}
