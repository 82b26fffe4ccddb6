import { expect, test } from 'vitest';
import { DAY_MS, instant } from '#domain/base/instant.ts';
import { Random } from '#domain/base/random.ts';
import { handleDueAt } from '#domain/case/deadline.ts';
import type { CaseEvent, EventOf } from '#domain/case/events.ts';
import { evolve } from '#domain/case/evolve.ts';
import type { CaseState } from '#domain/case/state.ts';
import { groupedBy } from '#domain/reference/in-force.ts';
import { World, aTicket } from '#tests/builders/world.ts';
import { aReport, desk } from '#tests/builders/cases.ts';
import { cityTables } from '#tests/builders/city.ts';
import { SimulatedDay } from '#tests/builders/simulated-day.ts';
import { someAct, someAction, someActor } from '#tests/builders/random-acts.ts';
import { someTables } from '#tests/builders/tables.ts';
import { FigureBook, type FigureScope } from './figure-book.ts';
import { dayNumber } from './figure-record.ts';
import { figureRules } from './figure-rules.ts';
import { indicatorIds } from './indicators.ts';
import { groupKinds, measureNames, scaleOf, type GroupKind, type Measure } from './measures.ts';

const tables = cityTables();
const rules = figureRules(tables);

/** All instants of the events spread from 2025-12-01 on over `days` days, in proportion. */
function stretched(events: readonly CaseEvent[], days: number): readonly CaseEvent[] {
  const instants = events.map(({ at }) => at);
  const [first, last] = [Math.min(...instants), Math.max(...instants)];
  const start = Date.UTC(2025, 11, 1);
  const spread = (value: unknown): unknown => {
    if (typeof value === 'number' && value > 1e12) {
      return instant(start + ((value - first) / (last - first)) * days * DAY_MS);
    }
    if (Array.isArray(value)) return value.map(spread);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, spread(part)]));
  };
  return spread(events) as readonly CaseEvent[];
}

function bookOf(events: readonly CaseEvent[]): FigureBook {
  const book = new FigureBook(rules);
  for (const event of events) book.apply(event);
  return book;
}

/** In the tables of the city every answer that there is counts in full. */
function isAnswer(question: 'solved' | 'satisfied', given: string | undefined): boolean {
  return tables.callbackAnswers(question, '2026-01-01').some(({ code }) => code === given);
}

