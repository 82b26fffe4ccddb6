import { describe, expect, test } from 'vitest';
import { roles } from '#domain/access/roles.ts';
import { caseStateNames, caseStates, finalStates, isOpen, openStates, recordKinds, stagesOf } from './lifecycle.ts';
import type { CaseStateName, RecordKind } from './lifecycle.ts';
import { caseActions, isInTable, rowsFor, transitions, type Transition } from './transitions.ts';

function rowsOf(record: RecordKind): readonly Transition[] {
  return transitions.filter((row) => row.record === record || row.record === 'both');
}

/** States that an action leads to from a state; `previous` of a pause is any state that can be paused. */
function leadsTo(record: RecordKind, from: CaseStateName): readonly CaseStateName[] {
  const found = rowsOf(record).filter((row) => row.from?.includes(from) === true);
  return found.flatMap(({ to }) =>
    to.flatMap((target) => {
      if (target === 'same') return [from];
      if (target !== 'previous') return [target];
      const pauses = rowsOf(record).filter((row) => row.to.includes('suspended'));
      return from === 'suspended' ? pauses.flatMap((row) => row.from ?? []) : [];
    }),
  );
}

function reachable(record: RecordKind, starts: readonly CaseStateName[]): ReadonlySet<CaseStateName> {
  const seen = new Set(starts);
  for (const state of seen) for (const next of leadsTo(record, state)) seen.add(next);
  return seen;
}

const begins = (record: RecordKind) =>
  rowsOf(record)
    .filter(({ from }) => from === null)
    .flatMap(({ to }) => to.filter((target) => target !== 'same' && target !== 'previous'));

