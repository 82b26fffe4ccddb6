import { describe, expect, test } from 'vitest';
import { anActor, aReport } from '#tests/builders/cases.ts';
import { someLimit, someRules } from '#tests/builders/rules.ts';
import { aCaseAfter, aTicket, aTicketAfter, standing, World } from '#tests/builders/world.ts';
import { DAY_MS, HOUR_MS, plus } from '#domain/base/instant.ts';
import { isHandlingOverdue } from './deadline.ts';

const dispatcher = anActor('DISPATCHER');
const village = anActor('DEPT', '911');
const handler = anActor('HANDLER', '911', 'handler-1');
const elsewhere = anActor('DEPT', '921');
const shiftLeader = anActor('SHIFT_LEADER');
const system = anActor('SYSTEM');
const ask = { type: 'request_extension', reason: '配件未到' } as const;
const grant = { type: 'decide_extension', isGranted: true, opinion: '同意' } as const;
const refuseIt = { type: 'decide_extension', isGranted: false, opinion: '不同意' } as const;

describe('extend 延期', () => {
  test('the unit’s request goes straight to the dispatcher, and one more original limit is added to the deadline', () => {
    const world = aCaseAfter('sub_dispatch');
    expect(world.code(ask, elsewhere)).toBe('not_holder');
    expect(world.code({ type: 'request_extension', reason: ' ' }, village)).toBe('reason_missing');
    expect(world.offered('decide_extension', dispatcher)).toBe('nothing_requested');
    const asked = world.wait(1).do(ask, village);
    expect(asked.side.extensionRequest).toEqual({
      at: world.now,
      by: 'dept-1',
      reason: '配件未到',
      waitsFor: 'DISPATCHER',
    });
    expect(standing(asked)).toMatchObject({ state: 'pending_handle', clock: 'handle until 11-24 10:02' });
    expect(world.offered('request_extension', village)).toBe('already_requested');
    expect(world.code(grant, village)).toBe('wrong_role');
    expect(world.code(grant, anActor('DISPATCHER', '92'))).toBe('not_holder');
    expect(world.code({ ...grant, opinion: '' }, dispatcher)).toBe('opinion_missing');
    const extended = world.wait(1).do(grant, anActor('DISPATCHER', '91'));
    expect(standing(extended).clock).toBe('handle until 11-24 12:02');
    expect(extended).toMatchObject({
      stateSince: aCaseAfter('sub_dispatch').state().stateSince,
      side: { extensionRequest: null, extensionCount: 1 },
      handleClock: { extensions: [{ at: world.now, limit: { value: 2, unit: 'urgent_hour' } }] },
    });
  });

  test('a handler’s request passes the unit first', () => {
    const world = aCaseAfter('accept');
    world.do(ask, handler);
    expect(world.offered('decide_extension', dispatcher)).toBe('waits_for_unit');
    expect(world.code({ type: 'pass_extension' }, elsewhere)).toBe('not_holder');
    world.do({ type: 'pass_extension' }, village);
    expect(world.offered('pass_extension', village)).toBe('nothing_requested');
    expect(standing(world.do(grant, dispatcher)).clock).toBe('handle until 11-24 12:02');
  });

  test('at most two approvals per case, and refusals do not count', () => {
    const world = aCaseAfter('accept');
    for (const answer of [refuseIt, grant, refuseIt, grant]) {
      world.do(ask, village);
      world.do(answer, dispatcher);
    }
    expect(standing(world.state()).clock).toBe('handle until 11-24 14:02');
    expect(world.state().side).toMatchObject({ extensionCount: 2, extensionRequest: null });
    expect(world.offered('request_extension', village)).toBe('extensions_used_up');
  });

  test('not once it is overdue, and only in 待处置 and 处置中; what waits lapses with the result', () => {
    const world = aCaseAfter('accept');
    expect(world.at('10:02').offered('request_extension', village)).toBeNull();
    expect(world.at('10:03').offered('request_extension', village)).toBe('already_overdue');
    expect(aCaseAfter('register').offered('request_extension')).toBe('wrong_state');
    expect(aCaseAfter('handle').offered('request_extension')).toBe('wrong_state');
    const waiting = aCaseAfter('accept');
    waiting.all(ask, { type: 'handle', result: '已修复' });
    expect(waiting.state().side.extensionRequest).toBeNull();
  });
});

