import type { OutputOf } from '#contract/api.ts';
import type { TableName } from '#domain/reference/table-names.ts';
import type { Client } from '#renderer/client/client.ts';
import type { Language } from '#renderer/i18n/setup.ts';

/** One row of a rule table, by the ids of its columns; empty cells are empty texts. */
export type TableRecord = Readonly<Record<string, string>>;

/**
 * Rule tables in force as forms need them: each is read once, when a form first asks. Rows that are not in force on the
 * day of asking are left out.
 */
export class ReferenceTables {
  readonly #client: Pick<Client, 'call'>;
  readonly #today: () => string;
  readonly #rows = new Map<TableName, readonly TableRecord[] | null>();
  readonly #listeners = new Set<() => void>();
  #version = 0;

  /** `today` as `2026-11-24`. */
  constructor(client: Pick<Client, 'call'>, today: () => string) {
    this.#client = client;
    this.#today = today;
  }

  /** Goes up with every table that was read. */
  get version(): number {
    return this.#version;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Empty until the table is read; the same list until then, and the same ever after. */
  rows(name: TableName): readonly TableRecord[] {
    if (!this.#rows.has(name)) void this.#read(name);
    return this.#rows.get(name) ?? unread;
  }

  async #read(name: TableName): Promise<void> {
    this.#rows.set(name, null);
    const outcome = await this.#client.call('tables.read', { name });
    if (!outcome.ok) {
      this.#rows.delete(name);
      return;
    }
    const today = this.#today();
    this.#rows.set(
      name,
      recordsOf(outcome.value).filter((row) => isInForceOn(row, today)),
    );
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}

const unread: readonly TableRecord[] = [];

function recordsOf({ columns, rows }: OutputOf<'tables.read'>): readonly TableRecord[] {
  return rows.map(({ cells }) => Object.fromEntries(columns.map(({ id }, at) => [id, cells[at] ?? ''])));
}

function isInForceOn({ from = '', to = '' }: TableRecord, day: string): boolean {
  return (from === '' || from <= day) && (to === '' || day < to);
}

/** A row as something to choose: its code, and its name in the language of the screen. */
export function asChoice(row: TableRecord, language: Language): { readonly id: string; readonly name: string } {
  const code = row['code'] ?? '';
  const name = (language === 'en' ? row['en'] : row['zh']) ?? row['name'] ?? '';
  return { id: code, name: name === '' ? code : name };
}
