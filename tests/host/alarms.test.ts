import { readdir, truncate, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { AlarmChange, AlarmRow } from '#contract/alarms.ts';
import { checkAlarms } from '#host/alarms/check-alarms.ts';
import type { Host } from '#host/create-host.ts';
import { aReportInput } from '#tests/builders/wire.ts';
import { ask } from '#tests/support/filled-folder.ts';
import { clientOf, hostOn } from '#tests/support/host-in-process.ts';
import { factsOf, startHost } from '#tests/support/start-host.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const open: Host[] = [];
afterEach(async () => {
  for (const host of open.splice(0)) await host.close();
});

async function start(dataFolder: string): Promise<Host> {
  const host = await hostOn(dataFolder);
  open.push(host);
  return host;
}

async function shut(host: Host): Promise<void> {
  open.splice(open.indexOf(host), 1);
  await host.close();
}

const collapse = { standardRef: 'LOCAL-110113', kind: 'matter', code: '10906', name: '路面塌陷' } as const;
const danger = (lon: number) => aReportInput({ classRef: collapse, description: '路面塌陷', lon, lat: 40.13 });

/** Alarms as a client of the stream first gets them. */
async function standing(host: Host): Promise<readonly AlarmRow[]> {
  const frames = await clientOf(host, 'in memory', 'operator');
  frames.send({ type: 'watch', id: 'alarms', stream: 'alarms.watch', input: {} });
  const rows: AlarmRow[] = [];
  for (;;) {
    const frame = await frames.next();
    if (frame.type !== 'snapshot') continue;
    const items = frame.items as readonly AlarmChange[];
    rows.push(...items.flatMap((item) => (item.kind === 'alarm' ? [item.alarm] : [])));
    if (items.some(({ kind }) => kind === 'rate')) break;
  }
  frames.close();
  return rows;
}

test('a danger to life rings, and what is done about it is there after a restart, with its numbers', async () => {
  const folder = join(await temporaryFolder(), 'data');
  const first = await start(folder);
  const { caseId } = await ask(first, 'case.report', danger(116.65));
  await ask(first, 'case.report', danger(116.75));
  const [alarm, other] = await standing(first);
  expect(alarm).toMatchObject({ typeId: 'life_danger', priority: 1, state: 'new', about: { kind: 'case', caseId } });
  const id = alarm?.id ?? 0;
  expect(await ask(first, 'alarms.acknowledge', { ids: [id, 999] })).toEqual({ done: [id], left: [999] });
  await expect(ask(first, 'alarms.acknowledge', { ids: [id] })).rejects.toThrow('alarm_state');
  await ask(first, 'alarms.takeInHand', { ids: [id] });
  const shelf = { ids: [id], reason: '等待', until: Date.now() + 60_000 };
  await expect(ask(first, 'alarms.shelve', shelf)).rejects.toThrow('alarm_not_shelvable');
  await expect(ask(first, 'alarms.shelve', { ...shelf, until: Date.now() + 86_400_000 })).rejects.toThrow(
    'shelf_too_long',
  );
  const { entries } = await ask(first, 'audit.list', {});
  expect(entries.filter(({ outcome }) => outcome === 'done').map(({ act }) => act)).toEqual([
    'alarms.takeInHand',
    'alarms.acknowledge',
  ]);
  await shut(first);

  const again = await start(folder);
  const after = await standing(again);
  expect(after).toMatchObject([
    { id, state: 'in_hand', about: { caseId } },
    { id: other?.id, state: 'new' },
  ]);
  expect(factsOf(await ask(again, 'health.get', {})).map(({ code }) => code)).toEqual([]);
  expect(await ask(again, 'alarms.report', {})).toMatchObject({
    raised: 2,
    types: [{ typeId: 'life_danger', count: 2 }],
  });

  // It ends with its condition: a unit has taken the case.
  await ask(again, 'case.register', { id: caseId, condition: '属实' });
  await ask(again, 'case.dispatch', { id: caseId, unit: '110113001', opinion: '立即处理' });
  expect((await standing(again)).map((one) => one.id)).toContain(id);
  await ask(again, 'case.accept', { id: caseId, handlerId: 'handler-1' });
  expect((await standing(again)).map((one) => one.id)).not.toContain(id);
  expect(await checkAlarms(join(folder, 'alarms'))).toMatchObject({ damaged: [] });
});

test('kill -9 right after an acknowledgement loses none, time after time; a torn line is told and costs nothing', async () => {
  const dataFolder = await temporaryFolder();
  const acknowledged: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const host = await startHost({ dataFolder, args: ['--no-simulate'] });
    const reported = await host.call('case.report', danger(116.6 + round / 50));
    expect(reported).toMatchObject({ ok: true });
    // Ids count up from 1, one alarm for each report.
    const id = round + 1;
    expect(await host.call('alarms.acknowledge', { ids: [id] })).toMatchObject({ ok: true, value: { done: [id] } });
    acknowledged.push(id);
    await host.kill();
  }
  const folder = join(dataFolder, 'alarms');
  const last = join(folder, (await readdir(folder)).sort().at(-1) ?? '');
  await truncate(last, (await stat(last)).size - 3);
  expect(await checkAlarms(folder)).toMatchObject({ damaged: [] });
  const host = await hostOn(dataFolder);
  open.push(host);
  const states = new Map((await standing(host)).map(({ id, state }) => [id, state]));
  // The last acknowledgement is the line that was torn here, after the fact; all others stand.
  expect(acknowledged.slice(0, -1).map((id) => states.get(id))).toEqual(
    acknowledged.slice(1).map(() => 'acknowledged'),
  );
  expect(host.health().facts.map(({ code }) => code)).toContain('alarms_tail_cut');
});
