import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aCase, aContext, anActor, aReport, desk, morning, play, routine } from '#tests/builders/cases.ts';
import type { Actor } from '#domain/access/roles.ts';
import { HOUR_MS, plus } from '#domain/base/instant.ts';
import type { CaseCommandBody } from './commands.ts';
import { decide } from './decide.ts';
import { handleDueAt } from './deadline.ts';
import { evolve } from './evolve.ts';
import { isOpen } from './lifecycle.ts';
import type { CaseState } from './state.ts';
import { isInTable } from './transitions.ts';

const id = '20261124000001';

function ask(
  state: CaseState | undefined,
  body: CaseCommandBody,
  actor: Actor = desk,
  now = plus(morning, 24 * HOUR_MS),
) {
  return decide({ caseById: () => state }, { id: 'command', actor, body }, aContext(now));
}

function codeOf(result: ReturnType<typeof ask>): string {
  return result.ok ? 'ok' : result.error.code;
}

describe('report 上报', () => {
  test('finds the unit grid from the point and starts the filing clock', () => {
    const result = ask(undefined, aReport(), desk, morning);
    expect(result).toMatchObject({
      ok: true,
      value: [{ type: 'case.reported.v2', version: 1, place: { gridCode: '9111' }, dueAt: morning + 15 * 60_000 }],
    });
  });

  test('a report of a collector is already verified and waits for 立案; one of the public waits for 受理', () => {
    const seen = aReport({ source: 'grid_staff' });
    expect(ask(undefined, seen, anActor('COLLECTOR'))).toMatchObject({ value: [{ state: 'pending_register' }] });
    expect(ask(undefined, seen, desk)).toMatchObject({
      value: [{ state: 'pending_register', by: { role: 'COLLECTOR' } }],
    });
    expect(ask(undefined, seen, anActor('ACCEPTOR'))).toMatchObject({ value: [{ state: 'reported' }] });
    expect(ask(undefined, aReport(), desk)).toMatchObject({ value: [{ state: 'reported', by: { role: 'ACCEPTOR' } }] });
    expect(codeOf(ask(undefined, aReport(), anActor('COLLECTOR')))).toBe('wrong_role');
  });

  test('a point outside the district has no grid; no point is allowed, half a point is not', () => {
    expect(ask(undefined, aReport({ lon: 10, lat: 10 }))).toMatchObject({ value: [{ place: { gridCode: null } }] });
    expect(ask(undefined, aReport({ lon: null, lat: null }))).toMatchObject({ value: [{ place: { gridCode: null } }] });
    expect(codeOf(ask(undefined, aReport({ lat: null })))).toBe('place_incomplete');
  });

  test('refuses a report from the future, without words, and by a post that does not report', () => {
    const later = plus(morning, 3 * 60_000);
    expect(codeOf(ask(undefined, aReport({ reportedAt: later }), desk, morning))).toBe('reported_in_future');
    const blank = { ...aReport().classRef, name: ' ' };
    expect(codeOf(ask(undefined, aReport({ description: ' ', classRef: blank })))).toBe('description_missing');
    expect(codeOf(ask(undefined, aReport(), anActor('DISPATCHER')))).toBe('wrong_role');
  });

  test('a closed row of a file is archived with its own dates and no clock, an open one has no filing clock', () => {
    const closed = aReport({ imported: { state: 'closed', closedAt: plus(morning, HOUR_MS) } });
    expect(ask(undefined, closed, anActor('SYSTEM'))).toMatchObject({
      value: [{ type: 'case.archived.v1', closedAt: morning + HOUR_MS }],
    });
    const open = aReport({ imported: { state: 'open', closedAt: null } });
    expect(ask(undefined, open, anActor('SYSTEM'))).toMatchObject({
      value: [{ type: 'case.reported.v2', state: 'reported', dueAt: null }],
    });
  });
});

