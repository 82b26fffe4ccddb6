import { closeSync, fsyncSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { Random } from '#domain/base/random.ts';
import { CommandHistory, noFaults } from '#tests/support/command-history.ts';
import { loopDisk, type LoopDisk } from '#tests/support/loop-disk.ts';
import { openJournal } from '#tests/support/open-journal.ts';
import { readAll } from '#tests/support/read-all.ts';
import { reportTogether, type Receipt } from '#tests/support/reporting-clients.ts';
import { addToSoak, emptyTally } from '#tests/support/soak-tally.ts';
import { runVerify, startHost, type HostProcess } from '#tests/support/start-host.ts';

const CUTS = Number(process.env['POWER_CUTS'] ?? 2);
const CUTS_PER_DISK = 10;
/** What the control writes without a sync. */
const CONTROL_BYTES = 200_000;

/** FT6 (live-and-storage.md §1.5): kill -9 says nothing about syncing, only a power cut does. */
test(
  'the power goes under a writing host: all that was acknowledged is there, and what was not synced is not',
  { timeout: 120_000 + CUTS * 20_000 },
  async (context) => {
    const random = new Random(6);
    let acknowledged = 0;
    let lostByControl = 0;
    for (let cuts = 0; cuts < CUTS;) {
      const disk = await loopDisk(context, 256);
      const history = new CommandHistory();
      const tally = emptyTally();
      for (let onDisk = 0; onDisk < CUTS_PER_DISK && cuts < CUTS; onDisk += 1) {
        lostByControl += await cutOnce(disk, history, { name: `cut-${cuts}`, enough: random.integer(50, 1_500) });
        cuts += 1;
        tally.powerCuts += 1;
      }
      const dataFolder = join(disk.folder, 'data');
      const last = await startHost({ dataFolder, args: ['--no-simulate'] });
      expect(await last.call('journal.verify', {})).toMatchObject({ value: { ok: true, problems: [] } });
      await last.stop();
      const { journal } = await openJournal(dataFolder);
      const faults = history.faults(await readAll(journal));
      await journal.close();
      tally.acknowledged = history.allAcknowledged().size;
      tally.lost = faults.lost.length;
      tally.doubled = faults.doubled.length;
      tally.verified += 1;
      await addToSoak(tally);
      expect(faults).toEqual(noFaults);
      expect(await runVerify([dataFolder]), 'npm run verify').toMatchObject({ exitCode: 0 });
      acknowledged += tally.acknowledged;
    }
    console.log(
      `power cut: ${CUTS} cuts, ${acknowledged} receipts, none lost; the control lost ${lostByControl} bytes`,
    );
    expect(lostByControl).toBeGreaterThan(0);
  },
);

/** Bytes that the control lost. */
async function cutOnce(
  disk: LoopDisk,
  history: CommandHistory,
  { name, enough }: { readonly name: string; readonly enough: number },
): Promise<number> {
  const control = join(disk.folder, `control-${name}`);
  const file = openSync(control, 'w');
  fsyncSync(file);
  const dataFolder = join(disk.folder, 'data');
  const host = await startHost({ dataFolder, args: ['--no-simulate', '--segment-bytes', '150000'] });
  onTestFinished(async () => void (await host.kill()));
  expect(await host.call('journal.verify', {})).toMatchObject({ value: { ok: true, problems: [] } });
  let receipts = 0;
  let cutting: Promise<void> | null = null;
  const cut = async () => {
    await stopped(host);
    writeSync(file, Buffer.alloc(CONTROL_BYTES, 1));
    closeSync(file);
    disk.cutPower();
    await host.kill();
  };
  const onReceipt = (_receipt: Receipt) => {
    receipts += 1;
    if (receipts >= enough) cutting ??= cut();
  };
  await reportTogether(host, { name, history, onReceipt });
  await (cutting as Promise<void> | null);
  disk.remount();
  return CONTROL_BYTES - statSync(control).size;
}

/** A sync under way ends before the process stands still; after the cut it might claim what is not so. */
async function stopped({ firstLine: { pid } }: HostProcess): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  while (!/^State:\s+T/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))) await setImmediate();
}
