import { expect, test } from 'vitest';
import { caseRow } from '#contract/case-row.ts';
import type { CaseRow } from '#contract/cases.ts';
import { HOUR_MS } from '#domain/base/instant.ts';
import { aCase, morning } from '#tests/builders/cases.ts';
import { CaseBoard, lookOf } from './case-board.ts';
import { shapes } from './symbols.ts';

const plain = caseRow(aCase(2), 2);
const later = morning + 30 * HOUR_MS;
const row = (id: string, change: Partial<CaseRow> = {}): CaseRow => ({ ...plain, id, ...change });
const cell = { lon: 1e-6, lat: 1e-6 };

test('levels have shapes, normal cases are hollow until a unit has them', () => {
  expect(lookOf(plain, morning)).toEqual({ level: null, shape: shapes.ring });
  expect(lookOf({ ...plain, holderUnit: '91' }, morning).shape).toBe(shapes.dot);
  expect(lookOf(plain, later)).toEqual({ level: 2, shape: shapes.triangle });
  expect(lookOf({ ...plain, returnCount: 2, dueAt: null }, morning)).toEqual({ level: 4, shape: shapes.circle });
});

test('a case is a dot, becomes a mark with time and leaves when it is done; counts stay true', () => {
  const board = new CaseBoard();
  board.set(row('a'), morning);
  board.set(row('b', { lon: 116.9, returnCount: 3, dueAt: null }), morning);
  board.set(row('nowhere', { lon: null }), morning);
  expect([board.dotData(cell).length, board.markData(cell).length, board.size]).toEqual([1, 1, 2]);
  expect(board.refresh(later).map(({ id }) => id)).toEqual(['a']);
  expect(board.refresh(later)).toEqual([]);
  expect(board.counts()).toEqual([
    { level: 2, count: 1 },
    { level: 4, count: 1 },
  ]);
  expect([board.dotData(cell).length, board.markData(cell).length]).toEqual([0, 2]);
  board.delete('a');
  expect(board.counts()).toEqual([{ level: 4, count: 1 }]);
  board.clear();
  expect([board.size, board.markData(cell).length, board.counts().length]).toEqual([0, 0, 0]);
});

test('a filter hides and shows without losing cases', () => {
  const board = new CaseBoard();
  for (const id of ['a', 'b', 'c']) board.set(row(id, { lon: 116 + id.charCodeAt(0) / 1_000 }), morning);
  board.setFilter(({ id }) => id !== 'b', morning);
  expect([...board.shown()].map(({ id }) => id)).toEqual(['a', 'c']);
  expect(board.set(row('b'), morning)).toBeNull();
  board.setFilter(null, morning);
  expect(board.dotData(cell).length).toBe(3);
});

test('marks that did not change are the same data', () => {
  const board = new CaseBoard();
  board.set(row('a', { returnCount: 2, dueAt: null }), morning);
  const before = board.markData(cell);
  board.set(row('b', { lon: 116.9 }), morning);
  expect(board.markData(cell)).toBe(before);
});

test('by stage every case is a shape of its group; back by level all is as before', () => {
  const board = new CaseBoard();
  board.set(row('a', { returnCount: 2, dueAt: null, state: 'handling' }), morning);
  board.set(row('b', { lon: 116.9, state: 'pending_dispatch', holderUnit: null }), morning);
  board.setMode('stage', morning);
  expect([board.markData(cell).length, board.dotData(cell).length, board.counts()]).toEqual([0, 2, []]);
  expect([board.shapeCount(shapes.groupDisc), board.shapeCount(shapes.groupFrame)]).toEqual([1, 1]);
  expect(board.refresh(later)).toEqual([]);
  board.delete('a');
  expect(board.shapeCount(shapes.groupDisc)).toBe(0);
  board.setMode('level', morning);
  expect([board.shapeCount(shapes.ring), board.shapeCount(shapes.groupFrame)]).toEqual([1, 0]);
});
