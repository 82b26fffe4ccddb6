import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BadCursor, ProjectionUnavailable, type Projection } from '#host/ports/projection.ts';
import { instant } from '#domain/base/instant.ts';
import { aProjected } from '#tests/conformance/projection/projected-case.ts';
import { becomes, ProjectionHost } from '#tests/conformance/projection/projection-host.ts';
import { workerFile } from '#tests/support/build-worker.ts';
import { CheckpointFolder } from './checkpoint-folder.ts';
import { CHECKPOINT_INTERVAL_MS } from './checkpoint-timing.ts';
import { FAR_BEHIND, MAX_WAITING_ROWS } from './delivery.ts';
import { FIRST_RESTART_MS } from './open-projection.ts';
import { schemaHash } from './schema.ts';

const NOW = Date.UTC(2026, 6, 2);
const three = [aProjected({ id: 'a' }), aProjected({ id: 'b' }), aProjected({ id: 'c', state: 'closed' })];
const everything = { filter: {}, limit: 1_000 };

let folder: string;
let tablesFolder: string;
const hosts: ProjectionHost[] = [];
const opened: Projection[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'projection-'));
  tablesFolder = join(folder, 'projection');
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((projection) => projection.close()));
  for (const host of hosts.splice(0)) host.dispose();
  rmSync(folder, { recursive: true, force: true });
});

function aHost(
  ...options: ConstructorParameters<typeof ProjectionHost> extends [string, ...infer Rest] ? Rest : never
) {
  const host = new ProjectionHost(tablesFolder, ...options);
  hosts.push(host);
  return host;
}

async function ready(host: ProjectionHost): Promise<Projection> {
  const projection = await host.openReady();
  opened.push(projection);
  return projection;
}

/** A checkpoint of the three cases, made by a host that has stopped. */
async function aCheckpoint(...options: Parameters<typeof aHost>): Promise<void> {
  const host = aHost(...options);
  host.record(...three);
  const projection = await host.openReady();
  await projection.close();
}

describe('reads', () => {
  it('contain what was handed over before them', async () => {
    const host = aHost();
    const projection = await ready(host);
    host.change(projection, ...three);
    const count = projection.count({}, NOW);
    host.change(projection, aProjected({ id: 'd' }));
    expect((await count).count).toBeGreaterThanOrEqual(3);
    expect(await projection.count({}, NOW)).toEqual({ count: 4, open: 3, sequence: 4 });
    expect((await projection.list(everything, NOW)).rows.map((row) => row.id)).toEqual(['d', 'c', 'b', 'a']);
  });

  it('wait until the host says that it has told everything', async () => {
    const host = aHost();
    const projection = await host.open();
    opened.push(projection);
    host.change(projection, three[0]!);
    let isAnswered = false;
    const count = projection.count({}, NOW).finally(() => (isAnswered = true));
    await projection.drained();
    // The worker answers in order: had the count been sent, its answer would be here before the end of this.
    host.change(projection, three[1]!);
    await projection.drained();
    expect([isAnswered, projection.status()]).toMatchObject([false, { state: 'rebuilding', sequence: 2 }]);
    host.record(three[2]!);
    projection.markComplete(host.head);
    expect((await count).count).toBeGreaterThanOrEqual(2);
    expect(await projection.count({}, NOW)).toMatchObject({ count: 3, sequence: 3 });
    expect(projection.status().state).toBe('ready');
  });

  it('follow a cursor, and refuse one that belongs to no page', async () => {
    const host = aHost();
    const projection = await ready(host);
    host.change(projection, ...three);
    const first = await projection.list({ filter: {}, limit: 2 }, NOW);
    const second = await projection.list({ filter: {}, limit: 2, after: first.after ?? '' }, NOW);
    expect([first, second].map((page) => page.rows.map((row) => row.id))).toEqual([['c', 'b'], ['a']]);
    for (const after of ['', 'x', 'WzEsMl0', 'bnVsbA', `${first.after}x`]) {
      await expect(projection.list({ filter: {}, limit: 2, after }, NOW)).rejects.toThrow(BadCursor);
    }
  });
});

