import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, refused, type Result } from '#domain/base/result.ts';
import type { ClassTable } from '#domain/coding/class-table.ts';
import type { AreaIndex } from '#domain/grid/district.ts';
import { checkReferences } from '#domain/reference/check-references.ts';
import { calendarData, makeReferenceTables } from '#domain/reference/make-reference-tables.ts';
import { parseTable, type TableCells } from '#domain/reference/parse-table.ts';
import { hasFault, isWarning, problemText, type Problem } from '#domain/reference/problem.ts';
import type { ReferenceTables } from '#domain/reference/reference-tables.ts';
import { changedRows, type RowChange } from '#domain/reference/table-diff.ts';
import { tableNames, type TableName } from '#domain/reference/table-names.ts';
import { specOf, tableSpecs, type TableSet } from '#domain/reference/table-specs.ts';
import type { TableRow } from '#domain/reference/table-spec.ts';
import { WorkCalendar } from '#domain/sla/work-calendar.ts';
import type { Clock } from '#host/ports/clock.ts';
import type { HealthFacts } from '#host/ports/health.ts';
import type {
  Adoption,
  AdoptionFailure,
  TableCheck,
  Tables,
  TableSummary,
  TableText,
  TableVersion,
} from '#host/ports/tables.ts';
import { hashOf, TableFiles, type TableDisk } from './table-files.ts';
import { TableProblem } from './table-problem.ts';
import { cellsOfFile, cellsOfText, textOfCells } from './table-text.ts';

export interface TableStoreOptions {
  /** `resources/tables` */
  readonly defaultsFolder: string;
  /** `DATA/tables` */
  readonly folder: string;
  readonly classes: ClassTable;
  readonly areas: AreaIndex;
  readonly clock: Clock;
  readonly health: HealthFacts;
  readonly disk?: TableDisk;
}

/** One version of one table, read and without faults of its own. */
interface LoadedTable {
  readonly version: string;
  readonly isDefault: boolean;
  readonly cells: TableCells;
  readonly rows: readonly TableRow[];
  readonly warnings: readonly Problem[];
}

/** Tables whose references into the net follow it. */
export interface TablesOverAreas extends Tables {
  /** Makes the set in force over another net, and tells it like an adoption. Rows that it no longer fits become warnings. */
  useAreas(areas: AreaIndex): void;
}

/** So many sound versions of each table are tried before the one that ships. */
const KEPT = 3;

type Loaded = Readonly<Record<TableName, LoadedTable>>;

/**
 * Loads the tables that ship, and over them the newest adopted version of each that has no fault. A version with one is
 * passed over, and a health fact says so until a sound one is adopted.
 *
 * @throws TableProblem for a shipped table with a fault; the message names file, row and column
 */
export async function openTables(options: TableStoreOptions): Promise<TablesOverAreas> {
  const store = new TableStore(options);
  await store.load();
  return store;
}

class TableStore implements TablesOverAreas {
  readonly #options: TableStoreOptions;
  readonly #files: TableFiles;
  readonly #listeners = new Set<(tables: ReferenceTables) => void>();
  /** Faults of versions that were passed over, by table. */
  readonly #faults = new Map<TableName, readonly Problem[]>();
  #defaults!: Loaded;
  #loaded!: Loaded;
  #inForce!: ReferenceTables;
  #crossWarnings: readonly Problem[] = [];
  #last: Promise<unknown> = Promise.resolve();
  #areas: AreaIndex;

  constructor(options: TableStoreOptions) {
    this.#options = options;
    this.#areas = options.areas;
    this.#files = new TableFiles(options.folder, options.disk);
  }

