import { describe, expect, test } from 'vitest';
import type { CaseCommandBody } from '#domain/case/commands.ts';
import { diskFiles, type JournalFiles } from '#host/journal/local/journal-files.ts';
import type { Commands } from '#host/ports/commands.ts';
import { aReport, desk } from '#tests/builders/cases.ts';
import { aNewEntry, someEntries } from '#tests/builders/entries.ts';
import { faultyFiles, type Fault } from '#tests/support/faulty-files.ts';
import { openJournal } from '#tests/support/open-journal.ts';
import { openQueue, type OpenedQueue } from '#tests/support/open-queue.ts';
import { readAll } from '#tests/support/read-all.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

/** Enough that the queue splits them: while one half is synced, the other is decided on the state after it. */
const CASES = 80;

interface Submission {
  readonly id: string;
  readonly body: CaseCommandBody;
}

/** The first half reports cases, the second registers just these. */
const reports: readonly Submission[] = numbers(CASES).map((serial) => ({ id: `report-${serial}`, body: aReport() }));
const registrations: readonly Submission[] = numbers(CASES).map((serial) => ({
  id: `register-${serial}`,
  body: { type: 'register', caseId: caseId(serial), condition: '属实' },
}));
const both = [...reports, ...registrations];

describe.each(['EIO', 'ENOSPC', 'short'] satisfies Fault[])('the n-th call of the disk fails with %s', (fault) => {
  test('while two flights are under way: memory, answers and journal agree, and trying again records all', async () => {
    const clean = faultyFiles(diskFiles, () => null);
    const undisturbed = await openQueue(await temporaryFolder({ isInMemory: true }), { files: clean.files });
    const opening = clean.calls.length;
    expect((await submitAll(undisturbed.queue, both)).map(({ outcome }) => outcome)).toEqual(both.map(() => 'ok'));
    await undisturbed.journal.close();
    let failedFirst = 0;
    for (let n = opening + 1; n <= clean.calls.length; n += 1) {
      const folder = await temporaryFolder({ isInMemory: true });
      const disk = faultyFiles(diskFiles, (_call, number) => (number === n ? fault : null));
      failedFirst += (await expectAgreement(folder, disk.files)) ? 1 : 0;
    }
    expect(failedFirst).toBe(1);
  });

  test('again and again, from one call on', async () => {
    for (let length = 2; length < 12; length += 1) {
      const folder = await temporaryFolder({ isInMemory: true });
      let isOpen = false;
      let failing = length;
      const disk = faultyFiles(diskFiles, () => (isOpen && (failing -= 1) >= 0 ? fault : null));
      await expectAgreement(folder, disk.files, { onOpen: () => (isOpen = true), mayStay: true });
    }
  });
});

test('what was decided on a flight that failed is decided anew, on what is really there', async () => {
  let isFailing = true;
  const disk = faultyFiles(diskFiles, (call) => {
    if (call !== 'writeSynced' || !isFailing) return null;
    isFailing = false;
    return 'EIO';
  });
  isFailing = false;
  const folder = await temporaryFolder();
  const opened = await openQueue(folder, { files: disk.files });
  isFailing = true;
  const answers = await submitAll(opened.queue, both);
  expect(answers.slice(0, CASES).map(({ outcome }) => outcome)).toEqual(reports.map(() => 'journal_read_only'));
  expect(answers.slice(CASES).map(({ outcome }) => outcome)).toEqual(registrations.map(() => 'not_found'));
  expect(opened.journal.head().sequence).toBe(0);
  expect(opened.cases.counts()).toEqual({ open: 0, total: 0 });
  await opened.journal.close();
});

test('an entry too large for the journal refuses its own flight, and the one behind is decided anew', async () => {
  const folder = await temporaryFolder();
  const opened = await openQueue(folder);
  const large = { id: 'large', body: aReport({ description: '网'.repeat(400_000) }) };
  const answers = await submitAll(opened.queue, [large, ...reports.slice(1), ...reports.map(again)]);
  expect(answers.slice(0, CASES).map(({ outcome }) => outcome)).toEqual(reports.map(() => 'bad_input'));
  expect(answers.slice(CASES).map(({ outcome }) => outcome)).toEqual(reports.map(() => 'ok'));
  expect(answers.slice(CASES).map(({ sequence }) => sequence)).toEqual(numbers(CASES));
  await expectSameAfterRestart(opened, folder);
});

test('on a full disk both flights are refused, and accepted when there is space', async () => {
  let isFull = false;
  const disk = faultyFiles(diskFiles, (call) => (isFull && call === 'writeSynced' ? 'short' : null));
  const folder = await temporaryFolder();
  const opened = await openQueue(folder, { files: disk.files });
  isFull = true;
  const doubled = [...reports, ...reports.map(again)];
  expect((await submitAll(opened.queue, doubled)).map(({ outcome }) => outcome)).toEqual(
    doubled.map(() => 'journal_full'),
  );
  expect(disk.failed.length).toBe(1);
  isFull = false;
  opened.clock.advance(2_000);
  expect((await submitAll(opened.queue, doubled)).map(({ outcome }) => outcome)).toEqual(doubled.map(() => 'ok'));
  await expectSameAfterRestart(opened, folder);
});

