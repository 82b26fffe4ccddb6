import { describe, expect, test } from 'vitest';
import { anActor, aReport } from '#tests/builders/cases.ts';
import { someRules } from '#tests/builders/rules.ts';
import { aCaseAfter, aTicketAfter, standing, World, type Act } from '#tests/builders/world.ts';

const dispatcher = anActor('DISPATCHER');
const township = anActor('DEPT', '91');
const village = anActor('DEPT', '911');
const west = anActor('DEPT', '92');
const westVillage = anActor('DEPT', '921');
const back = { type: 'return', reasonCode: 'R01', reason: '不属于本单位' } as const;
const to92 = { unit: '92', personId: 'office-1', role: 'co' } as const;
const to921 = { unit: '921', personId: null, role: 'main' } as const;
const work: readonly Act[] = [
  { type: 'accept', handlerId: 'handler-1' },
  { type: 'handle', result: '已处理' },
];

function ordersOf(world: World): readonly string[] {
  return world.state().side.orders.map(({ unit, state }) => `${unit} ${state}`);
}

describe('撤回 recall', () => {
  test('the sender takes a 派遣 back inside the window; the unit, the clock and the orders are what they were', () => {
    const world = aCaseAfter('register');
    const before = world.wait(1).state();
    world.do({ type: 'dispatch', unit: '911', mode: 'joint', orders: [to92] });
    expect(world.code({ type: 'recall' }, village)).toBe('not_holder');
    expect(world.code({ type: 'recall' }, anActor('LEADER'))).toBe('wrong_role');
    const state = world.wait(1).do({ type: 'recall', reason: '选错单位' }, dispatcher);
    expect(standing(state)).toEqual({
      state: 'pending_dispatch',
      holder: 'desk DISPATCHER',
      clock: 'dispatch until 11-24 08:16',
      chain: 'desk sent_on, 911 recalled, desk now',
    });
    expect(state).toMatchObject({ handleClock: null, side: before.side });
  });

  test('a 下派 is taken back by its sender or the desk for it, and not after the window or 接单', () => {
    const world = aCaseAfter('dispatch');
    world.wait(1).do({ type: 'sub_dispatch', unit: '911' }, township);
    expect(world.code({ type: 'recall' }, west)).toBe('not_holder');
    expect(standing(world.do({ type: 'recall' }, township))).toMatchObject({
      state: 'pending_handle',
      holder: '91 DEPT',
      clock: 'handle until 11-24 10:02',
      chain: 'desk sent_on, 91 sent_on, 911 recalled, 91 now',
    });
    const late = aCaseAfter('sub_dispatch');
    expect(late.wait(1.001).code({ type: 'recall' }, township)).toBe('recall_window_over');
    const taken = aCaseAfter('sub_dispatch');
    taken.do({ type: 'accept', handlerId: 'handler-1' });
    expect(taken.code({ type: 'recall' })).toBe('wrong_state');
    expect(aCaseAfter('sub_dispatch', someRules({ policies: { recallWindowMs: 0 } })).code({ type: 'recall' })).toBe(
      'recall_window_over',
    );
  });

  test('a recall of a 下派 keeps the 延期 that was granted meanwhile', () => {
    const world = aCaseAfter('sub_dispatch');
    world.do({ type: 'request_extension', reason: '缺件' }, village);
    world.do({ type: 'decide_extension', isGranted: true, opinion: '同意' }, dispatcher);
    expect(standing(world.do({ type: 'recall' }, township)).clock).toBe('handle until 11-24 12:02');
  });

  test('an 一键派单 of a ticket is taken back to 已签收 until it is accepted or raised 提级', () => {
    const world = aTicketAfter('assign');
    expect(world.code({ type: 'recall' }, anActor('HOTLINE_DESK', '92'))).toBe('not_holder');
    expect(standing(world.do({ type: 'recall' }, anActor('HOTLINE_DESK', '91')))).toEqual({
      state: 'signed',
      holder: '91 HOTLINE_DESK',
      clock: 'dispatch until 11-24 09:00',
      chain: 'desk sent_on, 91 sent_on, 911 recalled, 91 now',
    });
    const accepted = aTicketAfter('assign');
    accepted.do({ type: 'accept', handlerId: 'handler-1' }, anActor('HANDLER', '911'));
    expect(accepted.code({ type: 'recall' })).toBe('recall_window_over');
    const raised = aTicketAfter('assign');
    raised.do({ type: 'escalate', reason: '疑难' });
    expect(raised.code({ type: 'recall' })).toBe('recall_window_over');
  });
});

