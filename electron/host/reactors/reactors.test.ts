import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { aReport, desk } from '#tests/builders/cases.ts';
import { someTables } from '#tests/builders/tables.ts';
import { openQueue, type OpenedQueue } from '#tests/support/open-queue.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, plus } from '#domain/base/instant.ts';
import type { CaseCommandBody } from '#domain/case/commands.ts';
import type { CaseState } from '#domain/case/state.ts';
import { DispatchRecord } from '#domain/dispatch/dispatch-record.ts';
import { suggestDispatch } from '#domain/dispatch/suggest.ts';
import { caseRules } from '#domain/reference/case-rules.ts';
import type { ReferenceTables } from '#domain/reference/reference-tables.ts';
import { HealthRegister } from '#host/health/health-register.ts';
import type { Tables } from '#host/ports/tables.ts';
import { automaticDispatch } from './automatic-dispatch.ts';
import { watchCalendar } from './calendar-watch.ts';
import { pendingRedate } from './pending-redate.ts';
import { redateOpen } from './redate-open.ts';
import { resumeSuspended } from './resume-suspended.ts';

const log = { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} };
const opened: OpenedQueue[] = [];

afterEach(async () => {
  for (const { queue, journal } of opened.splice(0)) {
    await queue.close();
    await journal.close();
  }
});

async function open(folder: string, tables: ReferenceTables = someTables()): Promise<OpenedQueue> {
  const queue = await openQueue(folder, { rules: { rules: caseRules(tables), units: tables.units } });
  opened.push(queue);
  return queue;
}

async function shut(queue: OpenedQueue): Promise<void> {
  opened.splice(opened.indexOf(queue), 1);
  await queue.queue.close();
  await queue.journal.close();
}

/** Sends commands on one case, the first of which begins it. @throws Error when one is refused */
async function play({ queue, cases }: OpenedQueue, acts: readonly object[]): Promise<CaseState> {
  let caseId = '';
  for (const [index, act] of [aReport(), ...acts].entries()) {
    const body = (index === 0 ? act : { ...act, caseId }) as CaseCommandBody;
    const outcome = await queue.submit({ id: `${index} ${cases.sequence()}`, actor: desk, body });
    if (!outcome.ok) throw new Error(`${body.type}: ${outcome.error.code}`);
    caseId = outcome.value.caseId;
  }
  return state(cases, caseId);
}

function state(cases: OpenedQueue['cases'], id: string): CaseState {
  const found = cases.resident(id);
  if (found === undefined) throw new Error(`${id} is not in memory`);
  return found;
}

const toHandling = [
  { type: 'register', condition: '属实' },
  { type: 'dispatch', unit: '91' },
  { type: 'accept', handlerId: 'handler-1' },
];

describe('挂账 ends by itself', () => {
  const suspended = (until: number) => [
    ...toHandling,
    { type: 'request_suspension', until, reason: '待审批' },
    { type: 'decide_suspension', isGranted: true, opinion: '同意' },
  ];

  test('at its end date, not before, once, with the clock going on', async () => {
    const own = await open(await temporaryFolder());
    const { cases, queue, clock } = own;
    const reactor = resumeSuspended({ cases, commands: queue, clock, scheduler: clock, log });
    await reactor.begin();
    const paused = await play(own, suspended(clock.now() + 36 * HOUR_MS));
    expect([paused.state, paused.dueAt]).toEqual(['suspended', null]);
    clock.advance(36 * HOUR_MS - 1);
    await queue.drained();
    expect(state(cases, paused.id).version).toBe(paused.version);
    clock.advance(1);
    await queue.drained();
    const resumed = state(cases, paused.id);
    expect([resumed.state, resumed.clock, resumed.version]).toEqual(['handling', 'handle', paused.version + 1]);
    clock.advance(DAY_MS);
    await queue.drained();
    expect(state(cases, paused.id).version).toBe(resumed.version);
    reactor.close();
  });

  test('ends once when the clock is set on a day, and when it is set back after that', async () => {
    const own = await open(await temporaryFolder());
    const { cases, queue, clock } = own;
    const reactor = resumeSuspended({ cases, commands: queue, clock, scheduler: clock, log });
    await reactor.begin();
    const start = clock.now();
    const paused = await play(own, suspended(start + DAY_MS));
    clock.jumpTo(start + DAY_MS);
    clock.advance(MINUTE_MS);
    await queue.drained();
    const resumed = state(cases, paused.id);
    expect([resumed.state, resumed.version]).toEqual(['handling', paused.version + 1]);
    clock.jumpTo(start);
    clock.advance(2 * DAY_MS);
    await queue.drained();
    expect(state(cases, paused.id).version).toBe(resumed.version);
    reactor.close();
  });

  test('that fell due while the host was away ends at the start', async () => {
    const folder = await temporaryFolder();
    const first = await open(folder);
    const { id } = await play(first, suspended(first.clock.now() + DAY_MS));
    await shut(first);
    const again = await open(folder);
    again.clock.advance(2 * DAY_MS);
    const { cases, queue, clock } = again;
    const reactor = resumeSuspended({ cases, commands: queue, clock, scheduler: clock, log });
    await reactor.begin();
    clock.advance(0);
    await queue.drained();
    expect(state(cases, id).state).toBe('handling');
    reactor.close();
  });
});