describe('the transition table of domain.md §4.4, §4.5 and §7.7', () => {
  test('every action has a row, and every row an action', () => {
    expect(new Set(transitions.map(({ action }) => action))).toEqual(new Set(caseActions));
    expect(new Set(caseActions).size).toBe(caseActions.length);
  });

  test('rows 1 to 21 with 6a and T1 to T13 are all there', () => {
    const rows = new Set(transitions.map(({ row }) => row));
    const numbers = Array.from({ length: 21 }, (_, index) => String(index + 1));
    const tickets = Array.from({ length: 13 }, (_, index) => `T${index + 1}`);
    const side = ['extend', 'suspend', 'supervise', 'urge', 'appeal', 'escalate'];
    const chain = ['recall', 'relay', 'endorse', 'whistle', 'order', 'merge', 'redate', 'reporter'];
    expect([...rows].sort()).toEqual([...numbers, '6a', ...tickets, ...side, ...chain].sort());
  });

  test('posts exist and none is named twice in a row', () => {
    for (const { by } of transitions) {
      expect(by.length).toBeGreaterThan(0);
      expect(by.every((role) => roles.includes(role))).toBe(true);
      expect(new Set(by).size).toBe(by.length);
    }
  });

  test('an administrator has no case action but 强制结案, 作废 and 时限表更新; a collector only reports, 核实 and 核查', () => {
    const of = (role: (typeof roles)[number]) =>
      [...new Set(transitions.filter(({ by }) => by.includes(role)).map(({ action }) => action))].sort();
    expect(of('ADMIN')).toEqual(['force_close', 'redate', 'void']);
    expect(of('COLLECTOR')).toEqual(['check', 'report', 'verify']);
    expect(of('EVALUATOR')).toEqual(['review_appeal']);
  });

  test.each(recordKinds)('of a %s: no two rows of one action from one state are for the same post', (record) => {
    for (const state of caseStateNames) {
      for (const action of caseActions) {
        const posts = rowsFor(record, state, action).flatMap(({ by }) => by);
        expect([state, action, posts.length]).toEqual([state, action, new Set(posts).size]);
      }
    }
  });

  test.each(recordKinds)('of a %s: every row can be taken, and leads to states that can be reached', (record) => {
    const reached = reachable(record, begins(record));
    for (const { action, from, to } of rowsOf(record)) {
      expect([action, from?.some((state) => reached.has(state)) ?? true]).toEqual([action, true]);
      const targets = to.filter((target) => target !== 'same' && target !== 'previous');
      const known = targets.filter((target) => reached.has(target));
      expect([action, known.length > 0 || targets.length === 0]).toEqual([action, true]);
    }
  });

  test.each(recordKinds)(
    'of a %s: every open state has a way on, and can come to an end by routine steps',
    (record) => {
      const reached = [...reachable(record, begins(record))].filter(isOpen);
      expect(reached.length).toBeGreaterThan(8);
      const end = record === 'case' ? 'closed' : 'done';
      for (const state of reached) {
        expect([state, leadsTo(record, state).some((next) => next !== state)]).toEqual([state, true]);
        expect([...reachable(record, [state])]).toContain(end);
      }
    },
  );

  test('the two records share every open state between them', () => {
    const reached = recordKinds.flatMap((record) => [...reachable(record, begins(record))]);
    expect(new Set(reached)).toEqual(new Set(caseStateNames));
  });

  test('no row leads out of a final state but 拆案 out of 作废; 申诉 and acts on the reporter keep it', () => {
    for (const { action, from, to } of transitions) {
      const out = from?.filter((state) => !isOpen(state)) ?? [];
      if (out.length === 0) continue;
      expect(['appeal', 'review_appeal', 'unmerge', 'reveal_reporter', 'erase_reporter']).toContain(action);
      expect(to.every((target) => target === 'same' || (action === 'unmerge' && target === 'previous'))).toBe(true);
    }
    for (const state of finalStates) {
      for (const record of recordKinds) {
        for (const target of openStates) {
          const actions = caseActions.filter((action) => isInTable(record, state, action, target));
          expect([state, target, actions]).toEqual([state, target, state === 'void' ? ['unmerge'] : []]);
        }
      }
    }
  });

  test('挂账 stops everything but 恢复, 督办, 时限表更新, 拆案, acts on the reporter and the forced ends', () => {
    const allowed = caseActions.filter((action) =>
      recordKinds.some((record) => rowsFor(record, 'suspended', action).length > 0),
    );
    const onReporter = ['reveal_reporter', 'erase_reporter'];
    expect(allowed).toEqual([
      ...['void', 'force_close', 'resume', 'supervise', 'answer_supervision', 'unmerge', 'redate'],
      ...onReporter,
    ]);
  });

  test('isInTable holds what the rows say and nothing else', () => {
    expect(isInTable('case', 'pending_handle', 'accept', 'handling')).toBe(true);
    expect(isInTable('case', 'pending_handle', 'accept', 'closed')).toBe(false);
    expect(isInTable('ticket', 'pending_handle', 'accept', 'handling')).toBe(false);
    expect(isInTable('case', 'handling', 'urge', 'handling')).toBe(true);
    expect(isInTable('case', 'suspended', 'resume', 'handling')).toBe(true);
    expect(isInTable('case', 'suspended', 'resume', 'closed')).toBe(false);
  });
});

describe('the stage bar 阶段条', () => {
  test.each(recordKinds)(
    'every open state of a %s but 回退 and 挂账 has a stage of its bar, in the order of the road',
    (record) => {
      const stages: readonly string[] = stagesOf(record);
      for (const state of reachable(record, begins(record))) {
        const { stage } = caseStates[state];
        if (stage === null) expect(['returned', 'suspended', 'void', 'not_accepted']).toContain(state);
        else if (state !== 'handling' && state !== 'forced_close')
          expect([state, stages]).toEqual([state, expect.arrayContaining([stage])]);
      }
      const road: readonly CaseStateName[] =
        record === 'case'
          ? [
              'reported',
              'pending_register',
              'pending_dispatch',
              'pending_handle',
              'handling',
              'pending_check',
              'pending_close',
            ]
          : ['to_sign', 'signed', 'assigned', 'contacted', 'handling', 'replied', 'calling_back'];
      const places = road.map((state) => stages.indexOf(caseStates[state].stage ?? ''));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(places).not.toContain(-1);
      expect(new Set(places)).toEqual(new Set(stages.map((_, index) => index)));
    },
  );
});
