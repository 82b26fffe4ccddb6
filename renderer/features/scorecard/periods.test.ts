import { expect, test } from 'vitest';
import { periodsUpTo } from './periods.ts';

test('months, quarters and years up to the one that holds the day', () => {
  const periods = periodsUpTo('2026-02-10');
  expect(periods).toHaveLength(19);
  expect(periods.slice(0, 3)).toEqual([
    { id: '2026-02', from: '2026-02-01', to: '2026-03-01' },
    { id: '2026-01', from: '2026-01-01', to: '2026-02-01' },
    { id: '2025-12', from: '2025-12-01', to: '2026-01-01' },
  ]);
  expect(periods.slice(12, 14)).toEqual([
    { id: '2026-Q1', from: '2026-01-01', to: '2026-04-01' },
    { id: '2025-Q4', from: '2025-10-01', to: '2026-01-01' },
  ]);
  expect(periods.at(16)).toEqual({ id: '2026', from: '2026-01-01', to: '2027-01-01' });
});