/** The same facts the long way: the case as evolved, and a look at each of its events. */
function factsOf(events: readonly CaseEvent[]) {
  let state: CaseState | undefined;
  let filedOnTime = false;
  let contactOnTime = false;
  let isBounced = false;
  let orders: { readonly at: number; readonly unit: string }[] = [];
  let unit: string | null = null;
  let person: string | null = null;
  let received = 0;
  let returns = 0;
  let beforeRecall: { unit: string | null; person: string | null; received: number; orders: typeof orders } | null =
    null;
  const onTime = { verify: 0, check: 0 };
  const of = <Type extends CaseEvent['type']>(type: Type) =>
    events.filter((event) => event.type === type) as unknown as readonly EventOf<Type>[];
  for (const event of events) {
    const before = state;
    state = evolve(state, event);
    const isInTime = before?.dueAt == null || event.at <= before.dueAt;
    switch (event.type) {
      case 'ticket.received.v1':
        [unit, received] = [event.unit, 1];
        break;
      case 'case.registered.v1':
        if (of('case.registered.v1')[0] === event) filedOnTime = before?.clock !== 'register' || isInTime;
        break;
      case 'case.verified.v2':
        onTime.verify += Number(isInTime);
        break;
      case 'case.checked.v2':
        onTime.check += Number(isInTime);
        break;
      case 'case.dispatched.v2':
      case 'case.sub_dispatched.v2':
      case 'ticket.assigned.v1':
        beforeRecall = { unit, person, received, orders };
        orders = [...orders, { at: event.at, unit: event.unit }];
        [unit, person, received] = [event.unit, event.personId, received + 1];
        break;
      case 'case.recalled.v1':
        if (beforeRecall !== null) ({ unit, person, received, orders } = beforeRecall);
        break;
      case 'case.handed_over.v1':
        [unit, person, received] = [event.unit, event.personId, received + 1];
        break;
      case 'case.escalated.v1':
        [unit, person] = [event.unit, null];
        received += Number(event.unit !== null);
        break;
      case 'case.accepted.v1':
      case 'ticket.accepted.v1':
        person = event.handlerId;
        break;
      case 'ticket.contacted.v1':
        person = event.handlerId ?? person;
        if (before?.side.ticket?.firstContactAt === null) contactOnTime = event.at <= before.side.ticket.contactDueAt;
        break;
      case 'case.returned.v2':
        if (event.to !== 'returned' || event.returnedTo === 'ACCEPTOR') break;
        returns += 1;
        // In the tables of the city no reason is the dispatcher's fault.
        unit = event.unit;
        break;
      case 'ticket.return_reviewed.v1':
        if (event.unit === null) break;
        returns += 1;
        isBounced = true;
        [unit, person, received] = [event.unit, null, received + 1];
        break;
      case 'case.reworked.v2':
      case 'case.close_failed.v1':
        unit = event.unit;
        break;
      default:
    }
  }
  if (state === undefined) throw new Error('a case has events');
  const isTicket = state.record === 'ticket';
  const isMerged = state.side.mergedInto !== null;
  const isVoid = state.state === 'void' && !isMerged;
  const isRejected = state.state === 'not_accepted';
  const isClosed = ['closed', 'forced_close', 'done'].includes(state.state) && !isMerged;
  const registered = of('case.registered.v1')[0];
  const isOwed = !isVoid && !isRejected && !isMerged && !state.isArchived;
  const fed = [...of('case.fed_back.v1'), ...of('ticket.replied.v1')].at(-1);
  const undone = events.findLast(
    ({ type }) => type === 'case.reworked.v2' || type === 'case.close_failed.v1' || type === 'ticket.redone.v1',
  );
  const fedBack = fed !== undefined && (undone === undefined || undone.version < fed.version) ? fed.at : null;
  const appeal = state.side.appeal;
  const isExempt = appeal?.kind === 'overdue' && appeal.result === 'granted';
  const isExcluded = appeal?.kind === 'exclude' && appeal.result === 'granted';
  const due = handleDueAt(state);
  // A case taken in or out since does not make what was done in time late.
  const isLate = due !== null && fedBack !== null && fedBack > due && !isExempt;
  const isHandled = isOwed && fedBack !== null;
  const isSelf = ['grid_staff', 'lane_steward', 'video'].includes(state.source);
  const isValid = registered !== undefined && !isVoid && !isRejected;
  const isAssessed = isTicket && isClosed && !isExcluded;
  const ends = [...of('case.closed.v1'), ...of('case.force_closed.v1'), ...of('ticket.concluded.v1')];
  const over = [...ends, ...of('case.rejected.v1'), ...of('case.voided.v1')].at(-1);
  const answers = of('ticket.concluded.v1').at(-1);
  const day = dayNumber(state.reportedAt);
  const dispatchedAt = orders[0]?.at ?? null;
  const days = {
    report: day,
    register: registered && dayNumber(registered.at),
    dispatch: dispatchedAt === null ? undefined : dayNumber(dispatchedAt),
    due: due === null ? undefined : dayNumber(due),
    close: over && dayNumber(over.at),
    verify: of('case.verify_requested.v1')
      .map(({ at }) => dayNumber(at))
      .at(-1),
    check: of('case.check_requested.v1')
      .map(({ at }) => dayNumber(at))
      .at(-1),
  };
  const seconds = (from: number, to: number) => Math.floor(to / 1_000) - Math.floor(from / 1_000);
  const place = rules.placeOf(state.place.gridCode ?? (isTicket ? (orders[0]?.unit ?? '') : ''), '2026-01-01');
  const counted: Partial<Record<Measure, number>> = {
    reported: 1,
    tickets: Number(isTicket),
    reported_filed: Number(registered !== undefined),
    reported_cases: Number(!isTicket),
    valid: Number(isValid),
    self_found: Number(isValid && isSelf),
    missed: Number(isValid && !isSelf),
    filed: Number(registered !== undefined),
    filed_on_time: Number(registered !== undefined && filedOnTime),
    accept_seconds: registered === undefined ? 0 : Math.max(0, seconds(state.reportedAt, registered.at)),
    dispatched: Number(dispatchedAt !== null),
    accurate: Number(dispatchedAt !== null && !isBounced),
    received,
    returned: returns,
    due: Number(isOwed),
    handled: Number(isHandled),
    handled_on_time: Number(isHandled && !isLate),
    handled_late: Number(isHandled && isLate),
    unhandled: Number(isOwed && fedBack === null),
    handle_seconds: isHandled ? Math.max(0, seconds(dispatchedAt ?? 0, fedBack)) : 0,
    reworked: Number(isHandled && state.reworkCount > 0),
    extended: isOwed ? state.side.extensionCount : 0,
    suspended: isOwed ? state.side.suspensionCount : 0,
    due_closed: Number(isOwed && isClosed),
    closed_on_time: Number(isOwed && isClosed && !isLate),
    closed_late: Number(isOwed && isClosed && isLate),
    verifies: of('case.verify_requested.v1').length,
    verifies_done: of('case.verified.v2').length,
    verifies_on_time: onTime.verify,
    checks: of('case.check_requested.v1').length,
    checks_done: of('case.checked.v2').length,
    checks_on_time: onTime.check,
    checks_passed: of('case.checked.v2').filter(({ result }) => result === 'passed').length,
    closed: Number(isClosed),
    rejected: Number(isRejected),
    voided: Number(isVoid),
    assessed: Number(isAssessed),
    excluded: Number(isTicket && isClosed && isExcluded),
    responded: Number(isAssessed && contactOnTime),
    answered_solved: Number(isAssessed && isAnswer('solved', answers?.solved)),
    solved: Number(isAssessed && isAnswer('solved', answers?.solved)),
    answered_satisfied: Number(isAssessed && isAnswer('satisfied', answers?.satisfied)),
    satisfied: Number(isAssessed && isAnswer('satisfied', answers?.satisfied)),
  };
  const groups: Record<GroupKind, string | null> = {
    district: '',
    ...place,
    department: unit,
    person,
    class: `${state.classRef.kind}:${state.classRef.code}`,
    source: state.source,
  };
  const firstUnit = isTicket ? (of('ticket.received.v1')[0]?.unit ?? null) : (orders[0]?.unit ?? null);
  return { id: state.id, counted, days, groups, firstUnit };
}

