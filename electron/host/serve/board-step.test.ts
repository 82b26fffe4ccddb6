import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { InputOf, OutputOf } from '#contract/api.ts';
import type { BoardStep } from '#contract/board.ts';
import type { CaseRow } from '#contract/cases.ts';
import { unpackCases } from '#contract/packed-cases.ts';
import { required } from '#domain/base/assert-never.ts';
import { HOUR_MS, instant, MINUTE_MS } from '#domain/base/instant.ts';
import { Random } from '#domain/base/random.ts';
import type { Entry, NewEntry } from '#host/ports/journal.ts';
import { aReportInput } from '#tests/builders/wire.ts';
import { SimulatedDay } from '#tests/builders/simulated-day.ts';
import { ask } from '#tests/support/filled-folder.ts';
import { hostInProcess, hostOn, type HostInProcess } from '#tests/support/host-in-process.ts';
import { openJournal } from '#tests/support/open-journal.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const INSTANTS = 20;

type ById = ReadonlyMap<string, CaseRow>;

function taken(before: ById, { from, upserts, removed }: BoardStep): ById {
  const rows = new Map(from === null ? [] : before);
  for (const id of removed) rows.delete(id);
  for (const row of unpackCases(upserts)) rows.set(row.id, row);
  return rows;
}

describe('a host that was stopped at an instant', () => {
  /** A journal of the first entries of the day, as a host leaves it that is stopped then. */
  async function written(dataFolder: string, given: readonly NewEntry[]): Promise<readonly Entry[]> {
    const { journal } = await openJournal(dataFolder);
    const recorded: Entry[] = [];
    for (let from = 0; from < given.length; from += 400) {
      const batch = await journal.append(given.slice(from, from + 400), from);
      if (!batch.ok) throw new Error(batch.error);
      recorded.push(...batch.value);
    }
    await journal.close();
    return recorded;
  }

  function simulatedDay(): readonly NewEntry[] {
    const simulated = new SimulatedDay({ ratePerHour: 125, speed: 20 });
    simulated.play(10);
    let at = 0;
    return simulated.events.map((event, serial): NewEntry => {
      at = Math.max(at, event.at);
      return { at: instant(at), commandId: `command-${serial}`, actor: 'desk-1', events: [event], tables: {} };
    });
  }

  /** All open cases as the desk of a host shows them that knows the entries up to one, but for what it did itself since. */
  async function shownBy(dataFolder: string, given: readonly NewEntry[]) {
    await written(dataFolder, given);
    const stopped = await hostOn(dataFolder);
    const rows = new Map<string, CaseRow>();
    let after: string | null | undefined;
    while (after !== null) {
      const page: OutputOf<'cases.list'> = await ask(stopped, 'cases.list', {
        ...{ filter: { state: 'open' }, limit: 100 },
        ...(after === undefined ? {} : { after }),
      });
      for (const row of page.rows) rows.set(row.id, row);
      after = page.after;
    }
    // A pause that is over by now ends at the start.
    const own = new Set<string>();
    for await (const entry of stopped.journal.read(given.length + 1))
      for (const { caseId } of entry.events) own.add(caseId);
    await stopped.close();
    await rm(dataFolder, { recursive: true });
    return { rows, own };
  }

  test(`shows at ${INSTANTS} random ones what the time machine shows of them, by whole pictures and by steps`, async () => {
    const folder = await temporaryFolder({ isInMemory: true });
    const given = simulatedDay();
    const entries = await written(join(folder, 'whole'), given);
    const host = await hostOn(join(folder, 'whole'));
    onTestFinished(() => host.close());
    const random = new Random(20);
    const [first, last] = [required(entries[0], 'a first').at, required(entries.at(-1), 'a last').at];
    let walked: ById = new Map();
    let from: string | null = null;
    let wholes = 0;
    let compared = 0;
    for (let round = 0; round < INSTANTS; round += 1) {
      const time = random.integer(first, round % 2 === 0 ? first + (last - first) / 4 : last);
      const count = entries.filter(({ at }) => at <= time).length;
      const step: BoardStep = await ask(host, 'board.step', { time, ...(from === null ? {} : { from }) });
      expect(step).toMatchObject({ sequence: count, recordedAt: entries[count - 1]?.at ?? null, asOf: time });
      walked = taken(walked, step);
      wholes += step.from === null ? 1 : 0;
      from = step.picture;
      const whole = taken(new Map(), await ask(host, 'board.step', { time }));
      const { rows, own } = await shownBy(join(folder, `stopped-${round}`), given.slice(0, count));
      for (const id of own) for (const map of [walked, whole, rows]) (map as Map<string, CaseRow>).delete(id);
      compared += rows.size;
      expect(whole, `moment ${time}`).toEqual(rows);
      expect(walked, `moment ${time}, by steps`).toEqual(rows);
      // What was left out of the comparison is told again: the picture is whole on both sides.
      if (own.size > 0) from = null;
    }
    expect(wholes).toBeLessThan(INSTANTS);
    expect(compared).toBeGreaterThan(INSTANTS * 20);
  }, 360_000);
});

