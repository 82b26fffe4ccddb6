import { expect, test } from 'vitest';
import type { AreaRow } from '#contract/grid.ts';
import { drillTarget } from './pointer.ts';

const area = (code: string, level: number): AreaRow => ({
  ...{ code, level, name: code, parent: null, kind: '', labelPoint: [0, 0], bounds: [0, 0, 0, 0] },
});
const path = ['d', 'd1', 'd11', 'd111'].map((code, index) => area(code, index + 1));
const other = ['d', 'd2', 'd21'].map((code, index) => area(code, index + 1));

test('a click goes one level down, beside the focus to its neighbour, at the finest level nowhere', () => {
  expect(drillTarget(path, [], 2)?.code).toBe('d1');
  expect(drillTarget(path, path.slice(0, 2), 2)?.code).toBe('d11');
  expect(drillTarget(path, other.slice(0, 2), 2)?.code).toBe('d1');
  expect(drillTarget(path, path, 2)).toBeUndefined();
  expect(drillTarget([], path.slice(0, 2), 2)).toBeUndefined();
});

test('a net without a level for the whole district begins with its first', () => {
  expect(drillTarget(path.slice(1), [], 2)?.code).toBe('d1');
});
