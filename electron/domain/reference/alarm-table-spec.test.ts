import { expect, test } from 'vitest';
import { anAlarmTypeRow, cellsOfRows, type RowGiven } from '#tests/builders/tables.ts';
import { alarmTypesSpec } from './alarm-table-spec.ts';
import { columnsOf, parseTable } from './parse-table.ts';
import { specOf } from './table-specs.ts';

const row = anAlarmTypeRow({ id: 'overdue', condition: 'overdue', priority: 2 });
const problemsOf = (given: RowGiven) =>
  parseTable(alarmTypesSpec, cellsOfRows('alarm-types', [given])).problems.map(({ column, code }) => [column, code]);

test('no cell of an alarm type but those of its days may be empty: without an action it is no alarm (A1)', () => {
  expect(problemsOf(row)).toEqual([]);
  const columns = columnsOf(specOf('alarm-types')).map(({ id }) => id);
  const mayBeEmpty = columns.filter((id) => problemsOf({ ...row, [id]: '' }).length === 0);
  expect(mayBeEmpty).toEqual(['from', 'to']);
});

test('level Ⅰ can’t be shelved, level Ⅳ never rings', () => {
  expect(problemsOf({ ...row, priority: 1, shelvable: true })).toEqual([['shelvable', 'not_allowed']]);
  expect(problemsOf({ ...row, priority: 4 })).toEqual([['priority', 'out_of_range']]);
});
