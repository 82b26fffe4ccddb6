import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import Papa from 'papaparse';
import type { WireError } from '#contract/errors.ts';
import {
  ImportMapping,
  type ImportProgress,
  type ImportReport,
  type ImportRun,
  type RowRemark,
} from '#contract/imports.ts';
import { required } from '#domain/base/assert-never.ts';
import { ok, refused, type Result } from '#domain/base/result.ts';
import type { CaseCommand } from '#domain/case/commands.ts';
import type { ClassTable } from '#domain/coding/class-table.ts';
import type { Clock } from '#host/ports/clock.ts';
import type { Commands, Recorded } from '#host/ports/commands.ts';
import type { Imports } from '#host/ports/imports.ts';
import { RunningImports, type OwnRun } from '../import-runs.ts';
import { guessMapping } from './guess-mapping.ts';
import { dateReader, isTimeZone } from './read-date.ts';
import { FileUnreadable, lookInto, type TextFile } from './read-file.ts';
import { delimiterOf, headText, readRows, type FileRow } from './read-rows.ts';
import { RefusedFile } from './refused-file.ts';
import { RowReader, type RowOutcome } from './row-to-command.ts';

export interface FileImportOptions {
  readonly commands: Commands;
  readonly locate: (lon: number, lat: number) => string | null;
  /** The classes in force when an import begins, the district's own among them. */
  readonly classes: () => ClassTable;
  readonly clock: Clock;
  /** Where refused rows are kept. */
  readonly folder: string;
  readonly newId: () => string;
}

/** Two lots of so many rows wait at most: well below what the command queue takes before it is busy. */
const ROWS_TOGETHER = 4_000;
const SAMPLE_ROWS = 20;

/** Intake of CSV files (issue 2 §7): every row is a command with an id of its own, so the same file again changes nothing. */
export function createFileImport(options: FileImportOptions): Imports {
  const runs = new RunningImports('cases');
  return {
    preview: async (path) => {
      try {
        const file = await lookInto(path);
        const { delimiter, columns, rows } = await headOf(file);
        const sample = rows.slice(1, SAMPLE_ROWS + 1);
        return ok({
          encoding: file.encoding,
          delimiter,
          columns: [...columns],
          sample,
          mapping: guessMapping(columns),
        });
      } catch (cause) {
        return unreadable(path, cause);
      }
    },

    run: (request) =>
      runs.run(`import-${options.newId()}`, async (own) => {
        try {
          return await runImport(options, request, own);
        } catch (cause) {
          return unreadable(request.path, cause);
        }
      }),

    cancel: (importId) => runs.cancel(importId),
    close: () => runs.close(),
    list: () => runs.list(),
    onProgress: (listener) => runs.onProgress(listener),
  };
}

async function runImport(
  options: FileImportOptions,
  request: ImportRun,
  own: OwnRun,
): Promise<Result<ImportReport, WireError>> {
  const file = await lookInto(request.path);
  const { delimiter, columns } = await headOf(file);
  const mapping = await mappingFor(request, columns);
  if (!mapping.ok) return mapping;

  const refusedFile = new RefusedFile({
    path: join(options.folder, `refused-${own.importId}.csv`),
    idColumn: columns.indexOf(mapping.value.columns.externalId ?? ''),
    ...{ columns, delimiter },
  });
  const intake = new Intake(options.commands, refusedFile, request.dryRun);
  const reader = new RowReader({
    mapping: mapping.value,
    columns,
    readDate: dateReader(mapping.value.timeZone ?? 'Asia/Shanghai'),
    classes: options.classes(),
    locate: options.locate,
  });
  const state = (name: ImportProgress['state'], share: number): void =>
    own.tell({
      file: basename(file.path),
      state: name,
      share,
      isDryRun: request.dryRun,
      ...intake.counts(),
    });

  state('running', 0);
  let failure: WireError | null = null;
  let underWay: Promise<WireError | null> = Promise.resolve(null);
  try {
    await readRows(file, delimiter, async (rows, share) => {
      const body = rows.filter((row) => row.number > 1);
      for (let at = 0; at < body.length && failure === null && !own.isCancelled; at += ROWS_TOGETHER) {
        // The next rows are read and submitted while the ones before wait for the disk.
        const before = underWay;
        underWay = intake.take(body.slice(at, at + ROWS_TOGETHER), reader);
        failure = await before;
        state('running', share);
      }
      return failure !== null || own.isCancelled ? 'stop' : 'go on';
    });
    failure = await underWay;
  } finally {
    await intake.close();
  }
  if (failure !== null) {
    state('failed', 1);
    return refused(failure);
  }
  state(own.isCancelled ? 'cancelled' : 'done', 1);
  return ok({
    importId: own.importId,
    ...intake.result(),
    mapping: mapping.value,
    encoding: file.encoding,
    delimiter,
    isDryRun: request.dryRun,
    isCancelled: own.isCancelled,
  });
}

