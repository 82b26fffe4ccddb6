import { expect, test } from 'vitest';
import { caseRow } from '#contract/case-row.ts';
import type { CaseRow } from '#contract/cases.ts';
import { HOUR_MS } from '#domain/base/instant.ts';
import { noFilter, type DeskFilter } from '#renderer/state/case-filter.ts';
import { LiveCases } from '#renderer/state/live-cases.ts';
import { someAreas } from '#tests/builders/areas.ts';
import { aCase, morning } from '#tests/builders/cases.ts';
import { fittingCases, held, letIn } from './case-order.ts';

const areas = someAreas();
const newest = { filter: noFilter, order: 'newest' } as const;

function aRow(id: string, change: Partial<CaseRow> = {}): CaseRow {
  return { ...caseRow(aCase(1), 1), id, reportedAt: morning + Number(id), ...change };
}

function liveWith(...rows: CaseRow[]): LiveCases {
  const live = new LiveCases(areas);
  live.apply(
    rows.map((row) => ({ kind: 'upsert', row })),
    { sequence: 1, isComplete: true },
  );
  return live;
}

function ids(rows: readonly CaseRow[]): readonly string[] {
  return rows.map(({ id }) => id);
}

function fitting(live: LiveCases, filter: Partial<DeskFilter>, order: 'newest' | 'urgent' = 'newest') {
  return ids(fittingCases(live, { filter: { ...noFilter, ...filter }, order }, areas, morning));
}

test('newest first, or marked and due first', () => {
  const late = { dueAt: morning - HOUR_MS, clockStartedAt: morning - 2 * HOUR_MS };
  const far = { dueAt: morning + HOUR_MS, clockStartedAt: morning };
  const near = { dueAt: morning + HOUR_MS / 2, clockStartedAt: morning };
  const live = liveWith(aRow('1', late), aRow('2', far), aRow('3', near));
  expect(fitting(live, {})).toEqual(['3', '2', '1']);
  expect(fitting(live, {}, 'urgent')).toEqual(['1', '3', '2']);
});

test('a filter by tab, level, unit, area and words', () => {
  const late = { dueAt: morning - HOUR_MS, clockStartedAt: morning - 2 * HOUR_MS };
  const live = liveWith(
    aRow('1', { state: 'handling', holderUnit: '9111', ...late }),
    aRow('2', { state: 'handling', holderUnit: '92', gridCode: '9211', dueAt: null }),
    aRow('3', { description: '路灯不亮', dueAt: null }),
  );
  expect(fitting(live, { tab: 'handle' })).toEqual(['2', '1']);
  expect(fitting(live, { level: 2 })).toEqual(['1']);
  expect(fitting(live, { unit: '91' }), 'a unit stands for all below it').toEqual(['1']);
  expect(fitting(live, { area: '921' })).toEqual(['2']);
  expect(fitting(live, { text: '路灯 东村' }), 'every word must stand in it, names of areas count').toEqual(['3']);
});

test('while a person works in the list, rows stay, new ones wait, gone ones are marked (K6)', () => {
  const live = liveWith(aRow('1'), aRow('2'), aRow('3'));
  const before = letIn(fittingCases(live, newest, areas, morning));
  live.apply(
    [
      { kind: 'upsert', row: aRow('4') },
      { kind: 'upsert', row: aRow('2', { version: 2, state: 'pending_dispatch' }) },
      { kind: 'remove', id: '3' },
    ],
    { sequence: 2, isComplete: true },
  );
  const after = held(before, fittingCases(live, newest, areas, morning), live);
  expect(after.arrived).toBe(1);
  expect(after.rows.map(({ row, isGone }) => [row.id, row.state, isGone])).toEqual([
    ['3', 'reported', true],
    ['2', 'pending_dispatch', false],
    ['1', 'reported', false],
  ]);
});

test('a row that no longer fits the filter stays with its new state until it is let go', () => {
  const live = liveWith(aRow('1'));
  const choice = { filter: { ...noFilter, tab: 'register' }, order: 'newest' } as const;
  const before = letIn(fittingCases(live, choice, areas, morning));
  live.apply([{ kind: 'upsert', row: aRow('1', { state: 'pending_dispatch' }) }], { sequence: 2, isComplete: true });
  const after = held(before, fittingCases(live, choice, areas, morning), live);
  expect(after.rows.map(({ row, isGone }) => [row.state, isGone])).toEqual([['pending_dispatch', true]]);
});
