import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { instant, MINUTE_MS } from '#domain/base/instant.ts';
import type { CaseState } from '#domain/case/state.ts';
import { lineDisk } from '#host/disk/line-disk.ts';
import { HealthRegister } from '#host/health/health-register.ts';
import type { LineDisk } from '#host/ports/line-disk.ts';
import type { Pins } from '#host/ports/secrets.ts';
import { aCase } from '#tests/builders/cases.ts';
import { aPersonRow, someTables } from '#tests/builders/tables.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { checkShift } from './check-shift.ts';
import { openShift, SIGNED_FOR_MS } from './open-shift.ts';

const tables = someTables({
  people: ['A1', 'B2', 'C3'].map((id) => aPersonRow({ id, display: `演示${id}`, unit: '9', post: 'duty_officer' })),
});
const found = aCase(2);
/** Quick ones: how slow argon2id is is no matter here. */
const pins: Pins = {
  keep: async (pin) => ({ memoryKiB: 1, passes: 1, salt: '', hash: `#${pin}` }),
  fits: async (pin, { hash }) => hash === `#${pin}`,
};
const a = { person: 'A1', pin: '111111', isNewPin: false };
const b = { person: 'B2', pin: '222222', isNewPin: false };

async function seat(disk: LineDisk = lineDisk) {
  const folder = join(await temporaryFolder(), 'shift');
  const clock = new ManualClock(found.dueAt ?? 0);
  const health = new HealthRegister(clock);
  const cases = { open: [found] as CaseState[] };
  const open = () =>
    openShift({
      ...{ folder, clock, health, disk, pins, seat: 'desk-1', district: () => '9' },
      cases: {
        openStates: () => cases.open,
        endedStates: () => [],
        counts: () => ({ open: cases.open.length, total: 1 }),
      },
      history: {
        pictureAt: async () => ({
          sequence: 7,
          recordedAt: instant(0),
          open: [{ state: found, sequence: 1 }],
          total: 1,
        }),
      },
      journal: { head: () => ({ sequence: 7, hash: 'f'.repeat(64) }) },
      alarms: { standing: () => [] },
      tables: { inForce: () => tables, onChanged: () => () => {} },
      log: { debug() {}, info() {}, warn() {}, error() {} },
    });
  return { folder, clock, health, cases, open, shift: await open() };
}

type Seat = Awaited<ReturnType<typeof seat>>['shift'];

async function handOver(shift: Seat, isNewPin = false) {
  await shift.sign({ ...a, side: 'outgoing' });
  const form = await shift.preview();
  if (!form.ok) throw new Error(form.error.code);
  return shift.sign({ ...b, isNewPin, side: 'incoming', hash: form.value.hash ?? '' });
}

const codeOf = (outcome: { readonly ok: boolean; readonly error?: { readonly code: string } }) =>
  outcome.ok ? 'ok' : outcome.error?.code;

test('a person takes the empty seat with a PIN set at the first time; nobody else while it is taken', async () => {
  const { shift, open, folder } = await seat();
  expect(shift.state()).toMatchObject({ seat: 'desk-1', onDuty: null, people: [{ id: 'A1', hasPin: false }, {}, {}] });
  expect(codeOf(await shift.signOn(a))).toBe('pin_unset');
  expect(codeOf(await shift.signOn({ ...a, person: 'P9' }))).toBe('not_at_desk');
  expect(codeOf(await shift.signOn({ ...a, isNewPin: true }))).toBe('ok');
  expect(codeOf(await shift.signOn({ ...b, isNewPin: true }))).toBe('seat_taken');
  expect(shift.state()).toMatchObject({ onDuty: { id: 'A1', display: '演示A1' }, people: [{ hasPin: true }, {}, {}] });
  await shift.close();
  expect((await open()).state().onDuty).toMatchObject({ id: 'A1' });
  expect(await checkShift(folder)).toEqual({ files: 1, handovers: 0, damaged: [] });
});

