import { expect, test } from 'vitest';
import { anActor, aReport, desk } from '#tests/builders/cases.ts';
import { dissolvedUnit } from '#tests/builders/district.ts';
import { someRules } from '#tests/builders/rules.ts';
import { aCaseAfter, aTicket, aTicketAfter, World, type Act } from '#tests/builders/world.ts';
import type { Actor } from '#domain/access/roles.ts';
import { DAY_MS, HOUR_MS, plus } from '#domain/base/instant.ts';
import { refusalCodes, type RefusalCode } from './refusal.ts';

const village = anActor('DEPT', '911');
const system = anActor('SYSTEM');
const back: Act = { type: 'return', reasonCode: 'R01', reason: '不属于本单位' };
const ask: Act = { type: 'request_extension', reason: '缺件' };
const grant: Act = { type: 'decide_extension', isGranted: true, opinion: '同意' };
const order = (unit: string) => ({ unit, personId: null, role: 'co' }) as const;
const joint: Act = { type: 'dispatch', unit: '911', mode: 'joint', orders: [order('92'), order('921')] };
const steps = [{ post: '班长', personId: 'lead-1', limitMinutes: 5 }];

function after(world: World, before: readonly Act[], act: Act, actor: Actor = desk): RefusalCode | null {
  world.all(...before);
  return world.code(act, actor);
}

function pauseOf(world: World, days = 1): Act {
  return { type: 'request_suspension', until: plus(world.now, days * DAY_MS), reason: '等待' };
}

function overdue(): World {
  const world = aCaseAfter('handle');
  world.wait(180).all({ type: 'feed_back' }, { type: 'close', condition: '已修复' });
  return world;
}

function twoCases(): { world: World; other: string } {
  const world = aCaseAfter('report');
  const other = world.id;
  world.begin(aReport());
  return { world, other };
}

const pass: Act = { type: 'check', result: 'passed' };
const close: Act = { type: 'close', condition: '已修复' };
const appeal: Act = { type: 'appeal', kind: 'overdue', reason: '暴雨' };
const agree: Act = { type: 'review_appeal', isGranted: true, opinion: '属实' };

