import { expect, test } from 'vitest';
import type { CaseEvent, CaseEventType, EventOf } from '#domain/case/events.ts';
import { isOpen } from '#domain/case/lifecycle.ts';
import { caseActions, type CaseAction } from '#domain/case/transitions.ts';
import { AreaIndex } from '#domain/grid/district.ts';
import { aDistrict } from '#tests/builders/district.ts';
import { aStream, cityTables } from '#tests/builders/city.ts';
import { SimulatedDay, type Picture } from '#tests/builders/simulated-day.ts';

const day = new SimulatedDay({ ratePerHour: 125, speed: 20 });
day.play(72);
const states = [...day.states.values()];
const cases = states.filter(({ record }) => record === 'case');
const tickets = states.filter(({ record }) => record === 'ticket');
const closed = cases.filter(({ state }) => state === 'closed');

function share<Item>(items: readonly Item[], fits: (item: Item) => boolean): number {
  return items.filter(fits).length / items.length;
}

function eventsOf<Type extends CaseEventType>(type: Type): readonly EventOf<Type>[] {
  return day.events.filter((event) => event.type === type) as readonly CaseEvent[] as readonly EventOf<Type>[];
}

test('a simulated day sends some 35,000 commands, and decide accepts each of them', () => {
  expect(day.commands).toBeGreaterThan(25_000);
  expect(day.refusals).toEqual([]);
});

test('every case and ticket comes to its end, and every one is marked as 演示数据', () => {
  expect(states.filter(({ state }) => isOpen(state))).toEqual([]);
  expect(states.every(({ isDemo }) => isDemo)).toBe(true);
  const ends = new Set(states.map(({ record, state }) => `${record} ${state}`));
  expect([...ends].sort()).toEqual([
    'case closed',
    'case forced_close',
    'case not_accepted',
    'case void',
    'ticket done',
    'ticket forced_close',
    'ticket void',
  ]);
});

/** Actions that the simulated staff does not take, and why. */
const notSimulated: Partial<Readonly<Record<CaseAction, string>>> = {
  resume: 'ends by itself: the host’s timer sends it (reactors/resume-suspended.ts), the run above in its place',
  reveal_reporter: 'nobody in the demo has a name or a number that could be shown',
  erase_reporter: 'nobody in the demo has a name or a number that could be erased',
  redate: 'follows when a rule table is adopted, which is an act of an administrator',
};

test('every action of the rule book occurs, of cases and of tickets, but for those that follow by themselves', () => {
  const missing = caseActions.filter((action) => !day.actions.has(action) && notSimulated[action] === undefined);
  expect(missing).toEqual([]);
  const both = [
    'merge',
    'unmerge',
    'recall',
    'escalate',
    'hand_over',
    'whistle',
    'arrive',
    'urge',
    'supervise',
  ] as const;
  const more = ['accept_order', 'request_extension', 'decide_suspension', 'force_close', 'appeal', 'endorse'] as const;
  const wanted = [...both, ...more].flatMap((action) => [`case ${action}`, `ticket ${action}`]);
  expect(wanted.filter((key) => !day.recordActions.has(key))).toEqual([]);
});

test('every outcome of checks, verifications, requests, reviews and call-backs occurs', () => {
  const seen = (values: readonly unknown[]) => [...new Set(values.map(String))].sort();
  expect(seen(eventsOf('case.checked.v2').map(({ result }) => result))).toEqual(['failed', 'passed', 'unable']);
  expect(seen(eventsOf('case.verified.v2').map(({ result }) => result))).toEqual(['absent', 'exists', 'unable']);
  expect(seen(eventsOf('case.appeal_reviewed.v1').map(({ result }) => result))).toEqual([
    'granted',
    'pending',
    'refused',
  ]);
  expect(seen(eventsOf('case.appealed.v1').map(({ kind }) => kind))).toEqual(['exclude', 'overdue']);
  expect(seen(eventsOf('ticket.return_reviewed.v1').map(({ unit }) => unit === null))).toEqual(['false', 'true']);
  expect(seen(eventsOf('ticket.concluded.v1').map(({ solved }) => solved))).toEqual(['partly', 'solved', 'unsolved']);
  expect(seen(eventsOf('ticket.concluded.v1').map(({ satisfied }) => satisfied)).length).toBe(4);
  expect(seen(eventsOf('case.dispatched.v2').map(({ mode }) => mode))).toEqual(['frontline', 'joint', 'relay']);
  expect(seen(eventsOf('ticket.assigned.v1').map(({ mode }) => mode))).toEqual(['frontline', 'joint', 'relay']);
  expect(eventsOf('case.extension_refused.v1').length).toBeGreaterThan(0);
  expect(eventsOf('case.suspension_refused.v1').length).toBeGreaterThan(0);
  expect(eventsOf('case.endorsed.v1').some(({ decision }) => decision === 'send_back')).toBe(true);
});

test('returns go one hop at a time: village to township, township to dispatcher, dispatcher to acceptor', () => {
  const back = eventsOf('case.returned.v2').filter(({ to }) => to === 'returned');
  const hops = new Set(back.map(({ unit, returnedTo }) => `${unit === null ? 'desk' : 'unit'} ${returnedTo}`));
  expect([...hops].sort()).toEqual(['desk ACCEPTOR', 'desk DISPATCHER', 'unit DEPT']);
  expect(new Set(back.map(({ reasonCode }) => reasonCode)).size).toBeGreaterThan(2);
});

