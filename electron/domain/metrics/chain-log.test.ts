import { expect, test } from 'vitest';
import { DAY_MS, plus } from '#domain/base/instant.ts';
import { Random } from '#domain/base/random.ts';
import type { CaseEvent } from '#domain/case/events.ts';
import { evolve } from '#domain/case/evolve.ts';
import { isOpen, type CaseStateName } from '#domain/case/lifecycle.ts';
import type { CaseState } from '#domain/case/state.ts';
import { aReport, desk, morning, play, routine } from '#tests/builders/cases.ts';
import { someAct, someAction, someActor } from '#tests/builders/random-acts.ts';
import { SimulatedDay } from '#tests/builders/simulated-day.ts';
import { World, aTicket } from '#tests/builders/world.ts';
import { ChainLog, KEPT_CHAIN_DAYS, type ChainStep } from './chain-log.ts';
import { Codes, dayNumber } from './figure-record.ts';

const steps: Readonly<Partial<Record<CaseStateName, ChainStep>>> = {
  ...{ reported: 'register', pending_register: 'register', verifying: 'verify', pending_dispatch: 'dispatch' },
  ...{ pending_handle: 'accept', handling: 'handle', handle_finished: 'feed_back', pending_check: 'check' },
  ...{ checking: 'check', pending_close: 'close', returned: 'returned', suspended: 'suspended', to_sign: 'sign' },
  ...{ return_review: 'returned', signed: 'assign', assigned: 'contact', contacted: 'handle', co_handling: 'handle' },
  ...{ replied: 'call_back', calling_back: 'call_back' },
};

/** Where each open case lies by its state, and where the log has it; and the ways of those that ended. */
function compared(events: readonly CaseEvent[]) {
  const codes = new Codes();
  const log = new ChainLog(codes);
  const states = new Map<string, CaseState>();
  const rows = new Map<string, number>();
  for (const event of events) {
    states.set(event.caseId, evolve(states.get(event.caseId), event));
    if (!rows.has(event.caseId)) rows.set(event.caseId, rows.size);
    log.note(rows.get(event.caseId) ?? 0, event);
  }
  const chains = new Map([...log.chains(0, 0, true)].map(({ row, hops }) => [row, hops]));
  const open = [...states.values()].filter(({ state }) => isOpen(state));
  const byState = open.map(({ id, state, holder, record }) => {
    const step = record === 'ticket' && state === 'handling' ? 'handle' : steps[state];
    return `${id} ${step} ${holder?.unit ?? ''}`;
  });
  const byLog = open.map(({ id }) => {
    const last = chains.get(rows.get(id) ?? -1)?.at(-1);
    return `${id} ${last?.step} ${codes.text(last?.unit ?? 0)}`;
  });
  return { byState, byLog, states, rows, log };
}

test('every open case of a simulated day lies where its state says', () => {
  const day = new SimulatedDay({ ratePerHour: 125, speed: 20 });
  day.play(20);
  // A cut through the day: later everything has ended.
  for (const share of [0.3, 0.5, 0.7, 0.9]) {
    const { byState, byLog } = compared(day.events.slice(0, Math.floor(day.events.length * share)));
    expect(byLog).toEqual(byState);
    expect(byLog.length).toBeGreaterThan(20);
  }
});

test('the same of acts at random, with returns, recalls, whistles and second rounds', () => {
  const random = new Random(11);
  const world = new World();
  for (let step = 0; step < 4_000; step += 1) {
    world.wait(random.chance(0.5) ? 0 : random.integer(1, 240));
    if (step % 60 === 0)
      world.begin(random.chance(0.5) ? aReport() : aTicket({ external: { feed: 'f', id: `${step}` } }));
    const sent = [...world.states.values()].find(({ side }) => (side.recall?.until ?? 0) > world.now);
    if (sent !== undefined && random.chance(0.2)) world.code({ type: 'recall', reason: '派错' }, desk, sent.id);
    const found = world.state(random.pick([...world.states.keys()].slice(-12)));
    const action = someAction(found, random);
    if (action === 'report' || action === 'receive') continue;
    world.code(someAct(action, found, world, random), someActor(found, action, random), found.id);
    if (step % 200 !== 199) continue;
    const { byState, byLog } = compared(world.events);
    expect(byLog).toEqual(byState);
  }
  const types = new Set(world.events.map(({ type }) => type));
  for (const type of ['case.recalled.v1', 'case.returned.v2', 'ticket.redone.v1', 'case.unmerged_from.v1'] as const) {
    expect(types).toContain(type);
  }
});

test('the way of an ended case is told for a quarter, from the day it ended', () => {
  const { events } = play(routine('20261124000001'));
  const { log } = compared(events);
  const ended = events.at(-1)?.at ?? morning;
  const day = dayNumber(ended);
  expect([...log.chains(day - 1, day, true)]).toEqual([]);
  const [way] = [...log.chains(day, day + 1, true)];
  expect(way?.hops[0]?.step).toBe('register');
  expect(way?.hops.at(-1)).toMatchObject({ step: 'close', unit: 0, to: ended / 1_000 });
  way?.hops.forEach(({ to }, at) => expect(to).toBe(way.hops[at + 1]?.from ?? ended / 1_000));

  const later = plus(morning, (KEPT_CHAIN_DAYS + 1) * DAY_MS);
  for (const event of events) log.note(1, { ...event, at: plus(later, event.at - morning) });
  expect([...log.chains(0, 100_000, false)].map(({ row }) => row)).toEqual([1]);
});
