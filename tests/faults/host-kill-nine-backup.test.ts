import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { killAgainAndAgain, killsTimeoutMs } from '#tests/support/kill-nine.ts';
import { openJournal } from '#tests/support/open-journal.ts';
import { readAll } from '#tests/support/read-all.ts';
import type { Receipt } from '#tests/support/reporting-clients.ts';
import { runHeadless, startHost, type HostProcess } from '#tests/support/start-host.ts';

/** Small files, so that they end, are packed and are copied all the time. */
const args = ['--no-simulate', '--segment-bytes', '150000'];

const backupOf = (dataFolder: string) => `${dataFolder}-backup`;
let made = 0;
/** Sequence of the last backup that was acknowledged, by data folder. */
const acknowledgedBackups = new Map<string, number>();

test(
  'kill -9 while segments end, are packed and are backed up: all that was acknowledged is there, and in the backup',
  { timeout: killsTimeoutMs },
  async () => {
    let packed = 0;
    const afterwards = async (dataFolder: string, receipts: readonly Receipt[]) => {
      packed += (await readdir(join(dataFolder, 'journal'))).filter((name) => name.endsWith('.segz')).length;
      await expectInBackup(dataFolder, receipts);
    };
    const { kills, acknowledged } = await killAgainAndAgain({
      ...{ args, receipts: [100, 2_500], killsPerFolder: 10, beside: backingUp, afterwards },
    });
    console.log(
      `backups: ${kills} kills, ${acknowledged} receipts, ${packed} packed segments, ${made} backups, none lost`,
    );
    expect([packed > 0, made > 0]).toEqual([true, true]);
  },
);

/** Backs up again and again until the host is gone. */
function backingUp(host: HostProcess, dataFolder: string): Promise<() => number> {
  const to = backupOf(dataFolder);
  onTestFinished(() => rm(to, { recursive: true, force: true }));
  const again = async (): Promise<void> => {
    for (;;) {
      const outcome = await host.call('backup.run', { to });
      if (!outcome.ok && outcome.error.code !== 'unavailable') throw new Error(JSON.stringify(outcome.error));
      if (!outcome.ok) return;
      made += 1;
      acknowledgedBackups.set(dataFolder, outcome.value.sequence);
    }
  };
  let failure: Error | null = null;
  again().catch((cause: unknown) => {
    failure = cause instanceof Error ? cause : new Error(String(cause));
  });
  return Promise.resolve(() => {
    // Told with its kill: a rejection that nobody awaits would only end the whole run, without a word of which backup.
    if (failure !== null) throw failure;
    return 0;
  });
}

/** What was recorded before the last acknowledged backup is in it. */
async function expectInBackup(dataFolder: string, receipts: readonly Receipt[]): Promise<void> {
  const last = acknowledgedBackups.get(dataFolder);
  if (last === undefined) return;
  const restored = `${dataFolder}-restored`;
  onTestFinished(() => rm(restored, { recursive: true, force: true }));
  const { exitCode, stderr } = await runHeadless(['--restore', backupOf(dataFolder), '--data', restored]);
  expect([exitCode, stderr]).toEqual([0, '']);
  const { journal } = await openJournal(restored);
  expect(journal.head().sequence).toBeGreaterThanOrEqual(last);
  const found = new Map((await readAll(journal)).map(({ commandId, sequence }) => [commandId, sequence]));
  await journal.close();
  const wanted = receipts.filter(({ sequence }) => sequence <= last);
  expect(wanted.filter(({ commandId, sequence }) => found.get(commandId) !== sequence)).toEqual([]);
  const host = await startHost({ dataFolder: restored, args: ['--no-simulate'] });
  expect(await host.call('journal.verify', {})).toMatchObject({ value: { ok: true } });
  await host.stop();
}
