import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { pinoLog } from '#host/log/pino-log.ts';
import { aReport, desk, routine } from '#tests/builders/cases.ts';
import { openQueue, type OpenedQueue } from '#tests/support/open-queue.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { ResumeKeeper, type Known } from './open-resume.ts';

let folder: string;
let opened: OpenedQueue;
let dumps = 0;

beforeEach(async () => {
  folder = await temporaryFolder({ isInMemory: true });
  opened = await openQueue(folder);
  dumps = 0;
});

afterEach(() => opened.journal.close());

const keeper = (everyEntries?: number, foldVersion?: number) =>
  new ResumeKeeper({
    ...(foldVersion === undefined ? {} : { foldVersion }),
    folder: join(folder, 'resume'),
    journal: opened.journal,
    log: pinoLog('silent'),
    ...(everyEntries === undefined ? {} : { everyEntries }),
  });

/** What a host knows, with one new beginning each time it is asked. */
function take(): Known {
  const { cases } = opened;
  const { open, ended } = cases.kept(10);
  dumps += 1;
  return {
    ...{ sequence: cases.sequence(), total: cases.counts().total, cases: [...ended, ...open] },
    ...{ dumps: { count: dumps }, beginnings: Uint32Array.of(dumps, 0, 1), steps: Uint32Array.of(7, 8, 9) },
  };
}

const nothing = () => Promise.resolve();

async function act(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const outcome = await opened.queue.submit({
      ...{ id: `${opened.cases.sequence()}-${index}`, actor: desk, body: aReport() },
    });
    expect(outcome.ok).toBe(true);
  }
}

/** Acts, and ends as a host does. */
async function run(count: number): Promise<void> {
  const resume = keeper();
  await resume.read();
  const leave = resume.follow(opened.cases, take, nothing);
  await act(count);
  await leave();
}

const points = async () => (await readdir(join(folder, 'resume'))).filter((name) => name.endsWith('.resume'));

test('a start goes on from what the last run knew at its end', async () => {
  for (const [index, body] of routine('20261124000001').entries()) {
    await opened.queue.submit({ id: `step-${index}`, actor: desk, body });
  }
  await run(3);
  const known = await keeper().read();
  const { open, ended } = opened.cases.kept(10);
  expect(known?.recordedAt, 'recorded time is held at it').toBe(opened.clock.now());
  expect(known).toMatchObject({ sequence: 13, total: 4, dumps: { count: 1 }, cases: [...ended, ...open] });
  expect([[...(known?.beginnings ?? [])], [...(known?.steps ?? [])]]).toEqual([
    [1, 0, 1],
    [7, 8, 9],
  ]);
});

test('beginnings are added to those of the runs before; two points stay', async () => {
  await run(1);
  await run(1);
  await run(1);
  const known = await keeper().read();
  expect([...(known?.beginnings ?? [])]).toEqual([1, 0, 1, 2, 0, 1, 3, 0, 1]);
  expect(await points()).toEqual(['000000000002.resume', '000000000003.resume']);
});

test('while a host runs, a point is left after so many entries, and only when what it stands on is on the disk', async () => {
  const resume = keeper(4);
  await resume.read();
  const seen: number[] = [];
  const leave = resume.follow(opened.cases, take, async () => {
    seen.push(opened.cases.sequence());
    await Promise.resolve();
  });
  await act(9);
  await leave();
  expect(seen.length).toBeGreaterThan(1);
  expect((await keeper().read())?.sequence).toBe(9);
});

test('a point that could not be written costs nothing: the next one has what it would have had', async () => {
  const resume = keeper(2);
  await resume.read();
  let isBroken = true;
  const leave = resume.follow(opened.cases, take, () => (isBroken ? Promise.reject(new Error('broken')) : nothing()));
  await act(2);
  await expect.poll(() => dumps).toBe(1);
  isBroken = false;
  await act(1);
  await leave();
  const known = await keeper().read();
  expect([known?.sequence, [...(known?.beginnings ?? [])].filter((_, at) => at % 3 === 0)]).toEqual([
    3,
    Array.from({ length: dumps }, (_, at) => at + 1),
  ]);
});

test('a changed byte anywhere leads to the point before, or to a whole fold, and never to another state', async () => {
  await run(2);
  await run(2);
  const newest = join(folder, 'resume', '000000000004.resume');
  const bytes = await readFile(newest);
  for (let at = 0; at < bytes.length; at += 7) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 0x10;
    await writeFile(newest, changed);
    const known = await keeper().read();
    // The head of a compressed file has bytes that mean nothing.
    expect([2, 4], `byte ${at}`).toContain(known?.sequence);
    if (known?.sequence === 4) expect(known.dumps).toEqual({ count: 2 });
  }
  await writeFile(newest, bytes);
  const commands = join(folder, 'resume', 'commands.idx');
  const index = await readFile(commands);
  index[0] = (index[0] ?? 0) ^ 1;
  await writeFile(commands, index);
  expect(await keeper().read()).toBeNull();
  expect(await points()).toEqual([]);
});

test('a point whose states another fold made is taken, with its cases folded anew', async () => {
  for (const [index, body] of routine('20261124000001').entries()) {
    await opened.queue.submit({ id: `step-${index}`, actor: desk, body });
  }
  const { cases } = opened;
  const resume = keeper(undefined, 0);
  const leave = resume.follow(
    cases,
    () => {
      const known = take();
      const stale = known.cases.map(({ state, sequences }) => ({ state: { ...state, description: '' }, sequences }));
      return { ...known, cases: stale };
    },
    nothing,
  );
  await act(3);
  await leave();
  const { open, ended } = cases.kept(10);
  expect(await keeper().read()).toMatchObject({ sequence: 13, cases: [...ended, ...open] });
});

test('a point of another journal, or of entries that are gone, is passed over', async () => {
  await run(2);
  const other = await openQueue(await temporaryFolder({ isInMemory: true }));
  onTestFinished(() => other.journal.close());
  const stranger = new ResumeKeeper({ folder: join(folder, 'resume'), journal: other.journal, log: pinoLog('silent') });
  expect(await stranger.read()).toBeNull();
  expect(await points()).toEqual([]);
});

test('without the folder everything is folded', async () => {
  await run(2);
  await rm(join(folder, 'resume'), { recursive: true });
  expect(await keeper().read()).toBeNull();
});
