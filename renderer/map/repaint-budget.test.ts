import { expect, test } from 'vitest';
import { RepaintBudget } from './repaint-budget.ts';

test('the first picture comes at once, the next after some thirty times what it took', () => {
  const budget = new RepaintBudget();
  expect(budget.waitAt(1_000)).toBe(0);
  budget.started(1_000);
  budget.ended(1_200);
  expect(Math.round(budget.waitAt(1_200))).toBe(6_467);
  expect(Math.round(budget.waitAt(7_567))).toBe(100);
  expect(budget.waitAt(7_667)).toBe(0);
});

test('a picture that costs nothing may come every time', () => {
  const budget = new RepaintBudget();
  budget.started(5);
  budget.ended(5);
  expect(budget.waitAt(5)).toBe(0);
});
