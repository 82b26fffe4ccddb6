import { byFrom, type Days } from './day.ts';
import { groupedBy, uncoveredDay } from './in-force.ts';
import type { Problem } from './problem.ts';
import type { PersonRow, UnitRow } from './rows.ts';
import type { TableName } from './table-names.ts';
import type { TableSet } from './table-specs.ts';

/** Codes of units and areas that other rows may name, with the days on which they are in force. */
export class UnitCodes {
  readonly #rows: ReadonlyMap<string, readonly UnitRow[]>;
  readonly #isArea: (code: string) => boolean;

  constructor(rows: readonly UnitRow[], isArea: (code: string) => boolean) {
    this.#rows = groupedBy(rows, ({ code }) => code);
    this.#isArea = isArea;
  }

  rowsOf(code: string): readonly UnitRow[] {
    return this.#rows.get(code) ?? [];
  }

  /** Units, areas, and grids of a net that is not loaded: their code begins with that of a village in the table. */
  has(code: string): boolean {
    if (this.#rows.has(code) || this.#isArea(code)) return true;
    return code.length === GRID_CODE_LENGTH && this.#rows.has(code.slice(0, VILLAGE_CODE_LENGTH));
  }

  /** What is wrong with a cell that names a unit on the days of its row; null if nothing is. */
  check(table: TableName, row: Days & { readonly row: number }, column: string, code: string | null): Problem | null {
    if (code === null || code.startsWith('@')) return null;
    const base = { table, row: row.row, column, value: code };
    if (!this.has(code)) return { ...base, code: 'unknown_reference', detail: { table: 'units' } };
    const rows = this.#rows.get(code);
    const day = rows === undefined ? null : uncoveredDay(rows, row);
    if (rows === undefined || day === null) return null;
    const last = rows.at(-1);
    const instead = last?.successor ?? last?.managingTownship ?? last?.parent ?? '';
    return { ...base, code: 'reference_not_in_force', detail: { day, otherRow: String(last?.row), instead } };
  }
}

/** Digits of a grid and of a village: domain.md §3.2. */
const GRID_CODE_LENGTH = 15;
const VILLAGE_CODE_LENGTH = 12;

/** Names of units in the table of units itself, and circles among them. */
export function checkUnits(rows: readonly UnitRow[], units: UnitCodes): readonly Problem[] {
  return rows.flatMap((row) => {
    const references = [
      units.check('units', row, 'parent', row.parent),
      units.check('units', row, 'stat_township', row.statTownship),
      units.check('units', row, 'managing_township', row.managingTownship),
      // The successor begins when this unit ends.
      units.check('units', { row: row.row, from: row.to, to: null }, 'successor', row.successor),
    ].filter((found) => found !== null);
    return [...references, ...circles(row, units)];
  });
}

function circles(row: UnitRow, units: UnitCodes): readonly Problem[] {
  const follow = (column: 'parent' | 'successor'): Problem | null => {
    const seen = new Set([row.code]);
    let next = row[column];
    while (next !== null && !seen.has(next)) {
      seen.add(next);
      next = units.rowsOf(next).at(-1)?.[column] ?? null;
    }
    if (next === null || next !== row.code) return null;
    const value = row[column] ?? '';
    return { table: 'units', row: row.row, column, code: 'circular_reference', value, detail: {} };
  };
  return [follow('parent'), follow('successor')].filter((found) => found !== null);
}

/** Units, areas and posts that the other tables name. */
export function checkPeople(tables: TableSet, units: UnitCodes): readonly Problem[] {
  const people = tables.people.flatMap((row) => [
    units.check('people', row, 'unit', row.unit),
    units.check('people', row, 'grid', row.grid),
  ]);
  const duties = tables.duties.flatMap((row) => [
    units.check('duties', row, 'area', row.area),
    units.check('duties', row, 'lead', row.lead),
    ...row.co.map((code) => units.check('duties', row, 'co', code)),
    ...vacancies(row, tables.people),
  ]);
  const others = [
    ...tables['supervising-parties'].map((row) => units.check('supervising-parties', row, 'unit', row.unit)),
    ...tables['endorsement-chains'].map((row) => units.check('endorsement-chains', row, 'township', row.township)),
  ];
  return [...people, ...duties, ...others].filter((found) => found !== null);
}

/** A responsibility whose post was held by people who all left: it goes to the unit. */
function vacancies(duty: TableSet['duties'][number], people: readonly PersonRow[]): readonly Problem[] {
  const { personPost, lead } = duty;
  if (personPost === null || lead.startsWith('@')) return [];
  const holders = people.filter((row) => row.unit === lead && row.post === personPost);
  const last = holders.at(-1);
  const day = uncoveredDay(holders, { from: holders.toSorted(byFrom)[0]?.from ?? null, to: duty.to });
  if (last === undefined || day === null) return [];
  return [
    {
      ...{ table: 'duties', row: duty.row, column: 'person_post', code: 'reference_not_in_force', value: personPost },
      detail: { day, table: 'people', otherRow: String(last.row), instead: lead },
    },
  ];
}
