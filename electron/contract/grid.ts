import { z } from './schema.ts';

export const Point = z.strictObject({ lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) });

/** The cell of the finest level that holds the point, null outside; `path` from the coarsest level down to it. */
export const Located = z.object({
  gridCode: z.string().nullable(),
  path: z.array(z.object({ level: z.int(), code: z.string(), name: z.string() })),
});
export type Located = z.infer<typeof Located>;

/** How many areas each level has; `summary` is the same as text, "1/30/629/1999". */
export const GridSummary = z.object({
  id: z.string(),
  name: z.string(),
  isSchematic: z.boolean(),
  summary: z.string(),
  levels: z.array(z.object({ level: z.int(), count: z.int() })),
});
export type GridSummary = z.infer<typeof GridSummary>;

/** An area without its outline. */
export const AreaRow = z.object({
  code: z.string(),
  name: z.string(),
  level: z.int(),
  parent: z.string().nullable(),
  kind: z.string(),
  labelPoint: z.tuple([z.number(), z.number()]),
  bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  /** Inhabitants, where the district file tells them. */
  population: z.int().positive().optional(),
});
export type AreaRow = z.infer<typeof AreaRow>;

/**
 * The whole net for drawing. `topology` is TopoJSON with one geometry collection per level, named `level1` …; each
 * geometry's `id` is the area code. `context` is GeoJSON (roads, rivers …) or null.
 */
export const DistrictMap = z.object({
  id: z.string(),
  name: z.string(),
  source: z.string(),
  isSchematic: z.boolean(),
  approvalNumber: z.string().nullable(),
  areas: z.array(AreaRow),
  /** Areas of earlier versions whose codes this one has not: cases keep the grid that they were filed in. */
  former: z.array(AreaRow),
  topology: z.json(),
  context: z.json(),
});
export type DistrictMap = z.infer<typeof DistrictMap>;
