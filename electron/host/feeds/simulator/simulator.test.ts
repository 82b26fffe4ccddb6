import { expect, onTestFinished, test } from 'vitest';
import type { ErrorCode, WireError } from '#contract/errors.ts';
import type { CaseRow } from '#contract/cases.ts';
import { DAY_MS, HOUR_MS } from '#domain/base/instant.ts';
import { ok, refused, type Result } from '#domain/base/result.ts';
import type { CaseCommand } from '#domain/case/commands.ts';
import type { CaseState } from '#domain/case/state.ts';
import { isOpen, openStates } from '#domain/case/lifecycle.ts';
import { AreaIndex } from '#domain/grid/district.ts';
import { caseRules } from '#domain/reference/case-rules.ts';
import { resumeSuspended } from '#host/reactors/resume-suspended.ts';
import { HealthRegister } from '#host/health/health-register.ts';
import { pinoLog } from '#host/log/pino-log.ts';
import type { Commands, Recorded } from '#host/ports/commands.ts';
import { aReport, desk, morning } from '#tests/builders/cases.ts';
import { cityTables } from '#tests/builders/city.ts';
import { aDistrict, gridAt } from '#tests/builders/district.ts';
import { someDemoPhotos } from '#tests/builders/photos.ts';
import { openQueue } from '#tests/support/open-queue.ts';
import { readAll } from '#tests/support/read-all.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { createSimulator, simulationDefaults, type SimulatorOptions } from './simulator.ts';

type Answer = Result<Recorded, WireError>;

/** A simulator over a real queue and journal, with a clock that stands still until it is advanced. */
async function aSimulation(folder: string, change: Partial<SimulatorOptions> = {}) {
  const tables = cityTables();
  const rules = { rules: caseRules(tables), units: tables.units };
  const { queue, cases, journal, clock } = await openQueue(folder, { rules });
  const health = new HealthRegister(clock);
  const sent: { readonly command: CaseCommand; readonly answer: Answer }[] = [];
  let refusal: ErrorCode | null = null;
  const commands: Commands = {
    async submit(command) {
      const answer = refusal === null ? await queue.submit(command) : refused({ code: refusal, detail: {} });
      sent.push({ command, answer });
      return answer;
    },
    wouldAccept: (command) => queue.wouldAccept(command),
    drained: () => queue.drained(),
  };
  const { levels, ...district } = aDistrict();
  const simulator = createSimulator({
    isOn: true,
    seed: 42,
    ...simulationDefaults,
    ...{ commands, cases, journal, clock, scheduler: clock, health },
    district: {
      areas: new AreaIndex({ ...district, levels }),
      locate: gridAt,
      map: { ...district, areas: [], former: [], topology: null, context: null },
    },
    tables: () => tables,
    keepPhotos: () => Promise.resolve(ok(someDemoPhotos)),
    log: pinoLog('silent'),
    ...change,
  });
  const resume = resumeSuspended({ cases, commands: queue, clock, scheduler: clock, log: pinoLog('silent') });
  let isEnded = false;
  const end = async () => {
    if (isEnded) return;
    isEnded = true;
    resume.close();
    await simulator.close();
    await journal.close();
  };
  onTestFinished(end);
  const pass = async (ms: number, turnMs = 250) => {
    for (let left = ms; left > 0; left -= turnMs) {
      clock.advance(Math.min(turnMs, left));
      await simulator.drained();
    }
  };
  const started = async () => {
    await resume.begin();
    simulator.start();
    await simulator.drained();
  };
  return {
    ...{ simulator, queue, cases, journal, clock, health, sent, pass, started, end },
    refuseAll: (code: ErrorCode | null) => (refusal = code),
  };
}

/** A report of a grid case, or a ticket that comes in. */
function isReport({ command }: { readonly command: CaseCommand }): boolean {
  return command.body.type === 'report' || command.body.type === 'receive';
}

function ofState(rows: readonly CaseRow[]): Readonly<Record<string, number>> {
  return Object.fromEntries(openStates.map((state) => [state, rows.filter((row) => row.state === state).length]));
}

