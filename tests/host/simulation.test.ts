import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CaseRow } from '#contract/cases.ts';
import type { Health } from '#contract/health.ts';
import { factsOf, runCtl, startHost, statusAtRest, type HostProcess } from '#tests/support/start-host.ts';

let host: HostProcess;
beforeAll(async () => {
  host = await startHost();
});
afterAll(async () => {
  expect(await host.stop()).toMatchObject({ exitCode: 0, stderr: '' });
});

/** Waits until the host tells such a health. */
function healthWith(of: HostProcess, fits: (health: Health) => boolean): Promise<Health> {
  return new Promise((resolve) => {
    const apply = (items: readonly Health[]) => items.filter((health) => fits(health)).forEach(resolve);
    of.client.watch('health.watch', {}, { reset: () => {}, apply, failed: () => {} });
  });
}

/** Live cases as a desk gets them, until there are so many. */
function liveCases(of: HostProcess, enough: (cases: ReadonlyMap<string, CaseRow>) => boolean) {
  const cases = new Map<string, CaseRow>();
  return new Promise<ReadonlyMap<string, CaseRow>>((resolve) => {
    of.client.watch(
      'cases.watch',
      {},
      {
        reset: () => cases.clear(),
        apply: (items) => {
          for (const item of items) if (item.kind === 'upsert') cases.set(item.row.id, item.row);
          if (enough(cases)) resolve(cases);
        },
        failed: () => {},
      },
    );
  });
}

test('a new user sees a running day: 220 open demo cases all over the district, within seconds', async () => {
  const cases = [...(await liveCases(host, ({ size }) => size >= 220)).values()];
  expect(cases.every(({ isDemo, gridCode }) => isDemo && gridCode !== null)).toBe(true);
  expect(new Set(cases.map(({ state }) => state)).size).toBeGreaterThanOrEqual(9);
  expect(new Set(cases.map(({ gridCode }) => gridCode?.slice(0, 9))).size).toBeGreaterThan(12);
  await liveCases(host, (later) => [...later.keys()].some((id) => !cases.some((known) => known.id === id)));
});

test('simulation.set over ctl pauses and resumes it', async () => {
  const set = async (isRunning: boolean): Promise<unknown> => {
    const { stdout } = await runCtl('--data', host.dataFolder, 'simulation.set', JSON.stringify({ isRunning }));
    return JSON.parse(stdout);
  };
  expect(await set(false)).toEqual({ state: 'paused' });
  expect(await host.call('health.get', {})).toMatchObject({ value: { simulation: { state: 'paused' } } });
  expect(await set(true)).toEqual({ state: 'running' });
  expect(await host.call('health.get', {})).toMatchObject({
    value: { simulation: { state: 'running', speed: 20, ratePerHour: 125 } },
  });
});

test('--rate 180000 --speed 1: a host takes 500 reports and their steps, keeps up, and answers beside it', async () => {
  const loaded = await startHost({ args: ['--rate', '180000', '--speed', '1'] });
  await healthWith(loaded, ({ cases }) => cases.total >= 250);
  const from = performance.now();
  await healthWith(loaded, ({ cases }) => cases.total >= 750);
  console.log(`50 reports/s and more: 500 reports took ${((performance.now() - from) / 1_000).toFixed(1)} s`);
  const health = await loaded.call('health.get', {});
  expect(health.ok && [health.value.status, factsOf(health.value)]).toEqual([
    health.ok && statusAtRest(health.value),
    [],
  ]);
  expect(await loaded.call('cases.list', { limit: 100 })).toMatchObject({ ok: true });
  expect(await loaded.stop()).toMatchObject({ exitCode: 0, stderr: '' });
});
