import type { Head } from '#host/ports/journal.ts';
import type { ProjectedCase } from '#host/ports/projection.ts';
import type { TableDifference, UnusableTables as Unusable } from '#host/ports/verification.ts';
import { CaseTables, UnusableTables } from './case-tables.ts';
import { readCheckpoint } from './checkpoint.ts';
import { loadEngine } from './engine.ts';
import { valuesOf } from './materialize.ts';
import { allColumns } from './schema.ts';

/** The tables of a data folder, as they lie on the disk. */
export interface StoredTables {
  /** The entry they were written behind. */
  readonly position: Head;
  /**
   * Compares them with every case as it was right after that entry. Not compared is what is made of the district, which
   * does not lie in the data folder.
   *
   * @param isDoubtful whether what the journal says of a case is not to be trusted either
   */
  compare(
    batches: AsyncIterable<readonly ProjectedCase[]>,
    isDoubtful: (caseId: string) => boolean,
  ): Promise<{ readonly cases: number; readonly differences: readonly TableDifference[] }>;
  close(): void;
}

const fromDistrict = new Set(['area_path']);

/** More differences than these say nothing new. */
const MAX_DIFFERENCES = 100;

/** Reads the tables and changes nothing. */
export async function readStoredTables(file: string, journalId: string): Promise<StoredTables | Unusable> {
  const image = readCheckpoint(file);
  if (image === 'missing') return 'absent';
  if (image === 'damaged') return 'damaged';
  let tables: CaseTables;
  try {
    tables = CaseTables.fromImage(await loadEngine(), image, journalId);
  } catch (cause) {
    if (!(cause instanceof UnusableTables)) throw cause;
    return cause.reason === 'damaged' ? 'damaged' : 'other';
  }
  return {
    position: tables.position(),
    close: () => tables.close(),
    async compare(batches, isDoubtful) {
      const unseen = new Set(tables.ids());
      const differences: TableDifference[] = [];
      let cases = 0;
      for await (const batch of batches) {
        for (const projected of batch) {
          const { id } = projected.row;
          unseen.delete(id);
          cases += 1;
          const found = isDoubtful(id) ? null : differenceOf(tables, projected);
          if (found !== null) differences.push(found);
        }
      }
      for (const caseId of unseen) if (!isDoubtful(caseId)) differences.push({ kind: 'extra', caseId, columns: [] });
      return { cases, differences: differences.slice(0, MAX_DIFFERENCES) };
    },
  };
}

function differenceOf(tables: CaseTables, projected: ProjectedCase): TableDifference | null {
  const caseId = projected.row.id;
  const stored = tables.stored(caseId);
  if (stored === null) return { kind: 'missing', caseId, columns: [] };
  const values = valuesOf(projected);
  const columns = allColumns.filter((name, at) => !fromDistrict.has(name) && stored[name] !== values[at]);
  return columns.length === 0 ? null : { kind: 'different', caseId, columns };
}
