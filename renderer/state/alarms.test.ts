import { expect, test } from 'vitest';
import type { CaseRow } from '#contract/cases.ts';
import { alarmsOf, type Warning } from './alarms.ts';

function row(id: string, change: Partial<CaseRow> = {}): CaseRow {
  return { id, lon: 116.6, lat: 40.1, isUrgent: false, source: 'grid_staff', ...change } as CaseRow;
}

function warning(kind: Warning['kind'], about: Partial<Warning>): Warning {
  return {
    ...{ kind, caseId: null, area: null, classCode: '01001', className: '井盖' },
    ...{ value: 3, against: 2, because: null, ...about },
  };
}

function shown(rows: readonly CaseRow[], warnings: readonly Warning[]) {
  const byId = new Map(rows.map((one) => [one.id, one]));
  const middleOf = (area: string) => (area === 'g1' ? ([116.7, 40.2] as const) : undefined);
  const alarms = alarmsOf({ rows, warnings, rowOf: (id) => byId.get(id), middleOf });
  return alarms.map(({ kind, caseId, area, lon }) => `${kind} ${caseId ?? area} ${lon}`);
}

test('urgent cases and reports of machines are marked where they are, others are not', () => {
  const rows = [
    row('1', { isUrgent: true }),
    row('2', { source: 'video' }),
    row('3'),
    row('4', { isUrgent: true, lon: null }),
    row('5', { isUrgent: true, source: 'video' }),
  ];
  expect(shown(rows, [])).toEqual(['urgent 1 116.6', 'machine 2 116.6', 'urgent 5 116.6']);
});

test('warnings stand at their area or case, once; what levels tell has no second mark', () => {
  const warnings = [
    warning('overdue', { caseId: '1' }),
    warning('due_soon', { caseId: '1' }),
    warning('ping_pong', { caseId: '1', area: 'g1' }),
    warning('repeats', { area: 'g1' }),
    warning('week', { area: 'g1' }),
    warning('week', { area: 'gone' }),
    warning('ping_pong', { caseId: 'closed' }),
  ];
  expect(shown([row('1')], warnings)).toEqual(['warning 1 116.6', 'warning g1 116.7']);
});

test('a case that is urgent and goes to and fro is marked as urgent', () => {
  expect(shown([row('1', { isUrgent: true })], [warning('ping_pong', { caseId: '1' })])).toEqual(['urgent 1 116.6']);
});
