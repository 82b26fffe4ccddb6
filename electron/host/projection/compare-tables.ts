import { isOpen } from '#domain/case/lifecycle.ts';
import type { Head } from '#host/ports/journal.ts';
import type { ProjectedCase } from '#host/ports/projection.ts';
import type { TableDifference, UnusableTables } from '#host/ports/verification.ts';
import { CaseTables } from './case-tables.ts';
import { CheckpointFolder, filesOf } from './checkpoint-folder.ts';
import { loadEngine } from './engine.ts';
import { valuesOf, yearOf } from './materialize.ts';
import { allColumns } from './schema.ts';

/** The tables of a data folder, as they lie on the disk. */
export interface StoredTables {
  /** The entry they were written behind. */
  readonly position: Head;
  /** What they say are the entries of a case; null if they don't have it. */
  sequencesOf(caseId: string): readonly number[] | null;
  /**
   * Compares them with every case as it was right after that entry; of a case that comes several times the last row counts.
   * Not compared is what is made of the district, which
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

/** Only the year that is being read lies in memory, beside the latest one. */
const limits = { years: 1, bytes: Number.MAX_SAFE_INTEGER };

/** Reads the newest checkpoint, every file of it, and changes nothing. */
export async function readStoredTables(folderPath: string, journalId: string): Promise<StoredTables | UnusableTables> {
  const folder = new CheckpointFolder(folderPath);
  const [newest] = folder.generations();
  if (newest === undefined) return 'absent';
  if (newest.manifest === null) return 'damaged';
  const tables = CaseTables.of({ engine: await loadEngine(), folder, journalId, limits }, newest.manifest);
  if (typeof tables === 'string') return tables === 'damaged' ? 'damaged' : 'other';
  if (!filesOf(newest.manifest).every((file) => folder.read(file) !== null)) {
    tables.close();
    return 'damaged';
  }
  return {
    position: tables.position,
    close: () => tables.close(),
    sequencesOf: (caseId) => tables.sequencesOf(caseId),
    async compare(batches, isDoubtful) {
      const comparison = new Comparison(tables);
      for await (const batch of batches) {
        for (const projected of batch) comparison.see(projected, isDoubtful(projected.row.id));
      }
      return comparison.result(isDoubtful);
    },
  };
}

class Comparison {
  readonly #tables: CaseTables;
  /** By case: what differs may still be mended by a later row of it. */
  readonly #differences = new Map<string, TableDifference>();
  /** By file, the places of the rows that were compared. A list of ten million numbers of cases would not fit. */
  readonly #seen = new Map<string, Places>();
  #cases = 0;

  constructor(tables: CaseTables) {
    this.#tables = tables;
  }

  see(projected: ProjectedCase, isDoubtful: boolean): void {
    const caseId = projected.row.id;
    const file = isOpen(projected.row.state) ? 'open' : yearOf(caseId);
    const stored = this.#file(file)?.stored(caseId) ?? null;
    if (stored !== null && this.#placesOf(file).add(stored.place)) this.#cases += 1;
    this.#differences.delete(caseId);
    if (isDoubtful) return;
    if (stored === null) return this.note({ kind: 'missing', caseId, columns: [] });
    const values = valuesOf(projected);
    const columns = allColumns.filter((name, at) => !fromDistrict.has(name) && stored.columns[name] !== values[at]);
    if (columns.length > 0) this.note({ kind: 'different', caseId, columns });
  }

  result(isDoubtful: (caseId: string) => boolean): {
    readonly cases: number;
    readonly differences: readonly TableDifference[];
  } {
    const missing = [...this.#differences.values()].filter(({ kind }) => kind === 'missing').length;
    for (const file of ['open', ...this.#tables.years()]) {
      const seen = this.#placesOf(file);
      for (const [place, caseId] of this.#file(file)?.places() ?? []) {
        if (!seen.has(place) && !isDoubtful(caseId)) this.note({ kind: 'extra', caseId, columns: [] });
      }
    }
    return { cases: this.#cases + missing, differences: [...this.#differences.values()].slice(0, MAX_DIFFERENCES) };
  }

  #file(file: string) {
    return this.#tables.file(file === 'open' ? 'open' : { year: file });
  }

  #placesOf(file: string): Places {
    const known = this.#seen.get(file);
    if (known !== undefined) return known;
    const made = new Places();
    this.#seen.set(file, made);
    return made;
  }

  note(difference: TableDifference): void {
    this.#differences.set(difference.caseId, difference);
  }
}

/** A set of small numbers, a bit each. */
class Places {
  #bits = new Uint8Array(1_024);

  has(place: number): boolean {
    return ((this.#bits[place >> 3] ?? 0) & (1 << (place & 7))) !== 0;
  }

  /** False when it has it already. */
  add(place: number): boolean {
    if (this.has(place)) return false;
    const at = place >> 3;
    if (at >= this.#bits.length) {
      const larger = new Uint8Array(Math.max(at + 1, this.#bits.length * 2));
      larger.set(this.#bits);
      this.#bits = larger;
    }
    this.#bits[at] = (this.#bits[at] ?? 0) | (1 << (place & 7));
    return true;
  }
}
