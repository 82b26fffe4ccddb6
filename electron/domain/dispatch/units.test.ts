import { expect, test } from 'vitest';
import { AreaIndex } from '#domain/grid/district.ts';
import { aDistrict, someUnits } from '#tests/builders/district.ts';
import { checkTables, someRows, type RowGiven } from '#tests/builders/tables.ts';
import { UnitDirectory } from './units.ts';

const units = someUnits();
const desk = { code: '9', name: '测试区指挥中心', kind: 'district_desk' } as const;
const department = { kind: 'department', parent: '9' } as const;

function withTable(rows: readonly RowGiven[]): UnitDirectory {
  return new UnitDirectory(new AreaIndex(aDistrict()), checkTables({ units: rows }).tables.units);
}

test('every area has a unit with its code, name and kind', () => {
  const township = { code: '91', name: '东镇', kind: 'township', level: 2, parent: '9' };
  expect(units.unit('91')).toEqual({ ...township, managingTownship: null, isPlaceholder: false });
  expect(['9', '911', '9111'].map((code) => units.unit(code)?.kind)).toEqual(['district_desk', 'community', 'grid']);
  expect(units.unit('nowhere')).toBeUndefined();
});

test('below means anywhere beneath in the net; everything lies below the desk', () => {
  expect(units.isBelow('9111', '91')).toBe(true);
  expect(units.isBelow('91', '91')).toBe(false);
  expect(units.isBelow('9211', '91')).toBe(false);
  expect(units.isBelow('91', null)).toBe(true);
  expect(units.isBelow('nowhere', null)).toBe(false);
});

test('the chain of a grid runs from the township down, without the district', () => {
  expect(units.chainFor('9112').map((unit) => unit.code)).toEqual(['91', '911', '9112']);
  expect(units.chainFor(null)).toEqual([]);
  expect(units.chainFor('nowhere')).toEqual([]);
});

test('the table names areas and adds units beside and below them', () => {
  const known = withTable([
    desk,
    { code: '91', name: '东地区', kind: 'township', parent: '9' },
    { ...department, code: 'D1', name: '园林部门', placeholder: true },
    { code: '91-O1', name: '东镇环卫中心', kind: 'service_centre', parent: '91', role: '环卫' },
    { code: 'X1', name: '外区单位', kind: 'department', parent: 'X' },
    { code: 'X', name: '外区', kind: 'district_desk' },
  ]);
  expect(known.unit('91')?.name).toBe('东地区');
  expect(known.unit('D1')).toMatchObject({ kind: 'department', level: 2, parent: '9', isPlaceholder: true });
  expect(known.isBelow('91-O1', '91')).toBe(true);
  expect(known.isBelow('91-O1', '92')).toBe(false);
  expect([known.isBelow('D1', null), known.isBelow('D1', '91')]).toEqual([true, false]);
  expect(known.officeOf('91', '环卫', '2026-01-01')?.code).toBe('91-O1');
  expect([known.unit('X1'), known.officeOf('92', '环卫', '2026-01-01')]).toEqual([undefined, undefined]);
  expect(known.children('91', '2026-01-01').map(({ code }) => code)).toEqual(['911', '91-O1']);
});

test('a village lies below the township that manages it and below that of its code; its chain is the first', () => {
  const known = withTable([
    ...someRows.units,
    { code: '911', name: '东村', kind: 'community', parent: '91', managing_township: '91', to: '2026-07-01' },
    { code: '911', name: '东村', kind: 'community', parent: '91', managing_township: '92', from: '2026-07-01' },
  ]);
  expect(['91', '92'].map((sender) => known.isBelow('9111', sender))).toEqual([true, true]);
  const chains = ['2026-06-30', '2026-07-01'].map((day) => known.chainFor('9111', day).map(({ code }) => code));
  expect(chains).toEqual([
    ['91', '911', '9111'],
    ['92', '911', '9111'],
  ]);
  expect(known.unit('911', '2026-07-01')?.managingTownship).toBe('92');
});

test('a dissolved unit is replaced by its successor, else its managing township, else its parent', () => {
  const known = withTable([
    ...someRows.units.slice(0, 3),
    { ...department, code: 'D1', name: '甲', to: '2026-07-01', successor: 'D2' },
    { ...department, code: 'D2', name: '乙', from: '2026-07-01', to: '2026-10-01', successor: 'D3' },
    { ...department, code: 'D3', name: '丙', from: '2026-10-01' },
    { ...department, code: 'D4', name: '丁', to: '2026-07-01' },
    { code: '91-O1', name: '东镇办公室', kind: 'office', parent: '9', managing_township: '91', to: '2026-07-01' },
  ]);
  const replaced = (code: string, day: string) => {
    const found = known.replacementFor(code, day);
    return [found?.unit.code, found?.because];
  };
  expect(replaced('D1', '2026-06-30')).toEqual(['D1', null]);
  expect(replaced('D1', '2026-07-01')).toEqual(['D2', 'successor']);
  expect(replaced('D1', '2026-10-01')).toEqual(['D3', 'successor']);
  expect(replaced('D4', '2026-07-01')).toEqual(['9', 'parent']);
  expect(replaced('91-O1', '2026-07-01')).toEqual(['91', 'managing_township']);
  expect(replaced('nowhere', '2026-07-01')).toEqual([undefined, undefined]);
  expect([known.inForce('D1', '2026-07-01'), known.inForce('911', '2026-07-01')?.code]).toEqual([undefined, '911']);
});

test('a search finds what is in force, beginnings of names first', () => {
  const known = withTable([
    ...someRows.units,
    { ...department, code: 'D2', name: '大园林公司', to: '2026-07-01' },
    { ...department, code: 'D3', name: '小园林公司' },
  ]);
  const search = (text: string, below: string | null = null) =>
    known
      .search({ text, day: '2026-08-01', kinds: ['department', 'community'], below, limit: 3 })
      .map(({ name }) => name);
  expect(search('园林')).toEqual(['园林部门', '小园林公司']);
  expect(search('', '92')).toEqual(['西村']);
  expect(search('d3')).toEqual(['小园林公司']);
  expect(search('ylbm'), 'initials').toEqual(['园林部门']);
  expect(search('yl'), 'beginning before middle').toEqual(['园林部门', '小园林公司']);
});