describe('联合办件 joint', () => {
  const joint = { type: 'dispatch', unit: '911', mode: 'joint', orders: [to92, to921] } as const;

  test('one act sends the lead and all orders 子单; the lead cannot feed back until each is answered or waived', () => {
    const world = aCaseAfter('register');
    world.wait(1).do(joint, dispatcher);
    expect(world.state().side.orders).toMatchObject([
      { id: `${world.id}-1`, unit: '92', personId: 'office-1', role: 'co', via: 'dispatch', sentAt: world.now },
      { id: `${world.id}-2`, unit: '921', role: 'main', state: 'sent' },
    ]);
    world.all(...work);
    expect(world.offered('feed_back', village)).toBe('orders_open');
    const [first, second] = [`${world.id}-1`, `${world.id}-2`];
    expect(world.code({ type: 'answer_order', orderId: first, words: '已停水' }, west)).toBe('order_not_accepted');
    expect(world.code({ type: 'accept_order', orderId: first }, westVillage)).toBe('not_holder');
    world.do({ type: 'accept_order', orderId: first, handlerId: 'handler-2' }, west);
    expect(world.code({ type: 'accept_order', orderId: first }, west)).toBe('unchanged');
    expect(world.code({ type: 'answer_order', orderId: first, words: ' ' }, west)).toBe('words_missing');
    world.do({ type: 'answer_order', orderId: first, words: '已停水' }, west);
    expect(world.code({ type: 'answer_order', orderId: first, words: '再报' }, west)).toBe('order_ended');
    expect(world.offered('feed_back', village)).toBe('orders_open');
    expect(world.code({ type: 'waive_order', orderId: second, reason: '' }, village)).toBe('reason_missing');
    expect(world.code({ type: 'waive_order', orderId: second, reason: '无关' }, westVillage)).toBe('not_holder');
    world.do({ type: 'waive_order', orderId: second, reason: '与该村无关' }, village);
    expect(world.code({ type: 'waive_order', orderId: second, reason: '再免' }, village)).toBe('order_unknown');
    expect(ordersOf(world)).toEqual(['92 answered', '921 waived']);
    expect(standing(world.do({ type: 'feed_back' }, village)).state).toBe('pending_check');
  });

  test('orders need a mode, a mode needs orders, and no unit gets two', () => {
    const world = aCaseAfter('register');
    expect(world.code({ type: 'dispatch', unit: '911', orders: [to92] })).toBe('orders_without_mode');
    expect(world.code({ type: 'dispatch', unit: '911', mode: 'joint' })).toBe('mode_without_orders');
    expect(world.code({ type: 'dispatch', unit: '911', mode: 'relay', orders: [] })).toBe('mode_without_orders');
    expect(world.code({ type: 'dispatch', unit: '92', mode: 'joint', orders: [to92] })).toBe('unit_twice');
    expect(world.code({ type: 'dispatch', unit: '911', mode: 'joint', orders: [to92, to92] })).toBe('unit_twice');
    const unknown = { ...to92, unit: 'nowhere' };
    expect(world.code({ type: 'dispatch', unit: '911', mode: 'joint', orders: [unknown] })).toBe('unit_unknown');
  });

  test('采办分离 holds for orders, too', () => {
    const world = new World();
    world.begin(aReport({ reporterId: 'finder-1' }));
    world.all({ type: 'register', condition: '属实' }, joint);
    const orderId = `${world.id}-1`;
    expect(world.code({ type: 'accept_order', orderId, handlerId: 'finder-1' }, west)).toBe('finder_is_handler');
  });

  test('orders may be joined on the way down 下派 and stay when the case is sent on without a mode', () => {
    const world = aCaseAfter('dispatch');
    world.wait(1).do({ type: 'sub_dispatch', unit: '911', mode: 'joint', orders: [to92] }, township);
    world.wait(1).do(back, village);
    world.wait(1).do(back, township);
    const state = world.wait(1).do({ type: 'dispatch', unit: '91' }, dispatcher);
    expect(state.side.mode).toBe('joint');
    expect(ordersOf(world)).toEqual(['92 sent']);
  });

  test('首接负责制: the first receiver of a joint case keeps the lead and gives it to nobody', () => {
    const world = aCaseAfter('register');
    world.all(joint, { type: 'accept', handlerId: 'handler-1' });
    expect(world.state().side.firstReceiver).toBe('911');
    world.all(back);
    expect(standing(world.state())).toMatchObject({ state: 'pending_handle', holder: '911 DEPT' });
    expect(world.offered('return', village)).toBe('first_receiver_keeps');
    const alone = aCaseAfter('accept');
    alone.all(back);
    expect(alone.offered('return', village)).toBeNull();
  });
});

