/** A value of a SQLite cell. */
export type ForeignValue = string | number | Uint8Array | null;

/** A SQLite file that others made, to be read. Every call may throw an Error with the engine's words if it is damaged. */
export interface ForeignTables {
  /** Names of its tables and views. */
  tables(): readonly string[];
  count(table: string): number;
  /** Rows by column name, one after the other; a row's values are its own. */
  rows(table: string): Iterable<Readonly<Record<string, ForeignValue>>>;
  /** The first row with these values, null without one; by an index where the file has one. */
  find(table: string, values: Readonly<Record<string, number>>): Readonly<Record<string, ForeignValue>> | null;
  /** Least and greatest value of a column; null in an empty table. */
  limits(table: string, column: string): readonly [least: ForeignValue, greatest: ForeignValue] | null;
  close(): void;
}

/**
 * Opens a file of bytes that lie in memory as a whole, since the engine has no other way.
 *
 * @throws Error if it is no SQLite file
 */
export type OpenForeignTables = (bytes: Uint8Array) => Promise<ForeignTables>;
