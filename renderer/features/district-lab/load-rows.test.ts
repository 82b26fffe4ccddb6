import { expect, test } from 'vitest';
import { changeOf, loadRows } from './load-rows.ts';

const grids = [
  { code: '01', name: '甲', before: { cases: 5, open: 1 }, after: { cases: 2, open: 0 } },
  { code: '02', name: '乙', before: { cases: 4, open: 0 }, after: null },
  { code: '03', name: '丙', before: null, after: { cases: 7, open: 3 } },
  { code: '04', name: '丁', before: { cases: 1, open: 1 }, after: { cases: 1, open: 1 } },
  { code: '05', name: '戊', before: null, after: { cases: 0, open: 0 } },
];
const all = { text: '', onlyChanged: false };
const codes = (rows: readonly { readonly code: string }[]) => rows.map(({ code }) => code).join(' ');

test('the largest change first, whichever way it goes; a grid that is gone loses all', () => {
  expect(grids.map((grid) => changeOf(grid))).toEqual([-3, -4, 7, 0, 0]);
  expect(codes(loadRows(grids, { by: 'change', isDescending: true }, all))).toBe('03 02 01 04 05');
  expect(codes(loadRows(grids, { by: 'before', isDescending: false }, all))).toBe('03 05 04 02 01');
});

test('grids that come or go have changed, also without a case', () => {
  const changed = loadRows(grids, { by: 'code', isDescending: false }, { text: '', onlyChanged: true });
  expect(codes(changed)).toBe('01 02 03 05');
  expect(codes(loadRows(grids, { by: 'code', isDescending: false }, { text: '丁', onlyChanged: false }))).toBe('04');
});
