import type { SqlJsStatic } from 'sql.js';
import type { ForeignTables, ForeignValue } from '#host/ports/foreign-tables.ts';
import { loadEngine } from './engine.ts';

let engine: Promise<SqlJsStatic> | null = null;

/** A SQLite file of others (GeoPackage) through the engine of the projection, which alone knows SQL. */
export async function openForeignTables(bytes: Uint8Array): Promise<ForeignTables> {
  engine ??= loadEngine();
  const { Database } = await engine;
  const database = new Database(bytes);
  return {
    tables() {
      const [found] = database.exec(`SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name`);
      return (found?.values ?? []).map(([name]) => String(name));
    },
    count(table) {
      const [found] = database.exec(`SELECT count(*) FROM ${quoted(table)}`);
      return Number(found?.values[0]?.[0] ?? 0);
    },
    *rows(table) {
      const statement = database.prepare(`SELECT * FROM ${quoted(table)}`);
      try {
        const names = statement.getColumnNames();
        while (statement.step()) {
          const values = statement.get();
          yield Object.fromEntries(names.map((name, index): [string, ForeignValue] => [name, values[index] ?? null]));
        }
      } finally {
        statement.free();
      }
    },
    find(table, values) {
      const condition = Object.keys(values).map((name) => `${quoted(name)} = ?`);
      const statement = database.prepare(`SELECT * FROM ${quoted(table)} WHERE ${condition.join(' AND ')} LIMIT 1`);
      try {
        statement.bind(Object.values(values));
        return statement.step() ? statement.getAsObject() : null;
      } finally {
        statement.free();
      }
    },
    limits(table, column) {
      const [found] = database.exec(`SELECT min(${quoted(column)}), max(${quoted(column)}) FROM ${quoted(table)}`);
      const [least = null, greatest = null] = found?.values[0] ?? [];
      return least === null ? null : [least, greatest];
    },
    close() {
      database.close();
    },
  };
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
