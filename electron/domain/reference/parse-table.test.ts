import { expect, test } from 'vitest';
import { cellsOfRows, someRows, type RowGiven } from '#tests/builders/tables.ts';
import { parseTable } from './parse-table.ts';
import { problemText } from './problem.ts';
import { specOf } from './table-specs.ts';
import type { TableName } from './table-names.ts';

function faultsOf(name: TableName, rows: readonly RowGiven[]): readonly string[] {
  return parseTable(specOf(name), cellsOfRows(name, rows)).problems.map(problemText);
}

const handle = { record: 'case', clock: 'handle', default: true, value: 4, unit: 'work_hour' } as const;
const person = someRows.people[0] ?? {};

test('a cell that can’t be read is named by row, column, reason and value', () => {
  expect(
    faultsOf('limits', [
      handle,
      { ...handle, code: '06', value: 'vier' },
      { ...handle, code: '07', value: -1 },
      { ...handle, code: '08', unit: 'week' },
      { ...handle, code: '09', default: 'maybe' },
      { ...handle, code: '1.10E+11' },
      { ...handle, code: '10', from: '2026-02-29' },
      { ...handle, code: '11', from: '2026-03-02', to: '2026-03-02' },
      { ...handle, code: '12', value: '' },
    ]),
  ).toEqual([
    'limits: row 3, value: not_a_number "vier"',
    'limits: row 4, value: out_of_range "-1" (min 0, max 100000)',
    'limits: row 5, unit: not_allowed "week" (allowed minute urgent_hour work_hour work_day natural_day)',
    'limits: row 6, default: not_a_flag "maybe"',
    'limits: row 7, code: not_a_code "1.10E+11"',
    'limits: row 8, from: not_a_day "2026-02-29"',
    'limits: row 9, to: to_before_from "2026-03-02" (from 2026-03-02)',
    'limits: row 10, value: empty',
  ]);
});

test('of two rows with one key that are in force on one day the later names the earlier', () => {
  const row = { ...handle, code: '06042' };
  expect(
    faultsOf('limits', [
      { ...row, to: '2026-07-01' },
      { ...row, from: '2026-07-01', to: '2026-10-01' },
      { ...row, from: '2026-09-30' },
      { ...row, condition: '满溢', default: false },
    ]),
  ).toEqual(['limits: row 4, record: overlapping_dates "case handle 06042" (otherRow 3)']);
});

test('a full phone number is refused, a masked one is not', () => {
  expect(faultsOf('people', [{ ...person, phone: '13812345678' }])).toEqual([
    'people: row 2, phone: not_a_code "13812345678"',
  ]);
  expect(faultsOf('people', [{ ...person, phone: '138****5678' }])).toEqual([]);
});

test('rows that have no days hold a key once', () => {
  expect(faultsOf('people', [person, { ...person, post: 'duty_officer' }])).toEqual([
    'people: row 3, id: duplicate_key "P1" (otherRow 2)',
  ]);
});

test('missing and repeated columns are faults of the head row, an unknown one is a warning', () => {
  const { head, rows } = cellsOfRows('people', [person]);
  const without = { head: [...head.map((id) => (id === 'unit' ? 'unite' : id)), 'id'], rows };
  expect(parseTable(specOf('people'), without)).toMatchObject({
    rows: [],
    problems: [
      { row: 1, column: 'unite', code: 'unknown_column' },
      { row: 1, column: 'id', code: 'repeated_column' },
      { row: 1, column: 'unit', code: 'missing_column' },
    ],
  });
});

test('columns may stand in any order, and a row may end early', () => {
  const { head, rows } = cellsOfRows('people', [person]);
  const turned = {
    head: head.toReversed(),
    rows: rows.map(({ number, cells }) => ({ number, cells: cells.toReversed() })),
  };
  expect(parseTable(specOf('people'), turned)).toMatchObject({ problems: [], rows: [{ id: 'P1', row: 2, to: null }] });
  const longer = { head, rows: [{ number: 2, cells: [...(rows[0]?.cells ?? []), '', 'more'] }] };
  expect(parseTable(specOf('people'), longer).problems).toMatchObject([{ code: 'too_many_cells', value: 'more' }]);
});

test('no rows, values without their unit, hours and policies that make no sense', () => {
  expect(faultsOf('duties', [])).toEqual(['duties: row 1: no_rows']);
  const duty = { hours: 'all', lead: '@township', delegated: false, auto: false };
  expect(
    faultsOf('duties', [
      { ...duty, code: '01', limit_value: 2 },
      { ...duty, code: '02', hours: '25:00-26:00' },
      { ...duty, code: '03', lead: '@nobody' },
    ]),
  ).toEqual([
    'duties: row 2, limit_unit: incomplete',
    'duties: row 3, hours: not_hours "25:00-26:00"',
    'duties: row 4, lead: not_a_code "@nobody"',
  ]);
  expect(
    faultsOf('policies', [
      { key: 'recall_window', value: 60, unit: 'minute' },
      { key: 'rework_deadline', value: 'forget' },
      { key: 'force_close_by_admin', value: 'ja' },
      { key: 'unheard_of', value: 1 },
    ]).map((line) => line.slice(0, 44)),
  ).toEqual([
    'policies: row 2, unit: not_allowed "minute" ',
    'policies: row 3, value: not_allowed "forget"',
    'policies: row 4, value: not_allowed "ja" (al',
    'policies: row 5, key: not_allowed "unheard_o',
  ]);
  expect(faultsOf('work-hours', [{ periods: '14:00-12:00' }])).toMatchObject([/periods: not_allowed/]);
});

test('5,000 rows are read and compared in one pass each', () => {
  const rows = Array.from({ length: 5_000 }, (_, index) => ({ ...person, id: `P${index}` }));
  const { rows: read, problems } = parseTable(specOf('people'), cellsOfRows('people', rows));
  expect([read.length, problems.length]).toEqual([5_000, 0]);
});
