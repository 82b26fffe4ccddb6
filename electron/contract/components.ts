import { CoordinateSystem } from './district.ts';
import { RowRemark } from './imports.ts';
import { Instant, z } from './schema.ts';

/** Fields of a component that a column of the file can fill. */
export const componentFields = ['id', 'class', 'name', 'unit', 'lon', 'lat'] as const;
export type ComponentField = (typeof componentFields)[number];

/**
 * A file of components 部件: CSV, or GeoJSON of points. `system` is what its coordinates are said to be: nothing is guessed.
 * Columns (for GeoJSON: properties) are found by their names.
 */
export const ComponentImport = z.strictObject({
  path: z.string().min(1).max(4_096),
  system: CoordinateSystem,
  dryRun: z.boolean().default(false),
});
export type ComponentImport = z.infer<typeof ComponentImport>;

/** Name of one kept inventory: when it was imported, and the beginning of the hash of its bytes. */
const ComponentVersion = z.string().regex(/^\d{8}T\d{9}Z-[0-9a-f]{16}$/);
export const ComponentRef = z.strictObject({ version: ComponentVersion });

/**
 * What an import did: `rows` = `accepted` + `refusedCount`. `refused` and `warnings` are the first 1,000; all refused rows
 * are in `refusedFile` in the data folder, with reasons, to be mended and imported again. `version` is null when nothing
 * was kept: a try-out, no good row, or `isCancelled`: then the numbers are of the rows that were read.
 */
export const ComponentReport = z.object({
  importId: z.string(),
  format: z.enum(['csv', 'geojson']),
  system: z.string(),
  columns: z.record(z.string(), z.string()),
  rows: z.int(),
  accepted: z.int(),
  refusedCount: z.int(),
  refused: z.array(RowRemark),
  warningCount: z.int(),
  warnings: z.array(RowRemark),
  classes: z.record(z.string(), z.int()),
  refusedFile: z.string().nullable(),
  isDryRun: z.boolean(),
  isCancelled: z.boolean(),
  version: ComponentVersion.nullable(),
});
export type ComponentReport = z.infer<typeof ComponentReport>;

/** Inventories that are kept, oldest first. Of an id that stands in several the latest counts. `damaged` ones are not drawn. */
export const ComponentList = z.object({
  inventories: z.array(
    z.object({
      version: ComponentVersion,
      importedAt: Instant,
      bytes: z.int(),
      count: z.int().nullable(),
      state: z.enum(['whole', 'damaged']),
    }),
  ),
});
export type ComponentList = z.infer<typeof ComponentList>;
