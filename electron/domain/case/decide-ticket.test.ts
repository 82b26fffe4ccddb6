import { describe, expect, test } from 'vitest';
import { anActor, morning } from '#tests/builders/cases.ts';
import { someRules } from '#tests/builders/rules.ts';
import { aTicket, aTicketAfter, standing, World } from '#tests/builders/world.ts';
import { plus } from '#domain/base/instant.ts';

const districtDesk = anActor('HOTLINE_DESK');
const desk91 = anActor('HOTLINE_DESK', '91');
const desk92 = anActor('HOTLINE_DESK', '92');
const village = anActor('DEPT', '911');
const handler = anActor('HANDLER', '911', 'handler-1');
const west = anActor('DEPT', '92');

describe('domain.md §7.7', () => {
  test('T1 接收: from the city system with its time class; dispatch, first contact and handling count from the issue', () => {
    const world = new World();
    world.at('08:05');
    const state = world.begin(aTicket(), anActor('SYSTEM'));
    expect(standing(state)).toEqual({
      state: 'to_sign',
      holder: '91 HOTLINE_DESK',
      clock: 'dispatch until 11-24 09:00',
      chain: 'desk sent_on, 91 now',
    });
    expect(state).toMatchObject({
      record: 'ticket',
      source: 'hotline',
      reportedAt: morning,
      handleClock: { startedAt: morning, dueAt: plus(morning, 24 * 3_600_000) },
      side: { ticket: { timeClass: 'livelihood', contactDueAt: plus(morning, 30 * 60_000), round: 1 } },
    });
    expect(() => world.begin(aTicket(), anActor('ACCEPTOR'))).toThrow(/wrong_role/);
    expect(() => world.begin(aTicket({ timeClass: 'other' }))).toThrow(/time_class_unknown/);
    expect(() => world.begin(aTicket({ unit: '9' }))).toThrow(/unit_unknown/);
    expect(() => world.begin(aTicket({ description: ' ' }))).toThrow(/description_missing/);
    expect(() => world.begin(aTicket({ lat: null }))).toThrow(/place_incomplete/);
    expect(() => world.begin(aTicket({ issuedAt: plus(world.now, 3 * 60_000) }))).toThrow(/reported_in_future/);
  });

  test('T2 签收: by the desk of the township that got it; it is the first receiver 首接单位', () => {
    const world = aTicketAfter('receive');
    expect(world.code({ type: 'sign' }, desk92)).toBe('not_holder');
    expect(world.code({ type: 'sign' }, village)).toBe('wrong_role');
    const state = world.wait(3).do({ type: 'sign' }, desk91);
    expect(standing(state)).toMatchObject({
      state: 'signed',
      holder: '91 HOTLINE_DESK',
      clock: 'dispatch until 11-24 09:00',
    });
    expect(state.side).toMatchObject({ firstReceiver: '91', ticket: { signedAt: world.now } });
  });

  test('T3 退单申请: with a coded reason, before signing, inside the return window in work hours', () => {
    const act = { type: 'request_return', reasonCode: 'R02', reason: '不属本镇' } as const;
    const world = aTicketAfter('receive');
    expect(world.code(act, desk92)).toBe('not_holder');
    expect(world.code({ ...act, reasonCode: 'no' }, desk91)).toBe('reason_code_unknown');
    expect(world.code({ ...act, reason: '' }, desk91)).toBe('reason_missing');
    expect(aTicketAfter('sign').code(act, desk91)).toBe('wrong_state');
    expect(world.at('18:00').offered('request_return', desk91)).toBeNull();
    expect(world.at('08:01', '2026-11-25').offered('request_return', desk91)).toBe('return_window_over');
    const state = world.at('17:59').do(act, desk91);
    expect(standing(state)).toMatchObject({
      state: 'return_review',
      holder: 'desk HOTLINE_DESK',
      chain: 'desk sent_on, 91 returned, desk now',
    });
    expect(state).toMatchObject({ returnCount: 1, side: { ticket: { returnRequest: { reasonCode: 'R02' } } } });
  });

  test('T4 改派/驳回: the district desk sends it to another township, or to the same one again', () => {
    const asked = () => {
      const world = aTicketAfter('receive');
      world.all({ type: 'request_return', reasonCode: 'R02', reason: '不属本镇' });
      return world;
    };
    const world = asked();
    expect(world.code({ type: 'review_return', unit: null, opinion: '驳回' }, desk91)).toBe('not_holder');
    expect(world.code({ type: 'review_return', unit: null, opinion: '' }, districtDesk)).toBe('opinion_missing');
    expect(world.code({ type: 'review_return', unit: 'nowhere', opinion: '改派' }, districtDesk)).toBe('unit_unknown');
    expect(world.code({ type: 'review_return', unit: '91', opinion: '改派' }, districtDesk)).toBe('unit_twice');
    const moved = world.do({ type: 'review_return', unit: '92', opinion: '改派' }, districtDesk);
    expect(standing(moved)).toMatchObject({
      state: 'to_sign',
      holder: '92 HOTLINE_DESK',
      clock: 'dispatch until 11-24 09:00',
      chain: 'desk sent_on, 91 returned, desk sent_on, 92 now',
    });
    expect(moved.side.ticket?.returnRequest).toBeNull();
    const refused = asked().do({ type: 'review_return', unit: null, opinion: '驳回' }, districtDesk);
    expect(standing(refused)).toMatchObject({ state: 'to_sign', holder: '91 HOTLINE_DESK' });
  });

  test('T5 逐级批示: leaders endorse while the ticket stays 已签收', () => {
    const world = aTicketAfter('sign');
    world.do({ type: 'start_endorsement', steps: [{ post: '主管领导', personId: null, limitMinutes: 10 }] }, desk91);
    const state = world.do({ type: 'endorse', decision: 'agree', opinion: '同意' }, anActor('LEADER', '91'));
    expect(standing(state)).toMatchObject({ state: 'signed', holder: '91 HOTLINE_DESK' });
    expect(aTicketAfter('receive').offered('start_endorsement', desk91)).toBe('wrong_state');
  });

  test('T6 一键派单: one act sends the lead’s order and all sub-orders to named persons; the handling clock shows', () => {
    const world = aTicketAfter('sign');
    const act = {
      type: 'assign',
      unit: '911',
      personId: 'cadre-1',
      mode: 'joint',
      orders: [{ unit: '92', personId: 'office-1', role: 'co' }],
    } as const;
    expect(world.code(act, desk92)).toBe('not_holder');
    expect(world.code(act, village)).toBe('wrong_role');
    expect(world.code({ type: 'assign', unit: 'nowhere' }, desk91)).toBe('unit_unknown');
    const state = world.wait(20).do(act, desk91);
    expect(standing(state)).toEqual({
      state: 'assigned',
      holder: '911 HANDLER',
      clock: 'handle until 11-25 08:00',
      chain: 'desk sent_on, 91 sent_on, 911 now',
    });
    expect(state.chain.at(-1)?.personId).toBe('cadre-1');
    expect(state.side.orders).toMatchObject([{ unit: '92', personId: 'office-1', state: 'sent' }]);
  });

  test('T7 接单 and 首响: the handler accepts, then calls; the first contact is kept', () => {
    const world = aTicketAfter('assign');
    expect(world.code({ type: 'accept', handlerId: 'caller-1' }, handler)).toBe('finder_is_handler');
    const accepted = world.wait(1).do({ type: 'accept', handlerId: 'handler-1' }, handler);
    expect(accepted).toMatchObject({
      state: 'assigned',
      handlerId: 'handler-1',
      side: { ticket: { acceptedAt: world.now } },
    });
    const call = { type: 'contact', result: '已联系，先停水' } as const;
    expect(world.code(call, anActor('HANDLER', '921'))).toBe('not_holder');
    expect(world.code(call, village)).toBe('wrong_role');
    expect(world.code({ ...call, result: '' }, handler)).toBe('result_missing');
    expect(world.code({ ...call, handlerId: 'caller-1' }, handler)).toBe('finder_is_handler');
    const state = world.wait(2).do(call, handler);
    expect(standing(state)).toMatchObject({
      state: 'contacted',
      holder: '911 HANDLER',
      clock: 'handle until 11-25 08:00',
    });
    expect(state).toMatchObject({ handlerId: 'handler-1', side: { ticket: { firstContactAt: world.now } } });
  });

  test('T8 开始办理', () => {
    const world = aTicketAfter('contact');
    expect(world.code({ type: 'start_work' }, village)).toBe('wrong_role');
    expect(world.code({ type: 'start_work' }, anActor('HANDLER', '921'))).toBe('not_holder');
    expect(standing(world.do({ type: 'start_work' }, handler))).toMatchObject({
      state: 'handling',
      holder: '911 HANDLER',
    });
  });

  test('T9 吹哨/报到: 吹哨协办 until every called unit has come, with its arrival time', () => {
    const world = aTicketAfter('start_work');
    const order = (unit: string) => ({ unit, personId: null, role: 'co' }) as const;
    expect(world.code({ type: 'whistle', orders: [order('92')], reason: '关阀' }, west)).toBe('not_holder');
    const called = world.wait(30).do({ type: 'whistle', orders: [order('92'), order('921')], reason: '关阀' }, village);
    expect(standing(called)).toMatchObject({ state: 'co_handling', holder: '911 HANDLER' });
    const [first, second] = [`${world.id}-1`, `${world.id}-2`];
    world.do({ type: 'accept_order', orderId: first }, west);
    expect(world.state().state).toBe('co_handling');
    expect(world.wait(25).do({ type: 'arrive', orderId: first }, west)).toMatchObject({
      state: 'co_handling',
      side: { orders: [{ arrivedAt: world.now }, {}] },
    });
    expect(world.do({ type: 'arrive', orderId: second }, anActor('DEPT', '921')).state).toBe('handling');
    expect(world.do({ type: 'accept_order', orderId: second }, anActor('DEPT', '921')).state).toBe('handling');
    expect(world.do({ type: 'whistle', orders: [order('9112')], reason: '断电' }, desk91).state).toBe('co_handling');
    expect(world.do({ type: 'waive_order', orderId: `${world.id}-3`, reason: '已自行恢复' }, village).state).toBe(
      'handling',
    );
  });

  test('T10 反馈: with a reply, after every order was answered or waived; the handling clock stops', () => {
    const world = aTicketAfter('start_work');
    world.all({ type: 'whistle', orders: [{ unit: '92', personId: null, role: 'co' }], reason: '关阀' });
    const act = { type: 'reply', reply: '已修复' } as const;
    expect(world.offered('reply', handler)).toBe('orders_open');
    const orderId = `${world.id}-1`;
    world.all({ type: 'arrive', orderId }, { type: 'answer_order', orderId, words: '已关阀' });
    expect(world.code(act, west)).toBe('not_holder');
    expect(world.code({ type: 'reply', reply: ' ' }, village)).toBe('result_missing');
    const state = world.wait(5).do(act, village);
    expect(standing(state)).toEqual({
      state: 'replied',
      holder: 'desk HOTLINE_DESK',
      clock: null,
      chain: 'desk sent_on, 91 sent_on, 911 fed_back',
    });
    expect(state).toMatchObject({
      handleFinishedAt: world.now,
      handleClock: { endedAt: world.now },
      side: { ticket: { reply: '已修复' } },
    });
  });

  test('T11 回访: the city calls back', () => {
    const world = aTicketAfter('reply');
    expect(world.code({ type: 'begin_call_back' }, desk91)).toBe('not_holder');
    expect(world.code({ type: 'begin_call_back' }, handler)).toBe('wrong_role');
    const state = world.do({ type: 'begin_call_back' }, anActor('SYSTEM'));
    expect(standing(state)).toMatchObject({ state: 'calling_back', holder: 'desk HOTLINE_DESK', clock: null });
  });

  test('T12 办结: 是否解决 and 是否满意 are set', () => {
    const world = aTicketAfter('begin_call_back');
    const act = { type: 'conclude', solved: 'unsolved', satisfied: 'basic' } as const;
    expect(world.code(act, desk91)).toBe('not_holder');
    expect(world.code({ ...act, solved: 'maybe' })).toBe('answer_unknown');
    expect(world.code({ ...act, satisfied: 'maybe' })).toBe('answer_unknown');
    const state = world.do(act, districtDesk);
    expect(standing(state)).toMatchObject({ state: 'done', holder: null, clock: null });
    expect(state).toMatchObject({ closedAt: world.now, side: { ticket: { solved: 'unsolved', satisfied: 'basic' } } });
  });

  test('T13 未解决再办: the same unit again, one round more, with a new limit, within the policy', () => {
    const world = aTicketAfter('begin_call_back', someRules({ policies: { maxTicketRounds: 2 } }));
    const act = { type: 'redo', reason: '仍漏水' } as const;
    expect(world.code(act, desk91)).toBe('not_holder');
    expect(world.code({ type: 'redo', reason: '' }, districtDesk)).toBe('reason_missing');
    const state = world.at('09:00', '2026-11-25').do(act, districtDesk);
    expect(standing(state)).toEqual({
      state: 'handling',
      holder: '911 HANDLER',
      clock: 'handle until 11-26 09:00',
      chain: 'desk sent_on, 91 sent_on, 911 fed_back, 911 now',
    });
    expect(state).toMatchObject({
      reworkCount: 1,
      handleClock: { startedAt: world.now, endedAt: null, stops: [] },
      side: { ticket: { round: 2 } },
    });
    world.all({ type: 'reply', reply: '已换管' }, { type: 'begin_call_back' });
    expect(world.offered('redo', districtDesk)).toBe('rounds_used_up');
  });

  test('a ticket that the desk answered itself after 提级 goes back to the unit that had it, or stays at the desk', () => {
    const world = aTicketAfter('start_work');
    world.all(
      { type: 'escalate', unit: null, reason: '疑难' },
      { type: 'reply', reply: '区级协调' },
      { type: 'begin_call_back' },
    );
    const state = world.do({ type: 'redo', reason: '未解决' }, districtDesk);
    expect(standing(state)).toMatchObject({ state: 'handling', holder: 'desk HANDLER' });
  });
});