test('a third are tickets; rework, wrong units, refusals, delays and pauses have the shares of the design', () => {
  expect(Math.abs(tickets.length / states.length - 0.33)).toBeLessThan(0.03);
  expect(Math.abs(share(closed, ({ reworkCount }) => reworkCount > 0) - 0.05)).toBeLessThan(0.015);
  const wrong = share(cases, ({ chain }) => chain.some(({ outcome }) => outcome === 'returned'));
  expect(Math.abs(wrong - 0.06)).toBeLessThan(0.02);
  const refused = share(cases, ({ state, side }) => side.mergedInto === null && /^(?:not_accepted|void)$/.test(state));
  expect(Math.abs(refused - 0.04)).toBeLessThan(0.015);
  expect(Math.abs(share(states, ({ side }) => side.extensionCount > 0) - 0.03)).toBeLessThan(0.01);
  expect(Math.abs(share(states, ({ side }) => side.suspensionCount > 0) - 0.02)).toBeLessThan(0.01);
  expect(Math.abs(share(states, ({ side }) => side.urgeCount > 0) - 0.04)).toBeLessThan(0.015);
  expect(
    Math.abs(
      share(
        tickets.filter(({ state }) => state === 'done'),
        isSolved,
      ) - 0.85,
    ),
  ).toBeLessThan(0.05);
  expect(day.events.length / states.length).toBeGreaterThan(9);
  expect(day.events.length / states.length).toBeLessThan(13);
});

function isSolved({ side }: (typeof tickets)[number]): boolean {
  return side.ticket?.solved === 'solved';
}

test('only true duplicates are merged, and now and then one comes apart again', () => {
  const merged = eventsOf('case.merged_into.v1');
  const incident = (id: string) => Object.values(day.states.get(id)?.extra ?? {})[0];
  expect(merged.filter(({ caseId, into }) => incident(caseId) !== incident(into))).toEqual([]);
  expect(eventsOf('case.unmerged.v1').length).toBeLessThan(merged.length / 5);
});

test('finder, handler and checker are never the same, and actors are pseudonymous posts', () => {
  const desk = 'acceptor|dispatcher|shift_leader|leader|hotline_desk|evaluator';
  const pattern = new RegExp(
    `^(?:${desk})-\\d+$|^(?:dept|hotline|desk_lead|leader)-[\\w-]+$|^(?:handler|collector)-[\\w-]+-\\d+$` +
      '|^machine-reports$|^city-12345$|^timers$|^P\\d+$',
  );
  expect([...new Set(day.events.map(({ by }) => by.id))].filter((id) => !pattern.test(id))).toEqual([]);
  const same = cases.filter(({ reporterId, handlerId, collectorId, side }) => {
    const own = [reporterId, handlerId, collectorId].filter((id) => id !== null);
    return new Set(own).size < own.length || (reporterId !== null && side.verification?.collectorId === reporterId);
  });
  expect(same).toEqual([]);
});

test('at the usual speed the desk shows a few per cent overdue and due soon, and open cases do not pile up', () => {
  const settled = day.pictures.slice(5);
  const mean = (of: (picture: Picture) => number) =>
    settled.reduce((sum, picture) => sum + of(picture), 0) / settled.length;
  expect(Math.max(...day.pictures.map(({ open }) => open))).toBeLessThan(1_000);
  const overdue = mean(({ overdue: count, open }) => count / open);
  const dueSoon = mean(({ dueSoon: count, open }) => count / open);
  expect(overdue).toBeGreaterThan(0.01);
  expect(overdue).toBeLessThan(0.1);
  expect(dueSoon).toBeGreaterThan(0.01);
  expect(dueSoon).toBeLessThan(0.1);
});

test('at the speed of real life a few per cent of handling is late, by its own length', () => {
  const real = new SimulatedDay({ ratePerHour: 20, speed: 1 });
  real.play(3 * 24 * 60);
  const late = [...real.states.values()].filter(
    ({ handleFinishedAt, handleClock }) => (handleFinishedAt ?? 0) > (handleClock?.dueAt ?? 0),
  );
  expect(real.refusals).toEqual([]);
  expect(late.length / real.states.size).toBeGreaterThan(0.01);
  expect(late.length / real.states.size).toBeLessThan(0.15);
});

test('fifty reports a second: the units keep up', () => {
  const flood = new SimulatedDay({ ratePerHour: 180_000, speed: 1 });
  flood.play(2);
  expect(flood.refusals).toEqual([]);
  expect(flood.states.size).toBeGreaterThan(5_000);
  expect(Math.max(...flood.pictures.map(({ open }) => open))).toBeLessThan(10_000);
});

test('a district without units, duties, reasons, chains and tickets of its own is simulated as well', () => {
  const bare = cityTables({
    ...{
      units: [],
      people: [],
      'ticket-classes': [],
      'time-classes': [],
      'return-reasons': [],
      'callback-answers': [],
    },
    ...{ 'supervising-parties': [], 'endorsement-chains': [], limits: generalLimits },
  });
  const city = new SimulatedDay({ ratePerHour: 125, speed: 20, tables: bare, stream: aStream(7, bare) });
  city.play(10);
  expect(city.refusals).toEqual([]);
  expect([...city.states.values()].filter(({ state, record }) => isOpen(state) || record === 'ticket')).toEqual([]);
  const areas = new AreaIndex(aDistrict());
  const odd = city.events.filter(
    (event) => 'unit' in event && event.unit !== null && areas.area(event.unit) === undefined,
  );
  expect(odd).toEqual([]);
});

const generalLimits = [
  ...(['register', 'dispatch', 'verify', 'check'] as const).map((clock) => ({ clock, value: 15, unit: 'minute' })),
  { clock: 'handle', value: 3, unit: 'work_day' },
].map((row) => ({ record: 'case', default: true, ...row }));
