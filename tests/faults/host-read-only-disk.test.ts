import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startFailures } from '#contract/host-process.ts';
import { aReportInput } from '#tests/builders/wire.ts';
import { smallDisk } from '#tests/support/small-disk.ts';
import { failToStart, runVerify, startHost } from '#tests/support/start-host.ts';

/** A disk that the system has made read-only, as it does after a fault. */
test('on a read-only disk a host does not start and says why; the folder can be verified; later all is there', async (context) => {
  const disk = await smallDisk(context, '16m');
  const dataFolder = join(disk, 'data');
  const host = await startHost({ dataFolder, args: ['--no-simulate'] });
  const before = await host.call('case.report', { ...aReportInput(), commandId: 'before-read-only' });
  await host.stop();
  execFileSync('mount', ['-o', 'remount,ro', disk], { stdio: 'pipe' });
  try {
    const start = await failToStart(['--headless', '--port', '0', '--data', dataFolder, '--no-simulate']);
    expect(start).toMatchObject({ exitCode: startFailures.folder_unusable, stdout: '' });
    expect(start.stderr).toMatch(/EROFS|read-only/);
    expect(await runVerify([dataFolder])).toMatchObject({ exitCode: 0, stderr: '' });
  } finally {
    execFileSync('mount', ['-o', 'remount,rw', disk], { stdio: 'pipe' });
  }
  const again = await startHost({ dataFolder, args: ['--no-simulate'] });
  expect(await again.call('case.report', { ...aReportInput(), commandId: 'before-read-only' })).toEqual(before);
  expect(await again.call('case.report', aReportInput())).toMatchObject({ ok: true, value: { sequence: 2 } });
  await again.stop();
});
