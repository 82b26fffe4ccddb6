import { describe, expect, test } from 'vitest';
import { anActor, aReport, desk } from '#tests/builders/cases.ts';
import { ledgerFaults } from '#tests/builders/ledger.ts';
import { someCalendar, someLimit, someRules } from '#tests/builders/rules.ts';
import { aCaseAfter, aTicket, aTicketAfter, timeText, World, type Act } from '#tests/builders/world.ts';
import { DAY_MS, plus } from '#domain/base/instant.ts';
import { explainCase, type CaseClock } from './explain.ts';

function clocksOf(world: World, id = world.id): readonly CaseClock[] {
  const events = world.events.filter(({ caseId }) => caseId === id);
  const { clocks } = explainCase(events, someCalendar, world.now);
  expect(clocks.flatMap((clock) => ledgerFaults(clock, world.now))).toEqual([]);
  return clocks;
}

/** `handle 34/240 min until 11-24 15:20, ended`. */
function brief({ clock, usedMs, limitMs, dueAt, endedAt, isOverdue }: CaseClock): string {
  const end = endedAt === null ? 'runs' : 'ended';
  return `${clock} ${usedMs / 60_000}/${limitMs / 60_000} min until ${timeText(dueAt)}, ${isOverdue ? 'overdue' : end}`;
}

const worldOf = (value: number, unit: 'work_hour' | 'urgent_hour', rework: 'keep' | 'resume' = 'keep') =>
  someRules({
    policies: { reworkDeadline: rework },
    limitFor: (query) => (query.clock === 'handle' ? { value, unit, basis: '06042' } : someLimit(query)),
  });

describe('domain.md §12', () => {
  test('§12.1 late rubbish collection: 处置 until 15:20, used 34 of 240 minutes; 受理 5, 派遣 3, 核查 9 minutes', () => {
    const world = new World(worldOf(4, 'work_hour')).at('09:12');
    const matter = { ...aReport().classRef, kind: 'matter', code: '06042', name: '垃圾站（箱）满溢' } as const;
    world.begin(aReport({ source: 'grid_staff', classRef: matter, reporterId: 'grid-1', reportedAt: world.now }), desk);
    const story: readonly (readonly [string, Act])[] = [
      ['09:17', { type: 'register', condition: '满溢' }],
      ['09:20', { type: 'dispatch', unit: '91' }],
      [
        '09:24',
        { type: 'sub_dispatch', unit: '911', mode: 'joint', orders: [{ unit: '92', personId: null, role: 'co' }] },
      ],
      ['09:27', { type: 'accept', handlerId: 'cleaner-1' }],
      ['09:40', { type: 'accept_order', orderId: `${world.id}-1` }],
      ['09:45', { type: 'answer_order', orderId: `${world.id}-1`, words: '已调车' }],
      ['09:52', { type: 'handle', result: '已清运' }],
      ['09:54', { type: 'feed_back' }],
      ['09:56', { type: 'request_check', collectorId: 'grid-2' }],
      ['10:05', { type: 'check', result: 'passed' }],
      ['10:07', { type: 'close', condition: '已清运' }],
    ];
    for (const [time, act] of story) world.at(time).do(act);
    expect(world.state().state).toBe('closed');
    expect(clocksOf(world).map(brief)).toEqual([
      'register 5/15 min until 11-24 09:27, ended',
      'dispatch 3/15 min until 11-24 09:32, ended',
      'handle 34/240 min until 11-24 15:20, ended',
      'check 9/30 min until 11-24 10:26, ended',
    ]);
    expect(clocksOf(world)[0]?.limit).toEqual({ value: 15, unit: 'minute', basis: 'register' });
    expect(clocksOf(world)[2]).toMatchObject({ limit: { value: 4, unit: 'work_hour', basis: '06042' }, ahead: [] });
  });

  test('§12.2 a broken pipe: 4 h 54 of 24 h used; the second round is a clock of its own', () => {
    const world = new World().at('08:46');
    world.begin(aTicket({ issuedAt: world.now }));
    const story: readonly (readonly [string, Act])[] = [
      ['08:49', { type: 'sign' }],
      [
        '08:50',
        {
          type: 'start_endorsement',
          steps: [
            { post: '班长', personId: null, limitMinutes: 10 },
            { post: '领导', personId: null, limitMinutes: 10 },
          ],
        },
      ],
      ['08:55', { type: 'endorse', decision: 'agree', opinion: '同意' }],
      ['09:00', { type: 'endorse', decision: 'agree', opinion: '同意' }],
      [
        '09:01',
        {
          type: 'assign',
          unit: '911',
          personId: 'cadre-1',
          mode: 'joint',
          orders: [{ unit: '921', personId: 'secretary-1', role: 'main' }],
        },
      ],
      ['09:02', { type: 'accept', handlerId: 'cadre-1' }],
      ['09:04', { type: 'contact', result: '先恢复供水' }],
      ['09:10', { type: 'start_work' }],
      ['09:40', { type: 'whistle', orders: [{ unit: '92', personId: null, role: 'co' }], reason: '关阀' }],
      ['10:05', { type: 'arrive', orderId: `${world.id}-2` }],
      ['12:00', { type: 'answer_order', orderId: `${world.id}-2`, words: '已关阀' }],
      ['12:10', { type: 'accept_order', orderId: `${world.id}-1` }],
      ['13:00', { type: 'answer_order', orderId: `${world.id}-1`, words: '已修复' }],
      ['13:40', { type: 'reply', reply: '已修复' }],
    ];
    for (const [time, act] of story) world.at(time).do(act);
    expect(clocksOf(world).map(brief)).toEqual([
      'dispatch 15/60 min until 11-24 09:46, ended',
      'handle 294/1440 min until 11-25 08:46, ended',
    ]);
    world.at('09:00', '2026-11-25').all({ type: 'begin_call_back' }, { type: 'redo', reason: '仍漏水' });
    expect(clocksOf(world.wait(60)).map(brief).at(-1)).toBe('handle 60/1440 min until 11-26 09:02, runs');
    expect(clocksOf(world)).toHaveLength(3);
  });
});

