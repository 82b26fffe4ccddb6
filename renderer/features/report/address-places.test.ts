import { expect, test } from 'vitest';
import type { CaseRow } from '#contract/cases.ts';
import type { AreaRow } from '#contract/grid.ts';
import { addressPlaces } from './address-places.ts';

const village: AreaRow = {
  ...{ code: '110113106203', name: '河南村', level: 3, parent: '110113106', kind: 'village' },
  ...{ labelPoint: [116.66, 40.1] as [number, number], bounds: [116.6, 40, 116.7, 40.2] as AreaRow['bounds'] },
};
const caseAt = (address: string, lon: number | null): { kind: 'case'; row: CaseRow } => ({
  kind: 'case',
  row: { id: '1', address, lon, lat: lon === null ? null : 40.13 } as CaseRow,
});

test('an area stands with the town that holds it, at its middle, and says so', () => {
  expect(addressPlaces([{ kind: 'area', area: village, within: ['仁和镇'] }])).toEqual([
    { id: village.code, address: '仁和镇河南村', lon: 116.66, lat: 40.1, middleOf: '河南村' },
  ]);
});

test('a known address is offered once, with the place it had; one without a place or words is not', () => {
  expect(addressPlaces([caseAt('裕龙三区 5 号楼', 116.65), caseAt('裕龙三区 5 号楼', 116.65)])).toEqual([
    { id: 'address 裕龙三区 5 号楼', address: '裕龙三区 5 号楼', lon: 116.65, lat: 40.13, middleOf: null },
  ]);
  expect(addressPlaces([caseAt('', 116.65), caseAt('某处', null)])).toEqual([]);
});

test('a coordinate leaves the words as they are', () => {
  expect(addressPlaces([{ kind: 'point', lon: 116.7, lat: 40.1 }])).toMatchObject([{ address: null, lon: 116.7 }]);
});
