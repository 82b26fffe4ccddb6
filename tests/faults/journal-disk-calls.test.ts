import { cp } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { diskFiles, type JournalFiles } from '#host/journal/local/journal-files.ts';
import { required } from '#domain/base/assert-never.ts';
import { Random } from '#domain/base/random.ts';
import type { Entry, Journal, NewEntry } from '#host/ports/journal.ts';
import { someEntries } from '#tests/builders/entries.ts';
import { faultyFiles, type Fault, type FaultPlan } from '#tests/support/faulty-files.ts';
import { openJournal } from '#tests/support/open-journal.ts';
import { powerCutFiles } from '#tests/support/power-cut.ts';
import { readAll } from '#tests/support/read-all.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

/** Batches that the work below appends, over several small segments and one restart. */
const batches: readonly (readonly NewEntry[])[] = [1, 3, 1, 5, 2, 1, 4, 1, 2, 3].map((count, index) =>
  someEntries(count, index * 10 + 1),
);
const SEGMENT_BYTES = 2_500;
/** Calls of the work without a fault. Printed, and must not shrink: fewer would mean that a sync has gone missing. */
const LEAST_CALLS = 73;

/** FT5: the n-th call of the disk fails, for every n. */
describe.each(['EIO', 'ENOSPC', 'short'] satisfies Fault[])('the n-th call fails with %s', (fault) => {
  test('every failure is answered, nothing acknowledged is lost, and trying again records all', async () => {
    const folder = await temporaryFolder({ isInMemory: true });
    const clean = faultyFiles(diskFiles, () => null);
    await work(folder, clean.files, () => undefined);
    process.stdout.write(`FT5 ${fault}: each of ${clean.calls.length} calls\n`);
    expect(clean.calls.length).toBeGreaterThanOrEqual(LEAST_CALLS);
    expect(clean.calls.filter((call) => call === 'writeSynced').length).toBeGreaterThanOrEqual(batches.length);
    for (let n = 1; n <= clean.calls.length; n += 1) {
      expect(await expectMended(`call ${n}`, (_call, number) => (number === n ? fault : null))).toBe(1);
    }
  });

  test('killed right after a refusal: nothing that was refused is found at the next start', async () => {
    let refusals = 0;
    for (let n = 1; n <= LEAST_CALLS; n += 1) {
      const folder = await temporaryFolder({ isInMemory: true });
      const { files } = faultyFiles(diskFiles, (_call, number) => (number === n ? fault : null));
      const opened = await tryToOpen(folder, files);
      if (opened === null) continue;
      let expected = 0;
      for (const batch of batches) {
        const result = await opened.journal.append(batch, expected);
        if (!result.ok) break;
        expected += result.value.length;
      }
      refusals += expected < wanted.length && opened.journal.readOnlyReason() === null ? 1 : 0;
      const copy = await temporaryFolder({ isInMemory: true });
      await cp(folder, copy, { recursive: true });
      await opened.journal.close();
      const { journal } = await openJournal(copy, { segmentBytes: SEGMENT_BYTES });
      expect(journal.head().sequence, `call ${n}`).toBe(expected);
      expect((await journal.verify()).problems).toEqual([]);
      await journal.close();
    }
    expect(refusals).toBeGreaterThan(20);
  });

  test('and so do the calls that try to mend it', async () => {
    const random = new Random(5);
    for (let round = 0; round < 120; round += 1) {
      const first = random.integer(1, LEAST_CALLS - 20);
      const end = first + random.integer(2, 6);
      const failed = await expectMended(`calls ${first} to ${end - 1}`, (_call, number) =>
        number >= first && number < end ? fault : null,
      );
      expect(failed).toBe(end - first);
    }
  });
});

describe('power cut: what was not synced is gone', () => {
  test('0 acknowledged entries lost, at any of the appends; a disk whose syncs lie does lose them', async () => {
    let lostByLies = 0;
    for (const isLying of [false, true]) {
      for (let stopAfter = 0; stopAfter <= batches.length; stopAfter += 1) {
        const folder = await temporaryFolder({ isInMemory: true });
        const disk = powerCutFiles(diskFiles, { isLying });
        const { journal } = await openJournal(folder, { files: disk.open(), segmentBytes: SEGMENT_BYTES });
        const acknowledged: Entry[] = [];
        for (const batch of batches.slice(0, stopAfter)) acknowledged.push(...(await appended(journal, batch)));
        await journal.close();
        await disk.cut();
        const again = await openJournal(folder, { segmentBytes: SEGMENT_BYTES });
        const kept = await readAll(again.journal);
        if (isLying) lostByLies += acknowledged.length - kept.length;
        else expect(kept).toEqual(acknowledged);
        await again.journal.close();
      }
    }
    expect(lostByLies).toBeGreaterThan(0);
  });
});

