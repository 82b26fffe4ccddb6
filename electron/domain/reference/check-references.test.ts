import { expect, test } from 'vitest';
import { aPersonRow, checkTables, someRows, type TablesGiven } from '#tests/builders/tables.ts';
import { problemText } from './problem.ts';

function problemsOf(given: TablesGiven): readonly string[] {
  return checkTables(given).problems.map(problemText);
}

const handle = { record: 'case', clock: 'handle', default: true, value: 4, unit: 'work_hour' } as const;
const duty = { hours: 'all', lead: '@township', delegated: false, auto: false } as const;
const unit = { kind: 'department', parent: '9' } as const;

test('the small tables of the builder have no problem', () => {
  expect(problemsOf({})).toEqual([]);
});

test('an unknown class, unit, area or time class is a fault', () => {
  expect(
    problemsOf({
      limits: [
        ...someRows.limits,
        { ...handle, code: '0604' },
        { ...handle, code: '0605' },
        { ...handle, code: '06042', kind: 'component' },
        { ...handle, code: '10901', standard: 'LOCAL-9', time_class: 'soon' },
      ],
      duties: [...someRows.duties, { ...duty, kind: 'matter', lead: 'D2', co: 'D1 D3', area: '93' }],
      people: [aPersonRow({ id: 'P1', unit: '94', post: 'leader', grid: '9111' })],
    }),
  ).toEqual([
    'people: row 2, unit: unknown_reference "94" (table units)',
    'duties: row 3, area: unknown_reference "93" (table units)',
    'duties: row 3, lead: unknown_reference "D2" (table units)',
    'duties: row 3, co: unknown_reference "D3" (table units)',
    'limits: row 11, code: unknown_reference "0605" (table classes)',
    'limits: row 12, code: unknown_reference "06042" (table classes)',
    'limits: row 13, time_class: unknown_reference "soon" (table time-classes)',
  ]);
});

test('a dissolved unit is a warning that names its row and who stands in; a gap between rows is one too', () => {
  const units = [
    ...someRows.units.slice(0, 3),
    { ...unit, code: 'D1', name: '园林部门', to: '2026-07-01', successor: 'D2' },
    { ...unit, code: 'D2', name: '城市管理部门', from: '2026-07-01' },
    { ...unit, code: 'D3', name: '水务部门', to: '2026-01-01' },
    { ...unit, code: 'D3', name: '水务部门', from: '2026-02-01' },
  ];
  const duties = [...someRows.duties, { ...duty, code: '01', lead: 'D1' }, { ...duty, code: '06', lead: 'D3' }];
  const people = [aPersonRow({ id: 'P1', unit: 'D1', post: 'leader', from: '2026-08-01' })];
  expect(problemsOf({ units, duties, people })).toEqual([
    'people: row 2, unit: reference_not_in_force "D1" (day 2026-08-01, otherRow 5, instead D2)',
    'duties: row 3, lead: reference_not_in_force "D1" (day 2026-07-01, otherRow 5, instead D2)',
    'duties: row 4, lead: reference_not_in_force "D3" (day 2026-01-01, otherRow 8, instead 9)',
  ]);
});

test('a person who left is a warning at the responsibilities that name the post; the unit stands in', () => {
  const duties = [...someRows.duties, { ...duty, code: '01', lead: 'D1', person_post: 'office_head' }];
  const left = aPersonRow({ id: 'P1', unit: 'D1', post: 'office_head', to: '2026-05-01' });
  expect(problemsOf({ duties, people: [left] })).toEqual([
    'duties: row 3, person_post: reference_not_in_force "office_head" (day 2026-05-01, table people, otherRow 2, instead D1)',
  ]);
  const next = aPersonRow({ id: 'P2', unit: 'D1', post: 'office_head', from: '2026-04-01' });
  expect(problemsOf({ duties, people: [left, next] })).toEqual([]);
});

test('units that are their own parent or successor, at once or through others', () => {
  const units = [
    ...someRows.units.slice(0, 3),
    { ...unit, code: 'D1', name: '甲', parent: 'D2' },
    { ...unit, code: 'D2', name: '乙', parent: 'D1' },
  ];
  expect(problemsOf({ units })).toEqual([
    'units: row 5, parent: circular_reference "D2"',
    'units: row 6, parent: circular_reference "D1"',
  ]);
});

test('of the conditions of a class exactly one is the default on every day', () => {
  const cover = { ...handle, code: '01001' };
  const limits = [
    ...someRows.limits,
    { ...cover, condition: '缺失' },
    { ...cover, condition: '破损', default: false },
    { ...cover, condition: '响动', from: '2026-07-01' },
    { ...handle, code: '06042', condition: '满溢', default: false },
  ];
  expect(problemsOf({ limits })).toEqual([
    'limits: row 12, default: not_one_default "01001" (otherRow 10)',
    'limits: row 13, default: not_one_default "06042"',
  ]);
});

test('each clock has a limit for every class and day, each policy a row, the calendar hours without end', () => {
  const limits = someRows.limits.map((row) => (row['clock'] === 'check' ? { ...row, to: '2027-01-01' } : row));
  const hours = [{ periods: '08:00-12:00', from: '2026-01-01', to: '2026-07-01' }];
  expect(
    problemsOf({
      limits: limits.filter(({ clock }) => clock !== 'verify'),
      policies: someRows.policies.slice(1),
      'work-hours': hours,
    }),
  ).toEqual([
    'limits: row 1, clock: missing_row "case verify" (day (start))',
    'limits: row 1, clock: missing_row "case check" (day 2027-01-01)',
    'policies: row 1, key: missing_row "recall_window"',
    'work-hours: row 1, from: missing_row (day 2026-07-01)',
  ]);
});
