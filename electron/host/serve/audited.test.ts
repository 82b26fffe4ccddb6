import { afterAll, beforeAll, expect, test } from 'vitest';
import { api, methodNames, type InputOf, type MethodName } from '#contract/api.ts';
import { auditedActs } from '#contract/audit.ts';
import type { Permission } from '#domain/access/permissions.ts';
import type { Frames } from '#tests/support/frames.ts';
import { clientOf, hostInProcess, type HostInProcess } from '#tests/support/host-in-process.ts';
import { audited } from './audited.ts';

/** What these permissions allow changes nothing, or is in the journal. */
const onRecordElsewhere: readonly Permission[] = [
  ...([
    'audit.read',
    'case.read',
    'grid.read',
    'health.read',
    'tables.read',
    'attachment.read',
    'figures.read',
  ] as const),
  ...(['case.act', 'person.reveal', 'person.erase'] as const),
  // Bytes of a photo count for nothing until a case names them; of positions nothing is kept.
  ...(['attachment.write', 'forces.read', 'positions.report'] as const),
  // The record of shifts has notes and marks.
  ...(['shift.read', 'shift.note'] as const),
  // A page of the wall says that it is there, and reads.
  'wall.read',
  ...(['briefing.page'] as const),
];
/** They only look, under a permission that also allows more. */
const looks: readonly MethodName[] = [
  ...(['briefings.list', 'briefings.cases'] as const),
  ...(['journal.verify', 'backup.status', 'tables.check', 'rules.preview', 'import.preview', 'wall.state'] as const),
  ...([
    'district.place',
    'district.difference',
    'district.changePlace',
    'district.tryOut',
    'district.versions',
  ] as const),
];

let running: HostInProcess;
let desk: Frames;
beforeAll(async () => {
  running = await hostInProcess();
  desk = await clientOf(running.host, 'in memory', 'operator');
});
afterAll(() => running.close());

async function ask<Name extends MethodName>(method: Name, input: InputOf<Name>) {
  desk.send({ type: 'call', id: method, method, input });
  const frame = await desk.next();
  if (frame.type !== 'result' && frame.type !== 'failure') throw new Error(frame.type);
  return frame;
}

async function newest(limit: number) {
  const frame = await ask('audit.list', { limit });
  if (frame.type !== 'result') throw new Error('the record is not shown');
  return (frame.value as { readonly entries: readonly { readonly at: number }[] }).entries;
}

test('every method that acts on the host is on record', () => {
  const acting = methodNames.filter((name) => !onRecordElsewhere.includes(api[name].needs) && !looks.includes(name));
  expect(acting.toSorted()).toEqual(Object.keys(audited).toSorted());
  expect(auditedActs.filter((act) => !(act in audited))).toEqual(['backup.restore', 'secret.change']);
});

test('a setting that is changed and one that is refused are on record with who asked; a wall may not read it', async () => {
  await ask('backup.configure', { folder: '/mnt/backup', dailyAt: '02:30', warnAfterHours: 24 });
  await ask('simulation.set', { isRunning: true });
  expect(await newest(4)).toMatchObject([
    { act: 'simulation.set', actor: 'desk-1', outcome: 'refused', detail: { code: 'unavailable' } },
    { act: 'simulation.set', outcome: 'begun', detail: { isRunning: 'true' } },
    { act: 'backup.configure', outcome: 'done' },
    {
      ...{ act: 'backup.configure', actor: 'desk-1', outcome: 'begun' },
      detail: { folder: '/mnt/backup', dailyAt: '02:30', warnAfterHours: '24' },
    },
  ]);
  const wall = await clientOf(running.host, 'in memory', 'wall');
  wall.send({ type: 'call', id: '1', method: 'audit.list', input: {} });
  expect(await wall.next()).toMatchObject({ type: 'failure', error: { code: 'forbidden' } });
  wall.close();
});

test('a table that is adopted and a file that is imported are on record without words that people wrote', async () => {
  const content = { name: 'calendar', csv: 'no table' } as const;
  await ask('tables.adopt', { content, note: '王小明要求', expectedVersion: 'default-0' });
  await ask('import.run', { path: '/tmp/王小明投诉.csv', dryRun: true });
  const entries = await newest(4);
  expect(entries).toMatchObject([
    { act: 'import.run', outcome: 'refused' },
    { act: 'import.run', outcome: 'begun', detail: { dryRun: 'true' } },
    { act: 'tables.adopt', outcome: 'refused', detail: { code: 'stale' } },
    { act: 'tables.adopt', outcome: 'begun', detail: { table: 'calendar', expectedVersion: 'default-0' } },
  ]);
  expect(JSON.stringify(entries)).not.toContain('王小明');
});
