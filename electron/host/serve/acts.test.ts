import { afterAll, beforeAll, expect, test } from 'vitest';
import { actInputs, type ActName } from '#contract/case-acts.ts';
import { api } from '#contract/api.ts';
import { caseActions } from '#domain/case/transitions.ts';
import { aPicture } from '#tests/builders/pictures.ts';
import type { Frames } from '#tests/support/frames.ts';
import { sendPicture } from '#tests/support/send-picture.ts';
import { clientOf, hostInProcess, type HostInProcess } from '#tests/support/host-in-process.ts';

let running: HostInProcess;
let frames: Frames;
const accepted = new Set<string>();

beforeAll(async () => {
  running = await hostInProcess();
  frames = await clientOf(running.host, 'in memory', 'operator');
});
afterAll(() => running.close());

async function call(method: string, input: unknown): Promise<{ readonly caseId: string; readonly state: string }> {
  frames.send({ type: 'call', id: method, method, input });
  const frame = await frames.nextOf('result');
  return frame.value as { caseId: string; state: string };
}

async function act(name: ActName, input: Readonly<Record<string, unknown>>): Promise<string> {
  const { state } = await call(`case.${name}`, input);
  accepted.add(name);
  return state;
}

/** Plays acts on one case and gives the states they led to. */
async function play(id: string, acts: readonly (readonly [ActName, Readonly<Record<string, unknown>>])[]) {
  const states: string[] = [];
  for (const [name, input] of acts) states.push(await act(name, { id, ...input }));
  return states;
}

const report = (classCode = '0101') =>
  call('case.report', {
    classRef: { standardRef: 'GB/T 47678.5-2026', kind: 'component', code: classCode, name: '上水井盖' },
    ...{ lon: 116.65, lat: 40.13, description: '井盖破损' },
  });

let near: { readonly hash: string; readonly kind: 'near' };
let after: { readonly hash: string; readonly kind: 'after' };
beforeAll(async () => {
  const { host } = running;
  frames.send({ type: 'call', id: 'offer', method: 'attachment.offer', input: { size: aPicture().length } });
  const { path } = api['attachment.offer'].output.parse((await frames.nextOf('result')).value);
  const { hash } = await sendPicture({ address: host.address, token: host.tokens.operator, path }, aPicture());
  near = { hash, kind: 'near' };
  after = { hash, kind: 'after' };
});

let township: string;
let village: string;
beforeAll(async () => {
  frames.send({ type: 'call', id: 'where', method: 'grid.locate', input: { lon: 116.65, lat: 40.13 } });
  const { value } = await frames.nextOf('result');
  const { path } = api['grid.locate'].output.parse(value);
  [township, village] = [path[1]?.code ?? '', path[2]?.code ?? ''];
});