test('挂账 pushes the deadline while it lasts and after; its span is a line that counts nothing', () => {
  const world = aCaseAfter('accept', worldOf(4, 'work_hour'));
  world.all({ type: 'request_suspension', until: plus(world.now, 9 * DAY_MS), reason: '等待' });
  world.at('09:02').do({ type: 'decide_suspension', isGranted: true, opinion: '同意' });
  world.at('11:02');
  expect(clocksOf(world).map(brief).at(-1)).toBe('handle 60/240 min until 11-24 16:02, runs');
  world.at('11:02').do({ type: 'resume' });
  const handle = clocksOf(world.wait(30)).at(-1);
  expect(handle?.lines.map(({ cause, countedMs }) => [cause, countedMs / 60_000])).toEqual([
    ['work_time', 60],
    ['suspended', 0],
    ['work_time', 30],
  ]);
  expect(handle?.ahead.map(({ cause, countedMs }) => [cause, countedMs / 60_000])).toEqual([
    ['remaining', 28],
    ['break', 0],
    ['remaining', 122],
  ]);
  expect(handle?.remainingMs).toBe(150 * 60_000);
});

test.each([
  ['keep', 'handle 5/120 min until 11-24 10:02, runs', 61],
  ['resume', 'handle 5/120 min until 11-24 10:56, runs', 115],
] as const)(
  '返工 with the policy %s: time at the desk never counts, and pushes the deadline only if it resumes',
  (rework, text, left) => {
    const world = aCaseAfter('feed_back', worldOf(2, 'work_hour', rework));
    world.at('09:00').do({ type: 'rework', reason: '未修复' });
    const handle = clocksOf(world.at('09:01')).at(-1);
    expect(handle && brief(handle)).toBe(text);
    expect(handle?.remainingMs).toBe(left * 60_000);
    expect(handle?.lines.map(({ cause }) => cause)).toEqual(['work_time', 'fed_back', 'work_time']);
  },
);

test('延期 is listed and part of the limit', () => {
  const world = aCaseAfter('accept');
  world.all({ type: 'request_extension', reason: '缺件' });
  world.do({ type: 'decide_extension', isGranted: true, opinion: '同意' }, anActor('DISPATCHER'));
  expect(clocksOf(world).at(-1)).toMatchObject({
    limitMs: 4 * 3_600_000,
    extensions: [{ at: world.now, value: 2, unit: 'urgent_hour' }],
  });
});

test('撤回: the clock that the order began ended with the recall, and the 派遣 clock has run on', () => {
  const world = aCaseAfter('dispatch');
  world.wait(1).do({ type: 'recall' });
  expect(clocksOf(world.wait(1)).map(brief)).toEqual([
    'register 1/15 min until 11-24 08:15, ended',
    'dispatch 3/15 min until 11-24 08:16, runs',
    'handle 1/120 min until 11-24 10:02, ended',
  ]);
});

test('并案: the deadline of the merged report counts and is named; 拆案 gives its own account back', () => {
  const world = aCaseAfter('dispatch');
  const other = world.id;
  world.wait(30).begin(aReport());
  world.all({ type: 'register', condition: '属实' }, { type: 'dispatch', unit: '911' });
  world.all({ type: 'merge', ids: [other], reason: '重复' });
  const merged = clocksOf(world).at(-1);
  expect(merged).toMatchObject({ isOverdue: false, mergedDueAt: merged?.dueAt, remainingMs: 87 * 60_000 });
  expect(merged && brief(merged)).toBe('handle 1/120 min until 11-24 10:02, runs');
  world.all({ type: 'unmerge', id: other, reason: '误并' });
  expect(clocksOf(world).at(-1)).toMatchObject({ mergedDueAt: null, remainingMs: 118 * 60_000 });
  expect(clocksOf(world, other).map(brief).at(-1)).toBe('handle 34/120 min until 11-24 10:02, runs');
});

test('时限表更新: the limit is that of the new table, for stage clocks, too', () => {
  let minutes = 15;
  const rules = someRules({
    limitFor: (query) => ({ ...someLimit(query), value: minutes, unit: 'minute', basis: 'v2' }),
  });
  const world = aCaseAfter('register', rules);
  minutes = 20;
  world.do({ type: 'redate', reason: '更新' }, anActor('SYSTEM'));
  expect(clocksOf(world).at(-1)).toMatchObject({
    clock: 'dispatch',
    limit: { value: 20, unit: 'minute', basis: 'v2' },
  });
});

test('核实 and 超期; an imported case has no clock', () => {
  const world = aCaseAfter('report');
  world.all({ type: 'request_verify', collectorId: 'collector-1' });
  world.wait(31).do({ type: 'verify', result: 'exists' });
  expect(clocksOf(world.wait(2)).map(brief)).toEqual([
    'register 1/15 min until 11-24 08:15, ended',
    'verify 31/30 min until 11-24 08:31, overdue',
    'register 2/15 min until 11-24 08:47, runs',
  ]);
  const imported = new World();
  imported.begin(aReport({ imported: { state: 'closed', closedAt: imported.now } }), anActor('SYSTEM'));
  expect(clocksOf(imported)).toEqual([]);
  expect(clocksOf(aTicketAfter('sign'))).toHaveLength(2);
});
