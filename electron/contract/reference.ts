import { columnTypes } from '#domain/reference/columns.ts';
import { problemCodes } from '#domain/reference/problem.ts';
import { tableNames } from '#domain/reference/table-names.ts';
import { Instant, Words, z } from './schema.ts';

const Name = z.enum(tableNames);
const Version = z.string().min(1).max(80);
const Label = z.object({ zh: z.string(), en: z.string() });

/** A fault or warning of a table; `row` as a spreadsheet shows it, the head row is 1. */
export const TableProblem = z.object({
  table: z.string(),
  row: z.int(),
  column: z.string().nullable(),
  code: z.enum(problemCodes),
  severity: z.enum(['warning', 'error']),
  value: z.string(),
  detail: z.record(z.string(), z.string()),
});
export type TableProblem = z.infer<typeof TableProblem>;

/** A table as it is to be: the text of a CSV file, or its head and rows (row 2 is the first). */
const Content = z.union([
  z.strictObject({ name: Name, csv: z.string().max(1_000_000) }),
  z.strictObject({
    name: Name,
    columns: z.array(z.string().max(80)).max(100),
    rows: z.array(z.array(z.string().max(2_000)).max(100)).max(20_000),
  }),
]);
export const TableContent = Content;
export type TableContent = z.infer<typeof TableContent>;

/** Every table: which version is in force, how much of it is 参考值, and what is wrong. */
export const TableList = z.object({
  tables: z.array(
    z.object({
      name: Name,
      label: Label,
      version: z.string(),
      rows: z.int(),
      placeholders: z.int(),
      problems: z.array(TableProblem),
    }),
  ),
});

export const TableRead = z.strictObject({ name: Name, version: Version.optional() });

/** `choices` is empty unless the type is `choice`. `key` are the columns that tell rows apart. */
export const TableInForce = z.object({
  name: Name,
  label: Label,
  version: z.string(),
  key: z.array(z.string()),
  columns: z.array(
    z.object({
      id: z.string(),
      label: Label,
      type: z.enum(columnTypes),
      isRequired: z.boolean(),
      choices: z.array(z.string()),
    }),
  ),
  /** Cells in the order of `columns`; `row` is that of the file. */
  rows: z.array(z.object({ row: z.int(), cells: z.array(z.string()) })),
});

export const TableChecked = z.object({ problems: z.array(TableProblem) });

/** `expectedVersion` is the version the editor started from; another one in force by now is refused as `stale`. */
export const TableAdoption = z.strictObject({ content: Content, note: Words, expectedVersion: Version });
export const TableAdopted = z.object({ version: z.string() });

export const TableHistory = z.object({
  /** Newest first; the last one ships with the program. */
  versions: z.array(
    z.object({
      version: z.string(),
      isDefault: z.boolean(),
      isInForce: z.boolean(),
      adoptedAt: Instant.nullable(),
      adoptedBy: z.string(),
      note: z.string(),
    }),
  ),
});

const Cells = z.record(z.string(), z.string());

/** What a table would change: its own rows, and deadlines of open cases. `moves` and `counts` are null with a fault. */
export const RulesPreview = z.object({
  problems: z.array(TableProblem),
  changedRows: z.array(z.object({ row: z.int(), before: Cells.nullable(), after: Cells.nullable() })),
  moves: z.array(z.object({ caseId: z.string(), clock: z.string(), dueBefore: Instant, dueAfter: Instant })).nullable(),
  counts: z.object({ open: z.int(), moved: z.int(), overdueBefore: z.int(), overdueAfter: z.int() }).nullable(),
});
