import { expect, test } from 'vitest';
import type { HistoryStep } from '#contract/cases.ts';
import { HOUR_MS } from '#domain/base/instant.ts';
import { morning, play, routine } from '#tests/builders/cases.ts';
import type { CaseCommandBody } from '#domain/case/commands.ts';
import { stageDwells } from './stages.ts';

const id = '20261124000001';

function historyOf(bodies: readonly CaseCommandBody[]) {
  const { events, state, now } = play(bodies);
  const steps = events.map((event, index): HistoryStep => {
    const { caseId: _, version, at, type, by, ...facts } = event;
    return { sequence: index + 1, version, at, type, by: { ...by }, facts: facts as unknown as HistoryStep['facts'] };
  });
  return { steps, state, now };
}

test('each stage has the hours between its steps; the bar adds up to the age of the case', () => {
  const { steps, state } = historyOf(routine(id));
  const dwells = stageDwells(steps, state.state, state.returnedTo, morning + 20 * HOUR_MS);
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
  const back: CaseCommandBody = { type: 'return', caseId: id, reason: '非本单位职责' };
  const { steps, state, now } = historyOf([...routine(id).slice(0, 4), back]);
  const dwells = stageDwells(steps, state.state, state.returnedTo, now);
  expect(dwells.find(({ isCurrent }) => isCurrent)).toEqual({
    stage: 'dispatch',
    dwellMs: 2 * HOUR_MS,
    isCurrent: true,
  });
});
