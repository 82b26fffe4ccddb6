import { describe, expect, test } from 'vitest';
import { anActor, aReport, desk } from '#tests/builders/cases.ts';
import { someRules } from '#tests/builders/rules.ts';
import { aCaseAfter, standing, World, type Act } from '#tests/builders/world.ts';
import type { Role } from '#domain/access/roles.ts';
import { openStates } from './lifecycle.ts';

const acceptor = anActor('ACCEPTOR');
const dispatcher = anActor('DISPATCHER');
const shiftLeader = anActor('SHIFT_LEADER');
const township = anActor('DEPT', '91');
const village = anActor('DEPT', '911');
const elsewhere = anActor('DEPT', '921');
const handler = anActor('HANDLER', '911', 'handler-1');
const collector = anActor('COLLECTOR', '911', 'collector-1');
const back = { type: 'return', reasonCode: 'R01', reason: '不属于本单位' } as const;

/** Every role but those, each at the desk, so that only the role can be what is refused. */
function otherRoles(...allowed: readonly Role[]) {
  const all: readonly Role[] = [
    ...(['COLLECTOR', 'ACCEPTOR', 'DISPATCHER', 'SHIFT_LEADER', 'DEPT', 'HANDLER', 'EVALUATOR'] as const),
    ...(['LEADER', 'HOTLINE_DESK', 'ADMIN', 'SYSTEM'] as const),
  ];
  return all.filter((role) => !allowed.includes(role)).map((role) => anActor(role));
}

function expectOnly(world: World, act: Act, ...allowed: readonly Role[]): void {
  for (const actor of otherRoles(...allowed))
    expect([actor.roles, world.code(act, actor)]).toEqual([actor.roles, 'wrong_role']);
}

