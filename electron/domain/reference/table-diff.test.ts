import { expect, test } from 'vitest';
import { cellsOfRows } from '#tests/builders/tables.ts';
import { changedRows } from './table-diff.ts';
import { tableSpecs } from './table-specs.ts';

const holiday = { kind: 'holiday', name: '国庆节' } as const;

test('rows are told apart by key and first day: changed, new and gone', () => {
  const before = cellsOfRows('calendar', [
    { ...holiday, date: '2026-10-01' },
    { ...holiday, date: '2026-10-02' },
    { ...holiday, date: '2026-10-03' },
  ]);
  const after = cellsOfRows('calendar', [
    { ...holiday, date: '2026-10-03' },
    { ...holiday, date: '2026-10-02', kind: 'workday' },
    { ...holiday, date: '2026-10-04' },
  ]);
  expect(changedRows(tableSpecs.calendar, before, after)).toMatchObject([
    { row: 3, before: { kind: 'holiday' }, after: { kind: 'workday', date: '2026-10-02' } },
    { row: 4, before: null, after: { date: '2026-10-04' } },
    { row: 2, before: { date: '2026-10-01' }, after: null },
  ]);
  expect(changedRows(tableSpecs.calendar, before, before)).toEqual([]);
});