describe('the chain from 立案 to 结案', () => {
  test('routine steps lead through the states of domain.md §4.4', () => {
    const states = routine(id).map((_, index) => aCase(index + 1).state);
    expect(states).toEqual([
      'reported',
      'pending_dispatch',
      'pending_handle',
      'pending_handle',
      'handling',
      'handle_finished',
      'pending_check',
      'checking',
      'pending_close',
      'closed',
    ]);
  });

  test('the handling limit is that of the class, and sending on does not move it', () => {
    const dispatched = aCase(3);
    expect(handleDueAt(dispatched)).toBe(dispatched.stateSince + 120 * 60_000);
    expect(aCase(4).dueAt).toBe(dispatched.dueAt);
  });

  test('a unit must exist, lie below the sender, and not be the district itself', () => {
    const registered = aCase(2);
    expect(codeOf(ask(registered, { type: 'dispatch', caseId: id, unit: 'nowhere' }))).toBe('unit_unknown');
    expect(codeOf(ask(registered, { type: 'dispatch', caseId: id, unit: '9' }))).toBe('unit_not_below');
    const atTown = aCase(3);
    expect(codeOf(ask(atTown, { type: 'sub_dispatch', caseId: id, unit: '921' }))).toBe('unit_not_below');
    expect(codeOf(ask(atTown, { type: 'sub_dispatch', caseId: id, unit: '91' }))).toBe('unit_not_below');
    expect(codeOf(ask(atTown, { type: 'sub_dispatch', caseId: id, unit: '9112' }))).toBe('ok');
  });

  test('only the unit that holds the case acts, or the desk for it', () => {
    const atVillage = aCase(4);
    const accept = { type: 'accept', caseId: id, handlerId: 'handler-1' } as const;
    expect(codeOf(ask(atVillage, accept, anActor('DEPT', '911')))).toBe('ok');
    expect(codeOf(ask(atVillage, accept, anActor('DEPT', '91')))).toBe('not_holder');
    const byDesk = ask(atVillage, accept);
    expect(byDesk).toMatchObject({ value: [{ by: { id: 'desk-1', role: 'DEPT', unit: '911' } }] });
  });

  test('采办分离: who found it does not handle it, who handled it does not check it', () => {
    const found = play([
      aReport({ reporterId: 'worker-7' }),
      { type: 'register', caseId: id, condition: '属实' },
      { type: 'dispatch', caseId: id, unit: '911' },
    ]).state;
    expect(codeOf(ask(found, { type: 'accept', caseId: id, handlerId: 'worker-7' }))).toBe('finder_is_handler');
    const request = { type: 'request_check', caseId: id, collectorId: 'handler-1' } as const;
    expect(codeOf(ask(aCase(7), request))).toBe('handler_is_checker');
  });

  test('a check is answered by the collector who was sent, with a reason if it did not pass', () => {
    const checking = aCase(8);
    const passed = { type: 'check', caseId: id, result: 'passed' } as const;
    expect(codeOf(ask(checking, passed, anActor('COLLECTOR', '911', 'collector-2')))).toBe('not_the_collector');
    expect(codeOf(ask(checking, passed, anActor('COLLECTOR', '911', 'collector-1')))).toBe('ok');
    expect(codeOf(ask(checking, { type: 'check', caseId: id, result: 'failed' }))).toBe('opinion_missing');
  });

  test('not fixed: 返工 sends it back to the unit that handled it, under the old deadline', () => {
    const failed = play([
      ...routine(id).slice(0, 8),
      { type: 'check', caseId: id, result: 'failed', opinion: '未修复' },
    ]);
    expect(failed.state).toMatchObject({ state: 'pending_check', holder: { unit: null, post: 'DISPATCHER' } });
    const again = ask(failed.state, { type: 'rework', caseId: id, reason: '未修复' });
    expect(again).toMatchObject({ value: [{ type: 'case.reworked.v2', unit: '911' }] });
  });

  test('words that a step needs may not be blank', () => {
    expect(codeOf(ask(aCase(1), { type: 'register', caseId: id, condition: ' ' }))).toBe('condition_missing');
    expect(codeOf(ask(aCase(5), { type: 'handle', caseId: id, result: '' }))).toBe('result_missing');
    expect(codeOf(ask(aCase(9), { type: 'close', caseId: id, condition: '' }))).toBe('condition_missing');
    expect(codeOf(ask(aCase(3), { type: 'return', caseId: id, reasonCode: 'R03', reason: '' }))).toBe('reason_missing');
  });
});

