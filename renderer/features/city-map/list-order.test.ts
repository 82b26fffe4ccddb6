import { expect, test } from 'vitest';
import type { CaseRow } from '#contract/cases.ts';
import { listOrders, listSorter, type ListOrder } from './list-order.ts';

const now = 1_000_000;
const row = (id: string, change: Partial<CaseRow>) =>
  ({
    id,
    reportedAt: 0,
    dueAt: null,
    clockStartedAt: null,
    returnCount: 0,
    openSupervisions: 0,
    isUrgent: false,
    className: '暴露垃圾',
    holderUnit: null,
    ...change,
  }) as CaseRow;

const rows = [
  row('a', { dueAt: now + 900, clockStartedAt: now, reportedAt: 5, holderUnit: 'u2' }),
  row('b', { dueAt: now - 5, clockStartedAt: 0, reportedAt: 4, className: '道路遗撒' }),
  row('c', { returnCount: 2, reportedAt: 9 }),
  row('d', { reportedAt: 9, holderUnit: 'u1' }),
];
const names: Readonly<Record<string, string>> = { u1: '仁和镇', u2: '光明街道' };
const sorted = (order: ListOrder) =>
  rows
    .toSorted(listSorter(order, now, (unit) => names[unit ?? ''] ?? ''))
    .map(({ id }) => id)
    .join('');

test.each([
  ['urgent', 'bcad'],
  ['due', 'badc'],
  ['newest', 'dcab'],
  ['class', 'dcab'],
  ['unit', 'adcb'],
] as const)('by %s', (order, ids) => {
  expect(sorted(order)).toBe(ids);
});

test('every order is one and the same whichever way the rows came', () => {
  for (const order of listOrders) {
    const compare = listSorter(order, now, (unit) => unit ?? '');
    expect(rows.toReversed().sort(compare)).toEqual(rows.toSorted(compare));
  }
});