  async load(): Promise<void> {
    this.#defaults = await this.#loadDefaults();
    const stacks = new Map<TableName, readonly LoadedTable[]>();
    for (const name of tableNames) stacks.set(name, [...(await this.#adopted(name)), this.#defaults[name]]);
    this.#use(this.#settle(stacks));
  }

  inForce(): ReferenceTables {
    return this.#inForce;
  }

  onChanged(listener: (tables: ReferenceTables) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  useAreas(areas: AreaIndex): void {
    this.#areas = areas;
    this.#use(this.#loaded);
    for (const listener of this.#listeners) listener(this.#inForce);
  }

  list(): readonly TableSummary[] {
    return tableNames.map((name) => {
      const { version, rows, warnings } = this.#loaded[name];
      const crossing = this.#crossWarnings.filter(({ table }) => table === name);
      return {
        ...{ name, version, rows: rows.length },
        placeholders: rows.filter(({ isPlaceholder }) => isPlaceholder).length,
        problems: [...(this.#faults.get(name) ?? []), ...warnings, ...crossing],
      };
    });
  }

  async read(name: TableName, version: string | null) {
    const found = [this.#loaded[name], this.#defaults[name]].find((one) => version === null || one.version === version);
    if (found !== undefined) return { version: found.version, cells: found.cells };
    const stored = await this.#files.versions(name);
    if (!stored.some((one) => one.version === version) || version === null) return null;
    const text = cellsOfFile(name, (await this.#files.read(name, version)) ?? new Uint8Array());
    return text.ok ? { version, cells: text.cells } : null;
  }

  async calendarOf(versions: Readonly<Record<string, string>>): Promise<WorkCalendar | null> {
    const { calendar, 'work-hours': hours } = versions;
    if (calendar === undefined || hours === undefined) return null;
    const { versions: now, calendar: current } = this.#inForce;
    if (calendar === now.calendar && hours === now['work-hours']) return current;
    const [days, periods] = await Promise.all([this.read('calendar', calendar), this.read('work-hours', hours)]);
    if (days === null || periods === null) return null;
    return new WorkCalendar(
      calendarData(
        `${calendar}+${hours}`,
        parseTable(tableSpecs.calendar, days.cells).rows,
        parseTable(tableSpecs['work-hours'], periods.cells).rows,
      ),
    );
  }

  async history(name: TableName): Promise<readonly TableVersion[]> {
    const inForce = this.#loaded[name].version;
    const adopted = (await this.#files.versions(name)).map((one) => ({
      ...one,
      ...{ isDefault: false, isInForce: one.version === inForce },
    }));
    const { version } = this.#defaults[name];
    const shipped = { version, isDefault: true, isInForce: version === inForce };
    return [...adopted, { ...shipped, adoptedAt: null, adoptedBy: '', note: '' }];
  }

  parse(name: TableName, given: string | TableCells): TableText {
    return typeof given === 'string' ? cellsOfText(name, given) : { ok: true, cells: given };
  }

  check(name: TableName, cells: TableCells): TableCheck {
    return this.#checked(name, cells, 'preview').check;
  }

  changes(name: TableName, cells: TableCells): readonly RowChange[] {
    return changedRows(specOf(name), this.#loaded[name].cells, cells);
  }

  adopt(adoption: Adoption): Promise<Result<string, AdoptionFailure>> {
    const result = this.#last.then(() => this.#adopt(adoption));
    this.#last = result.catch(() => {});
    return result;
  }

  async #adopt({ name, cells, note, by, expectedVersion }: Adoption): Promise<Result<string, AdoptionFailure>> {
    const { version } = this.#loaded[name];
    if (version !== expectedVersion) return refused({ code: 'stale', version });
    const text = textOfCells(cells);
    const read = cellsOfFile(name, Buffer.from(text, 'utf8'));
    if (!read.ok) return refused({ code: 'bad_table', problems: [read.problem] });
    const { check } = this.#checked(name, read.cells, 'preview');
    if (check.next === null) return refused({ code: 'bad_table', problems: check.problems });
    let adopted: string;
    try {
      // A clock that was set back must not put the new version behind an older one.
      const newest = (await this.#files.versions(name))[0]?.adoptedAt ?? 0;
      const adoptedAt = Math.max(this.#options.clock.now(), newest + 1);
      adopted = await this.#files.add(name, text, { adoptedAt, adoptedBy: by, note });
    } catch (cause) {
      return refused({ code: 'not_saved', reason: cause instanceof Error ? cause.message : String(cause) });
    }
    this.#faults.delete(name);
    this.#use(this.#checked(name, read.cells, adopted).loaded);
    for (const listener of this.#listeners) listener(this.#inForce);
    return ok(adopted);
  }

  /** The tables with one exchanged, and what is wrong with it, by itself and among the others. */
  #checked(name: TableName, cells: TableCells, version: string) {
    const { rows, problems } = parseTable(specOf(name), cells);
    const table = { version, isDefault: false, cells, rows, warnings: problems.filter(isWarning) };
    const loaded: Loaded = { ...this.#loaded, [name]: table };
    const crossing = hasFault(problems) ? [] : checkReferences(setOf(loaded), this.#around());
    const all = [...problems, ...crossing];
    return { loaded, check: { problems: all, next: hasFault(all) ? null : this.#make(loaded) } satisfies TableCheck };
  }

  #use(loaded: Loaded): void {
    this.#loaded = loaded;
    this.#inForce = this.#make(loaded);
    this.#crossWarnings = checkReferences(setOf(loaded), this.#around());
    for (const name of tableNames) this.#report(name);
  }

  #report(name: TableName): void {
    const { health } = this.#options;
    const id = `tables.${name}`;
    const fault = this.#faults.get(name)?.[0];
    if (fault === undefined) return health.clear(id);
    const { row, column, code, value } = fault;
    const detail = { table: name, row: String(row), column: column ?? '', problem: code, value };
    health.raise({
      ...{ id, severity: 'warning', code: 'table_faulty' },
      detail: { ...detail, version: this.#loaded[name].version },
    });
  }

  #make(loaded: Loaded): ReferenceTables {
    const { classes } = this.#options;
    const versions = recordOf((name) => loaded[name].version);
    return makeReferenceTables({ tables: setOf(loaded), versions, classes, areas: this.#areas });
  }

  #around() {
    const { classes } = this.#options;
    return { classes, isArea: (code: string) => this.#areas.area(code) !== undefined };
  }

  async #loadDefaults(): Promise<Loaded> {
    const { defaultsFolder } = this.#options;
    const loaded: Partial<Record<TableName, LoadedTable>> = {};
    for (const name of tableNames) {
      const file = join(defaultsFolder, `${name}.csv`);
      const bytes = await bytesOf(file);
      const text = cellsOfFile(name, bytes);
      if (!text.ok) throw new TableProblem(`${file}: ${problemText(text.problem)}`);
      const { rows, problems } = parseTable(specOf(name), text.cells);
      refuseFaults(defaultsFolder, problems);
      const version = `default-${hashOf(bytes)}`;
      loaded[name] = { version, isDefault: true, cells: text.cells, rows, warnings: problems };
    }
    const all = loaded as Loaded;
    refuseFaults(defaultsFolder, checkReferences(setOf(all), this.#around()));
    return all;
  }

  /** The newest adopted versions without faults of their own, newest first; what lies before them is a fault. */
  async #adopted(name: TableName): Promise<readonly LoadedTable[]> {
    const sound: LoadedTable[] = [];
    for (const { version } of await this.#files.versions(name)) {
      const { table, faults } = await this.#readVersion(name, version);
      if (table !== null) sound.push(table);
      else if (sound.length === 0 && !this.#faults.has(name)) this.#faults.set(name, faults);
      if (sound.length === KEPT) break;
    }
    return sound;
  }

  async #readVersion(name: TableName, version: string) {
    const bytes = await this.#files.read(name, version);
    if (bytes === null) return { table: null, faults: [changed(name)] };
    const text = cellsOfFile(name, bytes);
    if (!text.ok) return { table: null, faults: [text.problem] };
    const cells = name === 'policies' ? withMissingRows(text.cells, this.#defaults.policies.cells) : text.cells;
    const { rows, problems } = parseTable(specOf(name), cells);
    const table = { version, isDefault: false, cells, rows, warnings: problems };
    return hasFault(problems)
      ? { table: null, faults: problems.filter((problem) => !isWarning(problem)) }
      : { table, faults: [] };
  }

  /**
   * The newest versions that fit each other: while they don't, the table with the fault goes back to the version before,
   * or, if it is the one that ships, the table that was adopted last does.
   */
  #settle(stacks: Map<TableName, readonly LoadedTable[]>): Loaded {
    for (;;) {
      const loaded = recordOf((name) => stacks.get(name)?.[0] ?? this.#defaults[name]);
      const fault = checkReferences(setOf(loaded), this.#around()).find((problem) => !isWarning(problem));
      if (fault === undefined) return loaded;
      const adopted = tableNames.filter((name) => !loaded[name].isDefault);
      const own = adopted.find((name) => name === fault.table);
      const last = adopted.toSorted((a, b) => (loaded[a].version < loaded[b].version ? 1 : -1))[0];
      const back = own ?? last;
      // The defaults fit each other, or the program would not have started.
      if (back === undefined) return this.#defaults;
      stacks.set(back, stacks.get(back)?.slice(1) ?? []);
      this.#faults.set(back, [fault]);
    }
  }
}

/** A program that asks for more policies than one that wrote the table takes these as shipped, and all others as adopted. */
function withMissingRows(adopted: TableCells, shipped: TableCells): TableCells {
  const [keyAt, shippedKeyAt] = [adopted.head.indexOf('key'), shipped.head.indexOf('key')];
  const known = new Set(adopted.rows.map(({ cells }) => cells[keyAt]));
  const missing = keyAt < 0 ? [] : shipped.rows.filter(({ cells }) => !known.has(cells[shippedKeyAt] ?? ''));
  const last = adopted.rows.at(-1)?.number ?? 1;
  const placed = missing.map(({ cells }, index) => ({
    number: last + 1 + index,
    cells: adopted.head.map((column) => cells[shipped.head.indexOf(column)] ?? ''),
  }));
  return { ...adopted, rows: [...adopted.rows, ...placed] };
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new TableProblem(`${file}: ${cause instanceof Error ? cause.message : 'unreadable'}`, { cause });
  }
}

function refuseFaults(folder: string, problems: readonly Problem[]): void {
  const fault = problems.find((problem) => !isWarning(problem));
  if (fault !== undefined) throw new TableProblem(`${join(folder, `${fault.table}.csv`)}: ${problemText(fault)}`);
}

function changed(table: TableName): Problem {
  const detail = { reason: 'the file was changed after it was adopted' };
  return { table, row: 1, column: null, code: 'unreadable', value: '', detail };
}

function setOf(loaded: Loaded): TableSet {
  // Each table was parsed by the spec of its own name.
  return recordOf((name) => loaded[name].rows) as unknown as TableSet;
}

function recordOf<Value>(valueOf: (name: TableName) => Value): Readonly<Record<TableName, Value>> {
  return Object.fromEntries(tableNames.map((name) => [name, valueOf(name)])) as Record<TableName, Value>;
}