describe('return 回退', () => {
  const back = { type: 'return', caseId: id, reasonCode: 'R03', reason: '不属于本单位' } as const;

  test.each([
    [2, { to: 'returned', returnedTo: 'ACCEPTOR' }],
    [3, { to: 'returned', returnedTo: 'DISPATCHER' }],
    [5, { to: 'pending_handle', returnedTo: null }],
    [6, { to: 'handling', returnedTo: null }],
  ])('after %i routine steps it goes back one step', (steps, target) => {
    expect(ask(aCase(steps), back)).toMatchObject({ value: [target] });
  });

  test('the receiver repairs or sends on; another post may not', () => {
    const toDispatcher = evolveOne(aCase(3), back);
    expect(codeOf(ask(toDispatcher, { type: 'dispatch', caseId: id, unit: '92' }))).toBe('ok');
    expect(codeOf(ask(toDispatcher, { type: 'register', caseId: id, condition: '属实' }))).toBe(
      'returned_to_other_post',
    );
    const toAcceptor = evolveOne(toDispatcher, back);
    expect(toAcceptor.returnedTo).toBe('ACCEPTOR');
    expect(codeOf(ask(toAcceptor, { type: 'register', caseId: id, condition: '属实' }))).toBe('ok');
    expect(codeOf(ask(toAcceptor, { type: 'dispatch', caseId: id, unit: '92' }))).toBe('returned_to_other_post');
  });

  test('a deadline that runs is kept when the case is sent on', () => {
    const dispatched = aCase(3);
    const sentOn = evolveOne(evolveOne(dispatched, back), { type: 'dispatch', caseId: id, unit: '92' });
    expect(handleDueAt(sentOn)).toBe(handleDueAt(dispatched));
    expect(sentOn.returnCount).toBe(1);
  });

  function evolveOne(state: CaseState, body: CaseCommandBody): CaseState {
    const decided = ask(state, body);
    if (!decided.ok) throw new Error(decided.error.code);
    return decided.value.reduce((folded, event) => evolve(folded, event), state);
  }
});

describe('guards of every command', () => {
  test('an unknown case, an old version and an archived case are refused', () => {
    const close = { type: 'close', caseId: id, condition: '核查通过' } as const;
    expect(codeOf(ask(undefined, close))).toBe('not_found');
    expect(codeOf(ask(aCase(9), { ...close, expectedVersion: 8 }))).toBe('stale');
    const archived = play([aReport({ imported: { state: 'closed', closedAt: morning } })], anActor('SYSTEM')).state;
    expect(codeOf(ask(archived, close))).toBe('archived');
  });

  test('any order of commands leaves a case whose history folds to the same state, versions without holes', () => {
    const step = fc.constantFrom<CaseCommandBody>(
      ...routine(id).slice(1),
      { type: 'return', caseId: id, reasonCode: 'R03', reason: '不属实' },
      { type: 'rework', caseId: id, reason: '未修复' },
      { type: 'check', caseId: id, result: 'failed', opinion: '未修复' },
      { type: 'check', caseId: id, result: 'unable', opinion: '无法进入' },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (bodies) => {
        let state = aCase(1);
        let now = plus(morning, HOUR_MS);
        for (const body of bodies) {
          now = plus(now, HOUR_MS);
          const decided = ask(state, body, desk, now);
          if (!decided.ok) continue;
          const before = state;
          state = decided.value.reduce((folded, event) => evolve(folded, event), state);
          expect(state.version).toBe(before.version + decided.value.length);
          expect(isInTable('case', before.state, body.type, state.state)).toBe(true);
          expect(state.holder === null).toBe(!isOpen(state.state));
          expect(state.chain.filter((hop) => hop.endedAt === null).length).toBeLessThanOrEqual(1);
          const current = state.chain.at(-1);
          if (state.holder?.unit) expect(current).toMatchObject({ unit: state.holder.unit, endedAt: null });
        }
      }),
      { seed: 20261124, numRuns: 300 },
    );
  });
});