describe('automatic dispatch', () => {
  const tables = someTables({ duties: [{ hours: 'all', lead: '@township', delegated: false, auto: true }] });
  const start = (own: OpenedQueue, isOn: boolean) =>
    automaticDispatch({
      ...{ cases: own.cases, commands: own.queue, log },
      isOn: () => isOn,
      suggest: (found) => suggestDispatch(found, tables, new DispatchRecord(), own.clock.now()),
    });

  test('what is white-listed goes out when it is filed, by a dispatcher of its own name, and can be recalled', async () => {
    const own = await open(await temporaryFolder(), tables);
    const reactor = start(own, true);
    const filed = await play(own, [{ type: 'register', condition: '属实' }]);
    await own.queue.drained();
    const sent = state(own.cases, filed.id);
    expect([sent.state, sent.holder?.unit, sent.chain.at(-1)?.sentBy]).toEqual([
      'pending_handle',
      '91',
      'automatic-dispatch',
    ]);
    const recall = { id: 'take it back', actor: desk, body: { type: 'recall', caseId: filed.id } } as const;
    expect((await own.queue.submit(recall)).ok).toBe(true);
    await own.queue.drained();
    expect(state(own.cases, filed.id).state).toBe('pending_dispatch');
    reactor.close();
  });

  test('nothing goes out while the policy is off', async () => {
    const own = await open(await temporaryFolder(), tables);
    const reactor = start(own, false);
    const filed = await play(own, [{ type: 'register', condition: '属实' }]);
    await own.queue.drained();
    expect(state(own.cases, filed.id).state).toBe('pending_dispatch');
    reactor.close();
  });
});

describe('deadlines that move with a table', () => {
  const shorter = someTables({
    limits: [
      { record: 'case', default: true, clock: 'register', value: 15, unit: 'minute' },
      { record: 'case', default: true, clock: 'dispatch', value: 15, unit: 'minute' },
      { record: 'case', default: true, clock: 'verify', value: 30, unit: 'minute' },
      { record: 'case', default: true, clock: 'check', value: 30, unit: 'minute' },
      { record: 'case', default: true, clock: 'handle', value: 2, unit: 'urgent_hour' },
      { record: 'ticket', default: true, clock: 'contact', value: 24, unit: 'urgent_hour' },
      { record: 'ticket', default: true, clock: 'ticket_dispatch', value: 24, unit: 'urgent_hour' },
      { record: 'ticket', default: true, clock: 'ticket_handle', value: 7, unit: 'natural_day' },
    ],
  });

  test('a preview counts and changes nothing; a move that was interrupted is made good at the next start', async () => {
    const folder = await temporaryFolder();
    const file = join(folder, 'tables', 'pending-redate');
    const first = await open(folder);
    const open1 = await play(first, toHandling);
    const ended = await play(first, [{ type: 'reject', reason: '不符合' }]);
    const redate = redateOpen({
      ...{ cases: first.cases, commands: first.queue, clock: first.clock, log },
      pending: pendingRedate(file),
    });
    expect(redate.preview(shorter)).toMatchObject({
      counts: { open: 1, moved: 1, overdueBefore: 0, overdueAfter: 0 },
      moves: [
        { caseId: open1.id, clock: 'handle', dueBefore: open1.dueAt, dueAfter: plus(first.clock.now(), 2 * HOUR_MS) },
      ],
    });
    expect(state(first.cases, open1.id)).toEqual(open1);
    await pendingRedate(file).write('new limits');
    await shut(first);

    const again = await open(folder, shorter);
    const next = redateOpen({
      ...{ cases: again.cases, commands: again.queue, clock: again.clock, log },
      pending: pendingRedate(file),
    });
    await next.begin(shorter);
    expect(state(again.cases, open1.id).dueAt).toBe(
      plus(open1.handleClock?.startedAt ?? open1.recordedAt, 2 * HOUR_MS),
    );
    expect((await again.cases.load(ended.id))?.version).toBe(ended.version);
    expect(await readdir(join(folder, 'tables'))).toEqual([]);
    await next.begin(shorter);
    expect(state(again.cases, open1.id).version).toBe(open1.version + 1);
  });
});

describe('a year without holidays', () => {
  const known = someTables({
    calendar: ['2026-10-01', '2027-10-01'].map((date) => ({ date, kind: 'holiday', name: '国庆节' })),
  });

  test('is warned of from 1 October on, and no more once the year is adopted', async () => {
    const { clock } = await open(await temporaryFolder());
    const health = new HealthRegister(clock);
    let listener: () => void = () => {};
    let tables = someTables();
    const adopted: Pick<Tables, 'inForce' | 'onChanged'> = {
      inForce: () => tables,
      onChanged: (given) => {
        listener = () => given(tables);
        return () => {};
      },
    };
    clock.jumpTo(Date.parse('2026-09-30T23:50:00+08:00'));
    const watch = watchCalendar({ tables: adopted, clock, scheduler: clock, health });
    expect(health.list()).toEqual([]);
    clock.advance(15 * 60_000);
    expect(health.list()).toMatchObject([
      { code: 'calendar_next_year_missing', severity: 'warning', detail: { year: '2027' } },
    ]);
    tables = known;
    listener();
    expect(health.list()).toEqual([]);
    watch.close();
  });

  test('that has begun is another, graver fact', async () => {
    const { clock } = await open(await temporaryFolder());
    const health = new HealthRegister(clock);
    clock.jumpTo(Date.parse('2027-01-01T00:00:00+08:00'));
    const tables = { inForce: () => someTables(), onChanged: () => () => {} };
    const watch = watchCalendar({ tables, clock, scheduler: clock, health });
    expect(health.list()).toMatchObject([{ code: 'calendar_year_missing', detail: { year: '2027' } }]);
    watch.close();
  });
});