describe('suspend 挂账', () => {
  function request(world: World, days = 30) {
    return { type: 'request_suspension', until: plus(world.now, days * DAY_MS), reason: '等待材料' } as const;
  }
  const answer = { type: 'decide_suspension', isGranted: true, opinion: '同意' } as const;

  test('one approval per case, an end at most a year ahead, a refusal does not count', () => {
    const world = aCaseAfter('accept');
    expect(world.code(request(world, 0), village)).toBe('until_out_of_range');
    expect(world.code(request(world, 366), village)).toBe('until_out_of_range');
    expect(world.code({ ...request(world), reason: '' }, village)).toBe('reason_missing');
    expect(world.code(request(world), handler)).toBe('wrong_role');
    expect(world.code(request(world), elsewhere)).toBe('not_holder');
    expect(world.offered('decide_suspension', dispatcher)).toBe('nothing_requested');
    world.do(request(world, 365), village);
    expect(world.offered('request_suspension', village)).toBe('already_requested');
    expect(world.code({ ...answer, opinion: '' }, dispatcher)).toBe('opinion_missing');
    expect(world.do({ ...answer, isGranted: false }, dispatcher)).toMatchObject({
      state: 'handling',
      side: { suspensionRequest: null, suspensionCount: 0 },
    });
    world.do(request(world), village);
    const until = plus(world.now, 30 * DAY_MS);
    expect(world.wait(1).do(answer, dispatcher)).toMatchObject({
      state: 'suspended',
      dueAt: null,
      side: { suspension: { since: world.now, until, previous: 'handling' }, suspensionCount: 1 },
    });
    world.now = until;
    world.do({ type: 'resume' }, system);
    expect(world.state().side.suspension).toBeNull();
    expect(world.offered('request_suspension', village)).toBe('suspensions_used_up');
  });

  test('an approval after the end date that was asked for is refused', () => {
    const world = aCaseAfter('accept');
    world.do(request(world, 1), village);
    expect(world.wait(24 * 60).code(answer, dispatcher)).toBe('until_out_of_range');
  });

  test('the pause pushes the deadline in work time, wherever 返工 or 延期 had put it', () => {
    const rules = someRules({
      policies: { reworkDeadline: 'resume' },
      limitFor: (query) => (query.clock === 'handle' ? { value: 4, unit: 'work_hour', basis: '06' } : someLimit(query)),
    });
    const world = aCaseAfter('feed_back', rules);
    expect(world.state().handleClock?.dueAt).toBe(world.at('12:00').now + 2 * HOUR_MS + 2 * 60_000);
    world.at('08:07').do({ type: 'request_check', collectorId: 'collector-1' });
    world.do({ type: 'check', result: 'failed', opinion: '未修复' });
    world.at('10:06').do({ type: 'rework', reason: '未修复' });
    expect(standing(world.state()).clock).toBe('handle until 11-24 16:02');
    world.do(ask);
    world.do(grant);
    expect(standing(world.state()).clock).toBe('handle until 11-25 10:02');
    world.do(request(world, 10), village);
    world.at('11:00').do(answer, dispatcher);
    expect(standing(world.at('11:00', '2026-11-25').do({ type: 'resume' }, dispatcher)).clock).toBe(
      'handle until 11-26 10:02',
    );
  });

  test('a pause over a weekend and one of an overdue case', () => {
    const rules = someRules({ limitFor: (query) => ({ ...someLimit(query), value: 2, unit: 'work_hour' }) });
    const world = aCaseAfter('accept', rules);
    world.do(request(world, 20), village);
    world.at('09:02').do(answer, dispatcher);
    world.at('03:00', '2026-11-29').do({ type: 'resume' }, dispatcher);
    expect(standing(world.state()).clock).toBe('handle until 11-30 09:00');
    const late = aCaseAfter('accept', rules);
    late.at('17:00').do(request(late, 20), village);
    late.do(answer, dispatcher);
    late.at('09:00', '2026-11-26').do({ type: 'resume' }, dispatcher);
    expect(standing(late.state()).clock).toBe('handle until 11-24 10:02');
  });
});

describe('rework 返工', () => {
  test('goes to the same unit again and is counted each time', () => {
    const world = aCaseAfter('feed_back');
    for (const count of [1, 2]) {
      world.all({ type: 'rework', reason: '未修复' });
      expect(world.state()).toMatchObject({ reworkCount: count, holder: { unit: '911' } });
      world.all(
        { type: 'accept', handlerId: 'handler-1' },
        { type: 'handle', result: '已修复' },
        { type: 'feed_back' },
      );
    }
  });
});

