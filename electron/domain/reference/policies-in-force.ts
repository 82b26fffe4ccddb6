import { required } from '#domain/base/assert-never.ts';
import type { Day } from './day.ts';
import { groupedBy, rowInForceOrNearest } from './in-force.ts';
import type { ChoiceOf, ChoicePolicy, FlagPolicy, NumberPolicy, Policies, PolicyKey } from './policies.ts';
import type { PolicyRow } from './rows.ts';

/** Policies of a checked table, which has a row for every key. */
export class PoliciesInForce implements Policies {
  readonly #rows: ReadonlyMap<string, readonly PolicyRow[]>;

  constructor(rows: readonly PolicyRow[]) {
    this.#rows = groupedBy(rows, ({ key }) => key);
  }

  number(key: NumberPolicy, day: Day): number {
    return Number(this.#row(key, day).value);
  }

  isOn(key: FlagPolicy, day: Day): boolean {
    return this.#row(key, day).value === 'true';
  }

  choice<Key extends ChoicePolicy>(key: Key, day: Day): ChoiceOf<Key> {
    // The table's check lets no other value in.
    return this.#row(key, day).value as ChoiceOf<Key>;
  }

  isPlaceholder(key: PolicyKey, day: Day): boolean {
    return this.#row(key, day).isPlaceholder;
  }

  #row(key: PolicyKey, day: Day): PolicyRow {
    return required(rowInForceOrNearest(this.#rows.get(key), day), `a row of the policy ${key}`);
  }
}