test('off: it says so and sends nothing', async () => {
  const simulation = await aSimulation(await temporaryFolder(), { isOn: false });
  await simulation.started();
  simulation.simulator.setRunning(true);
  await simulation.pass(10_000);
  expect([simulation.simulator.state(), simulation.sent]).toEqual(['off', []]);
});

test('an empty journal gets the picture of a running day: 220 open in all states, 30 closed, real recorded times', async () => {
  const { started, cases, sent, journal } = await aSimulation(await temporaryFolder());
  await started();
  const { open, total } = cases.counts();
  expect(Math.abs(open - 220)).toBeLessThan(12);
  expect(Math.abs(total - open - 38)).toBeLessThan(12);
  expect(Object.entries(ofState(cases.openRows())).filter(([, count]) => count === 0)).toEqual([]);
  expect(sent.filter(({ answer }) => !answer.ok)).toEqual([]);
  expect(cases.openRows().every(({ isDemo }) => isDemo)).toBe(true);
  expect(new Set((await readAll(journal)).map(({ at }) => at))).toEqual(new Set([morning]));
  const ages = cases.openRows().map(({ reportedAt }) => (morning - reportedAt) / HOUR_MS);
  expect([Math.min(...ages) > 0, Math.max(...ages) < 9]).toEqual([true, true]);
});

test('the picture shows the variety: tickets, joint and relay, endorsements, extensions, supervision, pauses, merges', async () => {
  const { started, cases } = await aSimulation(await temporaryFolder());
  await started();
  const open = cases.openStates();
  const count = (fits: (found: CaseState) => boolean) => open.filter(fits).length;
  expect(count(({ record }) => record === 'ticket')).toBeGreaterThan(50);
  expect(count(({ side }) => side.mode === 'joint')).toBeGreaterThan(10);
  expect(count(({ side }) => side.mode === 'relay')).toBeGreaterThan(1);
  expect(
    count(({ side }) => side.endorsement?.steps.some(({ state }) => state === 'current') === true),
  ).toBeGreaterThan(1);
  expect(count(({ side }) => side.extensionCount > 0 || side.extensionRequest !== null)).toBeGreaterThan(2);
  expect(count(({ side }) => side.supervisions.length > 0)).toBeGreaterThan(2);
  expect(count(({ side }) => side.urgeCount > 0)).toBeGreaterThan(2);
  expect(count(({ side }) => side.escalationCount > 0)).toBeGreaterThan(0);
  expect(count(({ side }) => side.merged.length > 0)).toBeGreaterThan(1);
  expect(count(({ state }) => state === 'suspended')).toBeGreaterThan(3);
});

test('it goes on by itself: reports come in, cases move, all of it marked as 演示数据', async () => {
  const { started, pass, cases, sent } = await aSimulation(await temporaryFolder());
  await started();
  const before = sent.length;
  await pass(60_000);
  const later = sent.slice(before);
  const reports = later.filter(isReport);
  expect(reports.length).toBeGreaterThan(20);
  expect(later.length).toBeGreaterThan(reports.length * 3);
  expect(later.filter(({ answer }) => !answer.ok)).toEqual([]);
  expect(cases.openRows().every(({ isDemo }) => isDemo)).toBe(true);
  expect(cases.counts().total - cases.counts().open).toBeGreaterThan(30);
});

test('the same seed sends the same commands', async () => {
  const run = async () => {
    const { started, pass, sent, end } = await aSimulation(await temporaryFolder());
    await started();
    await pass(20_000);
    await end();
    return sent.map(({ command }) => command);
  };
  expect(await run()).toEqual(await run());
});

