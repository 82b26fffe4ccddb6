import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { factsOf, startHost } from '#tests/support/start-host.ts';
import { aReportInput } from '#tests/builders/wire.ts';

test('the first line is JSON with url and pid, and nothing else is on stdout', async () => {
  const host = await startHost({ args: ['--no-simulate'] });
  expect(host.firstLine).toEqual({
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/#token=.{20,}$/),
    pid: expect.any(Number),
  });
  const { stdout, exitCode, signal } = await host.stop();
  expect(JSON.parse(stdout)).toEqual(host.firstLine);
  expect([exitCode, signal]).toEqual([0, null]);
});

test('SIGTERM while the simulator runs: exit 0, the journal is marked as cleanly stopped, the next start repairs nothing', async () => {
  const dataFolder = await temporaryFolder();
  const host = await startHost({ dataFolder });
  const acknowledged = await host.call('case.report', { ...aReportInput(), commandId: 'before-the-stop' });
  expect(acknowledged.ok).toBe(true);
  const { exitCode, stderr } = await host.stop();
  expect([exitCode, stderr]).toEqual([0, '']);
  await expect(readFile(join(dataFolder, 'host.json'))).rejects.toThrow('ENOENT');

  const again = await startHost({ dataFolder, args: ['--no-simulate'] });
  const health = await again.call('health.get', {});
  expect(health.ok && factsOf(health.value)).toEqual([]);
  expect(await again.call('case.report', { ...aReportInput(), commandId: 'before-the-stop' })).toEqual(acknowledged);
  expect(await again.call('journal.verify', {})).toMatchObject({ ok: true, value: { ok: true } });
  expect(await again.stop()).toMatchObject({ exitCode: 0, stderr: '' });
});

test('SIGTERM ends a host that serves clients with open streams', async () => {
  const host = await startHost();
  const client = await host.connect();
  const isWatched = new Promise<void>((resolve) => {
    client.watch('cases.watch', {}, { reset: () => {}, apply: () => resolve(), failed: () => {} });
  });
  await isWatched;
  expect(await host.stop()).toMatchObject({ exitCode: 0, signal: null });
});
