import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plainCaseFile } from '#tests/builders/plain-case-file.ts';
import { aReportInput } from '#tests/builders/wire.ts';
import { fillDisk, smallDisk } from '#tests/support/small-disk.ts';
import { factsOf, startHost } from '#tests/support/start-host.ts';
import { startImport } from '#tests/support/start-import.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

test('SIGTERM in the middle of an import: a clean end, and what was said to be accepted is there', async () => {
  const dataFolder = await temporaryFolder();
  const host = await startHost({ dataFolder, args: ['--no-simulate'] });
  const path = join(dataFolder, 'cases.csv');
  await writeFile(path, plainCaseFile(60_000, 'stop'));
  const { progress, answer } = await startImport(host, path);
  expect(await host.stop()).toMatchObject({ exitCode: 0, stderr: '' });
  expect(await answer).toMatchObject({ ok: false });
  const { accepted, state } = progress();
  expect(state).not.toBe('done');

  const again = await startHost({ dataFolder, args: ['--no-simulate'] });
  const health = await again.call('health.get', {});
  expect(health.ok && factsOf(health.value)).toEqual([]);
  const counted = await again.call('cases.count', {});
  expect(counted.ok && counted.value.count).toBeGreaterThanOrEqual(accepted);
  expect(counted.ok && counted.value.count).toBeLessThan(60_000);
  expect(await again.call('journal.verify', {})).toMatchObject({ value: { ok: true } });
  expect(await again.call('import.run', { path })).toMatchObject({ value: { rows: 60_000, refused: [] } });
  expect(await again.call('cases.count', {})).toMatchObject({ value: { count: 60_000 } });
  await again.stop();
});

test('SIGTERM on a full disk: an end without a crash, and the next start has everything', async (context) => {
  const disk = await smallDisk(context, '8m');
  const dataFolder = join(disk, 'data');
  const host = await startHost({ dataFolder, args: ['--no-simulate'] });
  const receipt = await host.call('case.report', { ...aReportInput(), commandId: 'before-it-was-full' });
  await fillDisk(disk, 0);
  let isFull = false;
  while (!isFull) isFull = !(await host.call('case.report', aReportInput())).ok;
  const { exitCode, signal } = await host.stop();
  expect([exitCode, signal]).toEqual([0, null]);
  await rm(join(disk, 'ballast'));
  const again = await startHost({ dataFolder, args: ['--no-simulate'] });
  expect(await again.call('case.report', { ...aReportInput(), commandId: 'before-it-was-full' })).toEqual(receipt);
  expect(await again.call('journal.verify', {})).toMatchObject({ value: { ok: true } });
  await again.stop();
});
