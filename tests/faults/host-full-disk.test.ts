import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { OutputOf } from '#contract/api.ts';
import { aReportInput } from '#tests/builders/wire.ts';
import { healthWith } from '#tests/support/health-with.ts';
import { factsOf, startHost, statusAtRest } from '#tests/support/start-host.ts';
import { fillDisk, smallDisk } from '#tests/support/small-disk.ts';

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
  expect(factsOf(await healthWith(host, () => true))).toMatchObject([{ code: 'journal_full', severity: 'error' }]);
  await rm(join(disk, 'ballast'));
  const well = await healthWith(host, (health) => factsOf(health).length === 0);
  expect(well.status).toBe(statusAtRest(well));
  expect(await host.call('case.report', aReportInput())).toMatchObject({ ok: true });
  expect(await host.stop()).toMatchObject({ exitCode: 0 });
});