/** Measures by the basis of their day, written down once more. */
const basisOf: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    report: 'reported tickets reported_filed reported_cases valid self_found missed',
    register: 'filed filed_on_time accept_seconds',
    dispatch: 'dispatched accurate received returned',
    due: 'due handled handled_on_time handled_late unhandled handle_seconds reworked extended suspended due_closed closed_on_time closed_late',
    verify: 'verifies verifies_done verifies_on_time',
    check: 'checks checks_done checks_on_time checks_passed',
    close: 'closed rejected voided assessed excluded responded answered_solved solved answered_satisfied satisfied',
  }).flatMap(([basis, names]) => names.split(' ').map((name) => [name, basis])),
);

function expectSame(events: readonly CaseEvent[], seed: number, from: number, days: number): number {
  const book = bookOf(events);
  const byCase = groupedBy(events, ({ caseId }) => caseId);
  const facts = [...byCase.values()].map(factsOf);
  const random = new Random(seed);
  let nonzero = 0;
  for (let round = 0; round < 50; round += 1) {
    const group = random.pick(groupKinds);
    const of = random.pick(book.groups(group));
    const begin = from + random.integer(0, days);
    const scope: FigureScope = { group, of, from: begin, to: begin + random.integer(1, days) };
    const sums = book.sums(scope);
    for (const measure of Object.keys(basisOf) as Measure[]) {
      const basis = basisOf[measure] as keyof (typeof facts)[number]['days'];
      const found = facts.filter(({ days: at, groups, firstUnit }) => {
        const own = group === 'department' && basis === 'dispatch' ? firstUnit : groups[group];
        const day = at[basis];
        return own === of && day !== undefined && day >= scope.from && day < scope.to;
      });
      const expected = found.reduce((sum, { counted }) => sum + (counted[measure] ?? 0), 0);
      const got = (sums[measureNames.indexOf(measure)] ?? 0) / scaleOf(measure);
      expect({ scope, measure, got }).toEqual({ scope, measure, got: expected });
      const ids = found.filter(({ counted }) => (counted[measure] ?? 0) !== 0).map(({ id }) => id);
      expect(book.cases(measure, scope).map(({ id }) => id)).toEqual(ids.sort());
      nonzero += Number(expected !== 0);
    }
  }
  return nonzero;
}

