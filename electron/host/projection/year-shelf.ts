import type { SqlJsStatic } from 'sql.js';
import { required } from '#domain/base/assert-never.ts';
import type { CheckpointFolder, Manifest, NamedFile } from './checkpoint-folder.ts';
import { TableFile, type FileFacts } from './table-file.ts';

/** What the end of a worker with {@link DamagedTables} is known by. */
export const damagedCode = 'projection_damaged';

/** A file of tables is not what its manifest names: nothing in the folder is trusted any more. */
export class DamagedTables extends Error {
  readonly code = damagedCode;
}

/** How much may lie in memory (live-and-storage.md PJ1). */
export interface ShelfLimits {
  /** Years beside the latest one. */
  readonly years: number;
  /** Of all tables together; the latest year and the one used last stay even so: to read it anew for each page is no use. */
  readonly bytes: number;
}

export const shelfLimits: ShelfLimits = { years: 2, bytes: 1024 * 1024 * 1024 };

interface Year {
  tables: TableFile | null;
  /** As it lies on the disk; null if it was never written. */
  file: NamedFile | null;
  /** The tables hold what the file does not. */
  isDirty: boolean;
  /** No checkpoint names the file yet. */
  isSpill: boolean;
}

/**
 * The ended cases, by year. The latest year stays in memory once it was opened, a few others as long as they are used;
 * what is put away was written before. All of it is synchronous: opening a year of a million cases takes about a second.
 */
export class YearShelf {
  readonly #engine: SqlJsStatic;
  readonly #folder: CheckpointFolder;
  readonly #limits: ShelfLimits;
  /** Those in memory are in the order of their last use. */
  readonly #years = new Map<string, Year>();

  constructor(engine: SqlJsStatic, folder: CheckpointFolder, files: Manifest['years'], limits: ShelfLimits) {
    this.#engine = engine;
    this.#folder = folder;
    this.#limits = limits;
    for (const [year, file] of Object.entries(files)) {
      this.#years.set(year, { tables: null, file, isDirty: false, isSpill: false });
    }
  }

  years(): readonly string[] {
    return [...this.#years.keys()];
  }

  /** Years whose tables are in memory. */
  opened(): readonly string[] {
    return this.years().filter((year) => this.#years.get(year)?.tables !== null);
  }

  has(year: string): boolean {
    return this.#years.has(year);
  }

  /** Without opening it. */
  facts(year: string): FileFacts | null {
    const known = this.#years.get(year);
    return known?.tables?.facts ?? known?.file ?? null;
  }

  /**
   * The tables of a year, opened if need be; null if there are none. To be used at once: the next call may put them away.
   *
   * @throws DamagedTables
   */
  get(year: string): TableFile | null {
    const known = this.#years.get(year);
    if (known === undefined) return null;
    known.tables ??= this.#read(required(known.file, 'a year lies in memory or in a file'));
    this.#years.delete(year);
    this.#years.set(year, known);
    this.trim(year);
    return known.tables;
  }

  /** As {@link get}, for changing them. */
  change(year: string): TableFile {
    if (!this.#years.has(year)) {
      const tables = TableFile.empty(this.#engine, 'ended');
      this.#years.set(year, { tables, file: null, isDirty: true, isSpill: false });
    }
    const tables = required(this.get(year), 'it was just made');
    required(this.#years.get(year), 'it is known').isDirty = true;
    return tables;
  }

  commit(): void {
    for (const { tables } of this.#years.values()) tables?.commit();
  }

  bytes(): number {
    let bytes = 0;
    for (const { tables } of this.#years.values()) bytes += tables?.bytes ?? 0;
    return bytes;
  }

  /** Puts away what is too much; `inUse` stays. */
  trim(inUse: string | null): void {
    const latest = this.years().reduce((later, year) => (year > later ? year : later), '');
    const others = this.opened().filter((year) => year !== latest && year !== inUse);
    let count = others.length + (inUse === null || inUse === latest ? 0 : 1);
    for (const year of others) {
      const isLastUsed = count === 1;
      if (count <= this.#limits.years && (isLastUsed || this.bytes() <= this.#limits.bytes)) return;
      if (this.#putAway(required(this.#years.get(year), 'it is open'), year)) count -= 1;
    }
  }

  /**
   * Writes what the files do not hold. The files are not part of a checkpoint before {@link named}.
   *
   * @throws DamagedTables when the file of a year that is not in memory is gone
   */
  save(): Manifest['years'] {
    const files: Record<string, NamedFile> = {};
    for (const [year, known] of this.#years) {
      const isThere = known.file !== null && this.#folder.has(known.file);
      if (known.isDirty || !isThere) this.#write(year, known);
      files[year] = required(known.file, 'it was written');
    }
    return files;
  }

  /** A checkpoint names all that {@link save} gave. */
  named(): void {
    for (const known of this.#years.values()) known.isSpill = false;
  }

  close(): void {
    for (const { tables } of this.#years.values()) tables?.close();
    this.#years.clear();
  }

  #read(file: NamedFile): TableFile {
    const image = this.#folder.read(file);
    if (image === null) throw new DamagedTables(`projection file ${file.name} is not what was written`);
    return TableFile.fromImage(this.#engine, image, 'ended', file);
  }

  #write(year: string, known: Year): void {
    const { tables, file } = known;
    if (tables === null) throw new DamagedTables(`projection file ${file?.name ?? year} is gone`);
    tables.commit();
    const written = this.#folder.write(year, tables.image());
    if (known.isSpill && file !== null) this.#folder.remove(file.name);
    known.file = { ...written, ...tables.facts };
    known.isDirty = false;
    known.isSpill = true;
  }

  /** False if it had to be written and could not be: then it stays, and the next checkpoint tells why. */
  #putAway(known: Year, year: string): boolean {
    try {
      if (known.isDirty) this.#write(year, known);
    } catch {
      return false;
    }
    known.tables?.commit();
    known.tables?.close();
    known.tables = null;
    return true;
  }
}
