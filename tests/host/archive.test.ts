import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { InputOf, MethodName, OutputOf } from '#contract/api.ts';
import { required } from '#domain/base/assert-never.ts';
import { caseFile } from '#tests/builders/case-file.ts';
import { aReportInput } from '#tests/builders/wire.ts';
import { startHost, type HostProcess } from '#tests/support/start-host.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

/** More than a start keeps of ended cases in memory. */
const ENDED = 2_100;
const args = ['--no-simulate'];

const bounds = [116.5, 40.0, 116.9, 40.3] as const;

async function value<Name extends MethodName>(
  host: HostProcess,
  method: Name,
  input: InputOf<Name>,
): Promise<OutputOf<Name>> {
  const outcome = await host.call(method, input);
  expect(outcome, method).toMatchObject({ ok: true });
  return outcome.ok ? outcome.value : expect.unreachable();
}

/** Resolves when the archive can be asked. */
const ready = (host: HostProcess) =>
  expect.poll(async () => (await value(host, 'health.get', {})).projection.state, { timeout: 30_000 }).toBe('ready');

test(
  'cases that ended long ago are found after a restart, act as ever, and survive kill -9',
  { timeout: 180_000 },
  async () => {
    const dataFolder = await temporaryFolder();
    const file = join(dataFolder, 'ended.csv');
    await writeFile(file, caseFile({ rows: ENDED, seed: 5, closedShare: 1, bounds }));

    const first = await startHost({ dataFolder, args });
    const report = async () => (await value(first, 'case.report', aReportInput())).caseId;
    const [main, merged] = [await report(), await report()];
    await value(first, 'case.merge', { id: main, ids: [merged], reason: '同一处' });
    const imported = await value(first, 'import.run', { path: file });
    expect(imported).toMatchObject({ accepted: ENDED, refused: [] });
    const { rows } = await value(first, 'cases.list', { filter: { text: 'A0000001' }, limit: 1 });
    const oldest = required(rows.at(-1), 'an ended case').id;
    const [detail, history] = [
      await value(first, 'case.get', { id: oldest }),
      await value(first, 'case.history', { id: oldest }),
    ];
    const { cases } = await value(first, 'health.get', {});
    expect(cases).toEqual({ open: 1, total: ENDED + 2 });
    await first.stop();

    const second = await startHost({ dataFolder, args });
    expect((await value(second, 'health.get', {})).cases).toEqual(cases);
    expect(await value(second, 'case.get', { id: oldest })).toEqual(detail);
    expect(await value(second, 'case.history', { id: oldest })).toEqual(history);
    expect(await second.call('case.get', { id: '20990101000001' })).toMatchObject({ error: { code: 'not_found' } });
    expect(await value(second, 'import.run', { path: file }), 'a file of an earlier run').toMatchObject({
      ...{ accepted: 0, known: ENDED, refused: [] },
    });
    const apart = await value(second, 'case.unmerge', { id: main, mergedId: merged, reason: '并错' });
    expect((await value(second, 'health.get', {})).cases).toEqual({ open: 2, total: ENDED + 2 });
    const open = await value(second, 'cases.list', { filter: { state: 'open' }, limit: 10 });
    await second.kill();

    const third = await startHost({ dataFolder, args });
    await ready(third);
    await expect.poll(async () => (await value(third, 'health.get', {})).cases.open).toBe(2);
    expect((await value(third, 'case.history', { id: merged })).steps.at(-1)?.sequence).toBe(apart.sequence);
    expect(await value(third, 'cases.list', { filter: { state: 'open' }, limit: 10 })).toMatchObject({
      rows: open.rows,
    });
    await third.stop();

    // What was folded before is a short cut: without it everything is the same.
    await rm(join(dataFolder, 'resume'), { recursive: true });
    await rm(join(dataFolder, 'projection'), { recursive: true });
    const fourth = await startHost({ dataFolder, args });
    await ready(fourth);
    expect((await value(fourth, 'health.get', {})).cases).toEqual({ open: 2, total: ENDED + 2 });
    expect(await value(fourth, 'case.get', { id: oldest })).toEqual(detail);
    expect(await value(fourth, 'cases.list', { filter: { state: 'open' }, limit: 10 })).toMatchObject({
      rows: open.rows,
    });
    await fourth.stop();
    expect((await readdir(join(dataFolder, 'resume'))).filter((name) => name.endsWith('.resume'))).toHaveLength(1);
  },
);
