import { expect, test } from 'vitest';
import { instant } from '#domain/base/instant.ts';
import { dayNumber } from '#domain/metrics/figure-record.ts';
import type { BareEntry, Gap } from '#host/ports/journal.ts';
import type { FiguresAnswer } from '#host/ports/figures.ts';
import { cityTables } from '#tests/builders/city.ts';
import { SimulatedDay } from '#tests/builders/simulated-day.ts';
import { JournalFigures } from './journal-figures.ts';

const simulated = new SimulatedDay({ ratePerHour: 125, speed: 20 });
simulated.play(15);
const entries: readonly BareEntry[] = simulated.events.map((event, at) => {
  return { sequence: at + 1, at: event.at, commandId: `c${at}`, actor: 'a', events: [event] };
});
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** A journal of so many of the entries, in batches of 100; `reads` counts the entries handed out. */
function journalOf(size: number, gap?: Gap) {
  const journal = {
    size,
    reads: 0,
    head: () => ({ sequence: journal.size, hash: '' }),
    async *readAround(from: number, onGap: (gap: Gap) => void) {
      if (gap !== undefined) onGap(gap);
      const all = entries.slice(from - 1, journal.size);
      const readable = all.filter(({ sequence }) => gap === undefined || sequence < gap.from || sequence > gap.to);
      for (let at = 0; at < readable.length; at += 100) {
        const batch = readable.slice(at, at + 100);
        journal.reads += batch.length;
        yield await Promise.resolve(batch);
      }
    },
  };
  return journal;
}

function counted(answer: FiguresAnswer) {
  if (!answer.isReady) throw new Error('still counting');
  const { book, sequence, isWhole } = answer.counted;
  const always = { group: 'district', of: '', from: 0, to: dayNumber(Date.UTC(2100, 0, 1)) } as const;
  return { sequence, isWhole, reported: book.figure('reported', always).n, closed: book.figure('closed', always).n };
}

test('each question reads what was recorded since the one before, and counts as if it were the first', async () => {
  const tables = cityTables();
  const half = Math.floor(entries.length / 2);
  const journal = journalOf(half);
  const figures = new JournalFigures({ journal, tables: () => tables, log });
  const before = counted(await figures.at(null));
  expect(before.sequence).toBe(half);
  journal.size = entries.length;
  const after = counted(await figures.at(null));
  expect(journal.reads).toBe(entries.length);
  expect(after.reported).toBeGreaterThan(before.reported);
  expect(after).toEqual(
    counted(await new JournalFigures({ journal: journalOf(entries.length), tables: () => tables, log }).at(null)),
  );
  expect(counted(await figures.at(null))).toEqual(after);
  expect(journal.reads).toBe(entries.length);
});

test('as of a moment they are what was recorded until then, whatever came later', async () => {
  const tables = cityTables();
  const at = Math.floor(entries.length / 3);
  const moment = entries[at]?.at ?? instant(0);
  const last = entries.findLast((entry) => entry.at <= moment)?.sequence ?? 0;
  const figures = new JournalFigures({ journal: journalOf(entries.length), tables: () => tables, log });
  const past = counted(await figures.at(moment));
  expect(past.sequence).toBe(last);
  expect(past).toEqual(
    counted(await new JournalFigures({ journal: journalOf(last), tables: () => tables, log }).at(null)),
  );
});

test('a long journal is counted beside other work: the answer says how far it is until it is done', async () => {
  const tables = cityTables();
  const figures = new JournalFigures({
    journal: journalOf(entries.length),
    tables: () => tables,
    log,
    waitedEntries: 100,
  });
  const first = await figures.at(null);
  expect(first).toEqual({ isReady: false, counting: { done: 0, of: entries.length } });
  let answer = first;
  let rounds = 0;
  while (!answer.isReady) {
    await new Promise((settle) => setImmediate(settle));
    answer = await figures.at(null);
    rounds += 1;
  }
  expect(rounds).toBeGreaterThan(1);
  expect(counted(answer).sequence).toBe(entries.length);
});

test('other tables are another count', async () => {
  let tables = cityTables();
  const journal = journalOf(entries.length);
  const figures = new JournalFigures({ journal, tables: () => tables, log });
  const before = counted(await figures.at(null));
  tables = cityTables();
  expect(counted(await figures.at(null))).toEqual(before);
  expect(journal.reads).toBe(2 * entries.length);
});

test('of a damaged journal what can be read is counted, and said not to be whole', async () => {
  const tables = cityTables();
  const journal = journalOf(entries.length, { from: 5, to: 60 });
  const { isWhole, reported } = counted(await new JournalFigures({ journal, tables: () => tables, log }).at(null));
  expect(isWhole).toBe(false);
  expect(reported).toBeGreaterThan(0);
});
