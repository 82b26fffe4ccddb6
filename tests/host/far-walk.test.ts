import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { required } from '#domain/base/assert-never.ts';
import { CaseMemory } from '#host/cases/case-memory.ts';
import { CaseNumbers } from '#host/cases/case-numbers.ts';
import { foldJournal } from '#host/cases/fold-journal.ts';
import { ProjectionFeed, type FeedOptions } from '#host/cases/projection-feed.ts';
import { pinoLog } from '#host/log/pino-log.ts';
import type { Journal } from '#host/ports/journal.ts';
import { unpackCases } from '#host/projection/packed-cases.ts';
import type { Handover, ProjectedCase, StoredSequences } from '#host/ports/projection.ts';
import { SimulatedDay } from '#tests/builders/simulated-day.ts';
import { walkWorkerFile } from '#tests/support/build-worker.ts';
import { openJournal } from '#tests/support/open-journal.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const areas: ReturnType<FeedOptions['areas']> = { path: (code) => [{ code: `over ${code}` }] as never };
let dataFolder = '';
let journal: Journal;
let cases: CaseMemory;

beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'grid-command-'));
  const day = new SimulatedDay({ ratePerHour: 125, speed: 20 });
  day.play(6);
  const opened = await openJournal(dataFolder, { segmentBytes: 60_000 });
  journal = opened.journal;
  const entries = day.events.map((event, index) => {
    return { at: event.at, commandId: `c-${index}`, actor: 'desk-1', events: [event], tables: {} };
  });
  expect((await journal.append(entries, 0)).ok).toBe(true);
  cases = await memoryOf(journal);
});
afterAll(async () => {
  await journal.close();
  await rm(dataFolder, { recursive: true });
});

/** What is open, and few others, as a host has them after a start. */
async function memoryOf(folded: Journal): Promise<CaseMemory> {
  const memory = new CaseMemory(folded, { mayHave: () => true, sequencesOf: () => Promise.resolve(null) }, 5);
  await foldJournal({ journal: folded, cases: memory, numbers: new CaseNumbers() }, () => undefined);
  return memory;
}

function feed(change: Partial<FeedOptions>): ProjectionFeed {
  return new ProjectionFeed({
    dataFolder,
    journal,
    cases,
    areas: () => areas,
    walkWorkerFile,
    log: pinoLog('silent'),
    ...change,
  });
}

/** What the tables contain after a replay, and which cases were asked for. */
async function replayed(from: ProjectionFeed, after = 0, before: ReadonlyMap<string, ProjectedCase> = new Map()) {
  const rows = new Map(before);
  const asked: string[] = [];
  const stored: StoredSequences = (id) => {
    asked.push(id);
    return Promise.resolve(rows.get(id)?.sequences ?? null);
  };
  const handovers: Handover[] = [];
  for await (const handover of from.replay(after, stored)) {
    for (const row of [...pastOf(handover), ...handover.rows]) rows.set(row.row.id, row);
    handovers.push(handover);
  }
  return { rows, asked, handovers };
}

function pastOf({ past = [], packed = [] }: Handover): readonly ProjectedCase[] {
  return [...past, ...packed.flatMap(unpackCases)];
}

const sorted = (rows: ReadonlyMap<string, ProjectedCase>) =>
  [...rows.values()].sort((a, b) => (a.row.id < b.row.id ? -1 : 1));

test('on a thread of its own a replay gives the rows that one in the host gives', async () => {
  const here = await replayed(feed({ farEntries: Infinity }));
  const far = await replayed(feed({ farEntries: 1 }));
  expect(here.rows.size).toBeGreaterThan(50);
  expect(sorted(far.rows)).toEqual(sorted(here.rows));
  expect(far.handovers.at(-1)?.sequence).toBe(journal.head().sequence);
  const fromThread = far.handovers.slice(1);
  expect(fromThread.flatMap(pastOf).length).toBeGreaterThan(20);
  expect(fromThread.flatMap(({ rows }) => rows)).toEqual([]);
});

test('it goes on from the middle with what is stored of a case', async () => {
  const all = await replayed(feed({ farEntries: Infinity }));
  const middle = Math.floor(journal.head().sequence / 2);
  const before = new Map([...all.rows].filter(([, { sequences }]) => (sequences[0] ?? 0) <= middle));
  const far = await replayed(feed({ farEntries: 1 }), middle, before);
  expect(far.asked.length).toBeGreaterThan(5);
  expect(sorted(far.rows)).toEqual(sorted(all.rows));
});

test('where its journal is damaged or its thread ends, the host walks on itself', async () => {
  const wanted = await replayed(feed({ farEntries: Infinity }));
  const noThread = await replayed(feed({ farEntries: 1, walkWorkerFile: join(dataFolder, 'none.js') }));
  expect(sorted(noThread.rows)).toEqual(sorted(wanted.rows));

  const damaged = await temporaryFolder();
  await cp(join(dataFolder, 'journal'), join(damaged, 'journal'), { recursive: true });
  const segments = (await readdir(join(damaged, 'journal'))).filter((name) => name.endsWith('.seg')).sort();
  const path = join(damaged, 'journal', required(segments[Math.floor(segments.length / 2)], 'a segment in the middle'));
  const bytes = await readFile(path);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  await writeFile(path, bytes);
  const around = await replayed(feed({ farEntries: 1, dataFolder: damaged }));
  expect(sorted(around.rows)).toEqual(sorted(wanted.rows));
  expect(around.handovers.length).toBeGreaterThan(1);
});
