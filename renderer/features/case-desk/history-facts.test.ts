import { expect, test } from 'vitest';
import type { CaseEventType } from '#domain/case/events.ts';
import { zhCn } from '#renderer/i18n/zh-cn.ts';
import { stepsOf } from '#tests/builders/details.ts';
import { factsOf, factSpeech, silentFacts, type FactSpeech } from './history-facts.ts';

const speech: FactSpeech = {
  unit: (code) => code ?? '区城指中心',
  moment: (at) => `t${at}`,
  word: (key, values = {}) => [key, ...Object.values(values)].join(' '),
  name: (kind, code) => `${kind}:${code}`,
};

/** Fields of each event, as the type says them; a new one must be told or named silent. */
const fields: Readonly<Partial<Record<CaseEventType, readonly string[]>>> = {
  'case.reported.v2': ['description', 'external', 'dueAt', 'source', 'place', 'classRef', 'extra', 'photos'],
  'case.dispatched.v2': ['unit', 'personId', 'mode', 'orders', 'opinion', 'deadline', 'recallUntil'],
  'case.returned.v2': ['to', 'unit', 'returnedTo', 'reasonCode', 'reason'],
  'case.escalated.v1': ['unit', 'reason', 'isHardCase'],
  'case.handed_over.v1': ['orderId', 'unit', 'personId', 'words'],
  'case.endorsement_started.v1': ['steps', 'mayDispatchFirst'],
  'case.endorsed.v1': ['decision', 'opinion'],
  'case.extended.v1': ['limit', 'dueAt', 'isProvisional', 'opinion'],
  'case.suspended.v1': ['until', 'reason', 'opinion'],
  'case.supervised.v1': ['supervisionId', 'kind', 'level', 'party', 'reason', 'answerBy'],
  'case.appeal_reviewed.v1': ['isGranted', 'opinion', 'result'],
  'case.merged.v1': ['reports', 'reason'],
  'case.merged_into.v1': ['into', 'reason'],
  'case.unmerged.v1': ['id', 'reason'],
  'case.unmerged_from.v1': ['from', 'reason'],
  'case.redated.v1': ['clock', 'before', 'after', 'limit', 'isProvisional', 'reason'],
  'ticket.received.v1': ['issuedAt', 'timeClass', 'unit', 'isConfidential', 'dueAt', 'contactDueAt', 'handle'],
  'ticket.concluded.v1': ['solved', 'satisfied'],
  'ticket.replied.v1': ['reply'],
};

test('every fact of every event is told, or named as one that is not', () => {
  for (const name of Object.values(fields).flat()) {
    expect(Object.hasOwn(factSpeech, name) || silentFacts.has(name), name).toBe(true);
  }
});

test('every event type has its words', () => {
  for (const type of Object.keys(fields)) expect(zhCn.events).toHaveProperty(type.replaceAll('.', '_'));
});

test('a dispatch with orders, a return with its code, a supervision and a ticket in words', () => {
  const tell = (type: string, facts: Parameters<typeof stepsOf>[0][number]['facts'] = {}) =>
    stepsOf([{ type, facts }]).flatMap((step) => factsOf(step, speech));
  expect(
    tell('case.dispatched.v2', {
      ...{ unit: '91', personId: 'P1', mode: 'joint', opinion: null, recallUntil: 9 },
      orders: [{ id: 'x-1', unit: '92', personId: null, role: 'co' }],
      deadline: { dueAt: 7 },
    }),
  ).toEqual(['→ 91', 'P1', 'mode:joint', 'orders 92 orderRole:co', 'due t7']);
  expect(tell('case.returned.v2', { to: 'returned', unit: null, reasonCode: 'R03', reason: '非本单位' })).toEqual([
    '→ 区城指中心',
    'R03 reason:R03',
    '非本单位',
  ]);
  expect(
    tell('case.supervised.v1', {
      supervisionId: 'x-D1',
      kind: 'leader',
      level: 2,
      party: 'S1',
      reason: '查',
      answerBy: 5,
    }),
  ).toEqual(['supervisionKind:leader', 'level 2', 'party party:S1', '#x-D1'.replace('x-', ''), '查', 'answerBy t5']);
  expect(tell('ticket.return_reviewed.v1', { unit: null, opinion: '属贵镇' })).toEqual(['noChange', '属贵镇']);
  expect(tell('case.redated.v1', { before: 1, after: 2, reason: '调休' })).toEqual(['调休', 'dueFrom t1 t2']);
});