describe('steps and their range', () => {
  let running: HostInProcess;
  beforeAll(async () => {
    running = await hostInProcess();
  });
  afterAll(() => running.close());

  const call = <Name extends Parameters<typeof ask>[1]>(name: Name, input: InputOf<Name>) =>
    ask(running.host, name, input);
  const report = async (description: string, change: object = {}) =>
    call('case.report', { ...aReportInput(), description, ...change });
  const ids = (step: BoardStep) => unpackCases(step.upserts).map(({ id }) => id);

  test('an empty journal has an empty board and no range', async () => {
    expect(await call('board.range', {})).toMatchObject({ first: null, last: null, sequence: 0, entries: [0] });
    for (const knowledge of ['then', 'now'] as const) {
      for (const input of [{}, { time: '2026-11-24' }]) {
        const step = await call('board.step', { ...input, knowledge });
        expect(step).toMatchObject({ from: null, sequence: 0, recordedAt: null, open: 0, removed: [] });
      }
    }
  });

  test('a step tells what changed since a picture, and everything when nobody knows that any more', async () => {
    const one = await report('井盖破损');
    const first = await call('board.step', {});
    expect(ids(first)).toEqual([one.caseId]);
    const two = await report('井盖移位');
    const second = await call('board.step', { from: first.picture });
    expect([second.from, ids(second), second.open]).toEqual([first.picture, [two.caseId], 2]);
    await call('case.void', { id: one.caseId, reason: '误登' });
    const third = await call('board.step', { from: second.picture });
    expect([ids(third), third.removed]).toEqual([[], [one.caseId]]);
    const back = await call('board.step', { sequence: first.sequence, from: third.picture });
    expect([ids(back), back.removed]).toEqual([[one.caseId], [two.caseId]]);
    const stranger = await call('board.step', { from: 'picture-none' });
    expect([stranger.from, ids(stranger)]).toEqual([null, [two.caseId]]);
  });

  test('known now: a report made earlier is there before it was recorded, a voided one is not', async () => {
    const late = await report('路灯不亮', { reportedAt: Date.now() - HOUR_MS });
    const voided = await report('误报');
    await call('case.void', { id: voided.caseId, reason: '误登' });
    const time = Date.now() - 10 * MINUTE_MS;
    const then = await call('board.step', { time });
    const { sequence: head } = running.host.journal.head();
    expect(await call('board.learn', { time })).toEqual({ known: head - then.sequence, of: head - then.sequence });
    const now = await call('board.step', { time, knowledge: 'now' });
    expect(ids(then)).toEqual([]);
    expect(ids(now)).toEqual([late.caseId]);
    expect(now.knownUntil).toBe(running.host.journal.head().sequence);
    const [row] = unpackCases(now.upserts);
    expect(row).toMatchObject({ holderUnit: null, dueAt: null, state: 'reported', sequence: late.sequence });
    const atVoided = { sequence: voided.sequence, knowledge: 'now' } as const;
    expect(ids(await call('board.step', atVoided))).not.toContain(voided.caseId);
    expect(ids(await call('board.step', { sequence: voided.sequence }))).toContain(voided.caseId);
  });

  test('the range counts every entry once, in bars that are few enough', async () => {
    const { sequence } = running.host.journal.head();
    for (const most of [1, 7, 120]) {
      const range = await call('board.range', { most });
      expect(range.entries.reduce((sum, count) => sum + count, 0)).toBe(sequence);
      expect(range.entries.length).toBeLessThanOrEqual(most);
      expect(range.from).toBeLessThanOrEqual(required(range.first, 'a first'));
    }
    const { first } = await call('board.range', {});
    const begin = required(first, 'a first');
    const early = await call('board.range', { from: '2016-01-01', most: 60 });
    expect(begin - early.from, 'nothing lies before the first entry').toBeLessThan(early.barMs);
    const year = await call('board.range', { to: begin + 365 * 24 * HOUR_MS, most: 60 });
    expect([year.barMs, new Date(year.from + 8 * HOUR_MS).getUTCHours()]).toEqual([7 * 24 * HOUR_MS, 0]);
    const long = await call('board.range', { to: begin + 20 * 365 * 24 * HOUR_MS, most: 24 });
    expect(long.entries.length).toBeLessThanOrEqual(24);
  });

  test('a case is what it was after an entry, can do nothing then, and begins with its report', async () => {
    const { caseId: id, sequence } = await report('护栏缺失');
    const registered = await call('case.register', { id, condition: '属实' });
    const past = await call('case.get', { id, sequence });
    expect(past).toMatchObject({ state: 'reported', version: 1, actions: [], reporter: null, sequence });
    expect((await call('case.history', { id, sequence })).steps).toHaveLength(1);
    expect(await call('case.get', { id, sequence: registered.sequence + 5 })).toMatchObject({ version: 2 });
    const { asOf, clocks } = await call('case.explainClock', { id, sequence, time: past.recordedAt + 1 });
    expect(asOf).toBe(past.recordedAt + 1);
    expect(clocks.map(({ clock, endedAt }) => [clock, endedAt])).toEqual([['register', null]]);
    for (const method of ['case.get', 'case.history', 'case.explainClock'] as const) {
      await expect(call(method, { id, sequence: sequence - 1 }), method).rejects.toThrow('not_found');
    }
  });
});
