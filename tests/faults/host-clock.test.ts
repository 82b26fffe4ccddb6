import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { CaseChange } from '#contract/cases.ts';
import type { Health } from '#contract/health.ts';
import { instant } from '#domain/base/instant.ts';
import { aReportInput } from '#tests/builders/wire.ts';
import { CommandHistory, noFaults } from '#tests/support/command-history.ts';
import { healthWith } from '#tests/support/health-with.ts';
import { hostClock } from '#tests/support/host-clock.ts';
import { openJournal } from '#tests/support/open-journal.ts';
import { readAll } from '#tests/support/read-all.ts';
import { reportTogether } from '#tests/support/reporting-clients.ts';
import { startHost, type HostProcess } from '#tests/support/start-host.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const HOUR_S = 3_600;
const DAY_S = 24 * HOUR_S;
const args = ['--no-simulate'];

/** FT9 (live-and-storage.md §1.5, JN11). */
test(
  'the clock is set back an hour and a day, and on a day, under a writing host',
  { timeout: 180_000 },
  async (context) => {
    const clock = await hostClock(context);
    const dataFolder = join(await temporaryFolder(), 'data');
    const host = await startHost({ dataFolder, args, env: clock.env });
    onTestFinished(async () => void (await host.kill()));
    const history = new CommandHistory();
    const paused = await pausedCase(host, Date.now() + 12 * HOUR_S * 1_000);
    await someReports(host, history, 'right');
    for (const [index, offset] of [-HOUR_S, -HOUR_S - DAY_S].entries()) {
      clock.set(offset);
      await someReports(host, history, `set-back-${index}`);
      const by = jumpOf(await healthWith(host, (health) => jumpOf(health)?.count === index + 1))?.by;
      expect(by).toMatch(index === 0 ? /^-(1:00|0:59)/ : /^-2[34]:/);
      expect(await stateOf(host, paused)).toBe('suspended');
      await expectCountedOnce(host, paused);
    }

    clock.set(DAY_S);
    const forward = await healthWith(host, (health) => jumpOf(health)?.count === 3);
    expect(jumpOf(forward)?.by).toMatch(/^\+(49:00|48:59)/);
    await whenIn(host, paused, 'handling');
    await expectCountedOnce(host, paused);
    await someReports(host, history, 'set-on');
    clock.set(0);
    await someReports(host, history, 'right-again');
    await expectCountedOnce(host, paused);

    const receipts = [...history.allAcknowledged()];
    expect(await host.stop()).toMatchObject({ exitCode: 0 });
    const { journal } = await openJournal(dataFolder);
    const entries = await readAll(journal);
    await journal.close();
    expect(history.faults(entries)).toEqual(noFaults);
    const times = entries.map(({ at }) => at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(entries.filter(({ commandId }) => commandId.startsWith(`resume ${paused}`))).toHaveLength(1);

    const again = await startHost({ dataFolder, args, env: clock.env });
    onTestFinished(async () => void (await again.kill()));
    expect(jumpOf(await healthWith(again, () => true))).toMatchObject({
      by: expect.stringMatching(/^-2[34]:/),
      count: 1,
    });
    const repeated = await Promise.all(
      receipts.slice(-50).map(([commandId]) => again.call('case.report', { ...aReportInput(), commandId })),
    );
    expect(repeated.map((outcome) => (outcome.ok ? outcome.value.sequence : outcome.error.code))).toEqual(
      receipts.slice(-50).map(([, sequence]) => sequence),
    );
    expect(await stateOf(again, paused)).toBe('handling');
    await again.stop();
  },
);

test('a host that stands still is seen to, and goes on with nothing lost', { timeout: 120_000 }, async () => {
  const dataFolder = join(await temporaryFolder(), 'data');
  const host = await startHost({ dataFolder, args });
  onTestFinished(async () => void (await host.kill()));
  const history = new CommandHistory();
  await someReports(host, history, 'before');
  const watching = await host.connect();
  const lost = new Promise<void>((resolve) => {
    watching.onConnection(({ state }) => {
      if (state === 'lost') resolve();
    });
  });
  process.kill(host.firstLine.pid, 'SIGSTOP');
  const sent = watching.call('case.report', { ...aReportInput(), commandId: 'sent-to-a-host-that-stands' });
  history.sent('sent-to-a-host-that-stands');
  await lost;
  expect(await sent).toMatchObject({ ok: false, error: { code: 'unavailable' } });
  history.lineBroke();
  process.kill(host.firstLine.pid, 'SIGCONT');

  await someReports(host, history, 'after');
  const repeat = { ...aReportInput(), commandId: 'sent-to-a-host-that-stands' };
  const client = await host.connect();
  const first = await client.call('case.report', repeat);
  expect(await client.call('case.report', repeat)).toEqual(first);
  if (first.ok) history.acknowledged(first.value.commandId, first.value.sequence);
  expect(await host.stop()).toMatchObject({ exitCode: 0 });
  const { journal } = await openJournal(dataFolder);
  expect(history.faults(await readAll(journal))).toEqual(noFaults);
  await journal.close();
});

async function someReports(host: HostProcess, history: CommandHistory, name: string): Promise<void> {
  let receipts = 0;
  const onReceipt = () => void (receipts += 1);
  await reportTogether(host, { name, history, onReceipt, isOver: () => receipts >= 100 });
}

/** A case that is suspended 挂账 until then. */
async function pausedCase(host: HostProcess, until: number): Promise<string> {
  const reported = await host.call('case.report', aReportInput());
  const id = reported.ok ? reported.value.caseId : '';
  const outcomes = [
    reported,
    await host.call('case.register', { id, condition: '属实' }),
    await host.call('case.dispatch', { id, unit: '110113001' }),
    await host.call('case.accept', { id, handlerId: 'handler-1' }),
    await host.call('case.request_suspension', { id, until: instant(until), reason: '待审批' }),
    await host.call('case.decide_suspension', { id, isGranted: true, opinion: '同意' }),
  ];
  expect(outcomes.filter(({ ok }) => !ok)).toEqual([]);
  return id;
}

/** The spans of each clock lie one behind the other, and what counts of them is what is used. */
async function expectCountedOnce(host: HostProcess, id: string): Promise<void> {
  const outcome = await host.call('case.explainClock', { id });
  if (!outcome.ok) throw new Error(outcome.error.code);
  expect(outcome.value.clocks.length).toBeGreaterThan(0);
  for (const { startedAt, usedMs, lines } of outcome.value.clocks) {
    expect(lines.map(({ from }) => from)).toEqual([startedAt, ...lines.map(({ to }) => to)].slice(0, lines.length));
    expect(lines.filter(({ from, to, countedMs }) => countedMs < 0 || countedMs > to - from)).toEqual([]);
    expect(lines.reduce((sum, { countedMs }) => sum + countedMs, 0)).toBe(usedMs);
  }
}

function jumpOf({ facts }: Health): { readonly by: string; readonly count: number } | null {
  const detail = facts.find(({ code }) => code === 'clock_jumped')?.detail;
  return detail === undefined ? null : { by: detail['by'] ?? '', count: Number(detail['count']) };
}

async function stateOf(host: HostProcess, id: string): Promise<string> {
  const outcome = await host.call('case.get', { id });
  if (!outcome.ok) throw new Error(outcome.error.code);
  return outcome.value.state;
}

/** Resolves when the case is in that state. */
function whenIn(host: HostProcess, id: string, state: string): Promise<void> {
  return new Promise((resolve) => {
    const look = (items: readonly CaseChange[]) => {
      if (items.some((item) => item.kind === 'upsert' && item.row.id === id && item.row.state === state)) resolve();
    };
    host.client.watch('cases.watch', {}, { reset: () => {}, apply: look, failed: () => {} });
  });
}
