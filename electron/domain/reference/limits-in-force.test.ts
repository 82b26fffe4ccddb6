import { expect, test } from 'vitest';
import { someRows, someTables, type RowGiven } from '#tests/builders/tables.ts';
import type { LimitQuery } from './reference-tables.ts';

const cover = { standardRef: 'GB/T 47678.5-2026', kind: 'component', code: '01001' } as const;
const handle = { record: 'case', clock: 'handle', default: true, unit: 'work_hour' } as const;

function limitOf(rows: readonly RowGiven[], query: Partial<LimitQuery> = {}): string {
  const asked: LimitQuery = {
    ...{ record: 'case', clock: 'handle', classRef: cover, timeClass: null, condition: null, day: '2026-11-24' },
    ...query,
  };
  const { limit, row } = someTables({ limits: [...someRows.limits, ...rows] }).limitFor(asked);
  return `${limit.value} ${limit.unit} (row ${row})`;
}

test('the longest class code wins, then kind, standard and time class', () => {
  const rows = [
    { ...handle, code: '01', kind: 'component', standard: 'GB/T 47678.5-2026', value: 1 },
    { ...handle, code: '01001', value: 2 },
    { ...handle, code: '01001', time_class: 'emergency', value: 3 },
    { ...handle, code: '01001', standard: 'GB/T 47678.5-2026', value: 4 },
    { ...handle, code: '01001', kind: 'matter', value: 5 },
  ];
  expect(limitOf(rows)).toBe('4 work_hour (row 13)');
  expect(limitOf(rows, { classRef: { ...cover, standardRef: 'LOCAL-9' } })).toBe('2 work_hour (row 11)');
  expect(limitOf(rows, { classRef: { ...cover, standardRef: '' }, timeClass: 'emergency' })).toBe(
    '3 work_hour (row 12)',
  );
  expect(limitOf(rows, { classRef: { ...cover, kind: 'matter' } })).toBe('5 work_hour (row 14)');
  expect(limitOf(rows, { classRef: { ...cover, code: '01' } })).toBe('1 work_hour (row 10)');
  expect(limitOf(rows, { classRef: null })).toBe('3 work_day (row 6)');
  expect(limitOf(rows, { clock: 'check' })).toBe('30 minute (row 5)');
});

test('the condition that was chosen counts, else the default', () => {
  const rows = [
    { ...handle, code: '01001', condition: '响动', default: false, value: 16 },
    { ...handle, code: '01001', condition: '缺失', value: 2, close_condition: '恢复原状' },
  ];
  expect(limitOf(rows)).toBe('2 work_hour (row 11)');
  expect(limitOf(rows, { condition: '响动' })).toBe('16 work_hour (row 10)');
  expect(limitOf(rows, { condition: 'no longer in the table' })).toBe('2 work_hour (row 11)');
  const tables = someTables({ limits: [...someRows.limits, ...rows] });
  const asked = { record: 'case', clock: 'handle', classRef: cover, timeClass: null, day: '2026-11-24' } as const;
  expect(tables.conditionsFor(asked)).toMatchObject([
    { condition: '缺失', closeCondition: '恢复原状' },
    { condition: '响动' },
  ]);
});

test('the row in force on the day counts, `to` excluded', () => {
  const rows = [
    { ...handle, code: '01001', value: 4, to: '2026-07-01' },
    { ...handle, code: '01001', value: 2, from: '2026-07-01', to: '2026-10-01' },
  ];
  const on = (day: string) => limitOf(rows, { day });
  expect(['2026-06-30', '2026-07-01', '2026-09-30', '2026-10-01'].map(on)).toEqual([
    '4 work_hour (row 10)',
    '2 work_hour (row 11)',
    '2 work_hour (row 11)',
    '3 work_day (row 6)',
  ]);
});
