import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BadCursor, ProjectionUnavailable, type Projection } from '#host/ports/projection.ts';
import { instant } from '#domain/base/instant.ts';
import { aProjected } from '#tests/conformance/projection/projected-case.ts';
import { becomes, ProjectionHost } from '#tests/conformance/projection/projection-host.ts';
import { workerFile } from '#tests/support/build-worker.ts';
import { CaseTables } from './case-tables.ts';
import { CHECKPOINT_INTERVAL_MS } from './checkpoint-timing.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { MAX_WAITING_ROWS } from './delivery.ts';
import { loadEngine } from './engine.ts';
import { FIRST_RESTART_MS } from './open-projection.ts';

const NOW = Date.UTC(2026, 6, 2);
const three = [aProjected({ id: 'a' }), aProjected({ id: 'b' }), aProjected({ id: 'c', state: 'closed' })];
const everything = { filter: {}, limit: 1_000 };

let folder: string;
let file: string;
const hosts: ProjectionHost[] = [];
const opened: Projection[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'projection-'));
  file = join(folder, 'projection', 'cases.sqlite');
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((projection) => projection.close()));
  for (const host of hosts.splice(0)) host.dispose();
  rmSync(folder, { recursive: true, force: true });
});

function aHost(
  ...options: ConstructorParameters<typeof ProjectionHost> extends [string, ...infer Rest] ? Rest : never
) {
  const host = new ProjectionHost(file, ...options);
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
    expect([isAnswered, projection.status()]).toEqual([false, { state: 'rebuilding', sequence: 2 }]);
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

  it('facts of ended cases come newest end first, in pages, and of no others', async () => {
    const host = aHost();
    const projection = await ready(host);
    const ended = Array.from({ length: 1_500 }, (_, index) =>
      aProjected({ id: `e${index}`, state: 'closed', closedAt: NOW + index }, { reporterId: 'r1', classKey: 'k' }),
    );
    const without = aProjected({ id: 'v', state: 'void', stateSince: NOW + 2_000, lat: null });
    host.change(projection, ...ended, without, aProjected({ id: 'open' }));
    const pages = [];
    for await (const page of projection.endedSince(instant(NOW + 1))) pages.push(page);
    const facts = pages.flat();
    expect(pages.length).toBeGreaterThan(1);
    expect(facts.map(({ id }) => id)).toEqual(['v', ...Array.from({ length: 1_499 }, (_, at) => `e${1_499 - at}`)]);
    expect(facts[0]).toMatchObject({ closedAt: NOW + 2_000, lon: null, lat: null });
    const { row } = ended[1_499]!;
    expect(facts[1]).toEqual({
      ...{ id: 'e1499', record: 'case', classKey: 'k', className: row.className, lon: row.lon, lat: row.lat },
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
    expect(projection.status()).toEqual({ state: 'rebuilding', sequence: 3 });
    projection.markComplete(host.head);
    expect(await projection.count({}, NOW)).toEqual({ count: 4, open: 3, sequence: 4 });
    expect([host.replays, host.warnings]).toEqual([1, []]);
  });

  const spoilt: readonly (readonly [string, (bytes: Buffer) => Uint8Array])[] = [
    ['cut', (bytes) => bytes.subarray(0, bytes.length - 100)],
    ['cut to nothing', () => new Uint8Array()],
    ['changed in one bit', (bytes) => bytes.fill(bytes[9_000]! ^ 1, 9_000, 9_001)],
    ['something else', () => Buffer.from('SQLite format 3\0 not really')],
  ];
  it.each(spoilt)('%s is thrown away and everything is rebuilt', async (_, spoil) => {
    await aCheckpoint();
    writeFileSync(file, spoil(readFileSync(file)));
    await expectRebuilt(aHost(), 'projection checkpoint discarded: damaged');
  });

  it('with a right checksum over what is no database is thrown away', async () => {
    writeCheckpoint(file, Buffer.from('no database'));
    await expectRebuilt(aHost(), 'projection checkpoint discarded: damaged');
  });

  it('of another schema is thrown away', async () => {
    await aCheckpoint();
    await rewrite("update position set schema_hash = 'older'");
    await expectRebuilt(aHost(), 'projection checkpoint discarded: other_schema');
  });

  it('of another journal is thrown away', async () => {
    await aCheckpoint({ journalId: 'journal-b' });
    await expectRebuilt(aHost(), 'projection checkpoint discarded: other_journal');
  });

  it('of another history of the same journal is thrown away', async () => {
    await aCheckpoint({ history: 'restored from a backup' });
    await expectRebuilt(aHost(), 'projection checkpoint discarded: other_history');
  });

  it('of more than the journal holds is thrown away', async () => {
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
    expect(await checkpointed()).toEqual({ sequence: 4, hash: 'journal-a/first/4' });
  });

  it('is written in a quiet moment after the interval, once', async () => {
    const host = aHost();
    const projection = await ready(host);
    host.change(projection, ...three);
    await projection.drained();
    expect(existsSync(file)).toBe(false);
    host.scheduler.advance(CHECKPOINT_INTERVAL_MS);
    await checkpointOrder(projection);
    expect(await checkpointed()).toEqual({ sequence: 3, hash: 'journal-a/first/3' });
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
    rmSync(folder, { recursive: true });
    await projection.close();
    expect((await checkpointed()).sequence).toBe(3);
  });

  it('that cannot be written is a health fact until one can', async () => {
    writeFileSync(dirname(file), 'a file where the folder should be');
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
    rmSync(dirname(file));
    await projection.close();
    expect([host.facts.size, (await checkpointed()).sequence]).toEqual([0, 1]);
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
    expect(projection.status()).toEqual({ state: 'down', sequence: 0 });
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

describe('the clean stop', () => {
  it('writes what was handed over just before it', async () => {
    const host = aHost();
    const projection = await host.openReady();
    host.change(projection, ...Array.from({ length: 3_000 }, (_, index) => aProjected({ id: `case-${index}` })));
    await projection.close();
    expect(await checkpointed()).toEqual({ sequence: 3_000, hash: 'journal-a/first/3000' });
    await expect(projection.count({}, NOW)).rejects.toThrow(ProjectionUnavailable);
  });
});

async function expectRebuilt(host: ProjectionHost, warning: string): Promise<void> {
  host.record(...three);
  const projection = await host.open();
  opened.push(projection);
  expect(projection.status()).toEqual({ state: 'rebuilding', sequence: 0 });
  expect(host.warnings).toEqual([warning]);
  projection.markComplete(host.head);
  await becomes(projection, 'ready');
  expect(await projection.count({}, NOW)).toEqual({ count: 3, open: 2, sequence: 3 });
  await projection.close();
  expect(await checkpointed()).toEqual({ sequence: 3, hash: 'journal-a/first/3' });
}

async function checkpointed(): Promise<{ sequence: unknown; hash: unknown }> {
  const image = readCheckpoint(file);
  if (typeof image === 'string') throw new Error(`checkpoint ${image}`);
  const tables = CaseTables.fromImage(await loadEngine(), image, 'journal-a');
  const position = tables.position();
  tables.close();
  return position;
}

/** The worker answers in order: when a read that came after the order to write is answered, it was carried out. */
async function checkpointOrder(projection: Projection): Promise<void> {
  await projection.count({}, NOW);
  await projection.count({}, NOW);
}

async function rewrite(sql: string): Promise<void> {
  const image = readCheckpoint(file);
  if (typeof image === 'string') throw new Error(`checkpoint ${image}`);
  const engine = await loadEngine();
  const database = new engine.Database(image);
  database.exec(sql);
  writeCheckpoint(file, database.export());
  database.close();
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
