import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { api, type InputOf, type MethodName, type OutputOf } from '#contract/api.ts';
import type { ForceBatch, PositionRow } from '#contract/forces.ts';
import { unpackPeople, unpackPlaces } from '#contract/packed-forces.ts';
import { instant } from '#domain/base/instant.ts';
import type { Frames } from '#tests/support/frames.ts';
import { clientOf, hostInProcess, type HostInProcess } from '#tests/support/host-in-process.ts';

let running: HostInProcess;
let gateway: Frames;
let desk: Frames;
beforeAll(async () => {
  running = await hostInProcess();
  gateway = await clientOf(running.host, 'in memory', 'system');
  desk = await clientOf(running.host, 'in memory', 'operator');
});
afterAll(() => running.close());

async function ask<Name extends MethodName>(client: Frames, method: Name, input: InputOf<Name>) {
  client.send({ type: 'call', id: method, method, input });
  for (;;) {
    const frame = await client.next();
    if (frame.type === 'result') return { value: api[method].output.parse(frame.value) as OutputOf<Name>, code: null };
    if (frame.type === 'failure') return { value: null, code: frame.error.code };
  }
}

function row(id: string, change: Partial<PositionRow> = {}): PositionRow {
  return { id, kind: 'grid_staff', unit: '110113106', lon: 116.65, lat: 40.13, at: Date.now(), ...change };
}

test('bad rows are refused one by one with field and reason, the others are taken', async () => {
  const rows = [
    row('bad-1', { lon: 200 }),
    row('good-1'),
    { ...row('bad-2'), name: '王小明' },
    row('王小明'),
    row('13812345678'),
    row('bad-3', { lon: 100 }),
    row('bad-4', { at: Date.now() - 7_200_000 }),
    row('good-1', { kind: 'vehicle', at: Date.now() + 1 }),
    'nothing',
    row('good-2'),
  ];
  const { value } = await ask(gateway, 'positions.report', { rows });
  expect(value).toEqual({
    ...{ taken: 2, older: 0, dropped: 0 },
    refused: [
      { row: 0, reason: 'bad_row', field: 'lon' },
      { row: 2, reason: 'bad_row', field: '' },
      { row: 3, reason: 'bad_row', field: 'id' },
      { row: 4, reason: 'personal_number', field: 'id' },
      { row: 5, reason: 'outside', field: 'lon' },
      { row: 6, reason: 'too_late', field: 'at' },
      { row: 7, reason: 'other_kind', field: 'kind' },
      { row: 8, reason: 'bad_row', field: '' },
    ],
  });
});

test('too many at once is no list of positions', async () => {
  const rows = Array.from({ length: 1_001 }, (_, index) => row(`g-${index}`));
  expect(await ask(gateway, 'positions.report', { rows })).toMatchObject({ code: 'bad_input' });
  expect(await ask(gateway, 'positions.report', { rows: [] })).toMatchObject({ code: 'bad_input' });
});

test('who comes late gets everybody, then what moves; the age limits say that they are placeholders', async () => {
  await ask(gateway, 'positions.report', { rows: [row('late-1', { lon: 116.7 })] });
  desk.send({ type: 'watch', id: 'w', stream: 'forces.watch', input: {} });
  const first = await desk.nextOf('snapshot');
  const [batch] = first.items as ForceBatch[];
  if (batch === undefined) throw new Error('an empty picture');
  expect(batch.limits).toEqual({ oldMs: 300_000, silentMs: 1_800_000, isPlaceholder: true });
  const known = unpackPeople(batch.people);
  expect(known.map(({ id }) => id)).toEqual(expect.arrayContaining(['good-1', 'good-2', 'late-1']));
  expect(first.isLast).toBe(true);
  desk.send({ type: 'ack', id: 'w', batch: first.batch });

  await ask(gateway, 'positions.report', {
    rows: [row('late-1', { lon: 116.701 }), row('new-1', { kind: 'vehicle' })],
  });
  const moved = await deltaWith(batch, ['late-1', 'new-1']);
  expect(moved.get('late-1')).toMatchObject({ lon: 116.701, marks: [] });
  expect(moved.get('new-1')).toMatchObject({ lon: 116.65 });
  desk.send({ type: 'unwatch', id: 'w' });

  /** What is heard of those people until each was, by their id; known ones come without being described again. */
  async function deltaWith(snapshot: ForceBatch, ids: readonly string[]) {
    const names = new Map(unpackPeople(snapshot.people).map(({ slot, id }) => [slot, id]));
    const heard = new Map<string, ReturnType<typeof unpackPlaces>[number]>();
    while (!ids.every((id) => heard.has(id))) {
      const frame = await desk.nextOf('delta');
      for (const item of frame.items as ForceBatch[]) {
        for (const { slot, id } of unpackPeople(item.people)) names.set(slot, id);
        for (const place of unpackPlaces(item.moved, instant(item.asOf))) heard.set(names.get(place.slot) ?? '', place);
      }
      desk.send({ type: 'ack', id: 'w', batch: frame.batch });
    }
    return heard;
  }
});

test('a track is on record before it is shown; nobody of that number is not found', async () => {
  await ask(gateway, 'positions.report', { rows: [row('walker', { at: Date.now() - 60_000 })] });
  await ask(gateway, 'positions.report', { rows: [row('walker', { lon: 116.651 })] });
  const { value } = await ask(desk, 'forces.track', { id: 'walker' });
  expect(value?.points.map(({ lon }) => lon)).toEqual([116.65, 116.651]);
  expect(await ask(desk, 'forces.track', { id: 'nobody' })).toMatchObject({ code: 'not_found' });
  const audit = await ask(desk, 'audit.list', { limit: 4 });
  expect(audit.value?.entries).toMatchObject([
    { act: 'forces.track', outcome: 'refused', detail: { code: 'not_found' } },
    { act: 'forces.track', outcome: 'begun', detail: { id: 'nobody' } },
    { act: 'forces.track', actor: 'desk-1', outcome: 'done', detail: { points: '2' } },
    { act: 'forces.track', actor: 'desk-1', outcome: 'begun', detail: { id: 'walker' } },
  ]);
  // Whose it was is said; where is not.
  expect(JSON.stringify(audit.value)).not.toContain('116.65');
});

test('a wall sees no people, and a desk reports no positions', async () => {
  const wall = await clientOf(running.host, 'in memory', 'wall');
  wall.send({ type: 'watch', id: 'w', stream: 'forces.watch', input: {} });
  expect(await wall.next()).toMatchObject({ type: 'failure', error: { code: 'forbidden' } });
  expect(await ask(wall, 'forces.track', { id: 'good-1' })).toMatchObject({ code: 'forbidden' });
  expect(await ask(desk, 'positions.report', { rows: [row('good-1')] })).toMatchObject({ code: 'forbidden' });
  wall.close();
});

test('positions are in no entry of the journal and in no file', async () => {
  await ask(gateway, 'positions.report', { rows: [row('unwritten', { lon: 116.6543217 })] });
  expect(running.host.journal.head().sequence).toBe(0);
  const found = await readdir(running.folder, { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(files.map((file) => readFile(file, 'latin1')));
  expect(files.length).toBeGreaterThan(3);
  expect(texts.filter((text) => text.includes('unwritten') || text.includes('116.6543217'))).toEqual([]);
});
