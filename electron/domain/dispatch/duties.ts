import { isAllDay, isWithinHours } from '#domain/reference/columns.ts';
import { dayOf, isInForce, minuteOfDay, type Day } from '#domain/reference/day.ts';
import { groupedBy } from '#domain/reference/in-force.ts';
import type { DutyInForce, DutyQuery, People } from '#domain/reference/reference-tables.ts';
import type { DutyRow, PersonRow, Post } from '#domain/reference/rows.ts';
import { dutyUnit } from './duty-units.ts';
import type { UnitDirectory } from './units.ts';

/** The responsibilities 权责清单 in force, asked by class, place and time. */
export class Duties {
  readonly #version: string;
  readonly #rows: ReadonlyMap<string, readonly DutyRow[]>;
  readonly #units: UnitDirectory;
  readonly #people: People;

  constructor(version: string, rows: readonly DutyRow[], units: UnitDirectory, people: People) {
    this.#version = version;
    this.#rows = groupedBy(rows, ({ code }) => code);
    this.#units = units;
    this.#people = people;
  }

  /**
   * Rows that fit, most exact first: the smaller area, then the longer class code, then a kind, then hours that are not
   * the whole day. Rows whose lead leads to no unit are left out.
   */
  dutiesFor(query: DutyQuery): readonly DutyInForce[] {
    const day = dayOf(query.at);
    const path = this.#areasOf(query.areaCode, day);
    const minute = minuteOfDay(query.at);
    const kind = query.record === 'ticket' ? 'ticket' : query.classRef.kind;
    const fits = (row: DutyRow) =>
      isInForce(row, day) &&
      (row.kind === null ? query.record === 'case' : row.kind === kind) &&
      (row.area === null || path.includes(row.area)) &&
      isWithinHours(row.hours, minute);
    return beginningsOf(query.classRef.code)
      .flatMap((code) => this.#rows.get(code) ?? [])
      .filter(fits)
      .map((row) => ({ row, rank: rankOf(row, path) }))
      .sort((a, b) => b.rank - a.rank || a.row.row - b.row.row)
      .flatMap(({ row }) => this.#inForce(row, query.areaCode, path, day) ?? []);
  }

  #inForce(duty: DutyRow, areaCode: string | null, path: readonly string[], day: Day): DutyInForce | undefined {
    const lead = dutyUnit(duty.lead, areaCode, this.#units, day);
    if (lead === undefined) return undefined;
    const co = duty.co.flatMap((word) => dutyUnit(word, areaCode, this.#units, day) ?? []);
    return {
      duty,
      version: this.#version,
      lead,
      co: co.filter(({ unit }, at) => unit.code !== lead.unit.code && isFirst(co, unit.code, at)),
      person: duty.personPost === null ? null : this.#holder(lead.unit.code, duty.personPost, path, day),
      limit:
        duty.limitValue === null || duty.limitUnit === null ? null : { value: duty.limitValue, unit: duty.limitUnit },
    };
  }

  /** Of several holders the one whose grid or village is nearest to the place, else one without an area of their own. */
  #holder(unit: string, post: Post, path: readonly string[], day: Day): PersonRow | null {
    const holders = this.#people.holders(unit, post, day);
    const nearest = holders
      .filter(({ grid }) => grid === null || path.includes(grid))
      .sort((a, b) => path.indexOf(b.grid ?? '') - path.indexOf(a.grid ?? ''));
    return nearest[0] ?? null;
  }

  /** Areas that hold the place, by management and by the net. */
  #areasOf(areaCode: string | null, day: Day): readonly string[] {
    return areaCode === null ? [] : this.#units.path(areaCode, day);
  }
}

function isFirst(co: DutyInForce['co'], code: string, at: number): boolean {
  return co.findIndex(({ unit }) => unit.code === code) === at;
}

function rankOf(row: DutyRow, path: readonly string[]): number {
  const area = row.area === null ? 0 : path.indexOf(row.area) + 1;
  return area * 1_000 + row.code.length * 10 + (row.kind === null ? 0 : 2) + (isAllDay(row.hours) ? 0 : 1);
}

/** The code and every beginning of it, down to the empty one. */
function beginningsOf(code: string): readonly string[] {
  return Array.from({ length: code.length + 1 }, (_, cut) => code.slice(0, code.length - cut));
}
