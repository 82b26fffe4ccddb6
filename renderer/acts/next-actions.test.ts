import { actInputs } from '#contract/case-acts.ts';
import { expect, test } from 'vitest';
import type { CaseCommandBody } from '#domain/case/commands.ts';
import { caseActions } from '#domain/case/transitions.ts';
import { someAreas } from '#tests/builders/areas.ts';
import { aCase, morning, play, routine } from '#tests/builders/cases.ts';
import { detailOf } from '#tests/builders/details.ts';
import { groupOf, nextActions, ordersFor, unitOnTheWay, type CaseAct } from './next-actions.ts';

const areas = someAreas();
const caseId = '20261124000001';

function primaries(bodies: readonly CaseCommandBody[]): readonly (CaseAct | null)[] {
  return bodies.map((_, index) => {
    const { state, now } = play(bodies.slice(0, index + 1));
    return nextActions(detailOf(state, now), areas).primary;
  });
}

/** T1 to T12 of domain.md §7.7, with endorsement, orders and a whistle. */
const ticketStory: readonly CaseCommandBody[] = [
  {
    type: 'receive',
    ...{ classRef: { standardRef: '12345', kind: 'other', code: '020101', name: '管道破损' }, timeClass: 'livelihood' },
    ...{ unit: '91', lon: null, lat: null, address: '', description: '停水', issuedAt: morning, reporterId: null },
    ...{ external: { feed: '12345', id: 'BJ-1' }, isConfidential: false, extra: {}, isDemo: false },
  },
  { type: 'sign', caseId },
  { type: 'start_endorsement', caseId, steps: [{ post: 'leader', personId: null, limitMinutes: 30 }] },
  { type: 'endorse', caseId, decision: 'agree', opinion: '同意' },
  { type: 'assign', caseId, unit: '911', mode: 'joint', orders: [{ unit: '92', personId: null, role: 'co' }] },
  { type: 'accept', caseId, handlerId: 'P1' },
  { type: 'contact', caseId, result: '已联系' },
  { type: 'start_work', caseId },
  { type: 'whistle', caseId, orders: [{ unit: '921', personId: null, role: 'co' }], reason: '供水' },
  { type: 'arrive', caseId, orderId: `${caseId}-2` },
  { type: 'answer_order', caseId, orderId: `${caseId}-2`, words: '关阀' },
  { type: 'accept_order', caseId, orderId: `${caseId}-1` },
  { type: 'answer_order', caseId, orderId: `${caseId}-1`, words: '配合' },
  { type: 'reply', caseId, reply: '已修复' },
  { type: 'begin_call_back', caseId },
  { type: 'conclude', caseId, solved: 'solved', satisfied: 'satisfied' },
];

test('the usual step of each state of a case', () => {
  expect(primaries(routine(caseId))).toEqual([
    'register',
    'dispatch',
    'sub_dispatch',
    'accept',
    'handle',
    'feed_back',
    'request_check',
    'check',
    'close',
    null,
  ]);
});

test('the usual step of each state of a ticket', () => {
  expect(primaries(ticketStory)).toEqual([
    'sign',
    'assign',
    'endorse',
    'assign',
    'accept',
    'contact',
    'start_work',
    'accept_order',
    'arrive',
    'accept_order',
    'accept_order',
    'answer_order',
    'reply',
    'begin_call_back',
    'conclude',
    null,
  ]);
});

test('every act has a place in the menu, and each listed one is offered or refused with a reason', () => {
  const onCase = caseActions.filter((action) => Object.hasOwn(actInputs, action));
  expect(Object.keys(groupOf).toSorted()).toEqual(onCase.toSorted());
  const { groups, primary, press, others } = nextActions(detailOf(aCase(3)), areas);
  const acts = groups.flatMap((group) => group.acts);
  const allowed = new Set(acts.filter(({ refusal }) => refusal === null).map(({ action }) => action));
  expect([primary, press, ...others].every((action) => action !== null && allowed.has(action))).toBe(true);
  expect(acts.map(({ action }) => action)).not.toContain('sign');
  expect(acts.find(({ action }) => action === 'close')?.refusal?.code).toBe('wrong_state');
  for (const group of groups) {
    const refused = group.acts.map(({ refusal }) => refusal !== null);
    expect(refused, group.group).toEqual(refused.toSorted((a, b) => Number(a) - Number(b)));
  }
});

test('acts on orders are offered only when an order is in the right state', () => {
  const { state, now } = play(ticketStory.slice(0, 9));
  const detail = detailOf(state, now);
  expect(
    ordersFor('arrive', detail).map(({ unit }) => unit),
    'the whistled unit first',
  ).toEqual(['921', '92']);
  expect(ordersFor('answer_order', detail)).toEqual([]);
  const answer = nextActions(detail, areas)
    .groups.flatMap(({ acts }) => acts)
    .find(({ action }) => action === 'answer_order');
  expect(answer?.refusal).toEqual({ code: 'order_not_accepted', detail: { orderId: `${caseId}-1`, state: 'sent' } });
});

test('an order goes first to whoever lies on the way to the case', () => {
  expect(unitOnTheWay(detailOf(aCase(2)), areas)).toBe('91');
  expect(unitOnTheWay(detailOf(aCase(3)), areas)).toBe('911');
});