test('a grid case over the wire: verified, joint, extended, paused, supervised, failed and closed', async () => {
  const { caseId: id } = await report();
  const office = '110113-U01';
  const states = await play(id, [
    ['request_verify', { collectorId: 'collector-1' }],
    ['verify', { result: 'exists', photos: [near] }],
    ['register', { condition: '属实' }],
    ['return', { reasonCode: 'R01', reason: '信息不全' }],
    ['register', { condition: '属实' }],
    [
      'start_endorsement',
      {
        steps: [
          { post: 'desk_lead', limitMinutes: 10 },
          { post: 'leader', limitMinutes: 10 },
          { post: 'leader', limitMinutes: 10 },
        ],
      },
    ],
    ['delegate_endorsement', { personId: 'P0002', reason: '外出' }],
    ['endorse', { decision: 'agree', opinion: '同意' }],
    ['skip_endorsement', { reason: '无法联系' }],
    ['endorse', { decision: 'agree', opinion: '同意' }],
    ['dispatch', { unit: township, mode: 'joint', orders: [{ unit: office }] }],
    ['recall', { reason: '派错' }],
    ['dispatch', { unit: township, mode: 'joint', orders: [{ unit: office }] }],
    ['sub_dispatch', { unit: village }],
    ['escalate', { reason: '需镇级协调', unit: township }],
    ['sub_dispatch', { unit: village }],
    ['request_extension', { reason: '等待配件', actedBy: 'dept-1' }],
    ['decide_extension', { isGranted: true, opinion: '同意' }],
    ['accept', { handlerId: 'handler-1' }],
    ['request_suspension', { until: Date.now() + 86_400_000, reason: '待审批' }],
    ['decide_suspension', { isGranted: true, opinion: '同意' }],
    ['resume', {}],
    ['supervise', { kind: 'key', level: 2, party: 'S1', reason: '重点点位' }],
    ['answer_supervision', { supervisionId: `${id}-D1`, words: '今日完成' }],
    ['urge', { words: '请尽快' }],
    ['whistle', { orders: [{ unit: '110113-D02' }], reason: '需到场' }],
    ['arrive', { orderId: `${id}-2` }],
    ['accept_order', { orderId: `${id}-1` }],
    ['answer_order', { orderId: `${id}-1`, words: '已配合' }],
    ['waive_order', { orderId: `${id}-2`, reason: '不再需要' }],
    ['handle', { result: '已更换', photos: [after] }],
    ['feed_back', {}],
    ['request_check', { collectorId: 'collector-2' }],
    ['check', { result: 'failed', opinion: '未修复', photos: [near] }],
    ['rework', { reason: '未修复' }],
    ['accept', { handlerId: 'handler-1' }],
    ['handle', { result: '已更换', photos: [after] }],
    ['feed_back', {}],
    ['request_check', { collectorId: 'collector-2' }],
    ['check', { result: 'passed', photos: [near] }],
    ['fail_close', { reason: '照片不清' }],
    ['dispatch', { unit: village }],
    ['accept', { handlerId: 'handler-1' }],
    ['handle', { result: '已更换', photos: [after] }],
    ['feed_back', {}],
    ['close', { condition: '已恢复' }],
  ]);
  expect(states.at(-1)).toBe('closed');
  expect(states).toContain('suspended');
  expect(states).toContain('checking');
});

test('a ticket over the wire: returned, endorsed, assigned, whistled, called back twice, excluded', async () => {
  const { caseId: id } = await call('case.receive', {
    ticketNumber: 'BJ-1',
    classRef: { code: '030101', name: '供水' },
    ...{ timeClass: 'livelihood', unit: township, description: '停水' },
  });
  const states = await play(id, [
    ['request_return', { reasonCode: 'T02', reason: '不属于本镇' }],
    ['review_return', { unit: null, opinion: '属于贵镇' }],
    ['sign', {}],
    ['assign', { unit: township, personId: 'P0001', mode: 'relay', orders: [{ unit: village }] }],
    ['accept', { handlerId: 'handler-1' }],
    ['contact', { result: '已告知' }],
    ['start_work', {}],
    ['request_extension', { reason: '需停水作业' }],
    ['decide_extension', { isGranted: false, opinion: '抓紧' }],
    ['hand_over', { words: '已止水，请恢复路面' }],
    ['contact', { result: '已再次联系' }],
    ['start_work', {}],
    ['reply', { reply: '已修复' }],
    ['begin_call_back', {}],
    ['redo', { reason: '仍有漏水' }],
    ['reply', { reply: '已修复' }],
    ['begin_call_back', {}],
    ['conclude', { solved: 'solved', satisfied: 'satisfied' }],
    ['appeal', { kind: 'exclude', reason: '恶意重复', actedBy: 'dept-1' }],
    ['review_appeal', { isGranted: true, opinion: '情况属实', actedBy: 'reviewer-1' }],
    ['review_appeal', { isGranted: true, opinion: '同意', actedBy: 'reviewer-2' }],
  ]);
  expect(states.at(-1)).toBe('done');
  const found = (await call('case.get', { id })) as unknown as {
    appeal: { result: string };
    ticket: { round: number };
  };
  expect(found).toMatchObject({ appeal: { result: 'granted' }, ticket: { round: 2 } });
});