/** One command for each code; a code without one does not compile. */
const reached: { readonly [Code in RefusalCode]: () => RefusalCode | null } = {
  not_found: () => new World().code(close, desk, 'nothing'),
  wrong_state: () => aCaseAfter('report').code(close),
  wrong_role: () => aCaseAfter('check').code(close, anActor('DISPATCHER')),
  not_holder: () => aCaseAfter('sub_dispatch').code({ type: 'accept', handlerId: 'h' }, anActor('DEPT', '92')),
  stale: () => aCaseAfter('check').code({ ...close, expectedVersion: 1 }),
  archived: () => {
    const world = new World();
    world.begin(aReport({ imported: { state: 'closed', closedAt: world.now } }), system);
    return world.code(close);
  },
  merged: () => {
    const { world, other } = twoCases();
    world.all({ type: 'merge', ids: [other], reason: '重复' });
    return world.code({ type: 'register', condition: '属实' }, desk, other);
  },
  reason_missing: () => aCaseAfter('report').code({ type: 'reject', reason: ' ' }),
  reason_code_unknown: () => aCaseAfter('register').code({ type: 'return', reasonCode: 'no', reason: '不属于' }),
  condition_missing: () => aCaseAfter('report').code({ type: 'register', condition: '' }),
  result_missing: () => aCaseAfter('accept').code({ type: 'handle', result: '' }),
  opinion_missing: () => aCaseAfter('request_check').code({ type: 'check', result: 'failed' }),
  words_missing: () => aCaseAfter('accept').code({ type: 'urge', words: '' }),
  description_missing: () => new World().try(aTicket({ description: '' })),
  photo_missing: () => {
    const photoNeededAt = { report: false, verify: false, handle: true, check: false };
    return aCaseAfter('accept', someRules({ policies: { photoNeededAt } })).code({ type: 'handle', result: '已办' });
  },
  unit_unknown: () => aCaseAfter('register').code({ type: 'dispatch', unit: 'nowhere' }),
  unit_not_in_force: () => aCaseAfter('register').code({ type: 'dispatch', unit: dissolvedUnit }),
  unit_not_below: () => aCaseAfter('dispatch').code({ type: 'sub_dispatch', unit: '921' }),
  unit_not_above: () => aCaseAfter('accept').code({ type: 'escalate', unit: '92', reason: '疑难' }),
  unit_twice: () => aCaseAfter('register').code({ ...joint, orders: [order('911')] } as Act),
  not_the_same_unit: () =>
    after(aCaseAfter('check'), [{ type: 'fail_close', reason: '不符' }], { type: 'dispatch', unit: '92' }),
  mode_without_orders: () => aCaseAfter('register').code({ type: 'dispatch', unit: '911', mode: 'relay' }),
  orders_without_mode: () => aCaseAfter('register').code({ type: 'dispatch', unit: '911', orders: [order('92')] }),
  orders_open: () => {
    const world = aCaseAfter('register');
    return after(world, [joint, { type: 'accept', handlerId: 'h' }, { type: 'handle', result: '已办' }], {
      type: 'feed_back',
    });
  },
  order_unknown: () => after(aCaseAfter('register'), [joint], { type: 'accept_order', orderId: 'nothing' }),
  order_ended: () => {
    const world = aCaseAfter('register');
    const orderId = `${world.id}-1`;
    return after(world, [joint, { type: 'waive_order', orderId, reason: '无关' }], { type: 'arrive', orderId });
  },
  order_not_accepted: () => {
    const world = aCaseAfter('register');
    return after(world, [joint], { type: 'answer_order', orderId: `${world.id}-1`, words: '已办' });
  },
  no_next_unit: () => aCaseAfter('handle').code({ type: 'hand_over', words: '移交' }),
  first_receiver_keeps: () => after(aCaseAfter('register'), [joint, { type: 'accept', handlerId: 'h' }, back], back),
  finder_is_handler: () => {
    const world = new World();
    world.begin(aReport({ reporterId: 'finder' }));
    return after(world, [{ type: 'register', condition: '属实' }, joint], { type: 'accept', handlerId: 'finder' });
  },
  finder_is_checker: () => {
    const world = new World();
    world.begin(aReport({ reporterId: 'finder' }));
    return world.code({ type: 'request_verify', collectorId: 'finder' });
  },
  handler_is_checker: () => aCaseAfter('feed_back').code({ type: 'request_check', collectorId: 'handler-1' }),
  not_the_collector: () => aCaseAfter('request_check').code(pass, anActor('COLLECTOR', '911', 'other')),
  not_the_handler: () =>
    aCaseAfter('accept').code({ type: 'handle', result: '已办' }, anActor('HANDLER', '911', 'other')),
  not_the_endorser: () => {
    const act: Act = { type: 'endorse', decision: 'agree', opinion: '同意' };
    return after(aTicketAfter('sign'), [{ type: 'start_endorsement', steps }], act, anActor('LEADER', '91', 'other'));
  },
  check_failed: () =>
    after(aCaseAfter('request_check'), [{ type: 'check', result: 'failed', opinion: '未修复' }], close),
  returned_to_other_post: () => after(aCaseAfter('register'), [back], { type: 'dispatch', unit: '91' }),
  verified_absent: () => {
    const verify: readonly Act[] = [
      { type: 'request_verify', collectorId: 'c' },
      { type: 'verify', result: 'absent', opinion: '未见' },
    ];
    return after(aCaseAfter('report'), verify, { type: 'register', condition: '属实' });
  },
  verify_not_needed: () => {
    const world = new World();
    world.begin(aReport({ source: 'grid_staff' }));
    return world.code({ type: 'request_verify', collectorId: 'c' });
  },
  reported_in_future: () => new World().try(aReport({ reportedAt: plus(new World().now, HOUR_MS) })),
  place_incomplete: () => new World().try(aReport({ lat: null })),
  blackout: () => new World(someRules({ blackout: () => '管控' })).try(aReport()),
  time_class_unknown: () => new World().try(aTicket({ timeClass: 'none' })),
  answer_unknown: () => aTicketAfter('begin_call_back').code({ type: 'conclude', solved: 'x', satisfied: 'none' }),
  party_unknown: () =>
    aCaseAfter('accept').code({ type: 'supervise', kind: 'key', level: 1, party: 'X', reason: '重点', answerBy: null }),
  recall_window_over: () => aCaseAfter('dispatch').wait(2).code({ type: 'recall' }),
  return_window_over: () =>
    aTicketAfter('receive')
      .wait(2 * 24 * 60)
      .code({ type: 'request_return', reasonCode: 'R01', reason: '不属本镇' }),
  appeal_window_over: () =>
    overdue()
      .wait(8 * 24 * 60)
      .code(appeal),
  endorsement_open: () =>
    after(aTicketAfter('sign'), [{ type: 'start_endorsement', steps }], { type: 'assign', unit: '911' }),
  endorsement_missing: () => aTicketAfter('sign').code({ type: 'endorse', decision: 'agree', opinion: '同意' }),
  endorsement_empty: () => aTicketAfter('sign').code({ type: 'start_endorsement', steps: [] }),
  already_overdue: () => aCaseAfter('accept').wait(180).code(ask),
  already_requested: () => after(aCaseAfter('accept'), [ask], ask),
  already_reviewed: () => {
    const world = overdue();
    world.do(appeal, village);
    return after(world, [agree], agree);
  },
  own_request: () => after(overdue(), [appeal], agree),
  nothing_requested: () => aCaseAfter('accept').code(grant),
  waits_for_unit: () => {
    const world = aCaseAfter('accept');
    world.do(ask, anActor('HANDLER', '911'));
    return world.code(grant);
  },
  extensions_used_up: () => after(aCaseAfter('accept'), [ask, grant, ask, grant], ask),
  suspensions_used_up: () => {
    const world = aCaseAfter('accept');
    const decide: Act = { type: 'decide_suspension', isGranted: true, opinion: '同意' };
    return after(world, [pauseOf(world), decide, { type: 'resume' }], pauseOf(world));
  },
  until_out_of_range: () => {
    const world = aCaseAfter('accept');
    return world.code(pauseOf(world, 400));
  },
  too_early: () => {
    const world = aCaseAfter('accept');
    const decide: Act = { type: 'decide_suspension', isGranted: true, opinion: '同意' };
    return after(world, [pauseOf(world), decide], { type: 'resume' }, system);
  },
  not_overdue: () => aCaseAfter('close').code(appeal),
  only_tickets: () => aCaseAfter('close').code({ type: 'appeal', kind: 'exclude', reason: '恶意' }),
  appeal_used_up: () => after(overdue(), [appeal], appeal),
  rounds_used_up: () =>
    aTicketAfter('begin_call_back', someRules({ policies: { maxTicketRounds: 1 } })).code({
      type: 'redo',
      reason: '仍漏',
    }),
  supervision_unknown: () => {
    const supervise: Act = { type: 'supervise', kind: 'key', level: 1, party: 'P1', reason: '重点', answerBy: null };
    return after(aCaseAfter('accept'), [supervise], { type: 'answer_supervision', supervisionId: 'x', words: '已办' });
  },
  supervision_answered: () =>
    aCaseAfter('accept').code({ type: 'answer_supervision', supervisionId: 'x', words: '已办' }),
  merge_empty: () => aCaseAfter('report').code({ type: 'merge', ids: [], reason: '重复' }),
  merge_too_many: () => {
    const ids = Array.from({ length: 51 }, (_, index) => `case-${index}`);
    return aCaseAfter('report').code({ type: 'merge', ids, reason: '重复' });
  },
  merge_with_itself: () => {
    const world = aCaseAfter('report');
    return world.code({ type: 'merge', ids: [world.id], reason: '重复' });
  },
  merge_other_record: () => {
    const world = aCaseAfter('report');
    const ids = [world.id];
    world.begin(aTicket());
    return world.code({ type: 'merge', ids, reason: '重复' });
  },
  not_merged_here: () => aCaseAfter('report').code({ type: 'unmerge', id: 'x', reason: '误并' }),
  unchanged: () => aCaseAfter('accept').code({ type: 'redate', reason: '更新' }, system),
  reporter_unknown: () => aCaseAfter('report').code({ type: 'reveal_reporter', reason: '回访' }),
  reporter_erased: () => {
    const world = new World();
    world.begin(aReport({ reporter: { ref: 'person-1', isConfidential: false } }));
    return after(world, [{ type: 'erase_reporter', reason: '本人要求' }], { type: 'reveal_reporter', reason: '回访' });
  },
  reporter_confidential: () => {
    const world = new World();
    world.begin(aReport({ reporter: { ref: 'person-1', isConfidential: true } }));
    return world.code({ type: 'reveal_reporter', reason: '回访' }, anActor('DISPATCHER'));
  },
};

test.each(refusalCodes)('refusal %s is reached by a command', (code) => {
  expect(reached[code]()).toBe(code);
});

test('the list of cases is the list of codes', () => {
  expect(Object.keys(reached)).toEqual([...refusalCodes]);
});