describe('接续办件 relay', () => {
  function relay(): World {
    const world = aCaseAfter('register');
    world.all({ type: 'dispatch', unit: '911', mode: 'relay', orders: [to92, to921] }, ...work);
    return world;
  }

  test('each unit hands over to the next in order, and the last one feeds back', () => {
    const world = relay();
    expect(ordersOf(world)).toEqual(['92 waiting', '921 waiting']);
    expect(world.offered('feed_back', village)).toBe('orders_open');
    expect(world.code({ type: 'hand_over', words: '' }, village)).toBe('words_missing');
    expect(world.code({ type: 'hand_over', words: '已清' }, west)).toBe('not_holder');
    const handed = world.do({ type: 'hand_over', words: '已清运' }, village);
    expect(standing(handed)).toEqual({
      state: 'pending_handle',
      holder: '92 DEPT',
      clock: 'handle until 11-24 10:02',
      chain: 'desk sent_on, 911 handed_over, 92 now',
    });
    expect(ordersOf(world)).toEqual(['92 sent', '921 waiting']);
    expect(handed).toMatchObject({ handlerId: null, handleFinishedAt: null, side: { firstReceiver: '911' } });
    world.all(...work, { type: 'hand_over', words: '已修复' });
    expect(ordersOf(world)).toEqual(['92 answered', '921 sent']);
    world.all(...work);
    expect(world.offered('hand_over', westVillage)).toBe('no_next_unit');
    expect(standing(world.do({ type: 'feed_back' }, westVillage)).chain).toBe(
      'desk sent_on, 911 handed_over, 92 handed_over, 921 fed_back',
    );
    expect(ordersOf(world)).toEqual(['92 answered', '921 answered']);
  });

  test('a unit of the relay gives back to the one before, and its order waits for its turn again', () => {
    const world = relay();
    world.all({ type: 'hand_over', words: '已清运' }, back);
    expect(standing(world.state())).toMatchObject({ state: 'returned', holder: '911 DEPT' });
    expect(ordersOf(world)).toEqual(['92 waiting', '921 waiting']);
    world.all(...work);
    world.do({ type: 'waive_order', orderId: `${world.id}-1`, reason: '不需要' }, village);
    expect(standing(world.do({ type: 'hand_over', words: '转西村' }, village)).holder).toBe('921 DEPT');
  });

  test('a unit of the relay may send down; its order ends with the feedback of the lower unit', () => {
    const world = relay();
    world.do({ type: 'waive_order', orderId: `${world.id}-2`, reason: '不需要' }, village);
    world.all({ type: 'hand_over', words: '已清运' }, { type: 'sub_dispatch', unit: '921' }, ...work, {
      type: 'feed_back',
    });
    expect(ordersOf(world)).toEqual(['92 answered', '921 waived']);
  });

  test('a ticket is handed over to 已派单 of the next unit', () => {
    const world = aTicketAfter('sign');
    world.all(
      { type: 'assign', unit: '911', mode: 'relay', orders: [to92] },
      { type: 'contact', result: '已接通', handlerId: 'handler-1' },
      { type: 'start_work' },
    );
    expect(world.offered('reply')).toBe('orders_open');
    expect(standing(world.do({ type: 'hand_over', words: '转西镇' }, village))).toMatchObject({
      state: 'assigned',
      holder: '92 HANDLER',
      clock: 'handle until 11-25 08:00',
    });
    world.all({ type: 'contact', result: '再次联系' }, { type: 'start_work' }, { type: 'reply', reply: '已办' });
    expect(ordersOf(world)).toEqual(['92 answered']);
  });
});

