import { ClassTable, type ClassRow } from '#domain/coding/class-table.ts';
import { AreaIndex } from '#domain/grid/district.ts';
import { buildCity, type SimulatedCity } from '#domain/simulation/city.ts';
import { classGroups } from '#domain/simulation/simulated-classes.ts';
import { aDistrict, gridAt } from './district.ts';

/** A simulated city on the small district. */
export function aCity(seed = 1): SimulatedCity {
  const line = [
    [116.1, 40.2],
    [117.9, 40.8],
  ] as const;
  return buildCity({ areas: new AreaIndex(aDistrict()), locate: gridAt }, [{ name: '东西路', line }], seed);
}

/** Codes of the groups 大类 that the simulated classes belong to, in their order. */
const groupCodes = ['09', '09', '06', '07', '08', '10', '01', '01'];

/** A class table of exactly the simulated classes. */
export function simulatedClassTable(): ClassTable {
  const rows = classGroups.flatMap(({ classes }, group) =>
    classes.map(({ kind, name }, index): ClassRow => {
      const groupCode = groupCodes[group] ?? '99';
      const serial = String(group * 100 + index).padStart(3, '0');
      return { kind, code: groupCode + serial, name, groupCode, groupName: groupCode };
    }),
  );
  return new ClassTable('GB/T 47678.5-2026', 'test-classes', rows);
}
