import { expect, test } from 'vitest';
import { HOUR_MS } from '#domain/base/instant.ts';
import { morning, play, routine } from '#tests/builders/cases.ts';
import { historyOf, stepsOf } from '#tests/builders/details.ts';
import type { CaseCommandBody } from '#domain/case/commands.ts';
import { stageDwells } from './stages.ts';

const id = '20261124000001';

function stepsWith(bodies: readonly CaseCommandBody[]) {
  const { events, state, now } = play(bodies);
  return { steps: historyOf(events), state, now };
}

test('each stage has the hours between its steps; the bar adds up to the age of the case', () => {
  const { steps, state } = stepsWith(routine(id));
  const dwells = stageDwells(steps, { ...state, suspension: null }, morning + 20 * HOUR_MS);
  expect(dwells.map(({ stage, dwellMs }) => [stage, dwellMs === null ? null : dwellMs / HOUR_MS])).toEqual([
    ['report', 1],
    ['register', null],
    ['dispatch', 1],
    ['handle', 4],
    ['feedback', 2],
    ['close', 1],
  ]);
  expect(dwells.find(({ isCurrent }) => isCurrent)?.stage).toBe('close');
});

test('an open case is still in its stage, and a returned one in that of the post it went back to', () => {
  const back: CaseCommandBody = { type: 'return', caseId: id, reasonCode: 'R03', reason: '非本单位职责' };
  const { steps, state, now } = stepsWith([...routine(id).slice(0, 3), back]);
  const dwells = stageDwells(steps, { ...state, suspension: null }, now);
  expect(dwells.find(({ isCurrent }) => isCurrent)).toEqual({
    stage: 'dispatch',
    dwellMs: 2 * HOUR_MS,
    isCurrent: true,
  });
});

test('a ticket has its own stages, and a pause keeps the stage it interrupted', () => {
  const steps = stepsOf([
    { type: 'ticket.received.v1', at: morning },
    { type: 'ticket.signed.v1', at: morning + HOUR_MS },
    { type: 'ticket.assigned.v1', at: morning + 2 * HOUR_MS },
    { type: 'ticket.contacted.v1', at: morning + 3 * HOUR_MS },
    { type: 'case.suspended.v1', at: morning + 4 * HOUR_MS },
  ]);
  const facts = {
    record: 'ticket',
    state: 'suspended',
    returnedTo: null,
    suspension: { previous: 'contacted' },
  } as const;
  const dwells = stageDwells(steps, facts, morning + 6 * HOUR_MS);
  expect(dwells.map(({ stage, dwellMs }) => [stage, dwellMs === null ? null : dwellMs / HOUR_MS])).toEqual([
    ['sign', 1],
    ['assign', 1],
    ['contact', 1],
    ['handle', 3],
    ['feedback', null],
    ['call_back', null],
  ]);
  expect(dwells.find(({ isCurrent }) => isCurrent)?.stage).toBe('handle');
});