describe('supervise 督办', () => {
  const order = { type: 'supervise', kind: 'leader', level: 2, party: 'P1', reason: '久拖未决' } as const;

  test('by the 值班长 or a leader above the unit, from a listed party; it may demand an answer', () => {
    const world = aCaseAfter('accept');
    const act = { ...order, answerBy: plus(world.now, HOUR_MS) };
    expect(world.code(act, dispatcher)).toBe('wrong_role');
    expect(world.code(act, anActor('LEADER', '92'))).toBe('not_holder');
    expect(world.code({ ...act, reason: '' }, shiftLeader)).toBe('reason_missing');
    expect(world.code({ ...act, party: 'X' }, shiftLeader)).toBe('party_unknown');
    expect(world.code({ ...act, answerBy: world.now }, shiftLeader)).toBe('until_out_of_range');
    expect(world.offered('answer_supervision', village)).toBe('supervision_answered');
    const state = world.do(act, anActor('LEADER', '91'));
    expect(state).toMatchObject({
      state: 'handling',
      side: { supervisions: [{ kind: 'leader', level: 2, answer: null }] },
    });
    const supervisionId = `${world.id}-D1`;
    expect(world.code({ type: 'answer_supervision', supervisionId: 'X', words: '已安排' }, village)).toBe(
      'supervision_unknown',
    );
    expect(world.code({ type: 'answer_supervision', supervisionId, words: '' }, village)).toBe('words_missing');
    expect(world.code({ type: 'answer_supervision', supervisionId, words: '已安排' }, elsewhere)).toBe('not_holder');
    world.wait(1).do({ type: 'answer_supervision', supervisionId, words: '已安排' }, village);
    expect(world.state().side.supervisions[0]?.answer).toEqual({ at: world.now, by: 'dept-1', words: '已安排' });
    world.do({ ...order, kind: 'timeout', answerBy: null }, shiftLeader);
    expect(world.code({ type: 'answer_supervision', supervisionId, words: '再答' }, village)).toBe(
      'supervision_answered',
    );
  });
});

describe('urge 催办', () => {
  test('is logged and changes nothing else', () => {
    const world = aCaseAfter('accept');
    const before = world.state();
    expect(world.code({ type: 'urge', words: '' }, dispatcher)).toBe('words_missing');
    expect(world.code({ type: 'urge', words: '请加快' }, village)).toBe('wrong_role');
    const after = world.wait(1).do({ type: 'urge', words: '请加快' }, dispatcher);
    expect(after).toEqual({
      ...before,
      version: before.version + 1,
      lastAction: 'urge',
      side: { ...before.side, urgeCount: 1 },
    });
  });
});

describe('appeal 超时申诉', () => {
  const appeal = { type: 'appeal', kind: 'overdue', reason: '暴雨停工' } as const;
  const agree = { type: 'review_appeal', isGranted: true, opinion: '属实' } as const;
  const evaluator = anActor('EVALUATOR');

  function overdue(): World {
    const world = aCaseAfter('accept');
    world.at('11:00').do({ type: 'handle', result: '已修复' });
    world.all({ type: 'feed_back' }, { type: 'close', condition: '已修复' });
    return world;
  }

  test('once, after closing, only if handling was overdue, by the unit that handled or one above it, inside the window', () => {
    const world = overdue();
    expect(isHandlingOverdue(world.state(), world.now)).toBe(true);
    expect(world.code(appeal, elsewhere)).toBe('not_holder');
    expect(world.code(appeal, handler)).toBe('wrong_role');
    expect(world.code({ ...appeal, reason: '' }, village)).toBe('reason_missing');
    expect(world.code({ ...appeal, kind: 'exclude' }, village)).toBe('only_tickets');
    expect(aCaseAfter('accept').offered('appeal', village)).toBe('wrong_state');
    expect(aCaseAfter('close').code(appeal, village)).toBe('not_overdue');
    const late = overdue();
    expect(late.wait(7 * 24 * 60).offered('appeal', village)).toBeNull();
    expect(late.wait(1).offered('appeal', village)).toBe('appeal_window_over');
    expect(world.do(appeal, anActor('DEPT', '91')).side.appeal).toMatchObject({ kind: 'overdue', result: 'pending' });
    expect(world.offered('appeal', village)).toBe('appeal_used_up');
  });

  test('two reviewers must agree, neither the one who asked; then it is granted and the fact stays visible', () => {
    const world = overdue();
    expect(world.offered('review_appeal', evaluator)).toBe('nothing_requested');
    world.do(appeal, village);
    expect(world.code(agree, village)).toBe('wrong_role');
    expect(world.code(agree, anActor('EVALUATOR', null, 'dept-1'))).toBe('own_request');
    expect(world.code({ ...agree, opinion: '' }, evaluator)).toBe('opinion_missing');
    expect(world.do(agree, evaluator).side.appeal?.result).toBe('pending');
    expect(world.offered('review_appeal', evaluator)).toBe('already_reviewed');
    expect(world.do(agree, shiftLeader).side.appeal).toMatchObject({ result: 'granted', reviews: [{}, {}] });
    expect(world.offered('review_appeal', anActor('EVALUATOR', null, 'third'))).toBe('nothing_requested');
    expect(isHandlingOverdue(world.state(), world.now)).toBe(true);
  });

  test('one reviewer refuses for all', () => {
    const world = overdue();
    world.do(appeal, village);
    expect(world.do({ ...agree, isGranted: false }, evaluator).side.appeal?.result).toBe('refused');
    expect(world.offered('review_appeal', shiftLeader)).toBe('nothing_requested');
  });
});