test('an id that is repeated in the second flight gets the first receipt, or its own if the first flight fails', async () => {
  let isFailing = false;
  const disk = faultyFiles(diskFiles, (call) => {
    const fault = isFailing && call === 'writeSynced' ? 'EIO' : null;
    if (fault !== null) isFailing = false;
    return fault;
  });
  const folder = await temporaryFolder();
  const opened = await openQueue(folder, { files: disk.files });
  const twice = await submitAll(opened.queue, [...reports, ...reports]);
  expect(twice.map(({ sequence }) => sequence)).toEqual([...numbers(CASES), ...numbers(CASES)]);
  expect(twice.map(({ isRepeat }) => isRepeat)).toEqual([...reports.map(() => false), ...reports.map(() => true)]);
  isFailing = true;
  const others = reports.map(again);
  const failed = await submitAll(opened.queue, [...others, ...others]);
  expect(failed.slice(0, CASES).every(({ outcome }) => outcome === 'journal_read_only')).toBe(true);
  expect(failed.slice(CASES).map(({ isRepeat }) => isRepeat)).toEqual(others.map(() => false));
  expect(opened.cases.counts().total).toBe(2 * CASES);
  await expectSameAfterRestart(opened, folder);
});

test('closed while two flights are under way, the queue records both and refuses what comes after', async () => {
  const folder = await temporaryFolder();
  const opened = await openQueue(folder);
  const waiting = submitAll(opened.queue, both);
  const closed = opened.queue.close();
  const late = await submitAll(opened.queue, [{ id: 'late', body: aReport() }]);
  await closed;
  expect(opened.journal.head().sequence).toBe(2 * CASES);
  expect(late).toMatchObject([{ outcome: 'unavailable' }]);
  expect((await waiting).map(({ outcome }) => outcome)).toEqual(both.map(() => 'ok'));
  await expectSameAfterRestart(opened, folder);
});

test('changes are heard of flight by flight, in order, when they are durable', async () => {
  const folder = await temporaryFolder();
  const opened = await openQueue(folder);
  const heard: number[] = [];
  opened.cases.onChanged((changes, sequence) => {
    heard.push(...changes.map((change) => change.sequence));
    expect(opened.journal.head().sequence).toBeGreaterThanOrEqual(sequence);
  });
  await submitAll(opened.queue, both);
  expect(heard).toEqual(numbers(2 * CASES));
  await expectSameAfterRestart(opened, folder);
});

test('of chained appends the first of which fails, the others are conflicts, and none is recorded', async () => {
  let isFailing = false;
  const disk = faultyFiles(diskFiles, (call) => (isFailing && call === 'writeSynced' ? 'EIO' : null));
  const { journal } = await openJournal(await temporaryFolder(), { files: disk.files });
  await journal.append(someEntries(3), 0);
  isFailing = true;
  const failed = [4, 5, 6, 7].map((serial) => journal.append([aNewEntry(serial)], serial - 1));
  const first = await failed[0];
  isFailing = false;
  expect(first).toEqual({ ok: false, error: 'read_only' });
  const later = await Promise.all(failed.slice(1));
  const reason = journal.readOnlyReason();
  expect(later.map((result) => !result.ok && result.error)).toEqual(
    later.map(() => (reason === null ? 'conflict' : 'read_only')),
  );
  expect(journal.head().sequence).toBe(3);
  await journal.close();
});

/**
 * Submits both halves on a disk that fails, and compares what was answered with what is there. `mayStay`: the disk fails
 * so often that what was refused could not be cut away before the end. True: the first half was refused.
 */
async function expectAgreement(
  folder: string,
  files: JournalFiles,
  { onOpen = () => {}, mayStay = false }: { readonly onOpen?: () => void; readonly mayStay?: boolean } = {},
): Promise<boolean> {
  const opened = await openQueue(folder, { files });
  onOpen();
  const answers = await submitAll(opened.queue, both);
  const accepted = answers.filter(({ outcome }) => outcome === 'ok').map(({ id, sequence }) => ({ id, sequence }));
  const isWritable = opened.journal.readOnlyReason() === null;
  const rows = opened.cases.openRows();
  await opened.journal.close();

  const restarted = await openQueue(folder);
  const recorded = (await readAll(restarted.journal)).map(({ commandId, sequence }) => ({ id: commandId, sequence }));
  expect(recorded.slice(0, accepted.length)).toEqual(accepted);
  if (isWritable && !mayStay) {
    expect(recorded.length).toBe(accepted.length);
    expect(restarted.cases.openRows()).toEqual(rows);
  }
  expect((await submitAll(restarted.queue, reports)).map(({ outcome }) => outcome)).toEqual(reports.map(() => 'ok'));
  await expectSameAfterRestart(restarted, folder);
  return answers[0]?.outcome !== 'ok';
}

/** The journal is whole, and what it folds to is what is in memory. */
async function expectSameAfterRestart({ cases, journal }: OpenedQueue, folder: string): Promise<void> {
  expect(await journal.verify()).toMatchObject({ ok: true, problems: [] });
  const rows = cases.openRows();
  const counts = cases.counts();
  await journal.close();
  const again = await openQueue(folder);
  expect(again.cases.openRows()).toEqual(rows);
  expect(again.cases.counts()).toEqual(counts);
  await again.journal.close();
}

interface Answer {
  readonly id: string;
  /** `ok`, or the code of the refusal. */
  readonly outcome: string;
  readonly sequence: number | null;
  readonly isRepeat: boolean | null;
}

/** All at once. */
function submitAll(queue: Commands, submissions: readonly Submission[]): Promise<readonly Answer[]> {
  return Promise.all(
    submissions.map(async ({ id, body }) => {
      const result = await queue.submit({ id, actor: desk, body });
      if (!result.ok) return { id, outcome: result.error.code, sequence: null, isRepeat: null };
      return { id, outcome: 'ok', sequence: result.value.sequence, isRepeat: result.value.isRepeat };
    }),
  );
}

/** The same under another id. */
function again({ id, body }: Submission): Submission {
  return { id: `${id}-again`, body };
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

function caseId(serial: number): string {
  return `20261124${String(serial).padStart(6, '0')}`;
}
