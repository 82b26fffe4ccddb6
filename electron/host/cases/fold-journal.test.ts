import { expect, test } from 'vitest';
import { instant } from '#domain/base/instant.ts';
import { aTicket } from '#tests/builders/world.ts';
import { openQueue } from '#tests/support/open-queue.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { required } from '#domain/base/assert-never.ts';
import type { CaseEvent } from '#domain/case/events.ts';
import { HealthRegister } from '#host/health/health-register.ts';
import type { CaseArchive } from '#host/ports/cases.ts';
import type { Entry, Gap, Journal } from '#host/ports/journal.ts';
import { ProjectionUnavailable } from '#host/ports/projection.ts';
import { desk, morning, play, routine } from '#tests/builders/cases.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { CaseMemory } from './case-memory.ts';
import { CaseNumbers } from './case-numbers.ts';
import { foldJournal, tellMissing } from './fold-journal.ts';

/** A journal in memory that leaves out some entries, as a damaged one does. */
function journalOf(all: readonly (readonly CaseEvent[])[], lost: readonly number[] = []) {
  const entries = all.map((events, index): Entry => {
    const sequence = index + 1;
    return {
      sequence,
      events,
      at: morning,
      commandId: `c-${sequence}`,
      actor: 'desk-1',
      tables: {},
      prev: '',
      hash: '',
    };
  });
  const journal: Pick<Journal, 'readAround' | 'readEach'> = {
    async *readAround(_from: number, onGap: (gap: Gap) => void) {
      for (const entry of entries) {
        if (lost.includes(entry.sequence)) onGap({ from: entry.sequence, to: entry.sequence });
        else yield await Promise.resolve([entry]);
      }
    },
    readEach: (sequences) => Promise.resolve(sequences.flatMap((sequence) => entries[sequence - 1] ?? [])),
  };
  return journal as Journal;
}

/** For cases that are all in memory. */
const noArchive: CaseArchive = { mayHave: () => false, sequencesOf: () => Promise.resolve(null) };

async function fold(journal: Journal) {
  const cases = new CaseMemory(journal, noArchive);
  const seen: number[] = [];
  const folded = await foldJournal({ journal, cases, numbers: new CaseNumbers() }, ({ sequence }) =>
    seen.push(sequence),
  );
  return { cases, folded, seen };
}

const wholeCase = (id: string): readonly CaseEvent[] =>
  play(routine('20261124000001')).events.map((event) => ({ ...event, caseId: id }));
const one = wholeCase('20261124000001');
const two = wholeCase('20261124000002');

test('a whole journal: every case, nothing missing, nothing told', async () => {
  const { cases, folded, seen } = await fold(journalOf([...one, ...two].map((event) => [event])));
  expect(folded).toEqual({ lastRecordedAt: morning, gaps: [], cutOff: new Set() });
  expect(seen).toHaveLength(one.length + two.length);
  expect(cases.counts()).toEqual({ open: 0, total: 2 });
  const health = new HealthRegister(new ManualClock(morning));
  tellMissing(folded, health);
  expect(health.list()).toEqual([]);
});

test('with entries missing: a case that misses one stands as before, the others are up to date', async () => {
  const lost = [3, one.length + 1];
  const three = wholeCase('20261124000003');
  const { cases, folded } = await fold(
    journalOf(
      [...one, ...two, ...three].map((event) => [event]),
      lost,
    ),
  );
  expect(cases.resident('20261124000001')?.version).toBe(2);
  expect(cases.resident('20261124000002')).toBeUndefined();
  expect(cases.resident('20261124000003')?.version).toBe(three.length);
  expect(folded.cutOff).toEqual(new Set(['20261124000001', '20261124000002']));
  const health = new HealthRegister(new ManualClock(morning));
  tellMissing(folded, health);
  expect(health.list()).toMatchObject([
    {
      code: 'journal_missing',
      severity: 'error',
      detail: { count: '2', from: '3', to: String(one.length + 1), cases: '2' },
    },
  ]);
});

test('a case of the archive that was acted on again is set aside, and brought back once the archive can be asked', async () => {
  const last = required(one.at(-1), 'a closing');
  const again = { ...last, version: last.version + 1 };
  const journal = journalOf([...one, ...two, again].map((event) => [event]));
  let canAsk = false;
  const archive: CaseArchive = {
    mayHave: () => true,
    sequencesOf: async () => {
      if (!canAsk) throw new ProjectionUnavailable('rebuilding');
      return [...one.map((_, index) => index + 1), one.length + two.length + 1];
    },
  };
  const cases = new CaseMemory(journal, archive, 1);
  const seen: (string | undefined)[] = [];
  const { gaps } = await foldJournal({ journal, cases, numbers: new CaseNumbers() }, (_, state) =>
    seen.push(state?.id),
  );
  expect([gaps, cases.resident('20261124000001'), cases.aside, seen.at(-1)]).toEqual([[], undefined, 1, undefined]);
  await expect(cases.bringBack()).rejects.toThrow(ProjectionUnavailable);
  canAsk = true;
  const heard: number[] = [];
  cases.onChanged((changes) => heard.push(...changes.map(({ state }) => state.version)));
  expect(await cases.bringBack()).toEqual(new Set());
  expect([cases.resident('20261124000001')?.version, cases.aside, heard]).toEqual([again.version, 0, [again.version]]);
});

test('after a restart no number is given twice: those of tickets count as well', async () => {
  const { queue, journal } = await openQueue(await temporaryFolder());
  const answer = await queue.submit({ id: 'ticket', actor: desk, body: aTicket() });
  if (!answer.ok) throw new Error(answer.error.code);
  const numbers = new CaseNumbers();
  await foldJournal({ journal, cases: new CaseMemory(journal, noArchive), numbers }, () => {});
  const next = numbers.next(instant(morning));
  await journal.close();
  expect(Number(next)).toBeGreaterThan(Number(answer.value.caseId));
});
