import { expect, test } from 'vitest';
import type { CaseRow } from '#contract/cases.ts';
import type { AreaRow } from '#contract/grid.ts';
import { Areas } from './areas.ts';
import { PlaceSearch, pointIn, type FoundPlace } from './place-search.ts';

function area(code: string, name: string, level: number, parent: string | null): AreaRow {
  return { code, name, level, parent, kind: '', labelPoint: [116.6, 40.1], bounds: [116.5, 40, 116.7, 40.2] };
}

const net = [
  area('110113', '顺义区', 1, null),
  area('110113101', '天竺镇', 2, '110113'),
  area('110113102', '李桥镇', 2, '110113'),
  area('110113101001', '于庄村', 3, '110113101'),
  area('110113102001', '于庄村', 3, '110113102'),
  area('110113102002', '李家桥村', 3, '110113102'),
  area('110113102002001', '李家桥村 1 号网格', 4, '110113102002'),
];
const search = new PlaceSearch(net, new Areas({ areas: net }));

function row(id: string, change: Partial<CaseRow> = {}): CaseRow {
  const words = { className: '井盖', description: '路口井盖松动', address: '府前街' };
  return { id, lon: 116.6, lat: 40.1, reportedAt: Number(id.slice(-4)), ...words, ...change } as CaseRow;
}

const cases = [row('20261130000042'), row('20261130001234'), row('20261130009999', { lon: null })];

function told(found: readonly FoundPlace[]): readonly string[] {
  return found.map((one) => {
    if (one.kind === 'area') return [...one.within, one.area.name].join('/');
    return one.kind === 'case' ? one.row.id : `${one.lon} ${one.lat}`;
  });
}

test('two villages of one name are told apart by their town, and a town before a village', () => {
  expect(told(search.find('于庄', cases, 10))).toEqual(['天竺镇/于庄村', '李桥镇/于庄村']);
  expect(told(search.find('李桥 于庄', cases, 10))).toEqual(['李桥镇/于庄村']);
  expect(told(search.find('lqz 于庄', cases, 10))).toEqual(['李桥镇/于庄村']);
});

test('initials find a name, exactly before by their beginning', () => {
  expect(told(search.find('TZZ', cases, 10))).toEqual(['天竺镇']);
  expect(told(search.find('lj', cases, 10))).toEqual(['李桥镇/李家桥村', '李桥镇/李家桥村/李家桥村 1 号网格']);
  // A single letter means too much.
  expect(search.find('l', cases, 10)).toEqual([]);
});

test('the district itself is no place in it', () => {
  expect(search.find('顺义区', [], 10)).toEqual([]);
});

test('a grid code is found as a whole and by its beginning, a case by the end of its number', () => {
  expect(told(search.find('110113102002', cases, 10))).toEqual([
    '李桥镇/李家桥村',
    '李桥镇/李家桥村/李家桥村 1 号网格',
  ]);
  expect(told(search.find('1234', cases, 10))).toEqual(['20261130001234']);
  expect(told(search.find('042', cases, 10))).toEqual([]);
});

test('words find cases that lie on the map, the newest first', () => {
  expect(told(search.find('井盖 府前', cases, 10))).toEqual(['20261130001234', '20261130000042']);
  expect(told(search.find('井盖 后街', cases, 10))).toEqual([]);
});

test('no more than asked for, and nothing for nothing', () => {
  expect(search.find('7', cases, 10)).toEqual([]);
  expect(search.find('   ', cases, 10)).toEqual([]);
  expect(search.find('11011310', cases, 2)).toHaveLength(2);
});

test.each([
  ['116.65, 40.13', { lon: 116.65, lat: 40.13 }],
  ['40.13 116.65', { lon: 116.65, lat: 40.13 }],
  ['116.65，40.13', { lon: 116.65, lat: 40.13 }],
  ['116.65', null],
  ['2.35 48.85', null],
  ['116.65 40.13 12', null],
  ['20261130 40', null],
])('a coordinate, in either order: %s', (text, point) => {
  expect(pointIn(text)).toEqual(point);
});
