import { expect, test } from 'vitest';
import { anActor, aReport, morning } from '#tests/builders/cases.ts';
import { apartFromSteps, aTicket, standing, World, type Act } from '#tests/builders/world.ts';
import { MINUTE_MS, plus } from '#domain/base/instant.ts';

const acceptor = anActor('ACCEPTOR');
const dispatcher = anActor('DISPATCHER');
const toDispatch: readonly Act[] = [{ type: 'register', condition: '属实' }];
const toHandle: readonly Act[] = [...toDispatch, { type: 'dispatch', unit: '911' }];

/** A case of a reporter along these acts, each at once. */
function add(world: World, reporterId: string, acts: readonly Act[]): string {
  const { id } = world.begin(aReport({ reporterId, external: { feed: 'city', id: reporterId } }));
  for (const act of acts) world.do(act);
  return id;
}

function three(): { world: World; first: string; second: string; third: string } {
  const world = new World();
  const second = add(world, 'caller-2', toHandle);
  const third = add(world.wait(10), 'caller-3', toDispatch);
  const first = add(world.wait(10), 'caller-1', toHandle);
  return { world: world.wait(10), first, second, third };
}

test('并案 merge: several reports become one; every reporter is kept and the earliest deadline counts', () => {
  const { world, first, second, third } = three();
  const act = { type: 'merge', ids: [second, third], reason: '同一井盖' } as const;
  expect(standing(world.state(first)).clock).toBe('handle until 11-24 10:20');
  expect(world.code(act, anActor('DEPT'), first)).toBe('wrong_role');
  expect(world.code(act, anActor('DISPATCHER', '92'), first)).toBe('not_holder');
  const state = world.do(act, dispatcher, first);
  expect(standing(state)).toEqual({
    state: 'pending_handle',
    holder: '911 DEPT',
    clock: 'handle until 11-24 10:00',
    chain: 'desk sent_on, 911 now',
  });
  expect(state.side.merged).toMatchObject([
    {
      caseId: second,
      reporterId: 'caller-2',
      external: { id: 'caller-2' },
      handleDueAt: plus(morning, 120 * MINUTE_MS),
    },
    { caseId: third, reporterId: 'caller-3', external: { id: 'caller-3' }, handleDueAt: null },
  ]);
  for (const id of [second, third]) {
    expect(world.state(id)).toMatchObject({
      state: 'void',
      holder: null,
      clock: null,
      side: { mergedInto: { caseId: first } },
    });
    expect(world.offered('dispatch', dispatcher, id)).toBe('merged');
    expect(world.offered('unmerge', dispatcher, id)).toBe('merged');
  }
});

test('并案 merge: into itself, of nothing, of the unknown, of another record, of the merged or the ended is refused', () => {
  const { world, first, second } = three();
  const merge = (ids: readonly string[], reason = '重复') =>
    world.code({ type: 'merge', ids, reason }, dispatcher, first);
  expect(merge([second], '')).toBe('reason_missing');
  expect(merge([])).toBe('merge_empty');
  expect(merge([first])).toBe('merge_with_itself');
  expect(merge(['nothing'])).toBe('not_found');
  expect(merge(Array.from({ length: 51 }, (_, index) => `case-${index}`))).toBe('merge_too_many');
  const ticket = world.begin(aTicket()).id;
  expect(merge([ticket])).toBe('merge_other_record');
  const closed = add(world, 'caller-9', []);
  world.do({ type: 'reject', reason: '不属实' }, acceptor, closed);
  expect(merge([closed])).toBe('wrong_state');
  expect(merge([second])).toBeNull();
  expect(merge([second])).toBe('merged');
});

test('拆案 unmerge: the report is what it was, its clock ran on, and the deadline of the rest is counted anew', () => {
  const { world, first, second, third } = three();
  const before = [world.state(second), world.state(third)];
  world.do({ type: 'merge', ids: [second, third], reason: '同一井盖' }, dispatcher, first);
  world.wait(30);
  expect(world.code({ type: 'unmerge', id: second, reason: '' }, dispatcher, first)).toBe('reason_missing');
  expect(world.code({ type: 'unmerge', id: first, reason: '误并' }, dispatcher, first)).toBe('not_merged_here');
  const state = world.do({ type: 'unmerge', id: second, reason: '误并' }, dispatcher, first);
  expect(standing(state).clock).toBe('handle until 11-24 10:20');
  expect(state.side.merged.map(({ caseId }) => caseId)).toEqual([third]);
  expect(standing(world.state(second))).toEqual({
    state: 'pending_handle',
    holder: '911 DEPT',
    clock: 'handle until 11-24 10:00',
    chain: 'desk sent_on, 911 stopped, 911 now',
  });
  world.do({ type: 'unmerge', id: third, reason: '误并' }, dispatcher, first);
  expect([world.state(second), world.state(third)].map(apartFromSteps)).toEqual(before.map(apartFromSteps));
  expect(world.offered('unmerge', dispatcher, first)).toBe('not_merged_here');
});

test('拆案 unmerge: what had been merged into a report before leaves with it', () => {
  const { world, first, second, third } = three();
  world.do({ type: 'merge', ids: [second], reason: '重复' }, dispatcher, third);
  world.do({ type: 'merge', ids: [third], reason: '重复' }, dispatcher, first);
  expect(world.state(first).side.merged.map(({ caseId }) => caseId)).toEqual([third, second]);
  expect(standing(world.state(first)).clock).toBe('handle until 11-24 10:00');
  expect(world.code({ type: 'unmerge', id: second, reason: '误并' }, dispatcher, first)).toBe('not_merged_here');
  world.do({ type: 'unmerge', id: third, reason: '误并' }, dispatcher, first);
  expect(world.state(first).side.merged).toEqual([]);
  expect(standing(world.state(first)).clock).toBe('handle until 11-24 10:20');
  expect(world.state(third).side.merged.map(({ caseId }) => caseId)).toEqual([second]);
  world.do({ type: 'unmerge', id: second, reason: '误并' }, dispatcher, third);
  expect(standing(world.state(second)).holder).toBe('911 DEPT');
});

test('拆案 unmerge: a report that waited for its check has one holder and one open hop again when 返工 sends it out', () => {
  const { world, first } = three();
  const other = add(world, 'caller-4', [
    ...toHandle,
    { type: 'accept', handlerId: 'handler-1' },
    { type: 'handle', result: '已修复' },
    { type: 'feed_back' },
  ]);
  world.do({ type: 'merge', ids: [other], reason: '重复' }, dispatcher, first);
  expect(world.state(first).side.merged[0]?.handleDueAt).toBeNull();
  world.do({ type: 'unmerge', id: other, reason: '误并' }, dispatcher, first);
  expect(standing(world.state(other)).chain).toBe('desk sent_on, 911 fed_back');
  world.do({ type: 'rework', reason: '未修复' }, dispatcher, other);
  expect(standing(world.state(other)).chain).toBe('desk sent_on, 911 fed_back, 911 now');
});

test('拆案 unmerge: out of a case that was voided since, by the desk', () => {
  const { world, first, second } = three();
  world.do({ type: 'merge', ids: [second], reason: '重复' }, dispatcher, first);
  world.do({ type: 'void', reason: '不属实' }, anActor('SHIFT_LEADER'), first);
  expect(world.code({ type: 'unmerge', id: second, reason: '误并' }, anActor('DISPATCHER', '91'), first)).toBe(
    'not_holder',
  );
  world.do({ type: 'unmerge', id: second, reason: '误并' }, dispatcher, first);
  expect(world.state(first).state).toBe('void');
  expect(world.state(second).state).toBe('pending_handle');
});
