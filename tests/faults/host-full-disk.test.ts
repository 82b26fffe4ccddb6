import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { OutputOf } from '#contract/api.ts';
import { Random } from '#domain/base/random.ts';
import { aReportInput } from '#tests/builders/wire.ts';
import { CommandHistory, noFaults } from '#tests/support/command-history.ts';
import { healthWith } from '#tests/support/health-with.ts';
import { openJournal } from '#tests/support/open-journal.ts';
import { readAll } from '#tests/support/read-all.ts';
import { reportTogether } from '#tests/support/reporting-clients.ts';
import { factsOf, runVerify, startHost, statusAtRest } from '#tests/support/start-host.ts';
import { fillDisk, smallDisk } from '#tests/support/small-disk.ts';

const EPISODES = 8;

/** FT7 (live-and-storage.md §1.5, JN8) for the whole host. */
test('a disk that fills up under a running host: refusals, health facts, reading, and going on once there is space', async (context) => {
  const disk = await smallDisk(context, '16m');
  const dataFolder = join(disk, 'data');
  const host = await startHost({ dataFolder, args: ['--rate', '20000', '--speed', '10'] });
  const acknowledged: OutputOf<'case.report'>[] = [];
  const report = async (): Promise<string | null> => {
    const outcome = await host.call('case.report', aReportInput());
    if (!outcome.ok) return outcome.error.code;
    acknowledged.push(outcome.value);
    return null;
  };
  expect(await report()).toBeNull();

  for (const left of [0, 5_000, 100]) {
    await fillDisk(disk, left);
    let refusal: string | null = null;
    while (refusal === null) refusal = await report();
    expect(refusal).toBe('journal_full');
    const full = await healthWith(host, ({ facts }) =>
      ['journal_full', 'simulation_held'].every((code) => facts.some((fact) => fact.code === code)),
    );
    expect(full.status).toBe('error');
    expect(full.journal.isReadOnly).toBe(false);
    expect(await host.call('cases.list', { limit: 10 })).toMatchObject({ ok: true });
    expect(await host.call('case.history', { id: acknowledged[0]?.caseId ?? '' })).toMatchObject({ ok: true });
    expect(await host.call('journal.verify', {})).toMatchObject({ value: { ok: true } });

    await rm(join(disk, 'ballast'));
    const well = await healthWith(host, (health) => factsOf(health).length === 0);
    expect(well.status).toBe(statusAtRest(well));
    expect(await report()).toBeNull();
  }

  expect(await host.stop()).toMatchObject({ exitCode: 0 });
  const again = await startHost({ dataFolder, args: ['--no-simulate'] });
  expect(factsOf(await healthWith(again, () => true))).toEqual([]);
  for (const { commandId, caseId, sequence } of acknowledged) {
    const repeated = await again.call('case.report', { ...aReportInput(), commandId });
    expect(repeated).toMatchObject({ value: { caseId, sequence } });
  }
  await again.stop();
});

test('a quiet host notices by itself that there is space again', async (context) => {
  const disk = await smallDisk(context, '8m');
  const host = await startHost({ dataFolder: join(disk, 'data'), args: ['--no-simulate'] });
  await fillDisk(disk, 0);
  let refusal: string | null = null;
  while (refusal === null) {
    const outcome = await host.call('case.report', aReportInput());
    refusal = outcome.ok ? null : outcome.error.code;
  }
  expect(refusal).toBe('journal_full');
  const full = factsOf(await healthWith(host, () => true));
  // The wall's keepers write by the clock: they may have met the full disk too.
  expect(full.filter(({ code }) => code !== 'wall_not_kept')).toMatchObject([
    { code: 'journal_full', severity: 'error' },
  ]);
  await rm(join(disk, 'ballast'));
  const well = await healthWith(host, (health) => factsOf(health).length === 0);
  expect(well.status).toBe(statusAtRest(well));
  expect(await host.call('case.report', aReportInput())).toMatchObject({ ok: true });
  expect(await host.stop()).toMatchObject({ exitCode: 0 });
});

test(
  'filled at random moments while segments end, are packed and are backed up: nothing lost, nothing half-made left',
  { timeout: 240_000 },
  async (context) => {
    const disk = await smallDisk(context, '24m');
    const dataFolder = join(disk, 'data');
    const to = join(disk, 'backup');
    const random = new Random(77);
    const args = ['--no-simulate', '--segment-bytes', '60000'];
    const host = await startHost({ dataFolder, args });
    onTestFinished(async () => void (await host.kill()));
    const history = new CommandHistory();
    const refusals = new Set<string>();
    let [backups, failedBackups] = [0, 0];
    let isOver = false;
    const onBackup: (() => void)[] = [];
    const nextBackup = () => new Promise<void>((resolve) => onBackup.push(resolve));
    const backingUp = (async () => {
      while (!isOver) {
        const outcome = await host.call('backup.run', { to });
        if (outcome.ok) backups += 1;
        else {
          failedBackups += 1;
          expect(outcome.error.code).toMatch(/^backup_(failed|folder)$/);
        }
        for (const resolve of onBackup.splice(0)) resolve();
      }
    })();

    for (let episode = 0; episode < EPISODES; episode += 1) {
      let receipts = 0;
      const enough = random.integer(20, 200);
      let filling: Promise<void> | null = null;
      const full = healthWith(host, ({ facts }) => facts.some(({ code }) => code === 'journal_full'));
      let isFull = false;
      void full.then(() => (isFull = true));
      await reportTogether(host, {
        ...{ name: `full-${episode}`, history, mayBe: ['journal_full'], isOver: () => isFull },
        onReceipt: () => {
          receipts += 1;
          if (receipts >= enough) filling ??= fillDisk(disk, random.pick([0, 0, 3_000, 40_000]));
        },
        onRefusal: (code) => refusals.add(code),
      });
      await (filling as Promise<void> | null);
      expect((await full).journal.isReadOnly).toBe(false);
      // The first of them may have begun before.
      for (let backup = 0; backup < 2; backup += 1) await nextBackup();
      await rm(join(disk, 'ballast'));
      await healthWith(host, ({ facts }) => !facts.some(({ code }) => code === 'journal_full'));
    }
    isOver = true;
    await backingUp;
    expect([...refusals]).toEqual(['journal_full']);
    expect([backups > 0, failedBackups > 0]).toEqual([true, true]);
    expect(await host.call('case.report', aReportInput())).toMatchObject({ ok: true });
    expect(await host.call('backup.run', { to })).toMatchObject({ ok: true });
    await healthWith(host, (health) => factsOf(health).every(({ code }) => code.startsWith('projection_')));
    expect(await host.stop()).toMatchObject({ exitCode: 0 });

    expect((await readdir(disk, { recursive: true })).filter((name) => /\.(new|half-made|tmp)$/.test(name))).toEqual(
      [],
    );
    expect(await readdir(join(dataFolder, 'journal'))).not.toContain('set-aside');
    const { journal } = await openJournal(dataFolder);
    expect(history.faults(await readAll(journal))).toEqual(noFaults);
    await journal.close();
    expect(await runVerify([dataFolder])).toMatchObject({ exitCode: 0 });
    console.log(
      `full disk: ${EPISODES} episodes, ${history.allAcknowledged().size} receipts, none lost; ` +
        `${backups} backups made, ${failedBackups} refused`,
    );
  },
);
