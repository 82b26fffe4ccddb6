import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { required } from '#domain/base/assert-never.ts';
import { instant } from '#domain/base/instant.ts';
import { Random } from '#domain/base/random.ts';
import type { CaseEvent } from '#domain/case/events.ts';
import { evolve } from '#domain/case/evolve.ts';
import { isOpen } from '#domain/case/lifecycle.ts';
import type { CaseState } from '#domain/case/state.ts';
import { CaseMemory } from '#host/cases/case-memory.ts';
import type { History, PastPicture } from '#host/ports/history.ts';
import type { Entry, Journal, NewEntry } from '#host/ports/journal.ts';
import { pinoLog } from '#host/log/pino-log.ts';
import { SimulatedDay } from '#tests/builders/simulated-day.ts';
import { archiveOf } from '#tests/support/archive-of.ts';
import { openJournal } from '#tests/support/open-journal.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { openHistory } from './open-history.ts';
import { decodeSnapshot, encodeSnapshot, type Snapshot } from './snapshot.ts';

const EVERY = 400;
const BATCH = 50;

let day: readonly CaseEvent[] = [];
beforeAll(() => {
  const simulated = new SimulatedDay({ ratePerHour: 125, speed: 20 });
  simulated.play(10);
  day = simulated.events;
});

interface Opened {
  readonly folder: string;
  readonly journal: Journal;
  readonly cases: CaseMemory;
  readonly history: History;
  readonly entries: readonly Entry[];
}

/** The simulated day in a real journal; `isLive`: the history listens while it is written. */
async function theDay({ isLive }: { readonly isLive: boolean }): Promise<Opened> {
  const folder = await temporaryFolder({ isInMemory: true });
  const { journal } = await openJournal(folder);
  const cases = new CaseMemory(journal, archiveOf(journal));
  const open = () =>
    openHistory({
      ...{ journal, cases, log: pinoLog('silent'), everyEntries: EVERY },
      folder: join(folder, 'snapshots'),
    });
  const live = isLive ? open() : null;
  const entries: Entry[] = [];
  let at = 0;
  const given = day.map((event, serial): NewEntry => {
    at = Math.max(at, event.at);
    return { at: instant(at), commandId: `command-${serial}`, actor: 'desk-1', events: [event], tables: {} };
  });
  for (let from = 0; from < given.length; from += BATCH) {
    const written = await journal.append(given.slice(from, from + BATCH), from);
    if (!written.ok) throw new Error(written.error);
    entries.push(...written.value);
    const changes = written.value.flatMap((entry) =>
      cases.apply(entry).map((state) => ({ sequence: entry.sequence, state })),
    );
    cases.publish(changes);
  }
  await live?.close();
  const history = open();
  onTestFinished(async () => {
    await history.close();
    await journal.close();
  });
  return { folder, journal, cases, history, entries };
}

/** What the journal says by itself, folded from its first entry. */
function recounted(entries: readonly Entry[], isIn: (entry: Entry) => boolean): PastPicture {
  const states = new Map<string, { readonly state: CaseState; readonly sequence: number }>();
  const counted = entries.filter(isIn);
  for (const { sequence, events } of counted) {
    for (const event of events) {
      states.set(event.caseId, { state: evolve(states.get(event.caseId)?.state, event), sequence });
    }
  }
  return {
    sequence: counted.at(-1)?.sequence ?? 0,
    recordedAt: counted.at(-1)?.at ?? null,
    open: [...states.values()].filter(({ state }) => isOpen(state.state)),
    total: states.size,
  };
}

function sorted({ open, ...rest }: PastPicture): PastPicture {
  return { ...rest, open: open.toSorted((a, b) => (a.state.id < b.state.id ? -1 : 1)) };
}

const filesOf = async (folder: string) =>
  (await readdir(join(folder, 'snapshots'))).filter((name) => name.endsWith('.snapshot'));

describe.each([true, false])('the past, with snapshots written while the host works: %s', (isLive) => {
  test('a picture of any entry and any moment is what the journal says from its first entry', async () => {
    const { folder, history, entries } = await theDay({ isLive });
    expect(entries.length).toBeGreaterThan(EVERY * 4);
    const random = new Random(7);
    const [first, last] = [required(entries[0], 'a first entry'), required(entries.at(-1), 'a last entry')];
    for (let round = 0; round < 25; round += 1) {
      const sequence = random.integer(0, entries.length);
      const ofEntry = await history.pictureAt({ sequence });
      expect(sorted(ofEntry), `entry ${sequence}`).toEqual(
        sorted(recounted(entries, (entry) => entry.sequence <= sequence)),
      );
      const time = instant(random.integer(first.at - 1_000, last.at + 1_000));
      const ofMoment = await history.pictureAt({ time });
      expect(sorted(ofMoment), `moment ${time}`).toEqual(sorted(recounted(entries, ({ at }) => at <= time)));
    }
    expect((await filesOf(folder)).length).toBeGreaterThanOrEqual(3);
  });
});

