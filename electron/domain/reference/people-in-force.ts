import type { Day } from './day.ts';
import { isInForce } from './day.ts';
import { groupedBy, rowInForce } from './in-force.ts';
import type { People } from './reference-tables.ts';
import type { PersonRow, Post } from './rows.ts';

/** Persons by id and by unit. */
export class PeopleInForce implements People {
  readonly #byId: ReadonlyMap<string, readonly PersonRow[]>;
  readonly #byUnit: ReadonlyMap<string, readonly PersonRow[]>;

  constructor(rows: readonly PersonRow[]) {
    this.#byId = groupedBy(rows, ({ id }) => id);
    this.#byUnit = groupedBy(rows, ({ unit }) => unit);
  }

  person(id: string, day: Day): PersonRow | undefined {
    return rowInForce(this.#byId.get(id), day);
  }

  inUnit(unit: string, day: Day): readonly PersonRow[] {
    return (this.#byUnit.get(unit) ?? []).filter((row) => isInForce(row, day));
  }

  holders(unit: string, post: Post, day: Day): readonly PersonRow[] {
    return this.inUnit(unit, day).filter((row) => row.post === post);
  }

  actingFor(id: string, day: Day): { readonly person: PersonRow | null; readonly unit: string } | undefined {
    const own = this.person(id, day);
    if (own !== undefined) return { person: own, unit: own.unit };
    const last = this.#byId.get(id)?.at(-1);
    if (last === undefined) return undefined;
    return { person: this.holders(last.unit, last.post, day)[0] ?? null, unit: last.unit };
  }
}
