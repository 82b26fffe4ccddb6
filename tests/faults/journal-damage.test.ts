import { copyFile, cp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { required } from '#domain/base/assert-never.ts';
import type { JournalProblem } from '#contract/health.ts';
import type { Entry, Journal } from '#host/ports/journal.ts';
import { readAround, readEventsAround } from '#tests/support/read-around.ts';
import { aNewEntry, someEntries } from '#tests/builders/entries.ts';
import { openJournal } from '#tests/support/open-journal.ts';
import { readAll } from '#tests/support/read-all.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { endsOf, unstoppedJournal } from '#tests/support/unstopped-journal.ts';

/** FT4: flipped bits; dropped, swapped, doubled records; missing, swapped, replaced segments. */
describe('a bit flipped at every byte', () => {
  test('of the last three batches: the last one is a torn tail, the others are damage with their sequence', async () => {
    const { folder, entries, segment, recordEnds, size } = await unstoppedJournal([3, 1, 1, 1], { isSmall: true });
    const work = await temporaryFolder({ isInMemory: true });
    await cp(folder, work, { recursive: true });
    const path = join(work, 'journal', segment);
    const original = await readFile(path);
    for (let at = required(recordEnds[2], 'a record'); at < size; at += 1) {
      await writeFile(path, flipped(original, at));
      const { journal, health } = await openJournal(work);
      const hit = recordEnds.findIndex((end) => end > at);
      const isTail = hit === entries.length - 1;
      expect(await readAround(journal)).toEqual({
        entries: entries.filter((_, index) => index !== hit),
        gaps: isTail ? [] : [{ from: hit + 1, to: hit + 1 }],
      });
      if (isTail) {
        expect([journal.readOnlyReason(), health.list()[0]?.code]).toEqual([null, 'journal_tail_cut']);
      } else {
        expectDamage(journal, health.list()[0], segment, required(recordEnds[hit - 1], 'a record'), hit + 1);
        expect(await journal.append([aNewEntry(9)], hit)).toEqual({ ok: false, error: 'read_only' });
        expect((await journal.verify()).problems[0]).toMatchObject({ segment, sequence: hit + 1 });
      }
      await journal.close();
      if (hit < entries.length - 1) expect((await readFile(path)).equals(flipped(original, at))).toBe(true);
    }
  });

  test('after a clean stop it is damage in every batch, and in the mark itself it costs no entry', async () => {
    const folder = await temporaryFolder();
    const { journal } = await openJournal(folder);
    const entries = [...(await appendSmall(journal, 2)), ...(await appendSmall(journal, 2))];
    await journal.close();
    const path = join(folder, 'journal', '000000000001.seg');
    const original = await readFile(path);
    const ends = endsOf(original);
    for (let at = required(ends[1], 'a record'); at < original.length; at += 1) {
      const hit = ends.findIndex((end) => end > at);
      const work = await temporaryFolder({ isInMemory: true });
      await cp(folder, work, { recursive: true });
      await writeFile(join(work, 'journal', '000000000001.seg'), flipped(original, at));
      const opened = await openJournal(work);
      expect((await readAround(opened.journal)).entries).toEqual(entries.filter((_, index) => index !== hit));
      if (hit < 4)
        expectDamage(
          opened.journal,
          opened.health.list()[0],
          '000000000001.seg',
          required(ends[hit - 1], 'a record'),
          hit + 1,
        );
      else expect([opened.journal.readOnlyReason(), opened.health.list()[0]?.code]).toEqual([null, 'journal_tail_cut']);
      await opened.journal.close();
    }
  });

  test('of a closed segment: found to the entry, the journal becomes read-only, all the rest stays readable', async () => {
    const { folder, entries } = await threeSegments();
    const name = '000000000003.seg';
    const path = join(folder, 'journal', name);
    const original = await readFile(path);
    const ends = endsOf(original);
    for (let at = 0; at < original.length; at += 1) {
      await writeFile(path, flipped(original, at));
      const { journal, health } = await openJournal(folder);
      const report = await journal.verify();
      const sequence = at < 120 ? 3 : 3 + ends.findIndex((end) => end > at);
      const read: Entry[] = [];
      const reading = (async () => {
        for await (const entry of journal.read(1)) read.push(entry);
      })();
      if (at < 120) await reading;
      else await expect(reading).rejects.toThrow(`entry ${sequence}: `);
      expect(read).toEqual(at < 120 ? entries : entries.slice(0, sequence - 1));
      const around = await readAround(journal);
      expect(around.entries).toEqual(entries.filter((entry) => at < 120 || entry.sequence !== sequence));
      expect(around.gaps).toEqual(at < 120 ? [] : [{ from: sequence, to: sequence }]);
      const others = entries.map((entry) => entry.sequence).filter((one) => at < 120 || one !== sequence);
      expect((await journal.readEach(others)).map((entry) => entry.sequence)).toEqual(others);
      const offset = at < 120 ? 0 : (ends[sequence - 4] ?? 120);
      expectDamage(journal, health.list()[0], name, offset, sequence);
      expect(report.problems[0]).toMatchObject({ segment: name, offset, sequence });
      await journal.close();
    }
  });
});

describe('records out of their row, with right checksums', () => {
  const rows: readonly (readonly [string, readonly number[], number, Partial<JournalProblem>])[] = [
    ['dropped', [0, 1, 3, 4, 5], 3, { kind: 'missing', sequence: 3, through: 3 }],
    ['two dropped', [0, 3, 4, 5], 2, { kind: 'missing', sequence: 2, through: 3 }],
    ['swapped', [0, 1, 3, 2, 4, 5], 3, { kind: 'swapped', sequence: 3, through: 3 }],
    ['moved', [0, 4, 1, 2, 3, 5], 2, { kind: 'swapped', sequence: 2, through: 4 }],
    ['doubled', [0, 1, 2, 2, 3, 4, 5], 4, { kind: 'doubled', sequence: 3, through: 3 }],
    ['dropped at the start', [1, 2, 3, 4, 5], 1, { kind: 'missing', sequence: 1, through: 1 }],
    ['swapped at the end', [0, 1, 2, 3, 5, 4], 5, { kind: 'swapped', sequence: 5, through: 5 }],
    ['doubled at the end', [0, 1, 2, 3, 4, 5, 5], 7, { kind: 'doubled', sequence: 6, through: 6 }],
  ];
  test.each(rows)('%s: damage, never a tail', async (_name, order, sequence, problem) => {
    const { folder, entries, segment, recordEnds } = await unstoppedJournal([1, 1, 1, 1, 1, 1]);
    const path = join(folder, 'journal', segment);
    const bytes = await readFile(path);
    const record = (place: number) => bytes.subarray(recordEnds[place - 1] ?? 120, recordEnds[place]);
    await writeFile(path, Buffer.concat([bytes.subarray(0, 120), ...order.map(record)]));
    const { journal, health } = await openJournal(folder);
    expect((await readAround(journal)).entries.slice(0, sequence - 1)).toEqual(entries.slice(0, sequence - 1));
    const found = await readEventsAround(journal);
    expect(found.entries).toEqual(entries.filter((entry) => found.entries.some((one) => one.hash === entry.hash)));
    expect(found.entries.length).toBeGreaterThanOrEqual(entries.length - 3);
    expect(health.list()).toMatchObject([{ code: 'journal_damaged', detail: { sequence: String(sequence), segment } }]);
    expect(journal.readOnlyReason()).toContain(`entry ${sequence}:`);
    const offset = recordEnds[sequence - 2] ?? 120;
    expect((await journal.verify()).problems).toMatchObject([{ ...problem, segment }]);
    if (problem.kind !== 'doubled') expect((await journal.verify()).problems).toMatchObject([{ offset }]);
    await journal.close();
  });

  test('an entry changed together with its checksum is found by its hash', async () => {
    const { folder, segment, recordEnds } = await unstoppedJournal([1, 1, 1]);
    const path = join(folder, 'journal', segment);
    const bytes = await readFile(path);
    const from = bytes.indexOf('command-2');
    bytes.write('command-7', from, 'latin1');
    const end = required(recordEnds[0], 'a record');
    await writeFile(path, withChecksum(bytes, end));
    const { journal } = await openJournal(folder);
    expect(journal.readOnlyReason()).toBe(`segment ${segment}, offset ${end}, entry 2: hash does not match`);
    await journal.close();
  });
});

describe('segments out of their row', () => {
  test('missing in the middle: found when read, and by verify', async () => {
    const { folder, entries } = await threeSegments();
    await rm(join(folder, 'journal', '000000000003.seg'));
    const { journal, health } = await openJournal(folder);
    await expect(readAll(journal)).rejects.toThrow('entries 3 to 5 are missing');
    expect(health.list()).toMatchObject([{ code: 'journal_damaged', detail: { sequence: '3' } }]);
    expect(await journal.append([aNewEntry(9)], entries.length)).toEqual({ ok: false, error: 'read_only' });
    expect((await journal.verify()).problems).toMatchObject([{ sequence: 3, reason: 'entries 3 to 5 are missing' }]);
    await journal.close();
  });

  test('missing at the start', async () => {
    const { folder } = await threeSegments();
    await rm(join(folder, 'journal', '000000000001.seg'));
    const { journal } = await openJournal(folder);
    expect(journal.readOnlyReason()).toContain('entries 1 to 2 are missing');
    expect((await journal.verify()).ok).toBe(false);
    await journal.close();
  });

  test('swapped', async () => {
    const { folder, entries } = await threeSegments();
    const at = (name: string) => join(folder, 'journal', name);
    await rename(at('000000000001.seg'), at('x'));
    await rename(at('000000000003.seg'), at('000000000001.seg'));
    await rename(at('x'), at('000000000003.seg'));
    const { journal } = await openJournal(folder);
    expect(journal.readOnlyReason()).toContain('this file holds the entries from 3 on, its name says otherwise');
    expect((await journal.verify()).ok).toBe(false);
    expect(entries).toHaveLength(6);
    await journal.close();
  });

  test.each(['000000000003.seg', '000000000006.seg'])('%s replaced by that of another journal', async (name) => {
    const { folder } = await threeSegments();
    const other = await threeSegments();
    await copyFile(join(other.folder, 'journal', name), join(folder, 'journal', name));
    const { journal } = await openJournal(folder);
    expect(journal.readOnlyReason()).toContain(`segment ${name}, offset 0`);
    expect(journal.readOnlyReason()).toContain('this file belongs to another journal');
    expect((await journal.verify()).problems[0]).toMatchObject({ segment: name });
    await journal.close();
  });

  test('replaced by an older, shorter copy of itself', async () => {
    const { folder } = await threeSegments();
    const path = join(folder, 'journal', '000000000003.seg');
    const bytes = await readFile(path);
    await writeFile(path, bytes.subarray(0, endsOf(bytes)[1]));
    const { journal } = await openJournal(folder);
    await expect(readAll(journal)).rejects.toThrow('entries 5 to 5 are missing');
    await expect(journal.readEach([5])).rejects.toThrow('entry is missing');
    expect((await journal.verify()).problems).toMatchObject([{ sequence: 5 }]);
    await journal.close();
  });

  test('nothing is written to a damaged journal, not even the mark of a stop', async () => {
    const { folder } = await threeSegments();
    await rm(join(folder, 'journal', '000000000001.seg'));
    const before = await contents(folder);
    const { journal } = await openJournal(folder);
    await journal.append([aNewEntry(1)], journal.head().sequence);
    await journal.close();
    expect(await contents(folder)).toEqual(before);
  });
});

/** Segments with the entries 1–2, 3–5 and 6, closed by a clean stop. */
async function threeSegments(): Promise<{ readonly folder: string; readonly entries: readonly Entry[] }> {
  const folder = await temporaryFolder({ isInMemory: true });
  const { journal } = await openJournal(folder, { segmentBytes: 1 });
  const entries: Entry[] = [];
  for (const count of [2, 3, 1]) entries.push(...(await appendSmall(journal, count)));
  await journal.close();
  return { folder, entries };
}

async function appendSmall(journal: Journal, count: number): Promise<readonly Entry[]> {
  const { sequence } = journal.head();
  const small = someEntries(count, sequence + 1).map((entry) => ({ ...entry, events: [], tables: {} }));
  const appended = await journal.append(small, sequence);
  return required(appended.ok ? appended.value : null, 'the append is accepted');
}

function expectDamage(journal: Journal, fact: unknown, segment: string, offset: number, sequence: number): void {
  expect(fact).toMatchObject({
    code: 'journal_damaged',
    detail: { segment, offset: String(offset), sequence: String(sequence) },
  });
  expect(journal.readOnlyReason()).toContain(`segment ${segment}, offset ${offset}, entry ${sequence}: `);
}

function flipped(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
  return changed;
}

function withChecksum(bytes: Buffer, recordAt: number): Buffer {
  const length = bytes.readUInt32LE(recordAt);
  bytes.writeUInt32LE(crc32(bytes.subarray(recordAt, recordAt + length)), recordAt + length);
  return bytes;
}

async function contents(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of await readdir(join(folder, 'journal'))) {
    found[name] = (await readFile(join(folder, 'journal', name))).toString('base64');
  }
  return found;
}