test('after a restart it goes on with the open demo cases, and its new reports are new', async () => {
  const folder = await temporaryFolder();
  const first = await aSimulation(folder);
  await first.started();
  await first.pass(20_000);
  await first.end();
  const open = new Set(first.cases.openRows().map(({ id }) => id));
  const total = first.cases.counts().total;

  const second = await aSimulation(folder, { ratePerHour: 60 });
  second.clock.jumpTo(first.clock.now());
  await second.started();
  expect(second.sent).toEqual([]);
  await second.pass(40_000);
  const reports = second.sent.filter(isReport);
  expect(reports.length).toBeGreaterThan(2);
  expect(second.cases.counts().total).toBe(
    total + reports.filter(({ answer }) => answer.ok && !answer.value.isRepeat).length,
  );
  expect(second.sent.filter(({ answer }) => !answer.ok)).toEqual([]);
  // All that was open is worked on, within a day of the host even the slowest.
  for (let hour = 0; hour < 8 && open.size > 0; hour += 1) {
    await second.pass(HOUR_MS, 30_000);
    for (const id of open) {
      const found = await second.cases.load(id);
      if (found !== undefined && !isOpen(found.state)) open.delete(id);
    }
  }
  expect([...open]).toEqual([]);
});

test('paused: nothing is sent and its clock stands still; resumed, it goes on', async () => {
  const { simulator, started, pass, sent, cases } = await aSimulation(await temporaryFolder());
  await started();
  await pass(5_000);
  simulator.setRunning(false);
  await simulator.drained();
  const [count, total] = [sent.length, cases.counts().total];
  await pass(DAY_MS / 24, 60_000);
  expect([simulator.state(), sent.length]).toEqual(['paused', count]);
  simulator.setRunning(true);
  expect(simulator.state()).toBe('running');
  await pass(250);
  expect(cases.counts().total - total, 'the hour of the pause brings no reports').toBeLessThan(10);
  await pass(20_000);
  expect(sent.length).toBeGreaterThan(count + 20);
});

test('forgotten, it rests after so many entries; resumed, it goes on for as many again', async () => {
  const folder = await temporaryFolder();
  const { simulator, journal, pass, started } = await aSimulation(folder, { restsAfterEntries: 1_400 });
  await started();
  await pass(HOUR_MS / 4);
  expect(simulator.state()).toBe('paused');
  const resting = journal.head().sequence;
  expect(resting).toBeGreaterThanOrEqual(1_400);
  await pass(HOUR_MS / 60);
  expect(journal.head().sequence).toBe(resting);
  simulator.setRunning(true);
  await pass(HOUR_MS / 60);
  expect(simulator.state()).toBe('running');
  expect(journal.head().sequence).toBeGreaterThan(resting);
});

test('what a channel sends twice has one effect', async () => {
  const { started, pass, sent, cases } = await aSimulation(await temporaryFolder(), { ratePerHour: 30_000 });
  await started();
  const before = cases.counts().total;
  const pictured = sent.length;
  await pass(20_000);
  const reports = sent.slice(pictured).filter(isReport);
  const repeats = reports.filter(({ answer }) => answer.ok && answer.value.isRepeat);
  expect(repeats.length).toBeGreaterThan(3);
  expect(reports.length).toBeGreaterThan(800);
  expect(cases.counts().total - before).toBe(new Set(reports.map(({ command }) => command.id)).size);
});

test('it never touches a case that is not its own', async () => {
  const { started, pass, queue, cases } = await aSimulation(await temporaryFolder());
  await started();
  const reported = await queue.submit({ id: 'person-1', actor: desk, body: aReport() });
  await pass(60_000);
  const id = reported.ok ? reported.value.caseId : '';
  expect(await cases.load(id)).toMatchObject({ version: 1, state: 'reported', isDemo: false });
});

