import { expect, test } from 'vitest';
import { caseRow } from '#contract/case-row.ts';
import type { CaseRow } from '#contract/cases.ts';
import { aCase } from '#tests/builders/cases.ts';
import { compareFacts, mergeEffect } from './comparison.ts';

function aRow(id: string, change: Partial<CaseRow> = {}): CaseRow {
  return { ...caseRow(aCase(1), 1), id, ...change };
}

test('facts that differ from those of the case in hand are marked, of each other case', () => {
  const rows = compareFacts([
    aRow('1'),
    aRow('2', { description: '另一段话', dueAt: 5, clock: 'register' }),
    aRow('3', { className: 'another name of the same class' }),
  ]);
  const marked = rows.filter(({ differs }) => differs.some(Boolean)).map(({ fact, differs }) => [fact, ...differs]);
  expect(marked).toEqual([['description', false, true, false]]);
});

test('a merge keeps every reporter and takes the earliest handling deadline', () => {
  const own = { id: '1', record: 'case', mergedCount: 1, handleDueAt: 900 } as const;
  const effect = mergeEffect(own, [
    aRow('2', { clock: 'handle', dueAt: 700, mergedCount: 2 }),
    aRow('3', { clock: 'register', dueAt: 100 }),
    aRow('4', { record: 'ticket' }),
    aRow('5', { state: 'closed' }),
  ]);
  expect(effect).toEqual({ ids: ['2', '3'], leftOut: 2, reports: 6, earliest: { at: 700, caseId: '2' } });
});

test('without any handling deadline there is none to take', () => {
  const own = { id: '1', record: 'case', mergedCount: 0, handleDueAt: null } as const;
  expect(mergeEffect(own, []).earliest).toBeNull();
});
