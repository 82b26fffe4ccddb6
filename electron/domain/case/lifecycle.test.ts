import { expect, test } from 'vitest';
import { roles } from '#domain/access/roles.ts';
import {
  caseActions,
  caseStateNames,
  caseStates,
  finalStates,
  openStates,
  transitions,
  transitionsFrom,
} from './lifecycle.ts';

test('every row starts and ends in a state of the list and names a post', () => {
  for (const row of transitions) {
    expect([null, ...caseStateNames]).toContain(row.from);
    expect(caseStateNames).toContain(row.to);
    expect(row.by.length).toBeGreaterThan(0);
    for (const role of row.by) expect(roles).toContain(role);
  }
});

test('no step leads out of a final state, and every open state that can be reached has a way on', () => {
  for (const state of finalStates) expect(transitionsFrom(state)).toEqual([]);
  const reached = new Set(transitions.map((row) => row.to));
  for (const state of openStates.filter((name) => reached.has(name))) {
    expect(transitionsFrom(state), state).not.toEqual([]);
  }
});

test('every action has a row, and every reachable state can come to 结案', () => {
  expect(new Set(transitions.map((row) => row.action))).toEqual(new Set(caseActions));
  const canClose = new Set<string>(['closed']);
  for (let size = 0; size !== canClose.size;) {
    size = canClose.size;
    for (const row of transitions) if (row.from !== null && canClose.has(row.to)) canClose.add(row.from);
  }
  for (const row of transitions) expect(canClose).toContain(row.to);
});

test('the stage bar has a stage for every open state but 回退 and 挂账, which show the receiver', () => {
  const without = openStates.filter((name) => caseStates[name].stage === null);
  expect(without).toEqual(['returned', 'suspended']);
});