interface SubmittedRow {
  readonly row: FileRow;
  readonly outcome: RowOutcome;
  /** Null for a row that was refused before it could be asked. */
  readonly answer: Promise<Result<Recorded | 'new' | 'repeat', WireError>> | null;
}

/** What happens to the rows of one import, in their order. */
class Intake {
  readonly #commands: Commands;
  readonly #isDryRun: boolean;
  readonly #refusedFile: RefusedFile;
  readonly #seen = new Set<string>();
  #last: Promise<WireError | null> = Promise.resolve(null);
  readonly #refused: RowRemark[] = [];
  readonly #warnings: RowRemark[] = [];
  #rows = 0;
  #accepted = 0;
  #known = 0;

  constructor(commands: Commands, refusedFile: RefusedFile, isDryRun: boolean) {
    this.#commands = commands;
    this.#refusedFile = refusedFile;
    this.#isDryRun = isDryRun;
  }

  counts(): { rows: number; accepted: number; refused: number; warnings: number } {
    return {
      rows: this.#rows,
      accepted: this.#accepted,
      refused: this.#refused.length,
      warnings: this.#warnings.length,
    };
  }

  result(): Pick<ImportReport, 'rows' | 'accepted' | 'known' | 'refused' | 'warnings' | 'refusedFile'> {
    return {
      rows: this.#rows,
      accepted: this.#accepted,
      known: this.#known,
      refused: this.#refused,
      warnings: this.#warnings,
      refusedFile: this.#refused.length > 0 && !this.#isDryRun ? this.#refusedFile.path : null,
    };
  }

