import type { OutputOf } from '#contract/api.ts';
import type { TableContent, TableProblem } from '#contract/reference.ts';
import type { TablesInForce } from '#contract/tables.ts';
import { maskPersonalNumbers } from '#domain/access/mask.ts';
import { ok } from '#domain/base/result.ts';
import { dayOf, type Day } from '#domain/reference/day.ts';
import { columnsOf, type TableCells } from '#domain/reference/parse-table.ts';
import { isWarning, type Problem } from '#domain/reference/problem.ts';
import type { ReferenceTables } from '#domain/reference/reference-tables.ts';
import { specOf } from '#domain/reference/table-specs.ts';
import type { TableName } from '#domain/reference/table-names.ts';
import type { AdoptionFailure, Tables } from '#host/ports/tables.ts';
import { refuse, type Handlers } from '../dispatcher.ts';
import type { HostParts } from '../host-parts.ts';

type Reference = Pick<
  Handlers,
  'tables.get' | 'tables.list' | 'tables.read' | 'tables.check' | 'tables.adopt' | 'tables.history' | 'rules.preview'
>;

/** So many problems travel with one answer; the first ones are the ones to mend. */
const MAX_PROBLEMS = 200;

/** The rule tables: reading, checking, previewing, adopting. */
export function referenceHandlers({ tables, movesOf, clock }: HostParts): Reference {
  return {
    'tables.get': () => Promise.resolve(ok(forForms(tables.inForce(), dayOf(clock.now())))),

    'tables.list': () =>
      Promise.resolve(
        ok({
          tables: tables.list().map(({ problems, ...summary }) => ({
            ...summary,
            label: specOf(summary.name).label,
            problems: onWire(problems),
          })),
        }),
      ),

    'tables.read': async ({ name, version }) => {
      const found = await tables.read(name, version ?? null);
      return found === null ? refuse('not_found', { table: name }) : ok(tableOf(name, found.version, found.cells));
    },

    'tables.check': (content) => Promise.resolve(ok({ problems: onWire(checked(tables, content).problems) })),

    'tables.adopt': async ({ content, note, expectedVersion }, { principal }) => {
      const read = tables.parse(content.name, 'csv' in content ? content.csv : cellsOf(content));
      if (!read.ok) return failure({ code: 'bad_table', problems: [read.problem] });
      const said = { note: maskPersonalNumbers(note), by: principal.id };
      const adoption = { name: content.name, cells: read.cells, ...said, expectedVersion };
      const adopted = await tables.adopt(adoption);
      return adopted.ok ? ok({ version: adopted.value }) : failure(adopted.error);
    },

    'tables.history': async ({ name }) => ok({ versions: (await tables.history(name)).map((one) => ({ ...one })) }),

    'rules.preview': (content) => {
      const { problems, next, cells } = checked(tables, content);
      const moved = next === null ? null : movesOf(next);
      return Promise.resolve(
        ok({
          problems: onWire(problems),
          changedRows: cells === null ? [] : tables.changes(content.name, cells).map((change) => ({ ...change })),
          moves: moved === null ? null : moved.moves.map((move) => ({ ...move })),
          counts: moved === null ? null : { ...moved.counts },
        }),
      );
    },
  };
}

function checked(tables: Tables, content: TableContent) {
  const read = tables.parse(content.name, 'csv' in content ? content.csv : cellsOf(content));
  if (!read.ok) return { problems: [read.problem], next: null, cells: null };
  return { ...tables.check(content.name, read.cells), cells: read.cells };
}

/** Row 2 is the first; rows without any text are left out but counted. */
function cellsOf({ columns, rows }: Extract<TableContent, { readonly rows: unknown }>): TableCells {
  const numbered = rows.map((cells, index) => ({ number: index + 2, cells }));
  return { head: columns, rows: numbered.filter(({ cells }) => cells.some((cell) => cell.trim() !== '')) };
}

function failure(error: AdoptionFailure) {
  if (error.code === 'stale') return refuse('stale', { version: error.version });
  if (error.code === 'not_saved') return refuse('unavailable', { part: 'tables', reason: error.reason });
  const problems = onWire(error.problems.filter((problem) => !isWarning(problem)));
  const { table = '', row = 1, column = null, code = 'unreadable', value = '' } = problems[0] ?? {};
  const first = { table, row: String(row), column: column ?? '', problem: code, value };
  return refuse('bad_table', { ...first, count: String(problems.length), problems: JSON.stringify(problems) });
}

function onWire(problems: readonly Problem[]): TableProblem[] {
  return problems.slice(0, MAX_PROBLEMS).map((problem) => ({
    ...problem,
    detail: { ...problem.detail },
    severity: isWarning(problem) ? 'warning' : 'error',
  }));
}

function tableOf(name: TableName, version: string, { head, rows }: TableCells): OutputOf<'tables.read'> {
  const spec = specOf(name);
  const columns = columnsOf(spec);
  const places = columns.map(({ id }) => head.findIndex((cell) => cell.trim() === id));
  const ids: Readonly<Record<string, { readonly id: string } | undefined>> = spec.columns;
  return {
    ...{ name, version, label: spec.label },
    key: (spec.key ?? []).flatMap((key) => ids[key]?.id ?? []),
    columns: columns.map(({ id, label, type, isRequired, choices }) => ({
      ...{ id, label, type, isRequired, choices: [...choices] },
    })),
    rows: rows.map(({ number, cells }) => ({ row: number, cells: places.map((at) => (cells[at] ?? '').trim()) })),
  };
}

function forForms(tables: ReferenceTables, day: Day): TablesInForce {
  const { classes } = tables;
  const query = { record: 'case', clock: 'handle', classRef: null, timeClass: null, condition: null, day } as const;
  const { version, source, isPlaceholder } = tables.limitFor(query);
  return {
    classes: {
      standardRef: classes.standardRef,
      version: classes.version,
      rows: classes.rows.map((row) => ({ ...row, standardRef: row.standardRef ?? classes.standardRef })),
    },
    limits: { version, source, isPlaceholder },
  };
}
