import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MINUTE_MS, plus } from '#domain/base/instant.ts';
import type { AlarmActName } from '#domain/alarms/alarm-state.ts';
import { EarlyWarnings } from '#domain/warnings/early-warnings.ts';
import { lineDisk } from '#host/disk/line-disk.ts';
import { HealthRegister } from '#host/health/health-register.ts';
import type { LineDisk } from '#host/ports/line-disk.ts';
import { aCase } from '#tests/builders/cases.ts';
import { anAlarmTypeRow, someTables } from '#tests/builders/tables.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { checkAlarms } from './check-alarms.ts';
import { openAlarms } from './open-alarms.ts';

const overdue = anAlarmTypeRow({ id: 'overdue', condition: 'overdue', priority: 2 });
const tables = { ...someTables({ 'alarm-types': [overdue] }) };
const found = aCase(2);
/** Three cases past their limit, each at a place of its own. */
const late = ['1', '2', '3'].map((id) => ({ ...found, id, place: { ...found.place, gridCode: `911${id}` } }));

async function desk(disk: LineDisk = lineDisk) {
  const folder = join(await temporaryFolder(), 'alarms');
  const clock = new ManualClock(plus(found.dueAt ?? found.stateSince, MINUTE_MS));
  const health = new HealthRegister(clock);
  const open = async (cases: readonly (typeof found)[] = late) => {
    const alarms = await openAlarms({
      ...{ folder, clock, scheduler: clock, health, warnings: new EarlyWarnings() },
      cases: { openStates: () => cases, onChanged: () => () => {} },
      tables: { inForce: () => tables, onChanged: () => () => {} },
      townshipOf: () => '91',
      searchBehind: () => 0,
      onSearch: () => () => {},
      disk,
    });
    alarms.begin();
    const act = (name: AlarmActName, id: number, more = {}) =>
      alarms.act({ act: name, ids: [id], by: 'desk-1', ...more });
    const states = () =>
      alarms.standing().map(({ id, state, shelf }) => (shelf === null ? `${id} ${state}` : `${id} shelved`));
    return { alarms, act, states };
  };
  return { folder, clock, health, open };
}

test('what was done stands after a start, also of what ended meanwhile; ids are never given again', async () => {
  const { open, clock, folder } = await desk();
  const { alarms, act, states } = await open();
  expect(states()).toEqual(['1 new', '2 new', '3 new']);
  expect(await act('acknowledge', 1)).toMatchObject({ ok: true, value: { done: [1] } });
  await act('take_in_hand', 2);
  await act('shelve', 3, { reason: '供货中', until: plus(clock.now(), MINUTE_MS) });
  await alarms.close();
  const again = await open();
  expect(again.states()).toEqual(['1 acknowledged', '2 in_hand', '3 shelved']);
  clock.advance(MINUTE_MS);
  expect(again.states()).toEqual(['1 acknowledged', '2 in_hand', '3 new']);
  await again.alarms.close();
  // The first two ended while no host ran; nobody has seen the third one since.
  const third = await open([]);
  expect(third.states()).toEqual(['3 new']);
  await third.act('acknowledge', 3);
  await third.alarms.close();
  expect((await open()).states()).toEqual(['4 new', '5 new', '6 new']);
  expect(await checkAlarms(folder)).toMatchObject({ damaged: [] });
});

test('wherever a crash cuts the last line, every act before it stands', async () => {
  const { open, folder, health } = await desk();
  const { act } = await open();
  await act('acknowledge', 1);
  await act('acknowledge', 2);
  const file = join(folder, (await readdir(folder))[0] ?? '');
  const whole = await readFile(file);
  const before = whole.lastIndexOf('\n', whole.length - 2) + 1;
  for (let end = before; end < whole.length; end += 23) {
    await writeFile(file, whole);
    await truncate(file, end);
    health.clear('alarms.tail');
    const { states } = await open();
    expect(states()).toEqual(['1 acknowledged', '2 new', '3 new']);
    expect(health.list().map(({ code }) => code)).toEqual(end === before ? [] : ['alarms_tail_cut']);
    expect(await checkAlarms(folder)).toMatchObject({ damaged: [] });
  }
});

test('a changed byte of any line is found and told, and the rest counts', async () => {
  const { open, folder, health } = await desk();
  const { act } = await open();
  for (const id of [1, 2, 3]) await act('acknowledge', id);
  const [name = ''] = await readdir(folder);
  const whole = await readFile(join(folder, name));
  const ends = [...whole.keys()].filter((at) => whole[at] === 0x0a);
  expect(ends).toHaveLength(4);
  const places = ends.flatMap((end, line) => {
    const start = line === 0 ? 0 : (ends[line - 1] ?? 0) + 1;
    // In the hash, the blank behind it, in the record.
    return [start + 3, start + 64, end - 40].map((place) => ({ line, place }));
  });
  for (const { line, place } of places) {
    await writeFile(join(folder, name), whole.with(place, 0x23));
    health.clear('alarms.damaged');
    const { states } = await open();
    // Lines hold whole alarms, and the next one says again what became of the last act.
    expect(states().filter((text) => text.endsWith('new'))).toHaveLength(line === 3 ? 1 : 0);
    expect(health.list()).toMatchObject([{ code: 'alarms_damaged', detail: { file: name, line: String(line + 1) } }]);
    expect(await checkAlarms(folder)).toEqual({ files: 1, damaged: [name] });
  }
});

test('what can’t be written is refused and told, and nothing but it is missing afterwards', async () => {
  let isFull = false;
  const files = new Map<string, Buffer>();
  const disk: LineDisk = {
    write: async (file, bytes, at) => {
      if (isFull) throw new Error('ENOSPC');
      const { mkdir } = await import('node:fs/promises');
      await mkdir(join(file, '..'), { recursive: true });
      files.set(file, Buffer.concat([files.get(file)?.subarray(0, at) ?? Buffer.alloc(0), bytes]));
      await writeFile(file, files.get(file) ?? '');
    },
  };
  const { open, health, folder } = await desk(disk);
  const { act, states, alarms } = await open();
  await act('acknowledge', 1);
  isFull = true;
  expect(await act('acknowledge', 2)).toEqual({
    ok: false,
    error: { code: 'unavailable', detail: { part: 'alarms' } },
  });
  expect(states()).toEqual(['1 acknowledged', '2 new', '3 new']);
  expect(health.list()).toMatchObject([{ code: 'alarms_unwritten', severity: 'error' }]);
  isFull = false;
  expect(await act('acknowledge', 3)).toMatchObject({ ok: true });
  expect(health.list()).toEqual([]);
  await alarms.close();
  expect((await open()).states()).toEqual(['1 acknowledged', '2 new', '3 acknowledged']);
  expect(await checkAlarms(folder)).toMatchObject({ damaged: [] });
});

test('a full file is followed by one that begins with all that stands; a start reads no more than two', async () => {
  const { open, folder, clock } = await desk();
  const { act } = await open();
  await act('acknowledge', 1);
  const shelf = { reason: '等'.repeat(200), until: plus(clock.now(), MINUTE_MS) };
  for (let count = 0; (await readdir(folder)).length < 3 && count < 3_000; count += 1) {
    await act('shelve', 2, shelf);
    await act('unshelve', 2);
  }
  const names = (await readdir(folder)).sort();
  expect(names).toHaveLength(3);
  expect(await checkAlarms(folder)).toEqual({ files: 3, damaged: [] });
  await writeFile(join(folder, names[0] ?? ''), 'gone');
  expect((await open()).states()).toEqual(['1 acknowledged', '2 new', '3 new']);
}, 60_000);