describe('吹哨报到 whistle of a case', () => {
  test('the unit or one above it calls departments; 报到 is timed, and they answer to the lead', () => {
    const world = aCaseAfter('accept');
    const whistle = { type: 'whistle', orders: [to92], reason: '联合执法' } as const;
    expect(world.code(whistle, west)).toBe('not_holder');
    expect(world.code({ ...whistle, reason: '' }, village)).toBe('reason_missing');
    expect(world.code({ ...whistle, orders: [] }, village)).toBe('unit_unknown');
    expect(world.code({ ...whistle, orders: [{ ...to92, unit: '911' }] }, village)).toBe('unit_twice');
    const state = world.wait(1).do(whistle, township);
    expect(standing(state)).toMatchObject({ state: 'handling', holder: '911 HANDLER' });
    expect(state.side).toMatchObject({ mode: 'joint', orders: [{ via: 'whistle', state: 'sent' }] });
    const orderId = `${world.id}-1`;
    expect(world.code({ type: 'arrive', orderId }, westVillage)).toBe('not_holder');
    world.wait(25).do({ type: 'arrive', orderId }, west);
    expect(world.code({ type: 'arrive', orderId }, west)).toBe('unchanged');
    expect(world.state().side.orders).toMatchObject([{ state: 'arrived', arrivedAt: world.now }]);
    world.wait(1).do({ type: 'accept_order', orderId }, west);
    expect(world.state().side.orders).toMatchObject([{ state: 'arrived', acceptedAt: world.now }]);
    expect(world.code({ type: 'arrive', orderId: 'nothing' }, west)).toBe('order_unknown');
    world.do({ type: 'answer_order', orderId, words: '已到场处置' }, west);
    world.do({ type: 'handle', result: '已处置' });
    expect(world.offered('feed_back', village)).toBeNull();
    expect(aCaseAfter('accept').offered('arrive')).toBe('order_unknown');
  });
});

