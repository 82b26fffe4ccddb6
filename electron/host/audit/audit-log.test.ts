import { appendFile, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ok, refused } from '#domain/base/result.ts';
import { lineDisk } from '#host/disk/line-disk.ts';
import { HealthRegister } from '#host/health/health-register.ts';
import type { Act } from '#host/ports/audit.ts';
import type { LineDisk } from '#host/ports/line-disk.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { openAudit } from './audit-log.ts';
import { checkAudit } from './check-audit.ts';

const FILE = '000000000001.log';
const act: Act = { act: 'simulation.set', actor: 'desk-1', detail: { isRunning: 'false' }, isUrgent: false };

async function aRecord(disk: LineDisk = lineDisk) {
  const folder = join(await temporaryFolder(), 'audit');
  const clock = new ManualClock(1_800_000_000_000);
  const health = new HealthRegister(clock);
  const open = () => openAudit({ folder, clock, health, disk });
  return { folder, clock, health, open, audit: await open() };
}

const done = () => Promise.resolve(ok('value'));

test('an act is on record before it has an effect, and again with what came out', async () => {
  const { audit, clock, folder } = await aRecord();
  const before = await audit.around(
    act,
    async () => ok(await readFile(join(folder, FILE), 'utf8')),
    () => ({ state: 'paused' }),
  );
  expect(before.ok && before.value.split('\n')).toHaveLength(2);
  expect(await audit.around(act, () => Promise.resolve(refused({ code: 'busy', detail: {} })))).toMatchObject({
    ok: false,
  });
  await expect(audit.around(act, () => Promise.reject(new Error('a fault')))).rejects.toThrow('a fault');
  const at = clock.now();
  const { act: name, actor, detail } = act;
  expect(await audit.list(null, 10)).toEqual([
    { sequence: 6, at, actor, act: name, outcome: 'failed', of: 5, detail: {} },
    { sequence: 5, at, actor, act: name, outcome: 'begun', of: null, detail },
    { sequence: 4, at, actor, act: name, outcome: 'refused', of: 3, detail: { code: 'busy' } },
    { sequence: 3, at, actor, act: name, outcome: 'begun', of: null, detail },
    { sequence: 2, at, actor, act: name, outcome: 'done', of: 1, detail: { state: 'paused' } },
    { sequence: 1, at, actor, act: name, outcome: 'begun', of: null, detail },
  ]);
  expect((await audit.list(4, 2)).map(({ sequence }) => sequence)).toEqual([3, 2]);
  expect(await checkAudit(folder)).toMatchObject({ entries: 6, sequence: 6, problems: [] });
});

test('acts together, and after a restart, stand in one chain', async () => {
  const { audit, open, folder } = await aRecord();
  await Promise.all(Array.from({ length: 20 }, () => audit.around(act, done)));
  await (await open()).around(act, done);
  expect(await checkAudit(folder)).toMatchObject({ entries: 42, sequence: 42, problems: [] });
});

test('a new file begins when one is full, and lists go on across it', async () => {
  const { audit, open, folder } = await aRecord();
  const long = { ...act, detail: { text: 'x'.repeat(400_000) } };
  for (let count = 0; count < 4; count += 1) await audit.around(long, done);
  expect(await readdir(folder)).toEqual([FILE, '000000000006.log']);
  const again = await open();
  await again.around(act, done);
  expect((await again.list(8, 5)).map(({ sequence }) => sequence)).toEqual([7, 6, 5, 4, 3]);
  expect(await checkAudit(folder)).toMatchObject({ entries: 10, problems: [] });
  // The first entry of a file may be all that a crash left of it.
  await truncate(join(folder, '000000000006.log'), 30);
  await (await open()).around(act, done);
  expect((await (await open()).list(null, 3)).map(({ sequence }) => sequence)).toEqual([7, 6, 5]);
  expect(await checkAudit(folder)).toMatchObject({ entries: 7, problems: [] });
});

test('wherever a crash cuts the last line, what was on record before stays, and the record goes on', async () => {
  const { audit, folder, open } = await aRecord();
  await audit.around(act, done);
  const whole = await readFile(join(folder, FILE));
  const second = whole.indexOf('\n') + 1;
  for (let end = second; end < whole.length; end += 1) {
    await writeFile(join(folder, FILE), whole.subarray(0, end));
    await rm(join(folder, 'set-aside'), { recursive: true, force: true });
    expect(await checkAudit(folder)).toMatchObject({ entries: 1, problems: [] });
    await (await open()).around(act, done);
    expect(await checkAudit(folder)).toMatchObject({ entries: 3, sequence: 3, problems: [] });
    if (end === second) continue;
    expect(await readFile(join(folder, 'set-aside', `${FILE}.${second}`))).toEqual(whole.subarray(second, end));
  }
});

test('a changed byte, a line that is gone, doubled or exchanged is found and told', async () => {
  const { audit, folder, open, health } = await aRecord();
  for (let count = 0; count < 3; count += 1) await audit.around(act, done);
  const text = await readFile(join(folder, FILE), 'utf8');
  const lines = text.split('\n').slice(0, -1);
  const file = (changed: readonly string[]) => writeFile(join(folder, FILE), changed.map((one) => `${one}\n`).join(''));
  const found = async () => (await checkAudit(folder))?.problems;
  const blank = lines[2]!.indexOf(' ');
  for (const at of [blank, ...Array.from({ length: Math.ceil(lines[2]!.length / 7) }, (_, index) => 7 * index)]) {
    await file(lines.with(2, lines[2]!.slice(0, at) + '#' + lines[2]!.slice(at + 1)));
    expect(await found()).toEqual([{ file: FILE, line: 3, kind: 'changed' }]);
  }
  await file(lines.toSpliced(2, 1));
  expect(await found()).toEqual([{ file: FILE, line: 3, kind: 'out_of_order' }]);
  await file(lines.toSpliced(2, 0, lines[1]!));
  expect((await found())?.[0]).toEqual({ file: FILE, line: 3, kind: 'out_of_order' });
  await file([lines[1]!, lines[0]!, ...lines.slice(2)]);
  expect((await found())?.map(({ line }) => line)).toEqual([1, 2, 3]);

  await file(lines.with(5, `${lines[5]}#`));
  await (await open()).around(act, done);
  expect(health.list()).toMatchObject([{ code: 'audit_damaged', detail: { file: FILE, line: '6' } }]);
  expect(await found()).toEqual([{ file: FILE, line: 6, kind: 'changed' }]);
});

test('what can’t be recorded is not done, but for what is urgent; both are told until a write succeeds', async () => {
  let isFull = false;
  const written = async (file: string, bytes: Uint8Array, at: number) => {
    if (!isFull) return lineDisk.write(file, bytes, at);
    await appendFile(file, bytes.subarray(0, bytes.length / 2));
    throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
  };
  const { folder, audit, health } = await aRecord({ write: written });
  await audit.around(act, done);
  isFull = true;
  let count = 0;
  const run = () => Promise.resolve(ok((count += 1)));
  expect(await audit.around(act, run)).toEqual(refused({ code: 'unavailable', detail: { part: 'audit' } }));
  expect(count).toBe(0);
  expect(await audit.around({ ...act, isUrgent: true }, run)).toEqual(ok(1));
  expect(health.list()).toMatchObject([{ code: 'audit_unwritten', severity: 'error' }]);
  isFull = false;
  expect(await audit.around(act, run)).toEqual(ok(2));
  expect(health.list()).toEqual([]);
  expect(await checkAudit(folder)).toMatchObject({ entries: 4, problems: [] });
});
