import { expect, test } from 'vitest';
import { aCase, aReport, morning, play } from '#tests/builders/cases.ts';
import { someTables } from '#tests/builders/tables.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, plus } from '#domain/base/instant.ts';
import type { CaseState } from '#domain/case/state.ts';
import type { NumberPolicy, Policies } from '#domain/reference/policies.ts';
import { EarlyWarnings, mostReturnsBetweenTwo } from './early-warnings.ts';

const thresholds: Partial<Record<NumberPolicy, number>> = {
  ...{ due_soon_share: 0.2, ping_pong_returns: 2, warning_7d_count: 10 },
  ...{ warning_7d_growth: 1, warning_7d_repeats: 3, warning_7d_due_soon: 5 },
};
const policies: Policies = { ...someTables().policies, number: (key) => thresholds[key] ?? 0 };
const inEast = () => '91';

function list(warnings: EarlyWarnings, open: readonly CaseState[], now = morning) {
  return warnings.list(open, inEast, policies, now);
}

function reported(count: number, daysAgo: number): readonly CaseState[] {
  return Array.from({ length: count }, () => ({ ...aCase(1), reportedAt: plus(morning, -daysAgo * DAY_MS) }));
}

test('临期: in the last fifth of the limit; 超期: past it; the least time left comes first', () => {
  const found = aCase(1);
  const due = found.dueAt ?? morning;
  const at = (now: number) => list(new EarlyWarnings(), [found], plus(morning, now - morning)).map(({ kind }) => kind);
  expect(at(due - 3 * MINUTE_MS - 1)).toEqual([]);
  expect(at(due - 3 * MINUTE_MS)).toEqual(['due_soon']);
  expect(at(due)).toEqual(['due_soon']);
  expect(at(due + 1)).toEqual(['overdue']);
  const later = { ...found, id: 'B', dueAt: plus(due, -HOUR_MS) };
  expect(list(new EarlyWarnings(), [found, later], plus(due, 1)).map(({ caseId }) => caseId)).toEqual(['B', found.id]);
});

test('推诿: returns between the same two sides, whichever returns', () => {
  const id = '20261124000001';
  const back = { type: 'return', caseId: id, reasonCode: 'R03', reason: '非本单位' } as const;
  const send = { type: 'dispatch', caseId: id, unit: '91' } as const;
  const { state } = play([aReport(), { type: 'register', caseId: id, condition: '属实' }, send, back, send, back]);
  expect(mostReturnsBetweenTwo(state)).toBe(2);
  expect(mostReturnsBetweenTwo(aCase(10))).toBe(0);
  const warned = list(new EarlyWarnings(), [state], state.stateSince).filter(({ kind }) => kind === 'ping_pong');
  expect(warned).toMatchObject([{ caseId: id, value: 2 }]);
});

test('七天一预警: count, growth over the week before, cases due soon, the first that is reached', () => {
  const least = policies.number('warning_7d_count', '2026-11-24');
  const many = new EarlyWarnings();
  for (const found of reported(least, 1)) many.note(found, '91');
  expect(list(many, []).filter(({ kind }) => kind === 'week')).toMatchObject([
    { area: '91', value: least, against: least, because: 'count' },
  ]);

  const growth = policies.number('warning_7d_growth', '2026-11-24');
  const growing = new EarlyWarnings();
  for (const found of reported(2, 8)) growing.note(found, '91');
  for (const found of reported(Math.ceil(2 * (1 + growth)), 1)) growing.note(found, '91');
  expect(list(growing, []).filter(({ kind }) => kind === 'week')).toMatchObject([{ because: 'growth', against: 2 }]);
});

test('a report counts, also with who reported, which is a second event of its entry; later acts do not', () => {
  const warnings = new EarlyWarnings();
  const { state } = play([{ ...aReport(), reporter: { ref: 'person-1', isConfidential: false } }]);
  expect(state.version).toBe(2);
  warnings.note(state, '91');
  warnings.note({ ...state, version: 3, lastAction: 'reveal_reporter' }, '91');
  const least = policies.number('warning_7d_repeats', '2026-11-24');
  for (const found of reported(least - 1, 0)) warnings.note(found, '91');
  expect(list(warnings, []).filter(({ kind }) => kind === 'repeats')).toMatchObject([{ value: least }]);
});

test('反复问题: one class in one grid within seven days; older reports and later steps do not count', () => {
  const least = policies.number('warning_7d_repeats', '2026-11-24');
  const warnings = new EarlyWarnings();
  for (const found of [...reported(least - 1, 2), ...reported(5, 7)]) warnings.note(found, '91');
  warnings.note(aCase(2), '91');
  expect(list(warnings, []).filter(({ kind }) => kind === 'repeats')).toEqual([]);
  for (const found of reported(1, 0)) warnings.note(found, '91');
  expect(list(warnings, []).filter(({ kind }) => kind === 'repeats')).toMatchObject([{ area: '9111', value: least }]);
  expect(list(warnings, [], plus(morning, 20 * DAY_MS))).toEqual([]);
});