describe('逐级批示 endorsement', () => {
  const chain = {
    type: 'start_endorsement',
    steps: [
      { post: '班长', personId: 'lead-1', limitMinutes: 5 },
      { post: '主管领导', personId: null, limitMinutes: 10 },
    ],
  } as const;
  const desk91 = anActor('HOTLINE_DESK', '91', 'desk-91');
  const lead = anActor('LEADER', '91', 'lead-1');
  const leader = anActor('LEADER', '91', 'leader-9');
  const agree = { type: 'endorse', decision: 'agree', opinion: '同意派单' } as const;

  function stepsOf(world: World): readonly string[] {
    return world.state().side.endorsement?.steps.map(({ post, state }) => `${post} ${state}`) ?? [];
  }

  test('T5: step by step, each by its person or whoever holds the post; 派单 waits for the last', () => {
    const world = aTicketAfter('sign');
    expect(world.code({ type: 'start_endorsement', steps: [] }, desk91)).toBe('endorsement_empty');
    expect(world.code({ type: 'start_endorsement', steps: [{ ...chain.steps[0], post: ' ' }] })).toBe(
      'endorsement_empty',
    );
    expect(world.code(chain, anActor('LEADER', '91'))).toBe('wrong_role');
    expect(world.offered('endorse', lead)).toBe('endorsement_missing');
    world.wait(6).do(chain, desk91);
    expect(world.offered('start_endorsement', desk91)).toBe('endorsement_open');
    expect(stepsOf(world)).toEqual(['班长 current', '主管领导 waiting']);
    expect(world.state().side.endorsement?.steps[0]?.dueAt).toBe(world.now + 5 * 60_000);
    expect(world.offered('assign', desk91)).toBe('endorsement_open');
    expect(world.code(agree, leader)).toBe('not_the_endorser');
    expect(world.code({ ...agree, opinion: '' }, lead)).toBe('opinion_missing');
    const state = world.wait(5).do(agree, lead);
    expect(standing(state)).toMatchObject({ state: 'signed', holder: '91 HOTLINE_DESK' });
    expect(stepsOf(world)).toEqual(['班长 endorsed', '主管领导 current']);
    expect(world.offered('assign', desk91)).toBe('endorsement_open');
    expect(world.code(agree, anActor('LEADER', '92'))).toBe('not_the_endorser');
    expect(world.wait(5).do(agree, leader).side.endorsement?.steps[1]).toMatchObject({
      state: 'endorsed',
      endedBy: 'leader-9',
      opinion: '同意派单',
      startedAt: world.now - 5 * 60_000,
    });
    expect(world.offered('assign', desk91)).toBeNull();
    expect(world.offered('endorse', leader)).toBe('endorsement_missing');
  });

  test('转办 delegate: another person endorses, and both are on record', () => {
    const world = aTicketAfter('sign');
    world.do(chain, desk91);
    const act = { type: 'delegate_endorsement', personId: 'lead-2', reason: '出差' } as const;
    expect(world.code(act, leader)).toBe('not_the_endorser');
    expect(world.code({ ...act, reason: '' }, lead)).toBe('reason_missing');
    expect(world.do(act, lead).side.endorsement?.steps[0]).toMatchObject({
      state: 'current',
      personId: 'lead-2',
      delegatedBy: ['lead-1'],
    });
    expect(world.code(agree, lead)).toBe('not_the_endorser');
    world.do(agree, anActor('LEADER', '91', 'lead-2'));
    expect(stepsOf(world)).toEqual(['班长 endorsed', '主管领导 current']);
  });

  test('跳过 skip: the desk of the unit skips a step with a reason', () => {
    const world = aTicketAfter('sign');
    expect(world.offered('skip_endorsement', desk91)).toBe('endorsement_missing');
    world.do(chain, desk91);
    expect(world.code({ type: 'skip_endorsement', reason: '' }, desk91)).toBe('reason_missing');
    expect(world.code({ type: 'skip_endorsement', reason: '休假' }, anActor('HOTLINE_DESK', '92'))).toBe('not_holder');
    expect(world.code({ type: 'skip_endorsement', reason: '休假' }, lead)).toBe('wrong_role');
    world.do({ type: 'skip_endorsement', reason: '休假' }, desk91);
    expect(stepsOf(world)).toEqual(['班长 skipped', '主管领导 current']);
  });

  test('退回 send back: the whole chain ends, nothing goes out, and a new chain may begin', () => {
    const world = aTicketAfter('sign');
    world.do(chain, desk91);
    world.do({ type: 'endorse', decision: 'send_back', opinion: '主办单位不对' }, lead);
    expect(stepsOf(world)).toEqual(['班长 sent_back', '主管领导 sent_back']);
    expect(world.offered('endorse', leader)).toBe('endorsement_missing');
    expect(world.offered('assign', desk91)).toBe('endorsement_open');
    expect(world.offered('start_endorsement', desk91)).toBeNull();
    world.do({ ...chain, steps: [chain.steps[0]] }, desk91);
    world.do(agree, lead);
    expect(world.offered('assign', desk91)).toBeNull();
  });

  test('先派后批: an urgent ticket may go out while its chain is open, if the policy says so', () => {
    const urgent = someRules({ isUrgent: () => true });
    const world = aTicketAfter('sign', urgent);
    world.do(chain, desk91);
    expect(world.do({ type: 'assign', unit: '911' }, desk91).state).toBe('assigned');
    world.do(agree, lead);
    expect(stepsOf(world)).toEqual(['班长 endorsed', '主管领导 current']);
    const strict = someRules({ isUrgent: () => true, policies: { urgentDispatchesFirst: false } });
    const waits = aTicketAfter('sign', strict);
    waits.do(chain, desk91);
    expect(waits.offered('assign', desk91)).toBe('endorsement_open');
  });

  test('of a case: the dispatcher asks before 派遣, the unit before 下派', () => {
    const world = aCaseAfter('register');
    world.do(chain, dispatcher);
    expect(world.offered('dispatch', dispatcher)).toBe('endorsement_open');
    expect(world.offered('return', dispatcher)).toBeNull();
    world.do(agree, lead);
    expect(world.code(agree, leader)).toBe('not_the_endorser');
    world.do(agree, anActor('LEADER'));
    world.do({ type: 'dispatch', unit: '91' });
    world.do(chain, township);
    expect(world.offered('sub_dispatch', township)).toBe('endorsement_open');
  });
});