test('figures by fold are those of a look at every event, for 50 filters and periods of a simulated year', () => {
  const simulated = new SimulatedDay({ ratePerHour: 125, speed: 20 });
  simulated.play(25);
  const events = stretched(simulated.events, 365);
  expect(expectSame(events, 7, dayNumber(Date.UTC(2025, 11, 1)), 365)).toBeGreaterThan(300);
});

test('the same of acts at random, with recalls, merges, second rounds and appeals', () => {
  const world = new World();
  const random = new Random(11);
  for (let step = 0; step < 6_000; step += 1) {
    world.wait(random.chance(0.5) ? 0 : random.integer(1, 240));
    if (step % 60 === 0)
      world.begin(random.chance(0.5) ? aReport() : aTicket({ external: { feed: 'f', id: `${step}` } }));
    const sent = [...world.states.values()].find(({ side }) => (side.recall?.until ?? 0) > world.now);
    if (sent !== undefined && random.chance(0.2)) world.code({ type: 'recall', reason: '派错' }, desk, sent.id);
    const main = [...world.states.values()].find(({ side }) => side.merged.length > 0);
    const [inside] = main?.side.merged ?? [];
    if (main !== undefined && inside !== undefined && random.chance(0.1)) {
      world.code({ type: 'unmerge', id: inside.caseId, reason: '不是同一处' }, desk, main.id);
    }
    const found = world.state(random.pick([...world.states.keys()].slice(-12)));
    const action = someAction(found, random);
    if (action === 'report' || action === 'receive') continue;
    world.code(someAct(action, found, world, random), someActor(found, action, random), found.id);
  }
  const types = new Set(world.events.map(({ type }) => type));
  for (const type of ['case.recalled.v1', 'case.merged.v1', 'case.unmerged.v1', 'ticket.redone.v1'] as const) {
    expect(types).toContain(type);
  }
  expect(expectSame(world.events, 3, dayNumber(world.events[0]?.at ?? 0), 400)).toBeGreaterThan(100);
});

test('villages add up to their township and townships to the district, for every count', () => {
  const simulated = new SimulatedDay({ ratePerHour: 125, speed: 20 });
  simulated.play(30);
  const book = bookOf(stretched(simulated.events, 365));
  const year = { from: dayNumber(Date.UTC(2025, 11, 1)), to: dayNumber(Date.UTC(2027, 0, 1)) };
  const sum = (group: GroupKind, codes: readonly string[]) =>
    measureNames.map((_, at) => codes.reduce((all, of) => all + (book.sums({ group, of, ...year })[at] ?? 0), 0));
  expect(sum('township', book.groups('township'))).toEqual(sum('district', ['']));
  expect(sum('source', book.groups('source'))).toEqual(sum('district', ['']));
  expect(sum('class', book.groups('class'))).toEqual(sum('district', ['']));
  for (const township of book.groups('township')) {
    const villages = book.groups('village').filter((code) => code.startsWith(township));
    const own = book.sums({ group: 'township', of: township, ...year });
    const below = sum('village', villages);
    // A ticket without a point is the township's and no village's.
    measureNames.forEach((_, at) => expect(below[at]).toBeLessThanOrEqual(own[at] ?? 0));
    expect(below[0]).toBeGreaterThan(0);
  }
});

