import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { OutputOf } from '#contract/api.ts';
import { startFailures } from '#contract/host-process.ts';
import { aReportInput } from '#tests/builders/wire.ts';
import { runCtl, runHeadless, runVerify, startHost, type HostProcess } from '#tests/support/start-host.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

/** FT12 (live-and-storage.md §1.5): backup → empty folder → start. */
test('npm start -- --backup and --restore, beside a running host and without one: same head, same lists', async () => {
  const dataFolder = await temporaryFolder();
  const to = join(await temporaryFolder(), 'backup');
  const host = await startHost({ dataFolder, args: ['--rate', '50000', '--speed', '5', '--segment-bytes', '100000'] });
  for (let serial = 0; serial < 5; serial += 1) await host.call('case.report', aReportInput());
  const running = await runHeadless(['--backup', to, '--data', dataFolder]);
  expect([running.exitCode, running.stderr]).toEqual([0, '']);
  expect(JSON.parse(running.stdout)).toMatchObject({ folder: to });
  expect(await host.call('backup.status', {})).toMatchObject({ value: { lastGood: { folder: to }, state: 'idle' } });
  expect(await host.call('backup.drill', {})).toMatchObject({ value: { ok: true, isOfThisJournal: true } });
  expect(await host.call('simulation.set', { isRunning: false })).toMatchObject({ ok: true });
  const before = await listed(host);
  await host.stop();

  const stopped = await runHeadless(['--backup', to, '--data', dataFolder]);
  expect([stopped.exitCode, stopped.stderr]).toEqual([0, '']);
  const restored = join(await temporaryFolder(), 'restored');
  const restoring = await runHeadless(['--restore', to, '--data', restored]);
  expect([restoring.exitCode, restoring.stderr]).toEqual([0, '']);
  expect(JSON.parse(restoring.stdout)).toMatchObject({
    hash: (JSON.parse(stopped.stdout) as OutputOf<'backup.run'>).hash,
  });
  expect((await runVerify([restored])).exitCode).toBe(0);
  const again = await startHost({ dataFolder: restored, args: ['--no-simulate'] });
  expect(await listed(again)).toEqual(before);
  expect(await again.call('case.report', aReportInput())).toMatchObject({ ok: true });
  await again.stop();
});

test('what cannot be: words and exit codes; nothing is made', async () => {
  const place = await temporaryFolder();
  const absent = await runHeadless(['--backup', join(place, 'b'), '--data', join(place, 'none')]);
  expect([absent.exitCode, absent.stdout]).toEqual([startFailures.backup_failed, '']);
  expect(absent.stderr).toMatch(/holds no journal/);
  const nothing = await runHeadless(['--restore', join(place, 'b'), '--data', join(place, 'new')]);
  expect([nothing.exitCode, nothing.stdout]).toEqual([startFailures.backup_failed, '']);
  expect(nothing.stderr).toMatch(/holds no backup/);
  expect((await runHeadless(['--restore', join(place, 'b')])).exitCode).toBe(startFailures.bad_arguments);
  expect(await readdir(place)).toEqual([]);
  const host = await startHost({ args: ['--no-simulate'] });
  const inside = await runHeadless(['--backup', join(host.dataFolder, 'b'), '--data', host.dataFolder]);
  expect([inside.exitCode, inside.stderr]).toEqual([
    startFailures.backup_failed,
    expect.stringMatching(/another disk/),
  ]);
  const unset = await runCtl('--data', host.dataFolder, 'backup.run');
  expect([unset.exitCode, unset.stderr]).toEqual([1, expect.stringContaining('backup_not_set')]);
  await host.stop();
});

async function listed(host: HostProcess) {
  const count = await host.call('cases.count', {});
  const page = await host.call('cases.list', { limit: 200 });
  return {
    cases: count.ok ? [count.value.count, count.value.open] : [],
    rows: page.ok ? page.value.rows : [],
  };
}
