import { expect, test } from 'vitest';
import { caseRow } from '#contract/case-row.ts';
import type { CaseRow } from '#contract/cases.ts';
import { HOUR_MS, MINUTE_MS } from '#domain/base/instant.ts';
import { someAreas } from '#tests/builders/areas.ts';
import { aCase, morning } from '#tests/builders/cases.ts';
import { groupByUnit, lanes, responsibleUnit, sortIntoLanes } from './lanes.ts';

const areas = someAreas();
const now = morning;

function aRow(id: string, change: Partial<CaseRow> = {}): CaseRow {
  return { ...caseRow(aCase(1), 1), id, dueAt: null, ...change };
}

function lanesOf(row: CaseRow, warnings: Parameters<typeof sortIntoLanes>[1] = []): readonly string[] {
  const sorted = sortIntoLanes([row], warnings, areas, now);
  return lanes.filter((lane) => sorted[lane].length > 0);
}

test('a case stands in the lane of what is left of its limit, and in one such lane only', () => {
  expect(lanesOf(aRow('1', { dueAt: now - 1 }))).toEqual(['overdue']);
  expect(lanesOf(aRow('1', { dueAt: now }))).toEqual(['hours2']);
  expect(lanesOf(aRow('1', { dueAt: now + 2 * HOUR_MS }))).toEqual(['hours2']);
  expect(lanesOf(aRow('1', { dueAt: now + 2 * HOUR_MS + 1 }))).toEqual(['hours24']);
  expect(lanesOf(aRow('1', { dueAt: now + 48 * HOUR_MS }))).toEqual(['hours48']);
  expect(lanesOf(aRow('1', { dueAt: now + 49 * HOUR_MS }))).toEqual([]);
  expect(lanesOf(aRow('1'))).toEqual([]);
});

test('what was sent and not taken on for half an hour, returned twice, suspended or supervised has its own lane', () => {
  const sent = { state: 'pending_handle', holderSince: now - 30 * MINUTE_MS } as const;
  expect(lanesOf(aRow('1', sent))).toEqual([]);
  expect(lanesOf(aRow('1', { ...sent, holderSince: now - 30 * MINUTE_MS - 1 }))).toEqual(['unaccepted']);
  expect(lanesOf(aRow('1', { returnCount: 2 }))).toEqual(['returned']);
  expect(lanesOf(aRow('1', { state: 'suspended', openSupervisions: 1 }))).toEqual(['suspended', 'supervised']);
});

test('cases of a class and an area that a warning names stand in its lane', () => {
  const grid = areas.level(areas.depth)[0]?.code ?? '';
  const township = areas.path(grid)[0]?.code ?? '';
  const row = aRow('1', { gridCode: grid });
  const warning = { caseId: null, classCode: row.classCode, className: '', value: 9, against: 5, because: null };
  expect(lanesOf(row, [{ ...warning, kind: 'repeats', area: grid }])).toEqual(['repeated']);
  expect(lanesOf(row, [{ ...warning, kind: 'week', area: township }])).toEqual(['week']);
  expect(lanesOf(row, [{ ...warning, kind: 'week', area: township, classCode: 'other' }])).toEqual([]);
});

test('cases lie with the township above their holder, the most pressing first; counts are of all its open cases', () => {
  const [first, second] = areas.level(areas.unitLevel).map(({ code }) => code);
  const below = areas.children(first ?? '')[0]?.code ?? null;
  const mine = aRow('1', { holderUnit: below, dueAt: now - HOUR_MS });
  const worse = aRow('2', { holderUnit: first ?? null, dueAt: now - 2 * HOUR_MS });
  const urgent = aRow('3', { holderUnit: second ?? null, dueAt: now - 1, isUrgent: true });
  const calm = aRow('4', { holderUnit: first ?? null });
  const groups = groupByUnit([mine, worse, urgent], [mine, worse, urgent, calm], areas, now);
  expect(groups.map(({ unit, rows, open, overdue }) => [unit, rows.map(({ id }) => id), open, overdue])).toEqual([
    [second, ['3'], 1, 1],
    [first, ['2', '1'], 3, 2],
  ]);
  expect(responsibleUnit({ holderUnit: null }, areas)).toBeNull();
  expect(responsibleUnit({ holderUnit: 'department-7' }, areas)).toBe('department-7');
});
