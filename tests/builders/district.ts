import { AreaIndex, type Area, type District } from '#domain/grid/district.ts';
import type { UnitRow } from '#domain/reference/rows.ts';
import { UnitDirectory } from '#domain/dispatch/units.ts';

function square(code: string, name: string, level: number, parent: string | null, west: number, east: number): Area {
  const ring = [
    [west, 40],
    [east, 40],
    [east, 41],
    [west, 41],
    [west, 40],
  ] as const;
  return {
    code,
    name,
    level,
    parent,
    kind: level === 2 ? 'township' : '',
    polygons: [[ring]],
    labelPoint: [(west + east) / 2, 40.5],
    bounds: [west, 40, east, 41],
  };
}

/** A small district between 116° and 118° E: two townships side by side, one community in each, two grids in each. */
export function aDistrict(): District {
  return {
    id: 'test',
    name: '测试区',
    source: 'tests/builders',
    isSchematic: true,
    approvalNumber: null,
    levels: [
      [square('9', '测试区', 1, null, 116, 118)],
      [square('91', '东镇', 2, '9', 116, 117), square('92', '西镇', 2, '9', 117, 118)],
      [square('911', '东村', 3, '91', 116, 117), square('921', '西村', 3, '92', 117, 118)],
      [
        square('9111', '东村第一网格', 4, '911', 116, 116.5),
        square('9112', '东村第二网格', 4, '911', 116.5, 117),
        square('9211', '西村第一网格', 4, '921', 117, 117.5),
        square('9212', '西村第二网格', 4, '921', 117.5, 118),
      ],
    ],
  };
}

/** A department that was dissolved at the beginning of 2026; the township 91 took over. */
export const dissolvedUnit = 'D9';

export function someUnits(): UnitDirectory {
  const dissolved: UnitRow = {
    ...{ row: 2, code: dissolvedUnit, name: '原园林部门', kind: 'department', parent: '9', role: null },
    ...{ statTownship: null, managingTownship: null, from: null, to: '2026-01-01', successor: '91' },
    ...{ isPlaceholder: true, source: 'tests/builders' },
  };
  return new UnitDirectory(new AreaIndex(aDistrict()), [dissolved]);
}

/** The grid of {@link aDistrict} at a longitude, by arithmetic. */
export function gridAt(lon: number, lat: number): string | null {
  if (lat < 40 || lat >= 41 || lon < 116 || lon >= 118) return null;
  return ['9111', '9112', '9211', '9212'][Math.floor((lon - 116) * 2)] ?? null;
}
