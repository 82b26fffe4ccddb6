import { expect, test } from 'vitest';
import type { CaseDetail } from '#contract/cases.ts';
import { caseRow } from '#contract/case-row.ts';
import { actionRefusal } from '#domain/case/decide.ts';
import { caseActions } from '#domain/case/lifecycle.ts';
import { someAreas } from '#tests/builders/areas.ts';
import { aCase, desk } from '#tests/builders/cases.ts';
import { isComplete } from './act-draft.ts';
import { nextActions, unitsFor } from './next-actions.ts';

const areas = someAreas();

function detailAfter(steps: number): CaseDetail {
  const state = aCase(steps);
  return {
    ...caseRow(state, steps),
    ...{ standardRef: '', reporterId: null, external: null, extra: {}, chain: [], handlerId: null, collectorId: null },
    ...{ handleDueAt: null, handleFinishedAt: null, returnedTo: state.returnedTo, lastCheck: null },
    actions: caseActions
      .filter((action) => action !== 'report')
      .map((action) => {
        const refusal = actionRefusal(state, action, desk);
        return { action, refusal: refusal === null ? null : { code: refusal.code, detail: { ...refusal.detail } } };
      }),
  };
}

test('the usual step of each state, and the way back', () => {
  const steps = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((step) => {
    const { primary, sendBack } = nextActions(detailAfter(step), areas);
    return [primary, sendBack];
  });
  expect(steps).toEqual([
    ['register', null],
    ['dispatch', 'return'],
    ['sub_dispatch', 'return'],
    ['sub_dispatch', 'return'],
    ['handle', 'return'],
    ['feed_back', 'return'],
    ['request_check', 'rework'],
    ['check', null],
    ['close', null],
    [null, null],
  ]);
});

test('everything is either offered or refused with a reason', () => {
  const { primary, sendBack, others, refused } = nextActions(detailAfter(3), areas);
  expect(new Set([primary, sendBack, ...others])).toEqual(new Set(['accept', 'return', 'sub_dispatch']));
  expect(refused.every(({ refusal }) => refusal !== null)).toBe(true);
});

test('an order goes first to whoever lies on the way to the case', () => {
  const atDesk = unitsFor('dispatch', detailAfter(2), areas);
  expect(atDesk.suggested).toBe('91');
  expect(atDesk.codes.slice(0, 3)).toEqual(['91', '911', '9111']);
  const atTownship = unitsFor('sub_dispatch', detailAfter(3), areas);
  expect(atTownship).toEqual({ suggested: '911', codes: ['911', '9111', '9112'] });
});

test('a check that did not pass needs its reason', () => {
  const draft = { unit: null, words: '', person: '', result: 'failed' } as const;
  expect(isComplete('check', draft)).toBe(false);
  expect(isComplete('check', { ...draft, words: '仍有积水' })).toBe(true);
  expect(isComplete('check', { ...draft, result: 'passed' })).toBe(true);
});
