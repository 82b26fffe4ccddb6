import { expect, test } from 'vitest';
import { required } from '#domain/base/assert-never.ts';
import { instant } from '#domain/base/instant.ts';
import { Random } from '#domain/base/random.ts';
import type { Entry } from '#host/ports/journal.ts';
import { RecordedTimes } from './recorded-times.ts';

/** A journal of the times alone; `reads` counts the entries that were read. */
function journalOf(times: number[]) {
  const journal = {
    reads: 0,
    head: () => ({ sequence: times.length, hash: '' }),
    readEach: (sequences: readonly number[]) => {
      journal.reads += sequences.length;
      return Promise.resolve(sequences.map((sequence) => ({ sequence, at: times[sequence - 1] }) as Entry));
    },
  };
  return journal;
}

test('of any moment the last entry before it, with few entries read', async () => {
  const random = new Random(5);
  let at = 1_000;
  const times = Array.from({ length: 5_000 }, () => (at += random.integer(0, 3)));
  const journal = journalOf(times);
  const found = new RecordedTimes(journal);
  const asked = Array.from({ length: 60 }, () => instant(random.integer(900, at + 100)));
  const expected = asked.map((time) => times.filter((one) => one < time).length);
  expect(await found.sequencesBefore(asked)).toEqual(expected);
  expect(journal.reads).toBeLessThan(60 * 9);
  const { reads } = journal;
  expect(await found.sequencesBefore(asked), 'what was read is known').toEqual(expected);
  expect(journal.reads).toBe(reads);
});

test('with a tolerance it is at most so many entries early, and reads a few entries for each moment', async () => {
  const random = new Random(6);
  let at = 1_000;
  // By day ten times as many as by night.
  const times = Array.from(
    { length: 50_000 },
    (_, index) => (at += random.integer(0, index % 10_000 < 5_000 ? 20 : 200)),
  );
  const journal = journalOf(times);
  const asked = Array.from({ length: 160 }, (_, bar) => instant(1_000 + ((at - 1_000) / 160) * bar));
  const found = await new RecordedTimes(journal).sequencesBefore(asked, 12);
  for (const [index, time] of asked.entries()) {
    const exact = times.filter((one) => one < time).length;
    expect(exact - required(found[index], 'a place')).toBeGreaterThanOrEqual(0);
    expect(exact - required(found[index], 'a place')).toBeLessThanOrEqual(12);
  }
  expect(journal.reads).toBeLessThan(160 * 11);
});

test('entries of one moment all lie behind it, an empty journal has none, a longer one is seen', async () => {
  const times = [10, 20, 20, 20];
  const found = new RecordedTimes(journalOf(times));
  expect(await found.sequencesBefore([instant(20), instant(21), instant(5)])).toEqual([1, 4, 0]);
  times.push(30);
  expect(await found.sequencesBefore([instant(31)])).toEqual([5]);
  expect(await new RecordedTimes(journalOf([])).sequencesBefore([instant(5)])).toEqual([0]);
});