test('a ticket number is recorded once (T1)', async () => {
  const ticket = {
    ticketNumber: 'BJ-2',
    classRef: { code: '030101', name: '供水' },
    ...{ timeClass: 'livelihood', unit: township, description: '停水' },
  };
  const first = await call('case.receive', ticket);
  const again = await call('case.receive', { ...ticket, description: '又停水' });
  expect(again.caseId).toBe(first.caseId);
});

test('ends and merges over the wire', async () => {
  const ids: string[] = [];
  for (let count = 0; count < 5; count += 1) ids.push((await report()).caseId);
  const [kept = '', merged = '', rejected = '', voided = '', forced = ''] = ids;
  await act('merge', { id: kept, ids: [merged], reason: '同一处井盖' });
  expect(await call('case.get', { id: merged })).toMatchObject({ state: 'void', mergedInto: kept });
  await act('unmerge', { id: kept, mergedId: merged, reason: '并错' });
  expect(await call('case.get', { id: merged })).toMatchObject({ state: 'reported', mergedInto: null });
  expect(await act('reject', { id: rejected, reason: '不符合' })).toBe('not_accepted');
  expect(await act('void', { id: voided, reason: '测试' })).toBe('void');
  expect(await act('force_close', { id: forced, reason: '上级要求' })).toBe('forced_close');
});

test('a photo is kept with the step that brought it; without one, or with one that nobody sent in, the act is refused', async () => {
  const { caseId: id } = await report();
  await play(id, [
    ['register', { condition: '属实' }],
    ['dispatch', { unit: village }],
    ['accept', { handlerId: 'handler-1' }],
  ]);
  const refusalOf = async (photos: readonly object[]) => {
    frames.send({ type: 'call', id: 'refused', method: 'case.handle', input: { id, result: '已更换', photos } });
    return (await frames.nextOf('failure')).error;
  };
  const missing = { action: 'handle', photo: 'after' };
  expect(await refusalOf([])).toEqual({ code: 'photo_missing', detail: missing });
  expect(await refusalOf([near])).toEqual({ code: 'photo_missing', detail: missing });
  const hash = 'f'.repeat(64);
  expect(await refusalOf([after, { ...after, hash }])).toEqual({ code: 'attachment_missing', detail: { hash } });
  expect((await refusalOf(Array.from({ length: 10 }, () => after))).code).toBe('bad_input');

  const offers = api['case.get'].output.parse(await call('case.get', { id })).actions;
  expect(offers.filter(({ photo }) => photo !== null).map(({ action, photo }) => `${action} ${photo}`)).toEqual([
    'verify any',
    'handle after',
    'check any',
  ]);
  await act('handle', { id, result: '已更换', photos: [{ ...after, lon: 116.65, lat: 40.13, takenAt: 1 }] });
  const { photos } = api['case.get'].output.parse(await call('case.get', { id }));
  expect(photos).toMatchObject([{ ...after, lon: 116.65, lat: 40.13, takenAt: 1, step: 'handle', by: 'desk-1' }]);
});

test('a handler’s wish for a longer deadline passes the unit', async () => {
  const { caseId: id } = await report();
  await play(id, [
    ['register', { condition: '属实' }],
    ['dispatch', { unit: village }],
    ['accept', { handlerId: 'handler-1' }],
  ]);
  const { commands } = running.host;
  const handler = { id: 'handler-1', roles: ['HANDLER'], unit: village } as const;
  const asked = await commands.submit({
    id: 'extension by the handler',
    actor: handler,
    body: { type: 'request_extension', caseId: id, reason: '等待配件' },
  });
  expect(asked.ok).toBe(true);
  await play(id, [
    ['pass_extension', {}],
    ['decide_extension', { isGranted: true, opinion: '同意' }],
  ]);
});

test('the acts above are all acts of the contract, and those are all actions but those with methods of their own or of the program', () => {
  expect([...accepted].sort()).toEqual(Object.keys(actInputs).sort());
  expect([...accepted, 'report', 'receive', 'redate', 'reveal_reporter', 'erase_reporter'].sort()).toEqual(
    [...caseActions].sort(),
  );
});
