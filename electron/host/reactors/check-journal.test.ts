import { writeFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '#domain/base/instant.ts';
import { pinoLog } from '#host/log/pino-log.ts';
import type { Journal } from '#host/ports/journal.ts';
import { morning } from '#tests/builders/cases.ts';
import { someEntries } from '#tests/builders/entries.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { openJournal } from '#tests/support/open-journal.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { checkJournal } from './check-journal.ts';

async function aJournal() {
  const dataFolder = await temporaryFolder({ isInMemory: true });
  const opened = await openJournal(dataFolder, { segmentBytes: 4_000 });
  for (let from = 0; from < 60; from += 10) await opened.journal.append(someEntries(10, from + 1), from);
  return { dataFolder, ...opened };
}

function checked(journal: Pick<Journal, 'verify'>) {
  const clock = new ManualClock(morning);
  const reports: Promise<Awaited<ReturnType<Journal['verify']>>>[] = [];
  let pauses = 0;
  const check = checkJournal({
    journal: {
      verify(pause) {
        const report = journal.verify(async () => {
          pauses += 1;
          await pause?.();
        });
        reports.push(report);
        return report;
      },
    },
    ...{ scheduler: clock, elapsedMs: () => clock.elapsedMs(), log: pinoLog('silent') },
  });
  /** Lets the clock run until the check that is under way has ended. */
  const finish = async () => {
    let isDone = false;
    const last = reports.at(-1)?.finally(() => (isDone = true));
    while (!isDone) {
      clock.advance(0);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return last;
  };
  return { clock, reports, check, finish, pauses: () => pauses };
}

test('the journal is walked some minutes after the start and then daily, with a pause before each read', async () => {
  const { journal } = await aJournal();
  const { clock, reports, check, finish, pauses } = checked(journal);
  clock.advance(9 * MINUTE_MS);
  expect(reports).toHaveLength(0);
  clock.advance(MINUTE_MS);
  expect(await finish()).toMatchObject({ ok: true, entries: 60 });
  expect(pauses()).toBeGreaterThan(6);
  await clock.whenPlanned();
  clock.advance(DAY_MS);
  expect(await finish()).toMatchObject({ ok: true });
  expect(reports).toHaveLength(2);
  await check.close();
  await journal.close();
});

test('damage in an old segment is found by it, and the journal becomes read-only', async () => {
  const { journal, health, dataFolder } = await aJournal();
  const file = join(dataFolder, 'journal', '000000000001.seg');
  const bytes = await readFile(file);
  bytes[2_000] = (bytes[2_000] ?? 0) ^ 1;
  await writeFile(file, bytes);
  const { clock, check, finish } = checked(journal);
  clock.advance(10 * MINUTE_MS);
  expect(await finish()).toMatchObject({ ok: false });
  expect(journal.readOnlyReason()).not.toBeNull();
  expect(health.list()).toMatchObject([{ code: 'journal_damaged', severity: 'error' }]);
  await check.close();
  await journal.close();
});

test('a check that is under way is broken off at the end', async () => {
  const { journal } = await aJournal();
  const { clock, reports, check } = checked(journal);
  clock.advance(10 * MINUTE_MS + SECOND_MS);
  await check.close();
  await expect(reports[0]).rejects.toThrow();
  await journal.close();
});