describe('void 作废', () => {
  test('a duplicate ends without 立案 and is no overdue case', () => {
    const world = aCaseAfter('report');
    expect(world.do({ type: 'void', reason: '重复' }, anActor('ACCEPTOR'))).toMatchObject({
      state: 'void',
      handleClock: null,
    });
  });
});

describe('blackout 管控区域/时段', () => {
  test('the message of the rule is the detail of the refusal', () => {
    const world = new World(someRules({ blackout: ({ code }) => (code === '0101' ? '重大活动' : null) }));
    expect(() => world.begin(aReport())).toThrow(/blackout/);
    expect(world.begin(aReport({ classRef: { ...aReport().classRef, code: '0102' } })).state).toBe('reported');
  });
});

describe('escalate 升级/提级调度', () => {
  const up = { type: 'escalate', reason: '本级无力解决' } as const;

  test('goes up one level at a time to the district desk, which sends it out again with the same deadline', () => {
    const world = aCaseAfter('accept');
    expect(world.code(up, elsewhere)).toBe('not_holder');
    expect(world.code(up, handler)).toBe('wrong_role');
    expect(world.code({ ...up, reason: '' }, village)).toBe('reason_missing');
    expect(world.code({ ...up, unit: 'nowhere' }, village)).toBe('unit_unknown');
    expect(world.code({ ...up, unit: '92' }, village)).toBe('unit_not_above');
    expect(standing(world.wait(1).do(up, village))).toEqual({
      state: 'pending_handle',
      holder: '91 DEPT',
      clock: 'handle until 11-24 10:02',
      chain: 'desk sent_on, 91 sent_on, 911 escalated, 91 now',
    });
    const atDesk = world.wait(1).do({ ...up, isHardCase: true }, anActor('DEPT', '91'));
    expect(standing(atDesk)).toMatchObject({ state: 'pending_dispatch', holder: 'desk DISPATCHER' });
    expect(atDesk).toMatchObject({ handlerId: null, side: { escalationCount: 2, isHardCase: true } });
    expect(standing(world.do({ type: 'dispatch', unit: '92' }, dispatcher)).clock).toBe('handle until 11-24 10:02');
  });

  test('a leader may take it straight to the district; the district itself is the desk', () => {
    expect(standing(aCaseAfter('accept').do({ ...up, unit: null }, anActor('LEADER', '91'))).holder).toBe(
      'desk DISPATCHER',
    );
    expect(standing(aCaseAfter('accept').do({ ...up, unit: '9' })).holder).toBe('desk DISPATCHER');
  });
});