  /**
   * Submits rows together, at once, so that they share the journal's syncs. Resolves when they, and all before them, are
   * dealt with, to a fault that ends the import.
   */
  take(rows: readonly FileRow[], reader: RowReader): Promise<WireError | null> {
    const submitted = rows.map((row): SubmittedRow => {
      const outcome = reader.read(row);
      if (!outcome.ok) return { row, outcome, answer: null };
      const { externalId, command } = outcome;
      if (this.#seen.has(externalId)) {
        const remark = { row: row.number, field: 'externalId', reason: 'id_repeated', value: externalId };
        return { row, outcome: { ok: false, remark }, answer: null };
      }
      this.#seen.add(externalId);
      return { row, outcome, answer: this.#ask(command) };
    });
    const done = this.#last.then((failure) => failure ?? this.#collect(submitted));
    this.#last = done;
    // Whoever waits for the rows after these hears of a fault of these too.
    done.catch(() => {});
    return done;
  }

  async #collect(submitted: readonly SubmittedRow[]): Promise<WireError | null> {
    const refusedRows: { readonly row: FileRow; readonly remark: RowRemark }[] = [];
    const refuseRow = (row: FileRow, remark: RowRemark): void => {
      this.#rows += 1;
      this.#refused.push(remark);
      refusedRows.push({ row, remark });
    };
    for (const { row, outcome, answer } of submitted) {
      if (!outcome.ok) {
        refuseRow(row, outcome.remark);
        continue;
      }
      const result = await required(answer, 'a row that could be read was submitted');
      if (result.ok) {
        this.#rows += 1;
        if (isRepeat(result.value)) this.#known += 1;
        else this.#accepted += 1;
        this.#warnings.push(...outcome.warnings);
        continue;
      }
      const { code } = result.error;
      if (stopsImport.has(code)) {
        await this.#keep(refusedRows);
        return { code, detail: { rows: String(this.#rows), accepted: String(this.#accepted) } };
      }
      refuseRow(row, {
        ...{ row: row.number, field: code === 'reported_in_future' ? 'reportedAt' : 'text', reason: code, value: '' },
      });
    }
    await this.#keep(refusedRows);
    return null;
  }

  close(): Promise<void> {
    return this.#refusedFile.close();
  }

  #ask(command: CaseCommand): Promise<Result<Recorded | 'new' | 'repeat', WireError>> {
    return this.#isDryRun ? this.#commands.wouldAccept(command) : this.#commands.submit(command);
  }

  async #keep(rows: Parameters<RefusedFile['keep']>[0]): Promise<void> {
    if (!this.#isDryRun) await this.#refusedFile.keep(rows);
  }
}

function isRepeat(answer: Recorded | 'new' | 'repeat'): boolean {
  return typeof answer === 'string' ? answer === 'repeat' : answer.isRepeat;
}

/** Faults of the host rather than of a row. What is recorded stays; the file can be imported again. */
const stopsImport: ReadonlySet<WireError['code']> = new Set([
  'journal_full',
  'journal_read_only',
  'busy',
  'unavailable',
  'internal',
]);

async function headOf(file: TextFile): Promise<{ delimiter: string; columns: readonly string[]; rows: string[][] }> {
  const text = await headText(file);
  const delimiter = delimiterOf(text);
  const { data } = Papa.parse<string[]>(text, { delimiter, preview: SAMPLE_ROWS + 1 });
  const columns = (data[0] ?? []).map((name) => name.trim());
  if (columns.length < 2) {
    throw new FileUnreadable('the head row has fewer than two columns; separate them by comma, tab or semicolon');
  }
  return { delimiter, columns, rows: data };
}

async function mappingFor(request: ImportRun, columns: readonly string[]): Promise<Result<ImportMapping, WireError>> {
  const given = await givenMapping(request);
  if (!given.ok) return given;
  const mapping = given.value ?? guessMapping(columns);
  const there = columns.join(', ');
  if (mapping === null) {
    return refuse('bad_mapping', {
      problem: 'no column looks like the outside number or the time of the report',
      there,
    });
  }
  for (const [field, column] of Object.entries(mapping.columns)) {
    if (column !== undefined && !columns.includes(column)) return refuse('bad_mapping', { field, column, there });
  }
  if (mapping.timeZone !== undefined && !isTimeZone(mapping.timeZone)) {
    return refuse('bad_mapping', { field: 'timeZone', problem: `${mapping.timeZone} is no time zone` });
  }
  return ok(mapping);
}

async function givenMapping({ mapping }: ImportRun): Promise<Result<ImportMapping | null, WireError>> {
  if (typeof mapping !== 'string') return ok(mapping ?? null);
  let content: unknown;
  try {
    content = JSON.parse(await readFile(mapping, 'utf8'));
  } catch (cause) {
    return refuse('bad_mapping', { file: mapping, problem: cause instanceof Error ? cause.message : String(cause) });
  }
  const parsed = ImportMapping.safeParse(content);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  return refuse('bad_mapping', { file: mapping, field: issue?.path.join('.') ?? '', problem: issue?.message ?? '' });
}

function unreadable(path: string, cause: unknown): Result<never, WireError> {
  if (cause instanceof FileUnreadable) return refuse('file_unreadable', { path, problem: cause.message });
  throw cause;
}

function refuse(code: WireError['code'], detail: WireError['detail']): Result<never, WireError> {
  return refused({ code, detail });
}
