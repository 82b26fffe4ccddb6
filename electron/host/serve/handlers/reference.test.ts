import { afterAll, beforeAll, expect, test } from 'vitest';
import type { InputOf, MethodName, OutputOf } from '#contract/api.ts';
import type { WireError } from '#contract/errors.ts';
import { tableNames } from '#domain/reference/table-names.ts';
import { clientOf, hostInProcess, type HostInProcess } from '#tests/support/host-in-process.ts';

let running: HostInProcess;
beforeAll(async () => {
  running = await hostInProcess();
});
afterAll(() => running.close());

async function ask<Name extends MethodName>(
  method: Name,
  input: InputOf<Name>,
  kind: 'operator' | 'wall' = 'operator',
): Promise<OutputOf<Name> | WireError> {
  const frames = await clientOf(running.host, 'message port', kind);
  frames.send({ type: 'call', id: 'call', method, input });
  const frame = await frames.next();
  frames.close();
  if (frame.type === 'result') return frame.value as OutputOf<Name>;
  if (frame.type === 'failure') return frame.error;
  throw new Error(`${method} was answered with ${frame.type}`);
}

async function read(name: (typeof tableNames)[number]): Promise<OutputOf<'tables.read'>> {
  const table = await ask('tables.read', { name });
  if ('code' in table) throw new Error(table.code);
  return table;
}

/** The table as it is read, with other rows. */
function contentOf(table: OutputOf<'tables.read'>, rows: readonly (readonly string[])[]) {
  return { name: table.name, columns: table.columns.map(({ id }) => id), rows: rows.map((cells) => [...cells]) };
}

test('the list names every table, its version, its placeholders, and no problem', async () => {
  const list = await ask('tables.list', {});
  expect(list).toMatchObject({
    tables: tableNames.map((name) => ({ name, problems: [], version: expect.any(String) })),
  });
  const people = 'tables' in list ? list.tables.find(({ name }) => name === 'people') : undefined;
  expect(people?.placeholders).toBe(people?.rows);
});

test('a table is read with the words, kinds and choices of its columns', async () => {
  const limits = await read('limits');
  expect(limits.columns[1]).toMatchObject({ id: 'clock', type: 'choice', label: { zh: '时钟', en: 'Clock' } });
  expect(limits.key).toEqual(['record', 'clock', 'time_class', 'standard', 'kind', 'code', 'condition']);
  expect(limits.rows[0]).toMatchObject({ row: 2 });
  expect(await ask('tables.read', { name: 'limits', version: 'default-00000000' })).toMatchObject({
    code: 'not_found',
  });
});

test('what was read is adopted again with one row changed; the preview says which', async () => {
  const before = await read('policies');
  const rows = before.rows.map(({ cells }) => (cells[0] === 'recall_window' ? cells.with(1, '120') : cells));
  const content = contentOf(before, rows);
  expect(await ask('tables.check', content)).toEqual({ problems: [] });
  expect(await ask('rules.preview', content)).toMatchObject({
    problems: [],
    changedRows: [{ before: { value: '60' }, after: { key: 'recall_window', value: '120' } }],
    counts: { open: 0, moved: 0 },
  });
  const adopted = await ask('tables.adopt', { content, note: '试行，问13812345678', expectedVersion: before.version });
  const after = await read('policies');
  expect(adopted).toEqual({ version: after.version });
  expect(await ask('tables.history', { name: 'policies' })).toMatchObject({
    versions: [
      { version: after.version, isInForce: true, note: '试行，问138******78', adoptedBy: expect.any(String) },
      { version: before.version, isDefault: true, isInForce: false },
    ],
  });
  expect(await ask('tables.adopt', { content, note: '又一次', expectedVersion: before.version })).toEqual({
    code: 'stale',
    detail: { version: after.version },
  });
});

test('a table with faults is answered with all of them, and is not taken', async () => {
  const { version } = await read('calendar');
  const csv = 'date,kind,name,source\n2026-10-01,holiday,国庆节,通知\n2026-13-01,holiday,,通知\n';
  const problems = [
    { row: 3, column: 'date', code: 'not_a_day', value: '2026-13-01', severity: 'error' },
    { row: 3, column: 'name', code: 'empty', value: '', severity: 'error' },
  ];
  expect(await ask('rules.preview', { name: 'calendar', csv })).toMatchObject({ problems, moves: null, counts: null });
  const refused = await ask('tables.adopt', {
    content: { name: 'calendar', csv },
    note: '2027',
    expectedVersion: version,
  });
  expect(refused).toMatchObject({
    code: 'bad_table',
    detail: { row: '3', column: 'date', problem: 'not_a_day', count: '2' },
  });
  expect(JSON.parse('detail' in refused ? (refused.detail['problems'] ?? '') : '')).toMatchObject(problems);
  expect((await read('calendar')).version).toBe(version);
});

test('forms get the standard’s classes and the district’s own', async () => {
  const tables = await ask('tables.get', {});
  const rows = 'classes' in tables ? tables.classes.rows : [];
  expect(rows.filter(({ code }) => code === '06042' || code === '10901')).toMatchObject([
    { standardRef: 'GB/T 47678.5-2026', name: '垃圾站（箱）满溢' },
    { standardRef: 'LOCAL-110113', name: '供水管道破裂' },
  ]);
});

test('a wall reads no table of rules: posts and phones are none of its business', async () => {
  expect(await ask('tables.read', { name: 'people' }, 'wall')).toMatchObject({ code: 'forbidden' });
  expect(await ask('tables.list', {}, 'wall')).toMatchObject({ code: 'forbidden' });
  expect(await ask('tables.get', {}, 'wall')).toMatchObject({ code: 'forbidden' });
});