describe('one case and what has ended', () => {
  it('sequences of the entries of a case, with what was just handed over', async () => {
    const host = aHost();
    const projection = await ready(host);
    host.change(projection, aProjected({ id: 'a' }), aProjected({ id: 'b' }));
    expect(await projection.sequencesOf('b')).toEqual([2]);
    host.change(projection, aProjected({ id: 'b' }));
    expect([await projection.sequencesOf('b'), await projection.sequencesOf('x')]).toEqual([[3], null]);
  });

  it('facts of ended cases come newest end first, in pages, from all years, and of no others', async () => {
    const host = aHost();
    const projection = await ready(host);
    const ended = Array.from({ length: 1_500 }, (_, index) =>
      aProjected(
        { id: `${2023 + (index % 4)}e${index}`, state: 'closed', closedAt: NOW + index },
        { reporterId: 'r1', classKey: 'k' },
      ),
    );
    const without = aProjected({ id: 'v', state: 'void', stateSince: NOW + 2_000, lat: null });
    host.change(projection, ...ended, without, aProjected({ id: 'open' }));
    const pages = [];
    for await (const page of projection.endedSince(instant(NOW + 1))) pages.push(page);
    const facts = pages.flat();
    expect(pages.length).toBeGreaterThan(1);
    const expected = ended.slice(1).map(({ row }) => row.id);
    expect(facts.map(({ id }) => id)).toEqual(['v', ...expected.toReversed()]);
    expect(facts[0]).toMatchObject({ closedAt: NOW + 2_000, lon: null, lat: null });
    const { row } = ended[1_499]!;
    expect(facts[1]).toEqual({
      ...{ id: row.id, record: 'case', classKey: 'k', className: row.className, lon: row.lon, lat: row.lat },
      ...{ gridCode: row.gridCode, address: row.address, description: row.description },
      ...{ reportedAt: row.reportedAt, closedAt: row.closedAt, reporterId: 'r1' },
    });
  });
});

describe('handing over', () => {
  it('more than may wait at a time loses nothing, though rows come on', async () => {
    const host = aHost();
    const projection = await ready(host);
    const replaysAtStart = host.replays;
    const many = Array.from({ length: MAX_WAITING_ROWS + 5_000 }, (_, index) => aProjected({ id: `case-${index}` }));
    for (let at = 0; at < many.length; at += 2_500) host.change(projection, ...many.slice(at, at + 2_500));
    host.change(projection, ...three);
    expect(await projection.count({}, NOW)).toEqual({
      count: many.length + 3,
      open: many.length + 2,
      sequence: many.length + 3,
    });
    expect(host.replays).toBeGreaterThan(replaysAtStart);
  });

  it('keeps only the latest row of a case that changes while it waits', async () => {
    const host = aHost();
    const projection = await ready(host);
    for (let version = 1; version <= 200; version += 1) host.change(projection, aProjected({ id: 'a', version }));
    const page = await projection.list(everything, NOW);
    expect(page).toMatchObject({ sequence: 200, rows: [{ id: 'a', version: 200 }] });
  });
});

describe('a replay', () => {
  it('is told the sequences of what it has given already, before anybody may read', async () => {
    const host = aHost();
    host.record(...three);
    const told: unknown[] = [];
    const projection = await host.open({
      async *replay(_, stored) {
        const [a, b, c] = host.handedOver;
        yield { rows: [a!], past: [b!], sequence: 2 };
        told.push(await stored('a'), await stored('b'), await stored('c'));
        yield { rows: [c!], sequence: 3 };
        told.push(await stored('c'));
      },
    });
    opened.push(projection);
    projection.markComplete(3);
    await becomes(projection, 'ready');
    expect(told).toEqual([[1], [2], null, [3]]);
  });

  it('that the tables do not fit begins anew with empty ones', async () => {
    const host = aHost();
    host.record(...three);
    await (await host.openReady()).close();
    host.record(aProjected({ id: 'a', description: '新' }));
    const from: number[] = [];
    const projection = await host.open({
      async *replay(after) {
        from.push(after);
        if (after > 0) throw new Error('the tables do not know a case');
        yield* host.replay(after);
      },
    });
    opened.push(projection);
    projection.markComplete(4);
    await becomes(projection, 'down');
    host.scheduler.advance(FIRST_RESTART_MS);
    await becomes(projection, 'ready');
    expect([from, projection.status().sequence]).toEqual([[3, 0], 4]);
  });

  it('never puts what has left memory over a newer row', async () => {
    const host = aHost();
    host.record(...three, aProjected({ id: 'a', description: '新', state: 'closed' }));
    const projection = await host.open({
      async *replay() {
        const [a, b, c, later] = host.handedOver;
        yield await Promise.resolve({ rows: [], past: [b!, c!, later!], sequence: 3 });
        yield { rows: [], past: [a!], sequence: 4 };
      },
    });
    opened.push(projection);
    projection.markComplete(4);
    expect((await projection.list({ filter: { text: '新' }, limit: 10 }, NOW)).rows).toMatchObject([{ id: 'a' }]);
    expect(await projection.sequencesOf('a')).toEqual([4]);
  });
});