test('Ningguo, April 2022: 601 dispatched, 597 in time and 4 late are 99.33 %', () => {
  const book = new FigureBook(figureRules(someTables()));
  const first = Date.UTC(2022, 3, 5);
  for (let serial = 1; serial <= 601; serial += 1) {
    const world = new World();
    world.now = instant(first + serial * 60_000);
    world.begin(aReport({ reportedAt: world.now }));
    world.all(
      { type: 'register', condition: '属实' },
      { type: 'dispatch', unit: '91' },
      { type: 'accept', handlerId: 'h' },
    );
    world.all({ type: 'handle', result: '已办' });
    if (serial <= 4) world.now = instant((world.state().dueAt ?? 0) + 1);
    world.all({ type: 'feed_back' }, { type: 'request_check', collectorId: 'c' }, { type: 'check', result: 'passed' });
    world.all({ type: 'close', condition: '符合' });
    const caseId = `20220405${String(serial).padStart(6, '0')}`;
    for (const event of world.events) book.apply({ ...event, caseId });
  }
  const april = {
    group: 'district',
    of: '',
    from: dayNumber(Date.UTC(2022, 3, 1)),
    to: dayNumber(Date.UTC(2022, 4, 1)),
  } as const;
  const rate = book.figure('ontime_close_rate', april);
  expect(book.figure('dispatched', april).value).toBe(601);
  expect(book.figure('closed_late', april).value).toBe(4);
  expect([rate.n, rate.d]).toEqual([597, 601]);
  expect(((rate.value ?? 0) * 100).toFixed(2)).toBe('99.33');
});

test('nothing over nothing is no value', () => {
  const book = new FigureBook(rules);
  const figure = book.figure('response_rate', { group: 'district', of: '', from: 20_000, to: 20_031 });
  expect(figure).toEqual({ n: 0, d: 0, value: null });
});