test('wrong PINs shut out, also after a start and with the right one; a reset lets a new one be set', async () => {
  const { shift, open, clock } = await seat();
  await shift.signOn({ ...a, isNewPin: true });
  const wrong = { ...a, pin: '999999', side: 'outgoing' } as const;
  for (const left of ['4', '3', '2', '1']) {
    expect(await shift.sign(wrong)).toMatchObject({ error: { code: 'pin_wrong', detail: { left } } });
  }
  expect(await shift.sign(wrong)).toMatchObject({ error: { code: 'pin_blocked', detail: { minutes: '15' } } });
  await shift.close();
  const again = await open();
  expect(codeOf(await again.sign({ ...a, side: 'outgoing' }))).toBe('pin_blocked');
  clock.advance(15 * MINUTE_MS);
  expect(codeOf(await again.sign({ ...a, side: 'outgoing' }))).toBe('ok');
  expect(codeOf(await again.resetPin('A1'))).toBe('ok');
  expect(codeOf(await again.unlock('111111'))).toBe('pin_unset');
});

test('a handover: two persons sign what was read, the seat goes over at once, notes and marks stay with it', async () => {
  const { shift, open, cases, clock, folder } = await seat();
  await shift.signOn({ ...a, isNewPin: true });
  await shift.write('', '东门施工');
  await shift.write(`due:${found.id}:dispatch`, '已催');
  await shift.mark(['fact:disk'], true);
  const before = await shift.preview();
  expect(before).toMatchObject({ value: { number: 1, isCompared: false, counts: { risk: 1 }, hash: null } });

  expect(codeOf(await shift.sign({ ...b, isNewPin: true, side: 'outgoing' }))).toBe('not_on_duty');
  expect(codeOf(await shift.sign({ ...b, side: 'incoming', hash: 'x' }))).toBe('handover_state');
  expect(codeOf(await shift.sign({ ...a, side: 'outgoing' }))).toBe('ok');
  expect(codeOf(await shift.write('', 'other'))).toBe('handover_state');
  const signed = await shift.preview();
  if (!signed.ok) throw new Error(signed.error.code);
  const { hash } = signed.value;
  expect(codeOf(await shift.sign({ ...a, side: 'incoming', hash: hash ?? '' }))).toBe('same_person');
  expect(codeOf(await shift.sign({ ...b, isNewPin: true, side: 'incoming', hash: '0'.repeat(64) }))).toBe(
    'handover_changed',
  );
  // What changes meanwhile is for the next one.
  cases.open = [];
  await shift.mark([`due:${found.id}:dispatch`], true);
  expect(shift.state().onDuty).toMatchObject({ id: 'A1' });
  expect(codeOf(await shift.sign({ ...b, isNewPin: true, side: 'incoming', hash: hash ?? '' }))).toBe('ok');
  expect(shift.state()).toMatchObject({ onDuty: { id: 'B2' }, outgoing: null, last: { number: 1 } });

  await shift.close();
  const again = await open();
  expect(again.list(null, 5)).toMatchObject([
    { number: 1, outgoing: { id: 'A1' }, incoming: { id: 'B2' }, sequence: 7 },
  ]);
  expect(await again.open(1)).toMatchObject({
    value: {
      ...{ counts: { risk: 1 }, known: ['fact:disk', `due:${found.id}:dispatch`] },
      notes: [{ key: '', text: '东门施工' }, { text: '已催' }],
      ...{ outgoing: { id: 'A1' }, incoming: { id: 'B2' } },
    },
  });
  clock.advance(MINUTE_MS);
  expect(await again.preview()).toMatchObject({
    value: { number: 2, isCompared: true, counts: { ended: 1, opened: 0 }, notes: [], known: [] },
  });
  expect(await checkShift(folder)).toEqual({ files: 1, handovers: 1, damaged: [] });
});

