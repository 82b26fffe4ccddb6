import { expect, test } from 'vitest';
import type { CaseRow } from '#contract/cases.ts';
import { areaFigures, classText, figureText, type FigureSight } from './area-figures.ts';
import type { FigureName } from './map-layers.ts';

const now = 1_000_000;
const facts = {
  gridCode: 'a1',
  dueAt: null,
  clockStartedAt: null,
  returnCount: 0,
  openSupervisions: 0,
  isUrgent: false,
  holderUnit: 'u',
};
const row = (change: Partial<CaseRow>) => ({ ...facts, ...change }) as CaseRow;
const overdue = { dueAt: now - 1, clockStartedAt: 0 };

const sight: FigureSight = {
  now,
  rows: [
    row({}),
    row({ ...overdue, gridCode: 'a2' }),
    row({ ...overdue, gridCode: 'a2', isUrgent: true }),
    row({ gridCode: 'a2', dueAt: now + 100, clockStartedAt: now - 900 }),
    row({ gridCode: 'a2', returnCount: 2, holderUnit: null }),
    row({ gridCode: null, ...overdue }),
  ],
  areas: [{ code: 'a' }, { code: 'a1' }, { code: 'a2' }, { code: 'a3' }],
  path: (code) => (code === null ? [] : [{ code: 'a' }, { code }]),
  size: (code) => ({ squareKm: code === 'a' ? 10 : 2.5, population: code === 'a2' ? 8_000 : null }),
};
const figures = (name: FigureName) => Object.fromEntries(areaFigures(name, sight));

test.each([
  ['open', { a: 5, a1: 1, a2: 4, a3: 0 }],
  ['overdue', { a: 2, a1: 0, a2: 2, a3: 0 }],
  ['near', { a: 1, a1: 0, a2: 1, a3: 0 }],
  ['supervised', { a: 1, a1: 0, a2: 1, a3: 0 }],
  ['waiting', { a: 1, a1: 0, a2: 1, a3: 0 }],
] as const)('%s is counted in the grid of each case and in all areas above it', (name, expected) => {
  expect(figures(name)).toEqual(expected);
});

test('a share of no cases, and a rate of an unknown population, do not exist', () => {
  expect(figures('overdueShare')).toEqual({ a: 40, a1: 0, a2: 50 });
  expect(figures('perKm2')).toEqual({ a: 5, a1: 4, a2: 16, a3: 0 });
  expect(figures('perPeople')).toEqual({ a2: 50 });
});

test('figures are written in their unit', () => {
  expect([figureText(12, 'open'), figureText(40, 'overdueShare'), figureText(16, 'perKm2')]).toEqual([
    '12',
    '40%',
    '1.6',
  ]);
  expect(classText({ from: 3, to: 3 }, 'open')).toBe('3');
  expect(classText({ from: 10, to: 19 }, 'overdueShare')).toBe('10%–19%');
  expect(classText({ from: 25, to: null }, 'perPeople')).toBe('2.5+');
});