test('a month of a small district, worked by hand', () => {
  const world = new World();
  const begin = (day: string, time: string, change: Parameters<typeof aReport>[0] = {}) => {
    world.at(time, day);
    return world.begin(aReport({ reportedAt: world.now, ...change })).id;
  };
  // 1: grid staff, filed after 10 minutes, fixed at once, checked and closed in time.
  begin('2026-10-12', '08:00', { source: 'grid_staff' });
  world.at('08:10', '2026-10-12').do({ type: 'register', condition: '属实' });
  world.at('08:20', '2026-10-12').do({ type: 'dispatch', unit: '91' });
  world.at('08:21', '2026-10-12').do({ type: 'accept', handlerId: 'handler-1' });
  world.at('09:00', '2026-10-12').do({ type: 'handle', result: '已清理' });
  world.at('09:20', '2026-10-12').do({ type: 'feed_back' });
  world.at('09:30', '2026-10-12').do({ type: 'request_check', collectorId: 'c' });
  world.at('09:50', '2026-10-12').do({ type: 'check', result: 'passed' });
  world.at('10:00', '2026-10-12').do({ type: 'close', condition: '符合' });
  // 2: a caller, filed after 30 minutes (limit 15), sent back by 91, then fixed by 92 two days late, failed once.
  begin('2026-10-12', '08:00');
  world.at('08:30', '2026-10-12').do({ type: 'register', condition: '属实' });
  world.at('08:40', '2026-10-12').do({ type: 'dispatch', unit: '91' });
  world.at('09:00', '2026-10-12').do({ type: 'return', reasonCode: 'R01', reason: '不属于本单位' });
  world.at('09:10', '2026-10-12').do({ type: 'dispatch', unit: '92' });
  world.at('09:20', '2026-10-12').do({ type: 'accept', handlerId: 'handler-2' });
  world.at('10:00', '2026-10-19').do({ type: 'handle', result: '已修复' });
  world.at('10:00', '2026-10-19').do({ type: 'feed_back' });
  world.at('10:10', '2026-10-19').do({ type: 'request_check', collectorId: 'c' });
  world.at('10:50', '2026-10-19').do({ type: 'check', result: 'failed', opinion: '未恢复原状' });
  world.at('11:00', '2026-10-19').do({ type: 'rework', reason: '未恢复原状' });
  world.at('11:10', '2026-10-19').do({ type: 'accept', handlerId: 'handler-2' });
  world.at('08:40', '2026-10-20').do({ type: 'handle', result: '已修复' });
  world.at('08:40', '2026-10-20').do({ type: 'feed_back' });
  world.at('09:00', '2026-10-20').do({ type: 'request_check', collectorId: 'c' });
  world.at('09:10', '2026-10-20').do({ type: 'check', result: 'passed' });
  world.at('09:20', '2026-10-20').do({ type: 'close', condition: '符合' });
  // 3: a caller, looked at in time, not accepted 不立案.
  begin('2026-10-13', '09:00');
  world.at('09:05', '2026-10-13').do({ type: 'request_verify', collectorId: 'c' });
  world.at('09:20', '2026-10-13').do({ type: 'verify', result: 'absent', opinion: '未发现' });
  world.at('09:25', '2026-10-13').do({ type: 'reject', reason: '不存在' });
  // 4: grid staff, dispatched, nothing done since.
  begin('2026-10-14', '10:00', { source: 'grid_staff' });
  world.at('10:06', '2026-10-14').do({ type: 'register', condition: '属实' });
  world.at('10:10', '2026-10-14').do({ type: 'dispatch', unit: '91' });
  // 5: a ticket: called back in time, solved, satisfied. 6: called too late, neither.
  for (const [serial, contact, solved, satisfied] of [
    [1, '2026-10-15', 'solved', 'satisfied'],
    [2, '2026-10-20', 'unsolved', 'unsatisfied'],
  ] as const) {
    world.at('08:00', '2026-10-15');
    world.begin(aTicket({ issuedAt: world.now, external: { feed: 'f', id: String(serial) } }));
    world.all({ type: 'sign' }, { type: 'assign', unit: '911' });
    world.at('08:20', contact).do({ type: 'contact', result: '已接通', handlerId: 'handler-3' });
    world.at('09:10', contact).do({ type: 'start_work' });
    world.at('10:00', contact).do({ type: 'reply', reply: '已修复' });
    world.at('09:00', '2026-10-21').do({ type: 'begin_call_back' });
    world.at('09:10', '2026-10-21').do({ type: 'conclude', solved, satisfied });
  }
  const answers = [
    { question: 'solved', code: 'solved', zh: '解决', en: 'Solved', counts: 1, valid: true },
    { question: 'solved', code: 'unsolved', zh: '未解决', en: 'Unsolved', counts: 0, valid: true },
    { question: 'satisfied', code: 'satisfied', zh: '满意', en: 'Satisfied', counts: 1, valid: true },
    { question: 'satisfied', code: 'unsatisfied', zh: '不满意', en: 'Unsatisfied', counts: 0, valid: true },
  ];
  const book = new FigureBook(figureRules(someTables({ 'callback-answers': answers })));
  for (const event of world.events) book.apply(event);
  const october = { from: dayNumber(Date.UTC(2026, 9, 1)), to: dayNumber(Date.UTC(2026, 10, 1)) };
  const shown = (group: GroupKind, of: string) =>
    Object.fromEntries(
      indicatorIds.map((id) => {
        const { n, d, value } = book.figure(id, { group, of, ...october });
        return [id, d === null ? value : `${n}/${d}`];
      }),
    );
  expect(shown('district', '')).toEqual({
    // Tickets 5 and 6: one called in time, one solved, one satisfied.
    ...{ response_rate: '1/2', resolution_rate: '1/2', satisfaction_rate: '1/2' },
    // Four cases reported, three filed, two of them within 15 minutes.
    ...{ file_rate: '3/4', ontime_file_rate: '2/3', valid_report_rate: '3/4' },
    // Three cases and two tickets went out; case 2 came back.
    ...{ accurate_dispatch_rate: '4/5', return_rate: '1/8' },
    // Due: cases 1, 2, 4 and both tickets. Case 2 was late, case 4 is not done; ticket 6 was done after its 24 hours.
    ...{ handle_rate: '4/5', ontime_handle_rate: '2/5', close_rate: '4/5', ontime_close_rate: '2/5' },
    ...{ rework_rate: '1/4', photo_rate: '0/4' },
    ...{ verify_rate: '1/1', ontime_verify_rate: '1/1' },
    // Case 1 one check, case 2 two, the first of them after 40 minutes (limit 30) and failed.
    ...{ check_rate: '3/3', ontime_check_rate: '2/3', check_pass_rate: '2/3' },
    // Of the three valid ones grid staff found two.
    ...{ miss_rate: '1/3', self_found_rate: '2/3' },
    // 10, 30 and 6 minutes.
    avg_accept_time: '2760/3',
    // Case 1 an hour, case 2 eight days; ticket 5 1:58, ticket 6 five days and 1:58.
    avg_handle_time: `${3_600 + 8 * 86_400 + 7_080 + 5 * 86_400 + 7_080}/4`,
    // Ends: case 1 after 2 h, case 2 after 8 d 1:20, both tickets after 6 d 1:10; case 3 was not closed but refused.
    median_close_time: 6 * 86_400 + 4_200,
    p90_close_time: 8 * 86_400 + 4_800,
    ...{
      reported: 6,
      tickets: 2,
      valid: 3,
      filed: 3,
      dispatched: 5,
      due: 5,
      handled: 4,
      unhandled: 1,
      handled_late: 2,
    },
    ...{ closed: 4, closed_late: 2, rejected: 1, voided: 0, extended: 0, suspended: 0 },
    ...{ appeals_granted: 0, appeals_refused: 0, excluded: 0, impossible: 0 },
  });
  // 91 got cases 1, 2 and 4 and both tickets first and sent one back; 92 was late with the one it got.
  expect(shown('department', '91')).toMatchObject({ accurate_dispatch_rate: '4/5', handle_rate: '1/2' });
  expect(shown('department', '92')).toMatchObject({ ontime_handle_rate: '0/1', rework_rate: '1/1', dispatched: 0 });
  expect(shown('person', 'handler-2')).toMatchObject({ handled: 1, handled_late: 1 });
  const late = { group: 'district', of: '', ...october } as const;
  expect(book.cases('handled_late', late)).toHaveLength(2);
});

test('all groups at once are the groups one by one; deadlines that are ahead do not count yet', () => {
  const simulated = new SimulatedDay({ ratePerHour: 125, speed: 20 });
  simulated.play(20);
  const book = bookOf(stretched(simulated.events, 90));
  const from = dayNumber(Date.UTC(2025, 11, 1));
  for (const span of [
    { from, to: from + 31 },
    { from: from + 3, to: from + 50 },
    { from, to: from + 62, dueTo: from + 40 },
  ]) {
    for (const group of groupKinds) {
      const all = book.allSums(group, span);
      expect([...all.keys()]).toEqual(book.groups(group));
      for (const [of, sums] of all) {
        expect(sums).toEqual(book.sums({ group, of, ...span }));
        expect(book.figure('due', { group, of, ...span }).n).toBe(book.cases('due', { group, of, ...span }).length);
      }
    }
  }
  const ahead = { group: 'district', of: '', from, to: from + 62, dueTo: from } as const;
  expect(book.figure('due', ahead).n).toBe(0);
  expect(book.figure('reported', ahead).n).toBeGreaterThan(0);
});