test('a demo case that a person acts on is left to the desk, also after a restart; the field does its part', async () => {
  const folder = await temporaryFolder();
  const first = await aSimulation(folder);
  await first.started();
  const taken = first.cases.openRows().find(({ state }) => state === 'reported')?.id ?? '';
  const act = (body: { type: 'register'; condition: string } | { type: 'dispatch'; unit: string }) =>
    first.queue.submit({ id: `person-${body.type}`, actor: desk, body: { ...body, caseId: taken } });
  expect(await act({ type: 'register', condition: '属实' })).toMatchObject({ ok: true });
  await first.pass(20 * 60_000, 2_000);
  expect(await first.cases.load(taken)).toMatchObject({ state: 'pending_dispatch', version: 2 });
  await first.end();

  const second = await aSimulation(folder, { ratePerHour: 1 });
  second.clock.jumpTo(first.clock.now());
  await second.started();
  await second.pass(20 * 60_000, 2_000);
  expect(await second.cases.load(taken)).toMatchObject({ state: 'pending_dispatch', version: 2 });
  const dispatch = { type: 'dispatch', unit: '91', caseId: taken } as const;
  expect(await second.queue.submit({ id: 'person-dispatch', actor: desk, body: dispatch })).toMatchObject({ ok: true });
  for (let hour = 0; hour < 6; hour += 1) await second.pass(HOUR_MS, 30_000);
  expect((await second.cases.load(taken))?.state).toMatch(/^(pending_check|returned)$/);
});

test('while nothing can be recorded it backs off, says so, and then sends what was refused', async () => {
  const { started, pass, sent, cases, health, refuseAll, clock } = await aSimulation(await temporaryFolder());
  await started();
  await pass(5_000);
  const total = cases.counts().total;
  refuseAll('journal_full');
  let from = sent.length;
  await pass(5_000);
  const first = sent.slice(from);
  expect(health.list()).toMatchObject([
    { id: 'simulation.held', severity: 'warning', code: 'simulation_held', detail: { reason: 'journal_full' } },
  ]);
  from = sent.length;
  await pass(60_000);
  expect(sent.length - from, 'after 4, 8, 16 s … one command each').toBeLessThan(6);
  expect(sent.length - from).toBeGreaterThan(1);
  expect(cases.counts().total).toBe(total);

  refuseAll(null);
  from = sent.length;
  await pass(31_000);
  expect(health.list()).toEqual([]);
  const later = sent.slice(from);
  const lost = first.filter(({ command }) => !later.some((again) => again.command.id === command.id));
  expect(lost).toEqual([]);
  expect(later.filter(({ answer }) => !answer.ok)).toEqual([]);
  expect(clock.now()).toBeGreaterThan(morning);
});

test('closing waits for what is under way, and nothing is sent after it', async () => {
  const { simulator, started, clock, sent, journal, end } = await aSimulation(await temporaryFolder());
  await started();
  clock.advance(3_000);
  const closed = simulator.close();
  await closed;
  const [count, sequence] = [sent.length, journal.head().sequence];
  expect(sent.every(({ answer }) => answer.ok)).toBe(true);
  clock.advance(60_000);
  await simulator.drained();
  expect([sent.length, journal.head().sequence]).toEqual([count, sequence]);
  await end();
});

test('closing in the middle of the picture breaks it off', async () => {
  const { simulator, sent } = await aSimulation(await temporaryFolder());
  simulator.start();
  await simulator.close();
  expect(sent.length).toBeLessThan(200);
});

test('--rate 180000 --speed 1: fifty reports a second and more are recorded, steps beside them', async () => {
  const change = { ratePerHour: 180_000, speed: 1 };
  const { started, pass, cases, sent } = await aSimulation(await temporaryFolder({ isInMemory: true }), change);
  await started();
  const total = cases.counts().total;
  await pass(30_000, 100);
  expect(cases.counts().total - total).toBeGreaterThan(30 * 45);
  expect(sent.filter(({ answer }) => !answer.ok)).toEqual([]);
});

test('it begins when its photos can be kept, says meanwhile why not, and sends nothing before', async () => {
  let isFull = true;
  const keepPhotos = () => Promise.resolve(isFull ? refused('attachment_disk_full' as const) : ok(someDemoPhotos));
  const { started, pass, sent, health } = await aSimulation(await temporaryFolder(), { keepPhotos });
  await started();
  await pass(5_000);
  expect(sent).toEqual([]);
  expect(health.list()).toMatchObject([{ code: 'simulation_held', detail: { reason: 'attachment_disk_full' } }]);
  isFull = false;
  await pass(5_000);
  expect(health.list()).toEqual([]);
  expect(sent.length).toBeGreaterThan(1_000);
  expect(sent.filter(({ answer }) => !answer.ok)).toEqual([]);
});
