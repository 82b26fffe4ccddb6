import { expect, test } from 'vitest';
import { caseRow } from '#contract/case-row.ts';
import type { CaseRow } from '#contract/cases.ts';
import { aCase } from '#tests/builders/cases.ts';
import { boardRows, heldRows, nearestCase } from './board-rows.ts';

function aRow(id: string, change: Partial<CaseRow> = {}): CaseRow {
  return { ...caseRow(aCase(1), 1), id, ...change };
}

const group = (unit: string, ...rows: CaseRow[]) => ({ unit, rows, open: rows.length, overdue: 0 });

test('while it is held, lines keep their places, new cases wait, gone ones stay marked as they are now', () => {
  const before = boardRows([group('A', aRow('1'), aRow('2')), group('B', aRow('3'))]);
  const fresh = boardRows([group('B', aRow('3')), group('C', aRow('9')), group('A', aRow('2', { version: 7 }))]);
  const { rows, arrived } = heldRows(before, fresh, new Map([['1', aRow('1', { version: 8 })]]));
  expect(rows.map((line) => [line.key, line.kind === 'case' ? [line.row.version, line.isGone] : null])).toEqual([
    ['unit A', null],
    ['1', [8, true]],
    ['2', [7, false]],
    ['unit B', null],
    ['3', [aRow('3').version, false]],
  ]);
  expect(arrived).toBe(1);
});

test('moves go from case to case over the lines of units, and back where none is further on', () => {
  const rows = boardRows([group('A', aRow('1')), group('B', aRow('2'))]);
  expect(nearestCase(rows, 0, -1)).toBe(1);
  expect(nearestCase(rows, 2, 1)).toBe(3);
  expect(nearestCase(rows, 2, -1)).toBe(1);
  expect(nearestCase([], 0, 1)).toBeNull();
});
