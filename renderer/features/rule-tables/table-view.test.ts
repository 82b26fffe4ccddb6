import { expect, test } from 'vitest';
import { draftOf } from './table-draft.ts';
import { checkRows, columnWidth, dayPlaces, filterRows, noRowFilter, rowNamer, rowTime } from './table-view.ts';
import { moved } from './grid-move.ts';
import { monthsOf, yearsOf } from './year-months.ts';

const columns = ['date', 'kind', 'name', 'from', 'to', 'placeholder', 'source'].map((id) => ({ id, type: 'text' }));

test('faults name the row as the screen numbers it, the column and the value', () => {
  const { rows } = draftOf('v', [
    ['2027-01-01', 'holiday', '元旦', '', '', 'false', 's'],
    ['', '', '', '', '', '', ''],
    ['2027-02-30', 'holiday', '春节', '', '', 'false', 's'],
  ]);
  expect(
    checkRows('calendar', columns, rows).map(({ row, column, code, severity }) => ({ row, column, code, severity })),
  ).toEqual([{ row: 4, column: 'date', code: 'not_a_day', severity: 'error' }]);
});

test('a row is in force, to come, over, or without days', () => {
  const places = dayPlaces([
    { id: 'from', type: 'day' },
    { id: 'to', type: 'day' },
  ]);
  const on = (from: string, to: string) => rowTime([from, to], places, '2026-11-24');
  expect([on('', ''), on('2026-01-01', ''), on('2026-11-25', ''), on('', '2026-11-24'), on('', '2027-01-01')]).toEqual([
    'always',
    'in_force',
    'future',
    'past',
    'in_force',
  ]);
  expect(rowTime(['2026-11-23', 'holiday'], dayPlaces(columns), '2026-11-24')).toBe('past');
});

test('rows are found by words as written or as shown, by time, fault and mark', () => {
  const { rows } = draftOf('v', [
    ['2027-01-01', 'holiday', '元旦', '', '', 'true', 's'],
    ['2026-01-01', 'workday', '元旦', '', '', 'false', 's'],
  ]);
  const facts = {
    places: dayPlaces(columns),
    placeholder: 5,
    today: '2026-11-24',
    faultyRows: new Set([3]),
    shown: (cell: string) => (cell === 'workday' ? '上班' : cell),
  };
  const found = (change: Partial<typeof noRowFilter>) => filterRows(rows, { ...noRowFilter, ...change }, facts);
  expect(found({ text: '元旦 上班' })).toEqual([1]);
  expect(found({ text: 'holiday' })).toEqual([0]);
  expect(found({ time: 'future' })).toEqual([0]);
  expect(found({ onlyFaulty: true })).toEqual([1]);
  expect(found({ onlyPlaceholders: true })).toEqual([0]);
  expect(found({ onlyChanged: true })).toEqual([]);
});

test('columns are as wide as what they hold, within bounds', () => {
  expect([columnWidth('a', []), columnWidth('名', ['汉'.repeat(100)]), columnWidth('h'.repeat(99), ['1'])]).toEqual([
    58, 242, 122,
  ]);
});

test('a row is named by its key and first day', () => {
  expect(rowNamer(columns, ['date'])(['2027-01-01', 'x', 'y', '2026-01-01'])).toBe('2027-01-01\u00002026-01-01');
});

test('keys move inside the grid and never out of it', () => {
  const size = { rows: 10, columns: 3, page: 4 };
  const from = { row: 8, column: 1 };
  expect(moved('PageDown', false, from, size)).toEqual({ row: 9, column: 1 });
  expect(moved('Home', true, from, size)).toEqual({ row: 0, column: 0 });
  expect(moved('End', false, from, size)).toEqual({ row: 8, column: 2 });
  expect(moved('x', false, from, size)).toBeNull();
});

test('months have whole weeks from Monday, and all their days', () => {
  const months = monthsOf(2028);
  expect(months.flat(2).filter((day) => day !== null)).toHaveLength(366);
  expect(months.flat().every((week) => week.length === 7)).toBe(true);
  expect(months[1]?.at(-1)?.[1]?.date).toBe('2028-02-29');
  expect(yearsOf(['2026-01-01', '2025-10-01', '2026-10-01'])).toEqual([2025, 2026, 2027]);
});