const wanted: readonly NewEntry[] = batches.flat();

/** What the callers heard. Nothing else may be in the journal, and all of `acknowledged` must be. */
interface Heard {
  readonly acknowledged: ReadonlyMap<string, Entry>;
  /** Refused by a journal that stayed writable, and not tried again since. */
  readonly refused: ReadonlySet<string>;
}

/**
 * Appends all batches, trying again after a refusal. Closes and opens once on the way, and whenever the journal has
 * become read-only: what was refused then is unknown, so it is looked for before it is tried again (JN10).
 */
async function work(
  folder: string,
  files: JournalFiles,
  expectIn: (found: readonly Entry[], heard: Heard) => void,
): Promise<void> {
  const acknowledged = new Map<string, Entry>();
  const refused = new Set<string>();
  let isRestarted = false;
  let opened: Opened | null = null;
  for (let round = 0; round < 80 && acknowledged.size < wanted.length; round += 1) {
    opened ??= await tryToOpen(folder, files);
    if (opened === null) continue;
    const { journal, clock } = opened;
    const batch = batches
      .map((entries) => entries.filter(({ commandId }) => !acknowledged.has(commandId)))
      .find(({ length }) => length > 0);
    const result = await journal.append(required(batch, 'a batch is left'), journal.head().sequence);
    for (const entry of result.ok ? result.value : []) acknowledged.set(entry.commandId, entry);
    for (const { commandId } of batch ?? []) {
      if (result.ok) refused.delete(commandId);
      else if (journal.readOnlyReason() === null) refused.add(commandId);
    }
    clock.advance(2_000);
    const isHalfway: boolean = !isRestarted && acknowledged.size > 12;
    if (journal.readOnlyReason() === null && !isHalfway) continue;
    isRestarted ||= isHalfway;
    await journal.close();
    opened = null;
    const again = await openJournal(folder, { segmentBytes: SEGMENT_BYTES });
    const found = await readAll(again.journal);
    await again.journal.close();
    expectIn(found, { acknowledged, refused });
    for (const entry of found) acknowledged.set(entry.commandId, entry);
  }
  await opened?.journal.close();
  const last = await openJournal(folder, { segmentBytes: SEGMENT_BYTES });
  const found = await readAll(last.journal);
  expectIn(found, { acknowledged, refused });
  expect((await last.journal.verify()).problems).toEqual([]);
  expect(found.map(({ commandId }) => commandId)).toEqual(wanted.map(({ commandId }) => commandId));
  await last.journal.close();
}

type Opened = Awaited<ReturnType<typeof openJournal>>;

/** Null when opening failed, which is an answer too. */
async function tryToOpen(folder: string, files: JournalFiles): Promise<Opened | null> {
  try {
    return await openJournal(folder, { files, segmentBytes: SEGMENT_BYTES });
  } catch (error) {
    expect(String(error)).toMatch(/injected|bytes were written/);
    return null;
  }
}

async function expectMended(name: string, plan: FaultPlan): Promise<number> {
  const folder = await temporaryFolder({ isInMemory: true });
  const { files, failed, repeatedSyncs } = faultyFiles(diskFiles, plan);
  await work(folder, files, (found, { acknowledged, refused }) => {
    const context = `${name}: ${failed.join(' ')}`;
    const bySequence = [...acknowledged.values()].map(({ sequence }) => found[sequence - 1]);
    expect(bySequence, context).toEqual([...acknowledged.values()]);
    expect(
      found.filter(({ commandId }) => refused.has(commandId)),
      context,
    ).toEqual([]);
    expect(new Set(found.map(({ commandId }) => commandId)).size, context).toBe(found.length);
  });
  expect(repeatedSyncs()).toBe(0);
  return failed.length;
}

async function appended(journal: Journal, batch: readonly NewEntry[]): Promise<readonly Entry[]> {
  const result = await journal.append(batch, journal.head().sequence);
  return required(result.ok ? result.value : null, 'the append is accepted');
}