test('a signature can be taken back; one that is too old must be given anew', async () => {
  const { shift, clock, folder } = await seat();
  await shift.signOn({ ...a, isNewPin: true });
  await shift.sign({ ...a, side: 'outgoing' });
  expect(codeOf(await shift.withdraw())).toBe('ok');
  expect(codeOf(await shift.withdraw())).toBe('handover_state');
  expect(await readdir(join(folder, 'handovers'))).toEqual([]);
  await shift.sign({ ...a, side: 'outgoing' });
  const form = await shift.preview();
  clock.advance(SIGNED_FOR_MS + 1);
  const hash = form.ok ? (form.value.hash ?? '') : '';
  expect(codeOf(await shift.sign({ ...b, isNewPin: true, side: 'incoming', hash }))).toBe('handover_stale');
  expect(codeOf(await handOver(shift, true))).toBe('ok');
  expect(await readdir(join(folder, 'handovers'))).toHaveLength(1);
});

test('the desk is covered until the PIN of the person on duty comes, over a start; an empty seat has no lock', async () => {
  const { shift, open } = await seat();
  expect(codeOf(await shift.lock('key'))).toBe('seat_empty');
  await shift.signOn({ ...a, isNewPin: true });
  await shift.lock('idle');
  await shift.close();
  const again = await open();
  expect(again.state().lock).toMatchObject({ by: 'idle' });
  expect(codeOf(await again.unlock('222222'))).toBe('pin_wrong');
  expect(again.state().lock).not.toBeNull();
  expect(codeOf(await again.unlock('111111'))).toBe('ok');
  expect(again.state().lock).toBeNull();
});

test('what can’t be written is refused and counts for nothing; a lock counts anyhow, and nothing else is lost', async () => {
  let isFull = false;
  const disk: LineDisk = {
    async write(...given) {
      if (isFull) throw new Error('ENOSPC');
      await lineDisk.write(...given);
    },
  };
  const { shift, open, health } = await seat(disk);
  await shift.signOn({ ...a, isNewPin: true });
  await shift.write('', 'kept');
  isFull = true;
  expect(await shift.write('', 'lost')).toMatchObject({ error: { code: 'unavailable', detail: { part: 'shift' } } });
  expect(codeOf(await shift.sign({ ...a, side: 'outgoing' }))).toBe('unavailable');
  expect(health.list()).toMatchObject([{ code: 'shift_unwritten' }]);
  expect(codeOf(await shift.lock('key'))).toBe('ok');
  expect(codeOf(await shift.unlock('111111'))).toBe('ok');
  isFull = false;
  await shift.mark(['alarm:1'], true);
  expect(health.list()).toEqual([]);
  await shift.close();
  const again = await (await open()).preview();
  expect(again).toMatchObject({ value: { notes: [{ key: '', text: 'kept' }], known: ['alarm:1'], outgoing: null } });
});

test('wherever a crash cuts the last line, what was answered before stands, and the record goes on', async () => {
  const { shift, open, folder, health } = await seat();
  await shift.signOn({ ...a, isNewPin: true });
  const [name = ''] = await readdir(folder);
  const file = join(folder, name);
  const whole = await readFile(file);
  await shift.write('', 'x');
  const all = await readFile(file);
  await shift.close();
  for (const size of [whole.length + 1, all.length - 30, all.length - 1]) {
    await writeFile(file, all);
    await truncate(file, size);
    const again = await open();
    expect(again.state().onDuty).toMatchObject({ id: 'A1' });
    expect(health.list()).toMatchObject([{ code: 'shift_tail_cut' }]);
    expect(codeOf(await again.write('', 'y'))).toBe('ok');
    await again.close();
    expect(await (await open()).preview()).toMatchObject({ value: { notes: [{ text: 'y' }] } });
    expect(await checkShift(folder)).toMatchObject({ damaged: [] });
  }
});

test('no PIN and no name is in any file', async () => {
  const { shift, folder } = await seat();
  await shift.signOn({ ...a, isNewPin: true });
  await handOver(shift, true);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const text = await readFile(join(entry.parentPath, entry.name), 'utf8');
    expect(text).not.toMatch(/演示|"pin":"\d/);
  }
});