test('entries recorded in the same millisecond all count', async () => {
  const { history, entries } = await theDay({ isLive: true });
  const twins = required(
    entries.findLast((entry, index) => entries[index + 1]?.at === entry.at),
    'two of one moment',
  );
  const picture = await history.pictureAt({ time: twins.at });
  expect(picture.sequence).toBe(entries.findLast(({ at }) => at === twins.at)?.sequence);
});

test('a case that ended before the snapshot and moves again after it is found', async () => {
  const { history, entries } = await theDay({ isLive: true });
  const ended = new Set<string>();
  const again = entries.filter(({ sequence, events }) =>
    events.some((event) => {
      const state = recountedState(entries, event.caseId, sequence);
      const wasEnded = ended.has(event.caseId);
      if (!isOpen(state.state)) ended.add(event.caseId);
      return wasEnded;
    }),
  );
  expect(again.length).toBeGreaterThan(0);
  const { sequence } = required(again.at(-1), 'one that moves again');
  expect(sorted(await history.pictureAt({ sequence }))).toEqual(
    sorted(recounted(entries, (entry) => entry.sequence <= sequence)),
  );
});

function recountedState(entries: readonly Entry[], id: string, until: number): CaseState {
  let state: CaseState | undefined;
  for (const { events, sequence } of entries) {
    if (sequence > until) break;
    for (const event of events) if (event.caseId === id) state = evolve(state, event);
  }
  return required(state, 'the case is in the journal');
}

describe('snapshots on the disk', () => {
  test.each([
    ['cut', (bytes: Buffer) => bytes.subarray(0, -40)],
    ['changed', (bytes: Buffer) => Buffer.from(bytes.map((byte, at) => (at === 500 ? byte ^ 1 : byte)))],
    ['empty', () => Buffer.alloc(0)],
  ])('after a %s one the picture is the same, and no bad one is left', async (_what, spoil) => {
    const { folder, journal, history, entries } = await theDay({ isLive: true });
    const newest = required((await filesOf(folder)).toSorted().at(-1), 'a snapshot');
    const file = join(folder, 'snapshots', newest);
    await writeFile(file, spoil(await readFile(file)));
    expect(sorted(await history.pictureAt({ sequence: entries.length }))).toEqual(
      sorted(recounted(entries, () => true)),
    );
    // The walk may have written a good one in its place, when the gap that it left was wide.
    for (const name of await filesOf(folder)) {
      const bytes = await readFile(join(folder, 'snapshots', name));
      expect(await decodeSnapshot(bytes, journal.id, () => Promise.resolve()), name).toMatchObject({
        journalId: journal.id,
      });
    }
  });

  test('of another journal, or of entries that this one does not have, are not taken', async () => {
    const { folder, journal, history, entries } = await theDay({ isLive: true });
    const name = required((await filesOf(folder)).toSorted().at(-1), 'a snapshot');
    const bytes = await readFile(join(folder, 'snapshots', name));
    const pause = () => Promise.resolve();
    expect(await decodeSnapshot(bytes, 'another', pause)).toBe('other_journal');
    const own = (await decodeSnapshot(bytes, journal.id, pause)) as Snapshot;
    const forged = await encodeSnapshot({ ...own, hash: '0'.repeat(64), open: [] }, pause);
    await writeFile(join(folder, 'snapshots', name), forged);
    const picture = await history.pictureAt({ sequence: entries.length });
    expect(picture.open.length).toBe(recounted(entries, () => true).open.length);
  });

  test('a snapshot is read as it was written', async () => {
    const { journal, entries } = await theDay({ isLive: false });
    const { sequence, hash, at } = required(entries[Math.floor(entries.length / 2)], 'an entry');
    const { open } = recounted(entries, (entry) => entry.sequence <= sequence);
    const snapshot: Snapshot = { journalId: journal.id, sequence, hash, recordedAt: at, total: 9, open };
    let pauses = 0;
    const pause = () => {
      pauses += 1;
      return Promise.resolve();
    };
    const bytes = await encodeSnapshot(snapshot, pause);
    expect(pauses, 'other work gets its turn').toBeGreaterThan(0);
    expect(await decodeSnapshot(bytes, journal.id, pause)).toEqual(snapshot);
  });

  test('the folder may be deleted at any time', async () => {
    const { history, entries } = await theDay({ isLive: false });
    const half = Math.floor(entries.length / 2);
    expect((await history.pictureAt({ sequence: half })).sequence).toBe(half);
    expect((await history.pictureAt({ time: instant(0) })).open).toEqual([]);
  });
});
