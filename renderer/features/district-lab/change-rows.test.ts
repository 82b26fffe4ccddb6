import { expect, test } from 'vitest';
import type { DistrictChange, DistrictDifference } from '#contract/district.ts';
import { changeCount, changeRows } from './change-rows.ts';

const area = (code: string) => ({ code, name: `${code}村`, parent: '9' });
const change = (index: number, kind: DistrictChange['kind'], before: string[], after: string[]): DistrictChange => ({
  ...{ index, kind, squareMetres: 100 - index, widthMetres: 0 },
  before: before.map(area),
  after: after.map(area),
});

const difference: DistrictDifference = {
  levels: [
    { level: 3, areasBefore: 2, areasAfter: 2, counts: [], changes: [] },
    {
      ...{ level: 4, areasBefore: 8, areasAfter: 9 },
      counts: [
        { kind: 'split', count: 1 },
        { kind: 'renamed', count: 700 },
      ],
      changes: [change(0, 'split', ['911'], ['911', '919']), change(1, 'renamed', ['921'], ['921'])],
    },
  ],
};

test('each kind of a level has a head with the count of all, also of those that are not listed', () => {
  expect(
    changeRows(difference, '').map((row) => (row.type === 'group' ? [row.kind, row.count, row.shown] : row.id)),
  ).toEqual([['split', 1, 1], '4 0', ['renamed', 700, 1], '4 1']);
  expect(changeCount(difference)).toBe(701);
});

test('a searched code or name is found on either side; heads then count what is found', () => {
  expect(changeRows(difference, ' 919 ').map(({ id }) => id)).toEqual(['4 split', '4 0']);
  expect(changeRows(difference, '921村')[0]).toMatchObject({ kind: 'renamed', count: 1 });
  expect(changeRows(difference, '999')).toEqual([]);
});
