import type { ClassRef } from '#domain/case/state.ts';
import { required } from '#domain/base/assert-never.ts';
import { isInForce } from './day.ts';
import { groupedBy } from './in-force.ts';
import type { LimitInForce, LimitQuery } from './reference-tables.ts';
import type { LimitRow } from './rows.ts';

type Wanted = Omit<LimitQuery, 'condition'>;

/** Finds the limit that counts; see `ReferenceTables.limitFor` for the order of exactness. */
export class LimitsInForce {
  readonly #version: string;
  readonly #rows: ReadonlyMap<string, readonly LimitRow[]>;

  constructor(version: string, rows: readonly LimitRow[]) {
    this.#version = version;
    this.#rows = groupedBy(rows, (row) => `${row.record} ${row.clock} ${row.code}`);
  }

  /** @throws Error if no row fits: a checked table has a row for every class and day */
  limitFor(query: LimitQuery): LimitInForce {
    const rows = this.#mostExact(query);
    const chosen =
      rows.find((row) => query.condition !== null && row.condition === query.condition) ??
      rows.find((row) => row.isDefault) ??
      rows[0];
    const { record, clock, day } = query;
    return this.#inForce(required(chosen, `a limit of the ${record}'s ${clock} clock on ${day}`));
  }

  conditionsFor(query: Wanted): readonly LimitInForce[] {
    const rows = this.#mostExact(query).toSorted((a, b) => Number(b.isDefault) - Number(a.isDefault) || a.row - b.row);
    return rows.map((row) => this.#inForce(row));
  }

  #mostExact(query: Wanted): readonly LimitRow[] {
    const code = query.classRef?.code ?? '';
    for (let length = code.length; length >= 0; length -= 1) {
      const rows = this.#rows.get(`${query.record} ${query.clock} ${code.slice(0, length)}`) ?? [];
      const fitting = rows.filter((row) => fits(row, query));
      if (fitting.length === 0) continue;
      const best = Math.max(...fitting.map(exactness));
      return fitting.filter((row) => exactness(row) === best);
    }
    return [];
  }

  #inForce(row: LimitRow): LimitInForce {
    return {
      limit: { value: row.value, unit: row.unit },
      version: this.#version,
      row: row.row,
      condition: row.condition,
      closeCondition: row.closeCondition,
      isDefault: row.isDefault,
      isPlaceholder: row.isPlaceholder,
      source: row.source,
    };
  }
}

function fits(row: LimitRow, { classRef, timeClass, day }: Wanted): boolean {
  const isOfClass = (ref: Pick<ClassRef, 'standardRef' | 'kind'> | null) =>
    (row.kind === null || row.kind === ref?.kind) && (row.standard === null || row.standard === ref?.standardRef);
  return isInForce(row, day) && isOfClass(classRef) && (row.timeClass === null || row.timeClass === timeClass);
}

function exactness(row: LimitRow): number {
  return (row.kind === null ? 0 : 4) + (row.standard === null ? 0 : 2) + (row.timeClass === null ? 0 : 1);
}
