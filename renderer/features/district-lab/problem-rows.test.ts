import { expect, test } from 'vitest';
import type { DistrictLevelProblem, DistrictReport, TriedDistrict } from '#contract/district.ts';
import { groupsOf, noProblemFilter, problemCount, problemRows } from './problem-rows.ts';

const problem = (index: number, kind: DistrictLevelProblem['kind'], areas: string[]): DistrictLevelProblem => ({
  ...{ index, kind, areas, features: [], parents: ['1101'], squareMetres: 100 - index, widthMetres: 1, isSliver: true },
  at: [116.6, 40.1],
});

const report: DistrictReport = {
  ...{ examinationId: 'examination-1', isCancelled: false, features: 4, layers: [], properties: ['code'] },
  columns: { code: 'code', name: null, parent: null, level: null },
  ...{ candidates: [], verdict: { kind: 'fits', leadMetres: null }, reportFile: null },
  system: { projection: { kind: 'wgs84' }, isSwapped: false },
  systemName: 'wgs84',
  fileProblems: [{ layer: '', feature: 3, reason: 'no-geometry', detail: 'has no geometry' }],
  fileProblemCount: 1,
  levels: [
    { level: 1, areas: 1, counts: [], ignored: { count: 0, squareMetres: 0 }, problems: [] },
    {
      ...{ level: 2, areas: 3, ignored: { count: 0, squareMetres: 0 } },
      counts: [
        { kind: 'overlap', count: 700 },
        { kind: 'gap', count: 1 },
      ],
      problems: [
        problem(0, 'overlap', ['110101', '110102']),
        problem(1, 'overlap', ['110103']),
        problem(700, 'gap', []),
      ],
    },
  ],
};

const tried: TriedDistrict = {
  ...{ since: 0, cases: 9, isCut: false, moved: 2, movedOpen: 1, grids: [], orphanCount: 1 },
  before: { grids: 3, cases: 9, outside: 0, largest: 5, median: 3, withoutCases: 0, unevenness: 0.4 },
  after: { grids: 3, cases: 8, outside: 1, largest: 5, median: 3, withoutCases: 0, unevenness: 0.4 },
  orphans: [{ id: '20261130000001', lon: 116.6, lat: 40.1, isOpen: true, from: '110102' }],
};

const told = (rows: ReturnType<typeof problemRows>) =>
  rows.map((row) => (row.type === 'group' ? `${row.group} ${row.level}: ${row.shown} of ${row.count}` : row.id));

test('the file, then kinds by level with all of them counted, then cases without a grid', () => {
  expect(told(problemRows(report, tried, noProblemFilter))).toEqual([
    ...['file 0: 1 of 1', 'file 0'],
    ...['overlap 2: 2 of 700', '2 0', '2 1', 'gap 2: 1 of 1', '2 700'],
    ...['orphans 2: 1 of 1', 'orphan 20261130000001'],
  ]);
  expect(problemCount(report)).toBe(702);
  expect(groupsOf(report, tried).map(({ group, count }) => [group, count])).toEqual([
    ...[['file', 1] as const, ['overlap', 700] as const],
    ...[['gap', 1] as const, ['orphans', 1] as const],
  ]);
});

test('by level, kind and code; a head counts what is found', () => {
  expect(problemRows(report, tried, { ...noProblemFilter, level: 1 })).toEqual([]);
  expect(told(problemRows(report, tried, { ...noProblemFilter, kind: 'gap' }))).toEqual(['gap 2: 1 of 1', '2 700']);
  expect(told(problemRows(report, tried, { ...noProblemFilter, text: '110102' }))).toEqual([
    ...['overlap 2: 1 of 1', '2 0', 'orphans 2: 1 of 1', 'orphan 20261130000001'],
  ]);
  expect(problemRows(report, null, { ...noProblemFilter, kind: 'orphans' })).toEqual([]);
});