describe('ticket side rows', () => {
  test('any open: 延时申请, 挂账/疑难台账, 督办, 提级调度 with a reason, asked by the unit, approved by the desk', () => {
    const world = aTicketAfter('start_work');
    world.do(ask, handler);
    expect(world.offered('decide_extension', anActor('HOTLINE_DESK'))).toBe('waits_for_unit');
    world.do({ type: 'pass_extension' }, village);
    expect(world.code(grant, anActor('HOTLINE_DESK', '92'))).toBe('not_holder');
    expect(standing(world.do(grant, anActor('HOTLINE_DESK'))).clock).toBe('handle until 11-26 08:00');
    world.do({ type: 'request_suspension', until: plus(world.now, DAY_MS), reason: '供暖季后' }, village);
    expect(world.code({ type: 'decide_suspension', isGranted: true, opinion: '同意' }, village)).toBe('wrong_role');
    world.do({ type: 'decide_suspension', isGranted: true, opinion: '同意' }, anActor('HOTLINE_DESK'));
    expect(standing(world.state())).toMatchObject({ state: 'suspended', holder: '911 HANDLER', clock: null });
    world.do({ type: 'supervise', kind: 'key', level: 1, party: 'P1', reason: '重点', answerBy: null }, shiftLeader);
    const resumed = world.wait(60).do({ type: 'resume' }, anActor('HOTLINE_DESK', '91'));
    expect(standing(resumed)).toMatchObject({ state: 'handling', clock: 'handle until 11-26 09:00' });
    const raised = world.do({ type: 'escalate', reason: '疑难', isHardCase: true }, anActor('LEADER', '91'));
    expect(standing(raised)).toMatchObject({ state: 'handling', holder: '91 HANDLER' });
    expect(raised).toMatchObject({ handlerId: null, side: { isHardCase: true } });
  });

  test('done: 剔除申诉 by the unit or its township inside the window, reviewed by the district desk', () => {
    const world = aTicketAfter('conclude');
    const act = { type: 'appeal', kind: 'exclude', reason: '恶意重复' } as const;
    expect(world.code({ ...act, kind: 'overdue' }, village)).toBe('not_overdue');
    expect(world.code(act, anActor('HOTLINE_DESK', '92'))).toBe('not_holder');
    world.do(act, anActor('HOTLINE_DESK', '91', 'asker'));
    const review = { type: 'review_appeal', isGranted: true, opinion: '属实' } as const;
    expect(world.code(review, anActor('HOTLINE_DESK', '91', 'other'))).toBe('not_holder');
    world.do(review, anActor('HOTLINE_DESK'));
    expect(world.do(review, anActor('EVALUATOR'))).toMatchObject({
      state: 'done',
      side: { appeal: { result: 'granted' } },
    });
    const late = aTicketAfter('conclude');
    expect(late.wait(7 * 24 * 60 + 1).offered('appeal', village)).toBe('appeal_window_over');
  });
});

describe('redate 时限表更新', () => {
  function limits() {
    let hours = 2;
    const rules = someRules({
      limitFor: (query) => {
        if (query.clock === 'handle') return { value: hours, unit: 'urgent_hour', basis: 'v2' };
        return { ...someLimit(query), value: hours === 2 ? 15 : 20 };
      },
    });
    return { rules, set: (value: number) => (hours = value) };
  }
  const redate = { type: 'redate', reason: '时限表更新' } as const;

  test('takes the limit in force when the clock began, with its extensions and pauses; nothing changed is refused', () => {
    const { rules, set } = limits();
    const world = aCaseAfter('accept', rules);
    expect(world.code(redate, dispatcher)).toBe('wrong_role');
    expect(world.code(redate, system)).toBe('unchanged');
    world.do(ask, village);
    world.do(grant, dispatcher);
    expect(standing(world.state()).clock).toBe('handle until 11-24 12:02');
    set(3);
    expect(world.code({ type: 'redate', reason: '' }, system)).toBe('reason_missing');
    expect(standing(world.do(redate, system)).clock).toBe('handle until 11-24 14:02');
    expect(world.state().handleClock?.taken).toMatchObject({ value: 3, basis: 'v2' });
    expect(world.code(redate, system)).toBe('unchanged');
  });

  test('a stage clock moves, too, and nothing does once handling has ended', () => {
    const { rules, set } = limits();
    const world = aCaseAfter('register', rules);
    expect(standing(world.state()).clock).toBe('dispatch until 11-24 08:16');
    set(4);
    expect(standing(world.do(redate, system)).clock).toBe('dispatch until 11-24 08:21');
    const done = limits();
    const ended = aCaseAfter('feed_back', done.rules);
    done.set(4);
    expect(ended.code(redate, system)).toBe('unchanged');
  });

  test('of a paused case: the pause so far is no reason to move, and counts once when it ends', () => {
    const { rules, set } = limits();
    const world = aCaseAfter('accept', rules);
    world.do({ type: 'request_suspension', until: plus(world.now, DAY_MS), reason: '等待' }, village);
    world.at('09:02').do({ type: 'decide_suspension', isGranted: true, opinion: '同意' }, dispatcher);
    expect(world.at('10:02').code(redate, system)).toBe('unchanged');
    set(3);
    expect(world.do(redate, system)).toMatchObject({ dueAt: null, handleClock: { dueAt: world.at('11:02').now } });
    expect(standing(world.at('12:02').do({ type: 'resume' }, dispatcher)).clock).toBe('handle until 11-24 14:02');
  });

  test('of a ticket to sign: its handling clock first, then the dispatch clock', () => {
    const { rules, set } = limits();
    const world = new World(rules);
    world.begin(aTicket());
    set(5);
    expect(world.do(redate, system)).toMatchObject({ clock: 'dispatch', handleClock: { taken: { value: 5 } } });
    expect(standing(world.do(redate, system)).clock).toBe('dispatch until 11-24 08:20');
    expect(world.code(redate, system)).toBe('unchanged');
  });
});
