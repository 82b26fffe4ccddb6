import { CaseTables, type TablesOptions } from './case-tables.ts';
import type { Discarded } from './messages.ts';

export interface OpenedTables {
  readonly tables: CaseTables;
  /** The checkpoint they are made of; null: they are empty. */
  readonly generation: string | null;
  /** Why the newest checkpoint was not used; null if it was, or if there is none. */
  readonly discarded: Discarded | null;
}

/**
 * The tables of the newest checkpoint that is of use; those that are not are removed, with everything when none is. That
 * the journal has the entry behind which it was written is for the host to say.
 */
export function openTables(options: TablesOptions): OpenedTables {
  const { folder } = options;
  let discarded: Discarded | null = null;
  for (const { name, manifest } of folder.generations()) {
    const tables = manifest === null ? 'damaged' : CaseTables.of(options, manifest);
    if (typeof tables !== 'string') {
      folder.tidy();
      return { tables, generation: name, discarded };
    }
    discarded ??= tables;
    folder.remove(name);
  }
  folder.clear();
  return { tables: CaseTables.empty(options), generation: null, discarded };
}