describe('domain.md §4.4', () => {
  test('row 1 上报: a collector’s own report waits for 立案, everything else for 受理; the 受理 clock of 15 minutes runs', () => {
    const world = new World();
    const own = world.begin(aReport({ source: 'grid_staff' }), anActor('COLLECTOR', '911'));
    expect(standing(own)).toEqual({
      state: 'pending_register',
      holder: 'desk ACCEPTOR',
      clock: 'register until 11-24 08:15',
      chain: '',
    });
    expect(standing(world.begin(aReport(), acceptor))).toMatchObject({ state: 'reported', holder: 'desk ACCEPTOR' });
    expect(world.begin(aReport(), anActor('SYSTEM')).state).toBe('reported');
    for (const actor of otherRoles('COLLECTOR', 'ACCEPTOR', 'SYSTEM')) {
      expect(() => world.begin(aReport(), actor)).toThrow(/wrong_role/);
    }
    expect(() => world.begin(aReport(), anActor('COLLECTOR'))).toThrow(/wrong_role/);
  });

  test('row 1 上报: a class must not be reported from a 管控区域 or in a 管控时段, and the message is told', () => {
    const rules = someRules({ blackout: (_, gridCode) => (gridCode === '9111' ? '施工封闭' : null) });
    const world = new World(rules);
    expect(() => world.begin(aReport())).toThrow(/blackout/);
    expect(world.begin(aReport({ lon: 117.25 })).place.gridCode).toBe('9211');
    expect(world.begin(aReport({ imported: { state: 'open', closedAt: null } })).state).toBe('reported');
  });

  test('row 2 核实: the acceptor sends a collector who is not the finder; a collector’s own report needs none', () => {
    const verify = { type: 'request_verify', collectorId: 'collector-1' } as const;
    const world = aCaseAfter('report');
    expectOnly(world, verify, 'ACCEPTOR');
    expect(standing(world.wait(1).do(verify, acceptor))).toEqual({
      state: 'verifying',
      holder: 'desk COLLECTOR',
      clock: 'verify until 11-24 08:31',
      chain: '',
    });
    const ofFinder = new World();
    ofFinder.begin(aReport({ source: 'lane_steward', reporterId: 'collector-1' }));
    expect(ofFinder.code(verify)).toBe('finder_is_checker');
    const own = new World();
    own.begin(aReport({ source: 'grid_staff' }));
    expect(own.code(verify)).toBe('verify_not_needed');
  });

  test('row 3 核实结果: 存在 goes on, 不存在 cannot be filed, 无法核实 is for the acceptor to decide', () => {
    const world = aCaseAfter('report');
    world.all({ type: 'request_verify', collectorId: 'collector-1' });
    expectOnly(world, { type: 'verify', result: 'exists' }, 'COLLECTOR');
    expect(world.code({ type: 'verify', result: 'exists' }, anActor('COLLECTOR', '911', 'other'))).toBe(
      'not_the_collector',
    );
    expect(world.code({ type: 'verify', result: 'absent' }, collector)).toBe('opinion_missing');
    const state = world.wait(4).do({ type: 'verify', result: 'exists' }, collector);
    expect(standing(state)).toMatchObject({
      state: 'pending_register',
      holder: 'desk ACCEPTOR',
      clock: 'register until 11-24 08:20',
    });
    expect(state.side.verification).toEqual({ collectorId: 'collector-1', result: 'exists', opinion: null });

    world.all({ type: 'request_verify', collectorId: 'collector-1' });
    world.wait(1).do({ type: 'verify', result: 'absent', opinion: '现场未见' }, collector);
    expect(world.offered('register', acceptor)).toBe('verified_absent');
    world.all({ type: 'request_verify', collectorId: 'collector-1' });
    world.wait(1).do({ type: 'verify', result: 'unable', opinion: '院门锁闭' }, collector);
    expect(world.offered('register', acceptor)).toBeNull();
  });

  test('row 4 立案: by the acceptor, with the 立案条件; the 派遣 clock of 15 minutes runs and the desk heads the chain', () => {
    const world = aCaseAfter('report');
    const act = { type: 'register', condition: ' 属实 ' } as const;
    expectOnly(world, act, 'ACCEPTOR');
    expect(world.code({ type: 'register', condition: ' ' })).toBe('condition_missing');
    const state = world.wait(5).do(act, acceptor);
    expect(standing(state)).toEqual({
      state: 'pending_dispatch',
      holder: 'desk DISPATCHER',
      clock: 'dispatch until 11-24 08:20',
      chain: 'desk now',
    });
    expect(state.condition).toBe('属实');
  });

  test.each([
    ['reject', 'not_accepted'],
    ['void', 'void'],
  ] as const)('row 5 不立案/作废: %s by the acceptor with a reason ends a case that is not filed', (type, end) => {
    const world = aCaseAfter('report');
    expectOnly(
      world,
      { type, reason: '不符合立案条件' },
      'ACCEPTOR',
      ...(type === 'void' ? (['SHIFT_LEADER', 'ADMIN'] as const) : []),
    );
    expect(world.code({ type, reason: ' ' }, acceptor)).toBe('reason_missing');
    const state = world.wait(1).do({ type, reason: '不符合立案条件' }, acceptor);
    expect(standing(state)).toEqual({ state: end, holder: null, clock: null, chain: '' });
    expect(state.side.endReason).toBe('不符合立案条件');
    expect(aCaseAfter('register').code({ type, reason: '不符合' }, acceptor)).toBe(
      type === 'void' ? 'wrong_role' : 'wrong_state',
    );
  });

  test('row 6 派遣: by the dispatcher to a unit; the handling clock starts', () => {
    const world = aCaseAfter('register');
    const act = { type: 'dispatch', unit: '91', personId: 'cadre-1', opinion: '请处理' } as const;
    expectOnly(world, act, 'DISPATCHER');
    expect(world.code({ type: 'dispatch', unit: 'nowhere' })).toBe('unit_unknown');
    expect(world.code({ type: 'dispatch', unit: '9' })).toBe('unit_not_below');
    const state = world.wait(3).do(act, dispatcher);
    expect(standing(state)).toEqual({
      state: 'pending_handle',
      holder: '91 DEPT',
      clock: 'handle until 11-24 10:04',
      chain: 'desk sent_on, 91 now',
    });
    expect(state.chain.at(-1)?.personId).toBe('cadre-1');
    expect(state.chain[0]?.opinion).toBe('请处理');
    expect(state.handleClock?.taken).toEqual({ value: 2, unit: 'urgent_hour', basis: '01' });
  });

  test('row 6a 下派: the township sends to a unit below it; the deadline stays', () => {
    const world = aCaseAfter('dispatch');
    const act = { type: 'sub_dispatch', unit: '911' } as const;
    expectOnly(world, act, 'DEPT');
    expect(world.code(act, elsewhere)).toBe('not_holder');
    expect(world.code(act, anActor('DEPT', '92'))).toBe('not_holder');
    for (const unit of ['921', '92', '91']) {
      expect(world.code({ type: 'sub_dispatch', unit }, township)).toBe('unit_not_below');
    }
    expect(standing(world.wait(4).do(act, township))).toEqual({
      state: 'pending_handle',
      holder: '911 DEPT',
      clock: 'handle until 11-24 10:02',
      chain: 'desk sent_on, 91 sent_on, 911 now',
    });
  });

  test('row 7 回退受理: the dispatcher gives the case back to the acceptor, who may file it again or end it', () => {
    const world = aCaseAfter('register');
    expectOnly(world, back, 'DISPATCHER');
    expect(world.code({ ...back, reasonCode: 'X' })).toBe('reason_code_unknown');
    expect(world.code({ ...back, reason: '' })).toBe('reason_missing');
    const state = world.wait(1).do(back, dispatcher);
    expect(standing(state)).toMatchObject({
      state: 'returned',
      holder: 'desk ACCEPTOR',
      chain: 'desk returned, desk now',
    });
    expect(state).toMatchObject({ returnedTo: 'ACCEPTOR', returnCount: 1, condition: '属实' });
    for (const action of ['dispatch', 'sub_dispatch', 'accept', 'return'] as const) {
      expect(world.offered(action)).toBe('returned_to_other_post');
    }
    for (const action of ['reject', 'void', 'register'] as const) expect(world.offered(action, acceptor)).toBeNull();
    expect(standing(world.do({ type: 'register', condition: '属实' }, acceptor)).state).toBe('pending_dispatch');
  });

  test('row 8 回退派遣: a unit gives the case back one hop; the receiver repairs or sends on and skips nothing', () => {
    const world = aCaseAfter('sub_dispatch');
    expect(world.code(back, elsewhere)).toBe('not_holder');
    expect(standing(world.wait(1).do(back, village))).toEqual({
      state: 'returned',
      holder: '91 DEPT',
      clock: 'handle until 11-24 10:02',
      chain: 'desk sent_on, 91 sent_on, 911 returned, 91 now',
    });
    expect(world.offered('dispatch', dispatcher)).toBe('returned_to_other_post');
    expect(world.offered('accept', village)).toBe('not_holder');
    for (const action of ['sub_dispatch', 'accept', 'return'] as const)
      expect(world.offered(action, township)).toBeNull();
    const atDesk = world.wait(1).do(back, township);
    expect(standing(atDesk)).toMatchObject({
      holder: 'desk DISPATCHER',
      chain: 'desk sent_on, 91 sent_on, 911 returned, 91 returned, desk now',
    });
    expect(atDesk).toMatchObject({ returnedTo: 'DISPATCHER', returnCount: 2 });
    expect(world.offered('close')).toBe('wrong_state');
    expect(world.offered('register', acceptor)).toBe('returned_to_other_post');
    const again = world.wait(60).do({ type: 'dispatch', unit: '92' }, dispatcher);
    expect(standing(again).clock).toBe('handle until 11-24 10:02');
    expect(again.returnedTo).toBeNull();
  });

  test('row 9 接单: the unit takes the case and names the handler, who is not the finder 采办分离', () => {
    const world = new World();
    world.begin(aReport({ source: 'grid_staff', reporterId: 'collector-9' }), anActor('COLLECTOR', '911'));
    world.all({ type: 'register', condition: '属实' }, { type: 'dispatch', unit: '911' });
    const act = { type: 'accept', handlerId: 'handler-1' } as const;
    expectOnly(world, act, 'DEPT');
    expect(world.code(act, township)).toBe('not_holder');
    expect(world.code({ type: 'accept', handlerId: 'collector-9' }, village)).toBe('finder_is_handler');
    const state = world.wait(1).do(act, village);
    expect(standing(state)).toEqual({
      state: 'handling',
      holder: '911 HANDLER',
      clock: 'handle until 11-24 10:02',
      chain: 'desk sent_on, 911 now',
    });
    expect(state).toMatchObject({ handlerId: 'handler-1', side: { firstReceiver: '911' } });
  });

  test('row 10 提交前退回: the handler gives the case back to the unit; not after the result is submitted', () => {
    const world = aCaseAfter('accept');
    expectOnly(world, back, 'HANDLER');
    expect(world.code(back, village)).toBe('wrong_role');
    const state = world.do(back, handler);
    expect(standing(state)).toMatchObject({ state: 'pending_handle', holder: '911 DEPT' });
    expect(state.handlerId).toBeNull();
    expect(aCaseAfter('handle').code(back, handler)).toBe('wrong_role');
  });

  test('row 11 处置: the named handler submits the result', () => {
    const world = aCaseAfter('accept');
    const act = { type: 'handle', result: '已更换' } as const;
    expectOnly(world, act, 'HANDLER');
    expect(world.code(act, anActor('HANDLER', '911', 'handler-2'))).toBe('not_the_handler');
    expect(world.code(act, anActor('HANDLER', '921', 'handler-1'))).toBe('not_holder');
    expect(world.code({ type: 'handle', result: '' }, handler)).toBe('result_missing');
    const state = world.wait(25).do(act, handler);
    expect(standing(state)).toMatchObject({
      state: 'handle_finished',
      holder: '911 DEPT',
      clock: 'handle until 11-24 10:02',
    });
    expect(state.handleFinishedAt).toBe(world.now);
  });

  test('row 12 审核退回: the unit rejects the result; the same handler goes on and earlier material stays', () => {
    const world = aCaseAfter('handle');
    expectOnly(world, back, 'DEPT');
    expect(world.code(back, township)).toBe('not_holder');
    const state = world.do(back, village);
    expect(standing(state)).toMatchObject({ state: 'handling', holder: '911 HANDLER' });
    expect(state).toMatchObject({ handlerId: 'handler-1', handleFinishedAt: null, returnCount: 1 });
    expect(world.events.filter(({ type }) => type === 'case.handled.v2')).toHaveLength(1);
  });

  test('row 13 反馈: the unit confirms and the handling clock stops', () => {
    const world = aCaseAfter('handle');
    expectOnly(world, { type: 'feed_back' }, 'DEPT');
    expect(world.code({ type: 'feed_back' }, township)).toBe('not_holder');
    const state = world.wait(5).do({ type: 'feed_back', opinion: '已处理' }, village);
    expect(standing(state)).toEqual({
      state: 'pending_check',
      holder: 'desk ACCEPTOR',
      clock: null,
      chain: 'desk sent_on, 91 sent_on, 911 fed_back',
    });
    expect(state.handleClock).toMatchObject({ endedAt: world.now });
  });

  test('row 14 返工: the dispatcher sends it to the same unit again; the deadline stays and the check does not count', () => {
    const world = aCaseAfter('request_check');
    world.all({ type: 'check', result: 'failed', opinion: '未修复' });
    const act = { type: 'rework', reason: '未修复' } as const;
    expectOnly(world, act, 'DISPATCHER');
    expect(world.code({ type: 'rework', reason: '' })).toBe('reason_missing');
    const state = world.wait(30).do(act, dispatcher);
    expect(standing(state)).toEqual({
      state: 'pending_handle',
      holder: '911 DEPT',
      clock: 'handle until 11-24 10:02',
      chain: 'desk sent_on, 91 sent_on, 911 fed_back, 911 now',
    });
    expect(state).toMatchObject({ reworkCount: 1, handlerId: null, handleFinishedAt: null });
    expect(state.handleClock?.stops).toEqual([{ from: world.now - 32 * 60_000, to: world.now, cause: 'fed_back' }]);
  });

  test('row 14 返工: where the policy says resume, the deadline moves by the time at the desk', () => {
    const world = aCaseAfter('request_check', someRules({ policies: { reworkDeadline: 'resume' } }));
    world.all({ type: 'check', result: 'failed', opinion: '未修复' });
    expect(standing(world.wait(28).do({ type: 'rework', reason: '未修复' })).clock).toBe('handle until 11-24 10:32');
  });

  test('row 15 派核查: by the acceptor to a collector who neither found nor handled it; 30 minutes run', () => {
    const world = new World();
    world.begin(aReport({ source: 'grid_staff', reporterId: 'collector-9' }), desk);
    world.all({ type: 'register', condition: '属实' }, { type: 'dispatch', unit: '911' });
    world.all({ type: 'accept', handlerId: 'handler-1' }, { type: 'handle', result: '已清' }, { type: 'feed_back' });
    const act = { type: 'request_check', collectorId: 'collector-1' } as const;
    expectOnly(world, act, 'ACCEPTOR');
    expect(world.code({ type: 'request_check', collectorId: 'collector-9' })).toBe('finder_is_checker');
    expect(world.code({ type: 'request_check', collectorId: 'handler-1' })).toBe('handler_is_checker');
    expect(standing(world.wait(1).do(act, acceptor))).toMatchObject({
      state: 'checking',
      holder: 'desk COLLECTOR',
      clock: 'check until 11-24 08:36',
    });
  });

  test('row 16 核查: 通过 → 待结案, 未通过 → the dispatcher for 返工, 无法核查 → the acceptor decides', () => {
    const check = (result: 'passed' | 'failed' | 'unable') => ({ type: 'check', result, opinion: '见照片' }) as const;
    const world = aCaseAfter('request_check');
    expectOnly(world, check('passed'), 'COLLECTOR');
    expect(world.code(check('passed'), anActor('COLLECTOR', '911', 'other'))).toBe('not_the_collector');
    expect(world.code({ type: 'check', result: 'failed' }, collector)).toBe('opinion_missing');
    expect(standing(world.do({ type: 'check', result: 'passed' }, collector))).toMatchObject({
      state: 'pending_close',
      holder: 'desk ACCEPTOR',
      clock: null,
    });
    const failed = aCaseAfter('request_check');
    expect(standing(failed.do(check('failed'), collector))).toMatchObject({
      state: 'pending_check',
      holder: 'desk DISPATCHER',
      clock: null,
    });
    for (const action of ['close', 'request_check'] as const) expect(failed.offered(action)).toBe('check_failed');
    const unable = aCaseAfter('request_check');
    expect(standing(unable.do(check('unable'), collector)).holder).toBe('desk ACCEPTOR');
    for (const action of ['close', 'request_check', 'rework'] as const) expect(unable.offered(action)).toBeNull();
  });

  test('row 17 结案: by the acceptor with the 结案条件, after 核查 or where the acceptor holds what waits for it', () => {
    const act = { type: 'close', condition: '核查通过' } as const;
    const world = aCaseAfter('check');
    expectOnly(world, act, 'ACCEPTOR');
    expect(world.code({ type: 'close', condition: ' ' })).toBe('condition_missing');
    const state = world.wait(1).do(act, acceptor);
    expect(standing(state)).toMatchObject({ state: 'closed', holder: null, clock: null });
    expect(state.closedAt).toBe(world.now);
    expect(aCaseAfter('feed_back').do(act, acceptor).state).toBe('closed');
    expect(aCaseAfter('request_check').code(act, acceptor)).toBe('wrong_state');
  });

  test('row 18 结案不通过: back to the dispatcher, who may send it to the same unit alone', () => {
    const world = aCaseAfter('check');
    const act = { type: 'fail_close', reason: '照片不符' } as const;
    expectOnly(world, act, 'ACCEPTOR');
    expect(world.code({ type: 'fail_close', reason: '' })).toBe('reason_missing');
    const state = world.wait(1).do(act, acceptor);
    expect(standing(state)).toEqual({
      state: 'pending_dispatch',
      holder: 'desk DISPATCHER',
      clock: 'handle until 11-24 10:02',
      chain: 'desk sent_on, 91 sent_on, 911 fed_back, desk now',
    });
    expect(state).toMatchObject({ reworkCount: 1, side: { redispatchTo: '911' } });
    expect(world.code({ type: 'dispatch', unit: '92' })).toBe('not_the_same_unit');
    const sent = world.do({ type: 'dispatch', unit: '911' }, dispatcher);
    expect(standing(sent)).toMatchObject({ holder: '911 DEPT', clock: 'handle until 11-24 10:02' });
    expect(sent.side.redispatchTo).toBeNull();
  });

  test.each([
    ['force_close', 'forced_close'],
    ['void', 'void'],
  ] as const)(
    'row 19 强制结案/作废: %s by the 值班长 from any open state, by an administrator if the policy allows',
    (type, end) => {
      const act = { type, reason: '重复' } as const;
      const worlds = [
        ...(['report', 'register', 'dispatch', 'accept', 'handle', 'feed_back', 'request_check', 'check'] as const).map(
          (last) => aCaseAfter(last),
        ),
        returned('register'),
        returned('dispatch'),
        returned('sub_dispatch'),
        suspended(),
      ];
      for (const world of worlds) {
        const before = world.state().state;
        expect(openStates).toContain(before);
        expect(world.code({ type, reason: ' ' }, shiftLeader)).toBe('reason_missing');
        expect([before, world.code(act, anActor('ADMIN'))]).toEqual([before, 'wrong_role']);
        expect(world.code(act, village)).toMatch(/wrong_role|returned_to_other_post/);
        const state = world.wait(1).do(act, shiftLeader);
        expect(state).toMatchObject({ state: end, holder: null, clock: null, dueAt: null, closedAt: world.now });
        expect(state.chain.every(({ endedAt }) => endedAt !== null)).toBe(true);
        expect(state.handleClock?.stops.every(({ to }) => to !== null) ?? true).toBe(true);
        expect(state.handleClock?.endedAt).not.toBeNull();
      }
      const allowed = aCaseAfter('accept', someRules({ policies: { adminMayForceClose: true } }));
      expect(allowed.do(act, anActor('ADMIN')).state).toBe(end);
      expect(aCaseAfter('close').code(act, shiftLeader)).toBe('wrong_state');
    },
  );

  test('rows 20 and 21 挂账: the unit asks, the dispatcher approves, the clock stands until the end date or 恢复', () => {
    const world = suspended();
    expect(standing(world.state())).toEqual({
      state: 'suspended',
      holder: '911 HANDLER',
      clock: null,
      chain: 'desk sent_on, 91 sent_on, 911 now',
    });
    for (const action of ['handle', 'return', 'feed_back', 'escalate', 'whistle'] as const) {
      expect(world.offered(action)).toBe('wrong_state');
    }
    expect(world.wait(60).code({ type: 'resume' }, anActor('SYSTEM'))).toBe('too_early');
    expect(world.code({ type: 'resume' }, village)).toBe('wrong_role');
    const early = world.do({ type: 'resume' }, dispatcher);
    expect(standing(early)).toMatchObject({
      state: 'handling',
      holder: '911 HANDLER',
      clock: 'handle until 11-24 11:02',
    });

    const whole = suspended();
    expect(standing(whole.wait(24 * 60).do({ type: 'resume' }, anActor('SYSTEM'))).clock).toBe(
      'handle until 11-25 10:02',
    );
  });
});

function returned(last: 'register' | 'dispatch' | 'sub_dispatch'): World {
  const world = aCaseAfter(last);
  world.all(back);
  return world;
}

/** In 处置, paused at 08:06 for a day. */
function suspended(): World {
  const world = aCaseAfter('accept');
  world.all({ type: 'request_suspension', until: (world.now + 24 * 3_600_000) as World['now'], reason: '等待材料' });
  world.all({ type: 'decide_suspension', isGranted: true, opinion: '同意' });
  return world;
}
