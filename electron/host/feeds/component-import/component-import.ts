import { open, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import Papa from 'papaparse';
import { ComponentPacker } from '#contract/component-file.ts';
import type { ComponentField, ComponentImport, ComponentReport } from '#contract/components.ts';
import type { WireError } from '#contract/errors.ts';
import type { ImportProgress, RowRemark } from '#contract/imports.ts';
import type { AreaIndex } from '#domain/grid/district.ts';
import { nearTo } from '#domain/grid/near.ts';
import { ok, refused, type Result } from '#domain/base/result.ts';
import type { ClassTable } from '#domain/coding/class-table.ts';
import { nameOfSystem } from '#domain/grid/coordinates/coordinate-system.ts';
import type { Clock } from '#host/ports/clock.ts';
import type { ComponentImports, ComponentStore, ReadPoints } from '#host/ports/components.ts';
import { FileUnreadable, lookInto } from '../file-import/read-file.ts';
import { RunningImports, type OwnRun } from '../import-runs.ts';
import { delimiterOf, headText, readRows, type FileRow } from '../file-import/read-rows.ts';
import { RefusedFile } from '../file-import/refused-file.ts';
import { ComponentRows, columnsOf, type RowGiven } from './component-rows.ts';

export interface ComponentImportOptions {
  readonly store: ComponentStore;
  readonly readPoints: ReadPoints;
  readonly classes: () => ClassTable;
  /** The net in force, asked once for each import: places far from it are refused. */
  readonly areas: () => AreaIndex;
  readonly clock: Clock;
  /** Where refused rows are kept. */
  readonly folder: string;
  readonly newId: () => string;
}

/** Remarks that travel; all refused rows are in the file. */
const MOST_REMARKS = 1_000;
/** So many features of a GeoJSON file are looked at for the names of their properties, and put into the file at once. */
const TOGETHER = 1_000;
/** Begins each line of GeoJSON text sequences (RFC 8142). */
const RECORD_MARK = String.fromCharCode(0x1e);

/** Intake of inventories of components: good rows become one file that is never changed, bad ones are kept with reasons. */
export function createComponentImport(options: ComponentImportOptions): ComponentImports {
  const runs = new RunningImports('components');
  return {
    run: (request) =>
      runs.run(`components-${options.newId()}`, async (own) => {
        try {
          const format = await formatOf(request.path);
          const run = new Run(options, request, own);
          return format === 'csv' ? await run.csv() : await run.geoJson();
        } catch (cause) {
          if (cause instanceof FileUnreadable || (cause instanceof Error && 'code' in cause)) {
            return refuse('file_unreadable', { path: request.path, problem: cause.message });
          }
          throw cause;
        }
      }),

    cancel: (importId) => runs.cancel(importId),
    close: () => runs.close(),
    list: () => runs.list(),
    onProgress: (listener) => runs.onProgress(listener),
  };
}

type Columns = Partial<Record<ComponentField, string>>;

/** One import from its first byte to its report. */
class Run {
  readonly #options: ComponentImportOptions;
  readonly #request: ComponentImport;
  readonly #own: OwnRun;
  readonly #rows: ComponentRows;
  readonly #packer = new ComponentPacker();
  readonly #refused: RowRemark[] = [];
  readonly #warnings: RowRemark[] = [];
  #read = 0;
  #refusedCount = 0;
  #warningCount = 0;

  constructor(options: ComponentImportOptions, request: ComponentImport, own: OwnRun) {
    this.#options = options;
    this.#request = request;
    this.#own = own;
    const [classes, isNear] = [options.classes(), nearTo(options.areas())];
    this.#rows = new ComponentRows({ system: request.system, classes, isNear });
  }

  async csv(): Promise<Result<ComponentReport, WireError>> {
    this.#tell('running', 0);
    const file = await lookInto(this.#request.path);
    const head = await headText(file);
    const delimiter = delimiterOf(head);
    const names = (Papa.parse<string[]>(head, { delimiter, preview: 1 }).data[0] ?? []).map((name) => name.trim());
    const columns = columnsOf(names);
    const missing = missingOf(columns, ['id', 'lon', 'lat']);
    if (missing !== null) return refuse('bad_mapping', { field: missing, there: names.join(', ') });
    const refusedFile = this.#refusedFile(names, delimiter, names.indexOf(columns.id ?? ''));
    const at = (field: ComponentField) => names.indexOf(columns[field] ?? '\0');
    const places = { id: at('id'), class: at('class'), name: at('name'), unit: at('unit') };
    const [lonAt, latAt] = [at('lon'), at('lat')];
    try {
      await readRows(file, delimiter, async (rows, share) => {
        const bad: { readonly row: FileRow; readonly remark: RowRemark }[] = [];
        for (const row of rows) {
          if (row.number === 1) continue;
          const cell = (place: number) => (row.cells[place] ?? '').trim();
          const point = [numberOf(cell(lonAt)), numberOf(cell(latAt))] as const;
          const remark =
            row.cells.length === names.length
              ? this.#take({
                  ...{ row: row.number, id: cell(places.id), class: cell(places.class) },
                  ...{ name: cell(places.name), unit: cell(places.unit), point },
                })
              : this.#refuse({ row: row.number, field: 'row', reason: 'field_count', value: '' });
          if (remark !== null) bad.push({ row, remark });
        }
        await refusedFile?.keep(bad);
        return this.#goesOn(share) ? 'go on' : 'stop';
      });
    } finally {
      await refusedFile?.close();
    }
    return this.#report('csv', columns, refusedFile);
  }

  async geoJson(): Promise<Result<ComponentReport, WireError>> {
    this.#tell('running', 0);
    const names = await this.#propertyNames();
    const columns = columnsOf(names);
    const missing = missingOf(columns, ['id']);
    if (missing !== null) return refuse('bad_mapping', { field: missing, there: names.join(', ') });
    const refusedFile = this.#refusedFile([...names, 'lon', 'lat'], ',', names.indexOf(columns.id ?? ''));
    try {
      const { size } = await stat(this.#request.path);
      let bytesRead = 0;
      let bad: { readonly row: FileRow; readonly remark: RowRemark }[] = [];
      for await (const item of this.#options.readPoints(this.#request.path, (read) => (bytesRead = read))) {
        if (item.kind === 'problem') {
          const { number, reason, detail } = item;
          const remark = this.#refuse({ row: number ?? 0, field: 'row', reason, value: detail.slice(0, 200) });
          bad.push({ row: { number: number ?? 0, cells: [] }, remark });
        } else {
          const { number, properties, point } = item;
          const word = (field: ComponentField) => wordOf(properties[columns[field] ?? '\0']);
          const remark = this.#take({
            ...{ row: number, id: word('id'), class: word('class'), name: word('name'), unit: word('unit'), point },
          });
          const cells = remark === null ? [] : [...names.map((name) => wordOf(properties[name])), ...point.map(String)];
          if (remark !== null) bad.push({ row: { number, cells }, remark });
        }
        if (this.#read % TOGETHER !== 0) continue;
        await refusedFile?.keep(bad);
        bad = [];
        if (!this.#goesOn(Math.min(1, bytesRead / size))) break;
      }
      await refusedFile?.keep(bad);
    } finally {
      await refusedFile?.close();
    }
    return this.#report('geojson', columns, refusedFile);
  }

  /** Tells how far it is; false when somebody wants it to stop. */
  #goesOn(share: number): boolean {
    if (this.#own.isCancelled) return false;
    this.#tell('running', share);
    return true;
  }

  #tell(state: ImportProgress['state'], share: number): void {
    const { path, dryRun } = this.#request;
    this.#own.tell({
      ...{ file: basename(path), state, share, isDryRun: dryRun, rows: this.#read, accepted: this.#packer.count },
      ...{ refused: this.#refusedCount, warnings: this.#warningCount },
    });
  }

  #take(given: RowGiven): RowRemark | null {
    const outcome = this.#rows.read(given);
    if (outcome.component === null) return this.#refuse(outcome.refused);
    this.#read += 1;
    this.#packer.add(outcome.component);
    if (outcome.warning === null) return null;
    this.#warningCount += 1;
    if (this.#warnings.length < MOST_REMARKS) this.#warnings.push(outcome.warning);
    return null;
  }

  #refuse(remark: RowRemark): RowRemark {
    this.#read += 1;
    this.#refusedCount += 1;
    if (this.#refused.length < MOST_REMARKS) this.#refused.push(remark);
    return remark;
  }

  async #report(
    format: ComponentReport['format'],
    columns: Columns,
    refusedFile: RefusedFile | null,
  ): Promise<Result<ComponentReport, WireError>> {
    const { system, dryRun } = this.#request;
    const importedAt = this.#options.clock.now();
    const { isCancelled } = this.#own;
    const isKept = !dryRun && !isCancelled && this.#packer.count > 0;
    let version: string | null = null;
    if (isKept) {
      const bytes = this.#packer.pack({ importedAt, system: nameOfSystem(system) });
      try {
        version = await this.#options.store.keep(bytes, importedAt);
      } catch (cause) {
        // Nothing was kept; the file that was handed in is as it was.
        if (!(cause instanceof Error) || !('code' in cause)) throw cause;
        return refuse('unavailable', { part: 'components', reason: cause.message });
      }
    }
    this.#tell(isCancelled ? 'cancelled' : 'done', 1);
    return ok({
      ...{
        importId: this.#own.importId,
        format,
        system: nameOfSystem(system),
        columns: { ...columns } as Record<string, string>,
      },
      ...{ rows: this.#read, accepted: this.#packer.count },
      ...{ refusedCount: this.#refusedCount, refused: this.#refused },
      ...{ warningCount: this.#warningCount, warnings: this.#warnings },
      classes: Object.fromEntries(this.#packer.classCounts),
      refusedFile: this.#refusedCount > 0 ? (refusedFile?.path ?? null) : null,
      ...{ isDryRun: dryRun, isCancelled, version },
    });
  }

  /** Names of the properties of the first features. */
  async #propertyNames(): Promise<readonly string[]> {
    const names = new Set<string>();
    let looked = 0;
    for await (const item of this.#options.readPoints(this.#request.path)) {
      if (item.kind === 'point') for (const name of Object.keys(item.properties)) names.add(name);
      looked += 1;
      if (looked >= TOGETHER) break;
    }
    return [...names];
  }

  #refusedFile(columns: readonly string[], delimiter: string, idColumn: number): RefusedFile | null {
    if (this.#request.dryRun) return null;
    const path = join(this.#options.folder, `refused-${this.#own.importId}.csv`);
    return new RefusedFile({ path, columns, delimiter, idColumn });
  }
}

/** A file that begins with a brace is GeoJSON, any other is read as a table. */
async function formatOf(path: string): Promise<'csv' | 'geojson'> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    const start = buffer
      .toString('utf8', 0, bytesRead)
      .replace(RECORD_MARK, '')
      .replace(/^[\uFEFF\s]+/, '');
    return start.startsWith('{') ? 'geojson' : 'csv';
  } finally {
    await file.close();
  }
}

function missingOf(columns: Columns, needed: readonly ComponentField[]): string | null {
  return needed.find((field) => columns[field] === undefined) ?? null;
}

function numberOf(text: string): number {
  return text === '' ? NaN : Number(text);
}

function wordOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}

function refuse(code: WireError['code'], detail: WireError['detail']): Result<never, WireError> {
  return refused({ code, detail });
}
