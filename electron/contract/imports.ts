import { Code, z } from './schema.ts';

/** Fields of a case that a column can fill. */
export const importFields = [
  'externalId',
  'reportedAt',
  'closedAt',
  'state',
  'class',
  'text',
  'address',
  'lon',
  'lat',
  'source',
] as const;
export type ImportField = (typeof importFields)[number];

/**
 * How a file's columns become cases. `timeZone` is an IANA name for times that carry no zone (Asia/Shanghai if left
 * out); `missing` lists cell texts that mean "nothing"; `states` maps the file's words to open or closed.
 */
export const ImportMapping = z.strictObject({
  columns: z
    .strictObject(
      Object.fromEntries(importFields.map((field) => [field, Code.optional()])) as Record<
        ImportField,
        z.ZodOptional<typeof Code>
      >,
    )
    .refine((columns) => columns.externalId !== undefined && columns.reportedAt !== undefined, {
      message: 'externalId and reportedAt must name a column',
    }),
  timeZone: z.string().max(80).optional(),
  missing: z.array(z.string().max(80)).optional(),
  states: z.record(z.string(), z.enum(['open', 'closed'])).optional(),
});
export type ImportMapping = z.infer<typeof ImportMapping>;

/** `mapping` is the mapping itself or the path of a JSON file with it; left out, it is guessed from the head row. */
export const ImportRun = z.strictObject({
  path: z.string().min(1).max(4_096),
  mapping: z.union([ImportMapping, z.string().min(1).max(4_096)]).optional(),
  dryRun: z.boolean().default(false),
});
export type ImportRun = z.infer<typeof ImportRun>;

/** `row` is the row's number in the file as a spreadsheet shows it: the head row is 1. */
export const RowRemark = z.object({ row: z.int(), field: z.string(), reason: z.string(), value: z.string() });
export type RowRemark = z.infer<typeof RowRemark>;

/**
 * What an import did: `rows` = `accepted` + `known` + `refused.length`. `known` rows were imported before and changed
 * nothing. `warnings` are doubtful rows that were kept. After a cancel `isCancelled` is true and `rows` counts what
 * was read. Refused rows are kept as a file, `refusedFile`, in the data folder.
 */
export const ImportReport = z.object({
  importId: z.string(),
  rows: z.int(),
  accepted: z.int(),
  known: z.int(),
  refused: z.array(RowRemark),
  warnings: z.array(RowRemark),
  mapping: ImportMapping,
  encoding: z.string(),
  delimiter: z.string(),
  isDryRun: z.boolean(),
  isCancelled: z.boolean(),
  refusedFile: z.string().nullable(),
});
export type ImportReport = z.infer<typeof ImportReport>;

/** A look into a file before anything is imported; `mapping` is null where the needed columns can't be guessed. */
export const ImportPreview = z.object({
  encoding: z.string(),
  delimiter: z.string(),
  columns: z.array(z.string()),
  sample: z.array(z.array(z.string())),
  mapping: ImportMapping.nullable(),
});
export type ImportPreview = z.infer<typeof ImportPreview>;

export const ImportProgress = z.object({
  importId: z.string(),
  kind: z.enum(['cases', 'components']),
  file: z.string(),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  rows: z.int(),
  accepted: z.int(),
  refused: z.int(),
  warnings: z.int(),
  /** Share of the file's bytes read, 0 … 1. */
  share: z.number().min(0).max(1),
  isDryRun: z.boolean(),
});
export type ImportProgress = z.infer<typeof ImportProgress>;