describe('the checkpoint', () => {
  it('is taken up where it was written, and only what follows is replayed', async () => {
    await aCheckpoint();
    const host = aHost();
    host.record(...three, aProjected({ id: 'd' }));
    const projection = await host.open();
    opened.push(projection);
    expect(projection.status()).toMatchObject({ state: 'rebuilding', sequence: 3 });
    projection.markComplete(host.head);
    expect(await projection.count({}, NOW)).toEqual({ count: 4, open: 3, sequence: 4 });
    expect([host.replays, host.warnings]).toEqual([1, []]);
  });

  const spoilt: readonly (readonly [string, (bytes: Buffer) => Uint8Array])[] = [
    ['cut', (bytes) => bytes.subarray(0, bytes.length - 100)],
    ['cut to nothing', () => new Uint8Array()],
    ['changed in one bit', (bytes) => bytes.fill(bytes[300]! ^ 1, 300, 301)],
    ['something else', () => Buffer.from('SQLite format 3\0 not really')],
  ];
  const parts = ['manifest', 'open'] as const;
  it.each(spoilt.flatMap(([how, spoil]) => parts.map((part) => [part, how, spoil] as const)))(
    'whose %s is %s is thrown away and everything is rebuilt',
    async (part, _, spoil) => {
      await aCheckpoint();
      spoilFile(part, spoil);
      await expectRebuilt(aHost(), 'projection checkpoint discarded: damaged');
    },
  );

  it.each(spoilt.filter(([how]) => how.startsWith('cut')))(
    'whose year is %s is thrown away and everything is rebuilt',
    async (_, spoil) => {
      await aCheckpoint();
      spoilFile('0000', spoil);
      await expectRebuilt(aHost(), 'projection checkpoint discarded: damaged');
    },
  );

  it('whose year turns out to be damaged when it is opened is thrown away, and everything is rebuilt', async () => {
    await aCheckpoint();
    spoilFile('0000', (bytes) => bytes.fill(bytes[5_000]! ^ 1, 5_000, 5_001));
    const host = aHost();
    host.record(...three);
    const projection = await host.openReady();
    opened.push(projection);
    expect((await projection.list({ filter: { state: 'open' }, limit: 10 }, NOW)).rows).toHaveLength(2);
    const isDown = becomes(projection, 'down');
    await expect(projection.list(everything, NOW)).rejects.toMatchObject({ reason: 'down' });
    await isDown;
    expect(host.facts.get('projection')).toMatchObject({ detail: { reason: 'projection_damaged' } });
    host.scheduler.advance(FIRST_RESTART_MS);
    await becomes(projection, 'ready');
    expect((await projection.list(everything, NOW)).rows.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
    expect(host.warnings).toEqual(['projection checkpoint discarded: damaged']);
  });

  it('with right sums over what is no database is thrown away', async () => {
    const tables = new CheckpointFolder(tablesFolder);
    const nothing = { counters: [], reported: null, ended: null };
    const open = { ...tables.write('open', Buffer.from('no database')), ...nothing };
    tables.commit({ schemaHash, journalId: 'journal-a', sequence: 3, hash: 'journal-a/first/3', open, years: {} });
    await expectRebuilt(aHost(), 'projection checkpoint discarded: damaged');
  });

  it('of another schema is thrown away', async () => {
    await aCheckpoint();
    const tables = new CheckpointFolder(tablesFolder);
    const [newest] = tables.generations();
    tables.commit({ ...newest!.manifest!, schemaHash: 'older' });
    for (const { name } of tables.generations().slice(1)) tables.remove(name);
    await expectRebuilt(aHost(), 'projection checkpoint discarded: other_schema');
  });

  it('in the single file of older versions is removed', async () => {
    mkdirSync(tablesFolder);
    writeFileSync(join(tablesFolder, 'cases.sqlite'), 'older');
    const host = aHost();
    host.record(...three);
    const projection = await ready(host);
    expect([readdirSync(tablesFolder), host.warnings]).toEqual([[], []]);
    expect((await projection.count({}, NOW)).count).toBe(3);
  });

  it('before the newest is taken when the newest is bad, and what is missing since is replayed', async () => {
    await aCheckpoint();
    const second = aHost();
    second.record(...three);
    const projection = await second.openReady();
    second.change(projection, aProjected({ id: 'd' }), aProjected({ id: 'a', state: 'closed' }));
    await projection.close();
    expect(checkpointFiles().filter((name) => name.startsWith('manifest'))).toHaveLength(2);
    spoilFile('manifest', (bytes) => bytes.subarray(0, 90));
    const third = aHost();
    third.record(...second.handedOver);
    const opening = await third.open();
    opened.push(opening);
    expect(opening.status()).toMatchObject({ state: 'rebuilding', sequence: 3 });
    opening.markComplete(third.head);
    expect(await opening.count({}, NOW)).toEqual({ count: 4, open: 2, sequence: 5 });
    expect(third.warnings).toEqual(['projection checkpoint discarded: damaged']);
  });

  it('of more than the journal holds gives way to the one before', async () => {
    await aCheckpoint();
    const second = aHost();
    second.record(...three);
    const projection = await second.openReady();
    second.change(projection, aProjected({ id: 'd' }));
    await projection.close();
    const cut = aHost();
    cut.record(...three);
    const opening = await cut.open();
    opened.push(opening);
    expect(opening.status().sequence).toBe(3);
    opening.markComplete(cut.head);
    expect((await opening.list(everything, NOW)).rows.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
    expect(cut.replays).toBe(0);
  });

  it('writes only the files that changed, and keeps those that two generations name', async () => {
    const ids = ['20240101000001', '20250101000001', '20260101000001'];
    const host = aHost();
    const projection = await ready(host);
    host.change(projection, ...ids.map((id) => aProjected({ id, state: 'closed' })), aProjected({ id: 'a' }));
    const names = async () => {
      await projection.drained();
      host.scheduler.advance(CHECKPOINT_INTERVAL_MS);
      await checkpointOrder(projection);
      return checkpointFiles();
    };
    const filesOfYears = (all: readonly string[]) => all.filter((name) => /^\d/.test(name));
    const first = await names();
    host.change(projection, aProjected({ id: ids[1]!, state: 'void' }));
    const second = await names();
    expect(filesOfYears(second)).toHaveLength(4);
    expect(filesOfYears(second)).toEqual(expect.arrayContaining(filesOfYears(first) as string[]));
    expect(second.filter((name) => name.startsWith('open'))).toHaveLength(1);
    host.change(projection, aProjected({ id: 'b' }));
    const third = await names();
    expect(filesOfYears(third)).toHaveLength(3);
    expect(third.filter((name) => name.startsWith('manifest'))).toHaveLength(2);
  });

  it('of another journal is thrown away', async () => {
    await aCheckpoint({ journalId: 'journal-b' });
    await expectRebuilt(aHost(), 'projection checkpoint discarded: other_journal');
  });

  it('of another history of the same journal is thrown away', async () => {
    await aCheckpoint({ history: 'restored from a backup' });
    await expectRebuilt(aHost(), 'projection checkpoint discarded: other_history');
  });

  it('alone, of more than the journal holds, is thrown away', async () => {
    await aCheckpoint();
    const host = aHost();
    host.record(three[0]!);
    const projection = await ready(host);
    expect(await projection.count({}, NOW)).toEqual({ count: 1, open: 1, sequence: 1 });
  });

  it('may be deleted with its folder at any time; the clean stop writes a new one', async () => {
    const host = aHost();
    const projection = await ready(host);
    host.change(projection, ...three);
    await projection.drained();
    rmSync(folder, { recursive: true });
    host.change(projection, aProjected({ id: 'd' }));
    expect(await projection.count({}, NOW)).toMatchObject({ count: 4 });
    await projection.close();
    expect(checkpointed()).toEqual({ sequence: 4, hash: 'journal-a/first/4' });
  });

  it('is written in a quiet moment after the interval, once', async () => {
    const host = aHost();
    const projection = await ready(host);
    host.change(projection, ...three);
    await projection.drained();
    expect(existsSync(tablesFolder)).toBe(false);
    host.scheduler.advance(CHECKPOINT_INTERVAL_MS);
    await checkpointOrder(projection);
    expect(checkpointed()).toEqual({ sequence: 3, hash: 'journal-a/first/3' });
    expect(host.scheduler.nextInMs).toBeNull();
    host.change(projection, aProjected({ id: 'd' }));
    await projection.drained();
    expect(host.scheduler.nextInMs).toBe(CHECKPOINT_INTERVAL_MS);
  });

  it('is written again at the clean stop if somebody deleted it, though nothing changed', async () => {
    await aCheckpoint();
    const host = aHost();
    host.record(...three);
    const projection = await ready(host);
    await projection.list(everything, NOW);
    rmSync(folder, { recursive: true });
    await projection.close();
    expect(checkpointed().sequence).toBe(3);
  });

  it('deleted when a year of it was not in memory is made again at the next start', async () => {
    await aCheckpoint();
    const host = aHost();
    host.record(...three);
    const projection = await ready(host);
    rmSync(tablesFolder, { recursive: true });
    await projection.close();
    const next = aHost();
    next.record(...three);
    expect((await (await ready(next)).list(everything, NOW)).rows.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
    expect(next.replays).toBe(1);
  });

  it('that cannot be written is a health fact until one can', async () => {
    writeFileSync(tablesFolder, 'a file where the folder should be');
    const host = aHost();
    const projection = await ready(host);
    host.change(projection, three[0]!);
    await projection.drained();
    host.scheduler.advance(CHECKPOINT_INTERVAL_MS);
    await checkpointOrder(projection);
    expect(host.facts.get('projection_checkpoint')).toMatchObject({
      code: 'projection_checkpoint_failed',
      detail: { reason: 'EEXIST' },
    });
    rmSync(tablesFolder);
    await projection.close();
    expect([host.facts.size, checkpointed().sequence]).toEqual([0, 1]);
  });
});

describe('a worker that dies', () => {
  it('refuses reads, is started again after a while and catches up, also on what came meanwhile', async () => {
    const host = aHost();
    const projection = await ready(host);
    host.change(projection, ...three);
    await projection.drained();
    const isDown = becomes(projection, 'down');
    const unanswered = projection.count({ text: 'x' }, NOW);
    const refused = expect(unanswered).rejects.toThrow(ProjectionUnavailable);
    void host.workers.at(-1)?.terminate();
    await Promise.all([isDown, refused]);
    await expect(projection.count({}, NOW)).rejects.toThrow(ProjectionUnavailable);
    expect(host.facts.get('projection')).toMatchObject({ code: 'projection_down', detail: { reason: 'exit code 1' } });

    host.change(projection, aProjected({ id: 'd' }));
    expect(host.scheduler.nextInMs).toBe(FIRST_RESTART_MS);
    host.scheduler.advance(FIRST_RESTART_MS);
    host.change(projection, aProjected({ id: 'e' }));
    await becomes(projection, 'ready');
    expect(await projection.count({}, NOW)).toEqual({ count: 5, open: 4, sequence: 5 });
    expect([host.facts.size, host.workers.length]).toEqual([0, 2]);
  });

  it('in the middle of a replay loses nothing', async () => {
    const host = aHost();
    host.record(...Array.from({ length: 6_000 }, (_, index) => aProjected({ id: `case-${index}` })));
    const projection = await host.open();
    opened.push(projection);
    projection.markComplete(host.head);
    await moves(projection, 1_000);
    void host.workers.at(-1)?.terminate();
    await becomes(projection, 'down');
    host.scheduler.advance(FIRST_RESTART_MS);
    await becomes(projection, 'ready');
    expect(await projection.count({}, NOW)).toEqual({ count: 6_000, open: 6_000, sequence: 6_000 });
  });

  it('before it has opened a checkpoint is started again without it', async () => {
    await aCheckpoint();
    const picky = join(folder, 'picky.mjs');
    writeFileSync(
      picky,
      `import { workerData } from 'node:worker_threads';
       if (!workerData.isFresh) throw new Error('this checkpoint ends the worker');
       await import(${JSON.stringify(pathToFileURL(workerFile).href)});`,
    );
    const host = aHost();
    host.record(...three);
    const projection = await host.open({ workerFile: picky });
    opened.push(projection);
    projection.markComplete(host.head);
    expect([projection.status().state, host.facts.get('projection')?.detail]).toEqual(['down', { reason: 'Error' }]);
    host.scheduler.advance(FIRST_RESTART_MS);
    await becomes(projection, 'ready');
    expect(await projection.count({}, NOW)).toEqual({ count: 3, open: 2, sequence: 3 });
    expect(host.replays).toBe(1);
  });

  it('each time before it can open is started again after twice the time, up to a minute', async () => {
    const host = aHost();
    const projection = await host.open({ workerFile: join(folder, 'missing.js') });
    opened.push(projection);
    expect(projection.status()).toEqual({ state: 'down', sequence: 0, bytes: 0 });
    projection.markComplete(host.head);
    await expect(projection.count({}, NOW)).rejects.toThrow(ProjectionUnavailable);
    const waits = [];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const wait = host.scheduler.nextInMs ?? 0;
      waits.push(wait);
      const ended = nextWorkerEnd();
      host.scheduler.advance(wait);
      await ended;
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  });
});

/** Tens of thousands of rows, twice: longer than other tests on a machine that does much else. */
describe('a rebuild of far more than a short wait brings', { timeout: 240_000 }, () => {
  /** As many closed cases, entry by entry, then two open ones. */
  function aLongJournal(): ProjectionHost {
    const host = aHost();
    const many = Array.from({ length: FAR_BEHIND + 6_000 }, (_, index) =>
      aProjected({ id: `${2020 + (index % 7)}x${index}`, state: 'closed' }),
    );
    host.record(...many, aProjected({ id: '2026a' }), aProjected({ id: '2026b' }));
    return host;
  }

  /** Opened, with a replay that stops after its first handover until it is let go. */
  async function held(host: ProjectionHost) {
    let letGo = () => {};
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    const projection = await host.open({
      async *replay(after) {
        let count = 0;
        for await (const handover of host.replay(after)) {
          yield handover;
          count += 1;
          if (count === 1) await gate;
        }
      },
    });
    opened.push(projection);
    projection.markComplete(host.head);
    return { projection, letGo };
  }

  it('answers for open cases at once, with every change meanwhile, and refuses what needs the archive', async () => {
    const host = aLongJournal();
    const { projection, letGo } = await held(host);
    const open = { filter: { state: 'open' as const }, limit: 10 };
    const ids = async () => (await projection.list(open, NOW)).rows.map(({ id }) => id);
    expect(await ids()).toEqual(['2026b', '2026a']);
    const refusal = { reason: 'rebuilding' };
    await expect(projection.list(everything, NOW)).rejects.toMatchObject(refusal);
    await expect(projection.count({}, NOW)).rejects.toMatchObject(refusal);
    await expect(projection.sequencesOf('2026a')).rejects.toMatchObject(refusal);
    expect(projection.status().state).toBe('rebuilding');

    host.change(projection, aProjected({ id: '2026c' }), aProjected({ id: '2026a', state: 'closed' }));
    expect(await ids()).toEqual(['2026c', '2026b']);
    expect(await projection.count({ state: 'open' }, NOW)).toEqual({ count: 2, open: 2, sequence: host.head });
    letGo();
    await becomes(projection, 'ready');
    const count = FAR_BEHIND + 6_003;
    expect(await projection.count({}, NOW)).toEqual({ count, open: 2, sequence: host.head });
    expect(await ids()).toEqual(['2026c', '2026b']);
    expect(await projection.sequencesOf('2026a')).toEqual([host.head]);
  });

  it('goes on with the open cases when more of them changed than may wait', async () => {
    const host = aLongJournal();
    const { projection, letGo } = await held(host);
    const many = Array.from({ length: MAX_WAITING_ROWS + 10 }, (_, index) => aProjected({ id: `2026n${index}` }));
    host.change(projection, ...many.slice(0, 15_000));
    host.change(projection, ...many.slice(15_000));
    expect((await projection.count({ state: 'open' }, NOW)).count).toBe(many.length + 2);
    letGo();
    await becomes(projection, 'ready');
    expect(await projection.count({}, NOW)).toMatchObject({ open: many.length + 2, sequence: host.head });
  });

  it('that is broken off writes nothing: the next one begins where it began', async () => {
    const host = aLongJournal();
    const { projection } = await held(host);
    await projection.count({ state: 'open' }, NOW);
    await projection.close();
    expect([existsSync(tablesFolder) ? checkpointFiles().filter((name) => name.endsWith('json')) : []]).toEqual([[]]);
    expect(host.facts.size).toBe(0);
  });
});

describe('the clean stop', () => {
  it('writes what was handed over just before it', async () => {
    const host = aHost();
    const projection = await host.openReady();
    host.change(projection, ...Array.from({ length: 3_000 }, (_, index) => aProjected({ id: `case-${index}` })));
    await projection.close();
    expect(checkpointed()).toEqual({ sequence: 3_000, hash: 'journal-a/first/3000' });
    await expect(projection.count({}, NOW)).rejects.toThrow(ProjectionUnavailable);
  });
});

async function expectRebuilt(host: ProjectionHost, warning: string): Promise<void> {
  host.record(...three);
  const projection = await host.open();
  opened.push(projection);
  expect(projection.status()).toMatchObject({ state: 'rebuilding', sequence: 0 });
  expect(host.warnings).toEqual([warning]);
  projection.markComplete(host.head);
  await becomes(projection, 'ready');
  expect(await projection.count({}, NOW)).toEqual({ count: 3, open: 2, sequence: 3 });
  await projection.close();
  expect(checkpointed()).toEqual({ sequence: 3, hash: 'journal-a/first/3' });
}

function checkpointed(): { sequence: number; hash: string } {
  const manifest = new CheckpointFolder(tablesFolder).generations()[0]?.manifest ?? null;
  if (manifest === null) throw new Error('no checkpoint');
  return { sequence: manifest.sequence, hash: manifest.hash };
}

function checkpointFiles(): readonly string[] {
  return readdirSync(tablesFolder).sort();
}

/** Changes the newest file of a kind: `manifest`, `open`, or a year. */
function spoilFile(kind: string, spoil: (bytes: Buffer) => Uint8Array): void {
  const name = checkpointFiles().findLast((one) => one.startsWith(`${kind}-`));
  const path = join(tablesFolder, name ?? 'missing');
  writeFileSync(path, spoil(readFileSync(path)));
}

/** The worker answers in order: when a read that came after the order to write is answered, it was carried out. */
async function checkpointOrder(projection: Projection): Promise<void> {
  await projection.count({}, NOW);
  await projection.count({}, NOW);
}

function moves(projection: Projection, sequence: number): Promise<void> {
  return new Promise((resolve) => {
    const stop = projection.onStatus((status) => {
      if (status.sequence < sequence) return;
      stop();
      resolve();
    });
  });
}

function nextWorkerEnd(): Promise<void> {
  return new Promise((resolve) => {
    process.once('worker', (worker) => worker.once('exit', () => setImmediate(resolve)));
  });
}
