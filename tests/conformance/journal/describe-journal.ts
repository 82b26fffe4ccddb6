import { createHash } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { required } from '#domain/base/assert-never.ts';
import type { Entry, Journal, NewEntry } from '#host/ports/journal.ts';
import { readEventsAround } from '#tests/support/read-around.ts';
import { aNewEntry, mixedEntries, someEntries } from '#tests/builders/entries.ts';

/** An empty journal, and a way to open the same one again after it was closed. */
export interface JournalUnderTest {
  readonly journal: Journal;
  readonly reopen: () => Promise<Journal>;
}

/** What every journal must do; `make` gives a new empty one for each test. */
export function describeJournal(name: string, make: () => Promise<JournalUnderTest>): void {
  const open = async (): Promise<JournalUnderTest> => {
    const made = await make();
    onTestFinished(() => made.journal.close());
    return made;
  };

  describe(`journal: ${name}`, () => {
    test('begins empty, with its id as the hash before the first entry', async () => {
      const { journal } = await open();
      expect(journal.head()).toEqual({ sequence: 0, hash: journal.id });
      expect(await all(journal)).toEqual([]);
      expect(await journal.append([], 0)).toEqual({ ok: true, value: [] });
      expect(await journal.verify()).toMatchObject({ ok: true, entries: 0, head: journal.id });
    });

    test('gives entries their place and reads them back in order', async () => {
      const { journal } = await open();
      const wanted = mixedEntries(200, 11);
      const appended = [
        ...(await appendAll(journal, wanted.slice(0, 150))),
        ...(await appendAll(journal, wanted.slice(150))),
      ];
      expect(appended.map(({ sequence }) => sequence)).toEqual(wanted.map((_, index) => index + 1));
      expect(appended).toMatchObject(wanted);
      expect(await all(journal)).toEqual(appended);
      expect(await all(journal, 42, 44)).toEqual(appended.slice(41, 44));
      expect(await all(journal, 200, 900)).toEqual(appended.slice(199));
      expect(await all(journal, 201)).toEqual([]);
      expect(journal.head()).toEqual({ sequence: 200, hash: appended.at(-1)?.hash });
    });

    test('chains hashes: SHA-256 over the one before and the sorted JSON of the rest', async () => {
      const { journal } = await open();
      const entries = await appendAll(journal, mixedEntries(30, 12));
      let prev = journal.id;
      for (const { hash, prev: before, ...rest } of entries) {
        expect(before).toBe(prev);
        expect(hash).toBe(
          createHash('sha256')
            .update(prev + JSON.stringify(sorted(rest)))
            .digest('hex'),
        );
        prev = hash;
      }
    });

    test('refuses entries that were decided on another head, and records none of them', async () => {
      const { journal } = await open();
      await appendAll(journal, someEntries(3));
      expect(await journal.append(someEntries(2, 10), 2)).toEqual({ ok: false, error: 'conflict' });
      expect(await journal.append(someEntries(2, 10), 4)).toEqual({ ok: false, error: 'conflict' });
      expect(journal.head().sequence).toBe(3);
      expect(await all(journal)).toHaveLength(3);
    });

    test('of appends that race on one head exactly one wins, and chained ones all do', async () => {
      const { journal } = await open();
      const racing = await Promise.all([1, 2, 3, 4].map((serial) => journal.append([aNewEntry(serial)], 0)));
      expect(racing.map((result) => (result.ok ? 'ok' : result.error)).sort()).toEqual([
        'conflict',
        'conflict',
        'conflict',
        'ok',
      ]);
      const inOrder = await Promise.all(
        [5, 6, 7].map((serial, index) => journal.append([aNewEntry(serial)], 1 + index)),
      );
      expect(inOrder.every(({ ok }) => ok)).toBe(true);
      expect((await all(journal)).map(({ commandId }) => commandId).slice(1)).toEqual([
        'command-5',
        'command-6',
        'command-7',
      ]);
    });

    test('records all or nothing: one entry over 1 MiB refuses those beside it', async () => {
      const { journal } = await open();
      const large = aNewEntry(2, { actor: '网'.repeat(400_000) });
      expect(await journal.append([aNewEntry(1), large, aNewEntry(3)], 0)).toEqual({ ok: false, error: 'too_large' });
      expect(journal.head().sequence).toBe(0);
      const largest = aNewEntry(2, { actor: 'x'.repeat(1024 * 1024 - 2_000) });
      expect(await appendAll(journal, [largest, aNewEntry(3)])).toHaveLength(2);
      expect(await all(journal)).toMatchObject([largest, aNewEntry(3)]);
    });

    test('takes more at once than fits a batch', async () => {
      const { journal } = await open();
      const wanted = [...someEntries(2_500), ...mixedEntries(12, 13, 400_000)];
      const appended = await appendAll(journal, wanted);
      expect(await all(journal)).toEqual(appended);
      expect(await journal.verify()).toMatchObject({ ok: true, entries: wanted.length });
    });

    test('finds single entries in the order asked, repeats included', async () => {
      const { journal } = await open();
      const entries = await appendAll(journal, someEntries(700));
      const asked = [700, 1, 256, 257, 1, 512];
      expect(await journal.readEach(asked)).toEqual(asked.map((sequence) => entries[sequence - 1]));
      expect(await journal.readEach([])).toEqual([]);
      for (const missing of [0, 701, -1, 1.5]) await expect(journal.readEach([1, missing])).rejects.toThrow(RangeError);
    });

    test('is the same after closing and opening, and goes on', async () => {
      const { journal, reopen } = await open();
      const before = await appendAll(journal, mixedEntries(50, 14));
      await journal.close();
      await expect(journal.append([aNewEntry()], 50)).rejects.toThrow('closed');
      for (const rounds of [1, 2]) {
        const again = await reopen();
        onTestFinished(() => again.close());
        expect({ id: again.id, reason: again.readOnlyReason() }).toEqual({ id: journal.id, reason: null });
        expect(again.head().sequence).toBe(50 + 2 * (rounds - 1));
        expect((await all(again)).slice(0, 50)).toEqual(before);
        expect(await again.readEach([50, 3])).toEqual([before[49], before[2]]);
        const more = await appendAll(again, someEntries(2, rounds * 100));
        expect(more[0]?.prev).toBe(rounds === 1 ? before.at(-1)?.hash : more[0]?.prev);
        expect(await again.verify()).toMatchObject({
          ok: true,
          entries: 50 + 2 * rounds,
          head: again.head().hash,
          problems: [],
        });
        await again.close();
      }
    });

    test('a reading that began before an append ends where the head was', async () => {
      const { journal } = await open();
      await appendAll(journal, someEntries(5));
      const reading = journal.read(1);
      await appendAll(journal, someEntries(5, 6));
      const read: number[] = [];
      for await (const { sequence } of reading) read.push(sequence);
      expect(read).toEqual([1, 2, 3, 4, 5]);
    });

    test('reading around damage gives the same where there is none, and a copy is of the head', async () => {
      const { journal } = await open();
      const appended = await appendAll(journal, mixedEntries(60, 15));
      expect(await readEventsAround(journal, 7)).toEqual({ entries: appended.slice(6), gaps: [] });
      expect(journal.snapshot()).toMatchObject({ journalId: journal.id, head: journal.head() });
    });

    test('the events of an entry are found whatever its other texts hold', async () => {
      const { journal } = await open();
      const texts = [',"events":', '\\",\\"events\\":[', '网格,"events":[]', ','];
      await appendAll(
        journal,
        texts.map((text, index) => ({ ...aNewEntry(index + 1), actor: text, commandId: `${text}${index}` })),
      );
      expect((await readEventsAround(journal)).entries.map(({ actor }) => actor)).toEqual(texts);
    });

    test('an event that is no JSON is a bug of the caller and leaves the journal as it was', async () => {
      const { journal } = await open();
      await expect(
        journal.append([aNewEntry(1), aNewEntry(2, { at: Number.NaN as NewEntry['at'] })], 0),
      ).rejects.toThrow(TypeError);
      expect(await appendAll(journal, [aNewEntry(3)])).toMatchObject([{ sequence: 1, commandId: 'command-3' }]);
    });
  });
}

async function all(journal: Journal, from = 1, to?: number): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of to === undefined ? journal.read(from) : journal.read(from, to)) entries.push(entry);
  return entries;
}

async function appendAll(journal: Journal, entries: readonly NewEntry[]): Promise<readonly Entry[]> {
  const appended = await journal.append(entries, journal.head().sequence);
  return required(appended.ok ? appended.value : null, `an append of ${entries.length} entries is accepted`);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
