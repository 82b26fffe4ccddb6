import { expect, test } from 'vitest';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { RowBudget } from './row-budget.ts';

test('a whole city at once, then a thousand a second, each account by itself', () => {
  const clock = new ManualClock(0);
  const budget = new RowBudget(clock);
  expect([budget.take('gateway', 24_500), budget.take('gateway', 1_000), budget.take('gateway', 1)]).toEqual([
    24_500, 500, 0,
  ]);
  expect(budget.take('other', 1_000)).toBe(1_000);
  clock.advance(500);
  expect(budget.take('gateway', 1_000)).toBe(500);
  clock.advance(3_600_000);
  expect(budget.take('gateway', 30_000)).toBe(25_000);
});

test('a clock that is set back gives nothing away', () => {
  const clock = new ManualClock(1_000_000);
  const budget = new RowBudget(clock);
  budget.take('gateway', 25_000);
  clock.jumpTo(0);
  expect(budget.take('gateway', 1)).toBe(0);
  clock.advance(1_000);
  expect(budget.take('gateway', 2_000)).toBe(1_000);
});
