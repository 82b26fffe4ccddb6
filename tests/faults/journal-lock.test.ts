import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { FolderLocked, lockFolder, networkKind } from '#host/journal/local/lock.ts';
import { required } from '#domain/base/assert-never.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

/** FT11: one process per data folder (JN7), with real processes. */
test('a second process is refused, and told which process holds the folder', async () => {
  const folder = await temporaryFolder();
  const first = holder(folder);
  expect(await first.said()).toBe('locked');
  const second = holder(folder);
  expect(await second.said()).toContain(`in use by process ${first.process.pid} on this machine`);
  expect(await exitCode(second.process)).toBe(1);
  const refusal = lockFolder(folder);
  await expect(refusal).rejects.toBeInstanceOf(FolderLocked);
  await expect(refusal).rejects.toMatchObject({ pid: first.process.pid, reason: 'running', folder });
  first.process.stdin?.write('release\n');
  expect(await exitCode(first.process)).toBe(0);
  const lock = await lockFolder(folder);
  await lock.release();
});

test('the lock of a process that was killed is replaced silently, at once', async () => {
  const folder = await temporaryFolder();
  for (let round = 0; round < 3; round += 1) {
    const killed = holder(folder);
    expect(await killed.said()).toBe('locked');
    killed.process.kill('SIGKILL');
    await exitCode(killed.process);
    expect(JSON.parse(await readFile(join(folder, 'lock'), 'utf8'))).toMatchObject({ pid: killed.process.pid });
    const lock = await lockFolder(folder);
    expect(JSON.parse(await readFile(join(folder, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid });
    await lock.release();
  }
});

test('of many at once exactly one gets the folder', async () => {
  const folder = await temporaryFolder();
  const tries = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)));
  const won = tries.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  expect(won).toHaveLength(1);
  await won[0]?.release();
});

test('the lock of another machine is never taken, and stays as it is', async () => {
  const folder = await temporaryFolder();
  const text = JSON.stringify({ machineId: 'f'.repeat(32), machineName: 'desk-7', pid: 4711, startedAt: 1 });
  await writeFile(join(folder, 'lock'), text);
  const refusal = lockFolder(folder);
  await expect(refusal).rejects.toMatchObject({ pid: 4711, reason: 'other_machine' });
  await expect(refusal).rejects.toThrow(
    `locked by the machine desk-7: if the program does not run there any more, delete ${join(folder, 'lock')}`,
  );
  expect(await readFile(join(folder, 'lock'), 'utf8')).toBe(text);
});

test('a lock file that says nothing is replaced; the folder is made if it is missing', async () => {
  const folder = join(await temporaryFolder(), 'new', 'data');
  await (await lockFolder(folder)).release();
  for (const text of ['', '{"machineId":3}', 'null', '\0\0\0']) {
    await writeFile(join(folder, 'lock'), text);
    await (await lockFolder(folder)).release();
  }
});

test('another path to the same folder is the same folder, another folder is not', async () => {
  const folder = await temporaryFolder();
  const other = await temporaryFolder();
  const link = join(other, 'link');
  await symlink(folder, link);
  const lock = await lockFolder(folder);
  await expect(lockFolder(link)).rejects.toMatchObject({ pid: process.pid });
  const lockOfOther = await lockFolder(other);
  await lockOfOther.release();
  await lock.release();
});

test('network shares are known by their Linux type number', () => {
  expect([0x6969, 0xff534d42 | 0, 0xfe534d42, 0xef53, 0x01021994].map(networkKind)).toEqual([
    'NFS',
    'CIFS',
    'SMB2',
    null,
    null,
  ]);
});

interface Holder {
  readonly process: ChildProcess;
  /** The next line it printed. */
  said(): Promise<string>;
}

function holder(folder: string): Holder {
  const root = resolve(import.meta.dirname, '../..');
  const runner = join(root, 'tests/tools/run-ts.mjs');
  const started = spawn(process.execPath, [runner, join(import.meta.dirname, 'lock-holder.ts'), folder], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void started.kill('SIGKILL'));
  const lines = createInterface({ input: required(started.stdout, 'a piped output') })[Symbol.asyncIterator]();
  return { process: started, said: async () => String((await lines.next()).value) };
}

async function exitCode(started: ChildProcess): Promise<number | null> {
  if (started.exitCode === null && started.signalCode === null) await once(started, 'exit');
  return started.exitCode;
}
