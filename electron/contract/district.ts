import { Instant, Words, z } from './schema.ts';

/** `wgs84` stands for CGCS2000 as well; strips of CGCS2000 by their central meridian, `zone` where eastings carry its number. */
export const CoordinateSystem = z.strictObject({
  projection: z.union([
    z.strictObject({ kind: z.enum(['wgs84', 'gcj02', 'bd09']) }),
    z.strictObject({
      kind: z.literal('gauss-kruger'),
      centralMeridian: z.number().min(72).max(138),
      zone: z.int().nullable(),
    }),
  ]),
  /** Latitude before longitude, or northing before easting. */
  isSwapped: z.boolean(),
});
export type CoordinateSystem = z.infer<typeof CoordinateSystem>;

const Column = z.string().max(200).nullable();
/** Which properties of the file's features are what; null where it has none. */
export const DistrictColumns = z.strictObject({ code: Column, name: Column, parent: Column, level: Column });
export type DistrictColumns = z.infer<typeof DistrictColumns>;

/** `system` and `columns`: what a person has confirmed; left out, the doctor and the names of the properties decide. */
export const DistrictExamine = z.strictObject({
  path: z.string().min(1).max(4_096),
  system: CoordinateSystem.optional(),
  columns: DistrictColumns.optional(),
});
export type DistrictExamine = z.infer<typeof DistrictExamine>;

const Position = z.tuple([z.number(), z.number()]);
/** Closed; holes by the even-odd rule. */
const Rings = z.array(z.array(Position));

/** What is wrong with the file itself; `feature` counts from 1, null is the whole file. */
const FileProblem = z.object({
  layer: z.string(),
  feature: z.int().nullable(),
  reason: z.string(),
  detail: z.string(),
});

const districtProblemKinds = [
  'missing-code',
  'duplicate-code',
  'bad-code-characters',
  'bad-code-length',
  'bad-code-prefix',
  'unknown-parent',
  'garbled-name',
  'missing-name',
  'broken-ring',
  'self-crossing',
  'outside-parent',
  'overlap',
  'gap',
  'small-part',
  'repeated-name',
] as const;
const ProblemKind = z.enum(districtProblemKinds);
export type DistrictProblemKind = z.infer<typeof ProblemKind>;

/** One thing wrong with a level. `index` is its place in the whole list of the level, by which `district.place` knows it. */
const LevelProblem = z.object({
  index: z.int(),
  kind: ProblemKind,
  /** Codes of the areas concerned, the first eight. */
  areas: z.array(z.string()),
  /** The same as the file has them: name, empty if none, and number from 1 within its layer. */
  features: z.array(z.object({ layer: z.string(), number: z.int(), name: z.string() })),
  parents: z.array(z.string()),
  squareMetres: z.number(),
  widthMetres: z.number(),
  isSliver: z.boolean(),
  at: Position.nullable(),
});
export type DistrictLevelProblem = z.infer<typeof LevelProblem>;

const ExaminedLevel = z.object({
  level: z.int(),
  areas: z.int(),
  /** Of all problems, also of those that are not listed. */
  counts: z.array(z.object({ kind: ProblemKind, count: z.int() })),
  /** Places below the limit of size. */
  ignored: z.object({ count: z.int(), squareMetres: z.number() }),
  /** The largest 500 of each kind. */
  problems: z.array(LevelProblem),
});

/**
 * What an examination found; nothing is taken over by it. After a cancel `isCancelled` is true and all the rest is empty.
 * `reportFile` holds every problem as CSV, in the data folder; null where there is none.
 */
export const DistrictReport = z.object({
  examinationId: z.string(),
  isCancelled: z.boolean(),
  features: z.int(),
  layers: z.array(
    z.object({
      format: z.enum(['geojson', 'topojson', 'shapefile', 'geopackage']),
      layer: z.string(),
      encoding: z.string(),
      stated: z.object({ words: z.string(), system: CoordinateSystem.nullable() }).nullable(),
    }),
  ),
  properties: z.array(z.string()),
  columns: DistrictColumns,
  /** The coordinate doctor: by how much each system misses, best first. */
  candidates: z.array(
    z.object({
      system: CoordinateSystem,
      name: z.string(),
      meanMetres: z.number(),
      maxMetres: z.number(),
      compared: z.int(),
    }),
  ),
  verdict: z.union([
    z.object({ kind: z.literal('fits'), leadMetres: z.number().nullable() }),
    z.object({ kind: z.literal('undecided'), reason: z.enum(['no-system', 'too-far', 'too-close']) }),
  ]),
  /** In which the levels were checked; null: nobody knows, and nothing was checked. */
  system: CoordinateSystem.nullable(),
  systemName: z.string().nullable(),
  /** The first 1,000 of `fileProblemCount`. */
  fileProblems: z.array(FileProblem),
  fileProblemCount: z.int(),
  /** Coarsest first. */
  levels: z.array(ExaminedLevel),
  reportFile: z.string().nullable(),
});
export type DistrictReport = z.infer<typeof DistrictReport>;

/** `share` of the file's bytes read, 0 … 1; while checking, of the levels. */
export const DistrictProgress = z.object({
  examinationId: z.string(),
  state: z.enum(['reading', 'checking', 'done', 'cancelled', 'failed']),
  bytes: z.int(),
  totalBytes: z.int(),
  level: z.int(),
  levels: z.int(),
  share: z.number().min(0).max(1),
});
export type DistrictProgress = z.infer<typeof DistrictProgress>;

export const ExaminationRef = z.strictObject({ examinationId: z.string().max(80) });

export const DistrictPlaceQuery = z.strictObject({
  examinationId: z.string().max(80),
  level: z.int().min(1),
  problem: z.int().min(0),
});

/** A problem for drawing: the place itself, and the areas concerned as the file has them (the first eight). */
export const DistrictPlace = z.object({
  at: Position.nullable(),
  rings: Rings,
  areas: z.array(z.object({ code: z.string(), name: z.string(), rings: Rings })),
});
export type DistrictPlace = z.infer<typeof DistrictPlace>;

const netChangeKinds = ['split', 'merged', 'added', 'gone', 'moved', 'reassigned', 'renamed'] as const;
const ChangeKind = z.enum(netChangeKinds);
export type DistrictChangeKind = z.infer<typeof ChangeKind>;

const ChangedArea = z.object({ code: z.string(), name: z.string(), parent: z.string().nullable() });

/** One thing that a file would change of a level. `index` is its place in the whole list, by which `district.changePlace` knows it. */
const DistrictChange = z.object({
  index: z.int(),
  kind: ChangeKind,
  /** What was, and what comes in its stead: the first eight of each. */
  before: z.array(ChangedArea),
  after: z.array(ChangedArea),
  /** Ground that changes hands, and of a moved border its widest strip; 0 of names and parents. */
  squareMetres: z.number(),
  widthMetres: z.number(),
});
export type DistrictChange = z.infer<typeof DistrictChange>;

/** What a file would change of the district in force, level by level, coarsest first; levels are matched from the finest up. */
export const DistrictDifference = z.object({
  levels: z.array(
    z.object({
      level: z.int(),
      areasBefore: z.int(),
      areasAfter: z.int(),
      /** Of all changes, also of those that are not listed. */
      counts: z.array(z.object({ kind: ChangeKind, count: z.int() })),
      /** The first 500 of each kind, the largest first. */
      changes: z.array(DistrictChange),
    }),
  ),
});
export type DistrictDifference = z.infer<typeof DistrictDifference>;

export const DistrictChangeQuery = z.strictObject({
  examinationId: z.string().max(80),
  level: z.int().min(1),
  change: z.int().min(0),
});

/** `days` back from now; open cases are tried whenever they were reported. */
export const DistrictTryOut = z.strictObject({
  examinationId: z.string().max(80),
  days: z.int().min(1).max(3_660).default(365),
});

const Load = z.object({ cases: z.int(), open: z.int() });
const Spread = z.object({
  grids: z.int(),
  cases: z.int(),
  outside: z.int(),
  largest: z.int(),
  median: z.number(),
  withoutCases: z.int(),
  /** Standard deviation / mean of cases per grid; null without cases. */
  unevenness: z.number().nullable(),
});

/** What the grids of a file would have meant for cases since `since`, and for all that are open. Nothing is changed by it. */
export const TriedDistrict = z.object({
  since: Instant,
  cases: z.int(),
  /** More cases there were than are tried; the newest are. */
  isCut: z.boolean(),
  before: Spread,
  after: Spread,
  moved: z.int(),
  movedOpen: z.int(),
  /** By code; null on the side that has no such grid. */
  grids: z.array(z.object({ code: z.string(), name: z.string(), before: Load.nullable(), after: Load.nullable() })),
  /** Cases that had a grid and would have none, the first 500 of `orphanCount`. */
  orphans: z.array(
    z.object({ id: z.string(), lon: z.number(), lat: z.number(), isOpen: z.boolean(), from: z.string() }),
  ),
  orphanCount: z.int(),
});
export type TriedDistrict = z.infer<typeof TriedDistrict>;

/** `effectiveFrom`: a day in Beijing, today or later. `approvalNumber`: 审图号; without one pictures say 示意图. */
export const DistrictAccept = z.strictObject({
  examinationId: z.string().max(80),
  effectiveFrom: z.iso.date(),
  name: z.string().trim().min(1).max(80),
  approvalNumber: z.string().trim().max(80).default(''),
  note: Words,
});
export type DistrictAccept = z.infer<typeof DistrictAccept>;

export const DistrictVersionRef = z.strictObject({ version: z.string().max(200) });

/**
 * `in_force`: the host runs on it · `due`: its day has come, the next start takes it · `waits`: its day is still to come ·
 * `past`: another one has taken its place · `damaged`: its bytes are not those that were accepted
 */
export const DistrictVersion = z.object({
  version: z.string(),
  /** Given with the program or on its command line, in force before every other. */
  isBase: z.boolean(),
  state: z.enum(['in_force', 'due', 'waits', 'past', 'damaged']),
  name: z.string(),
  effectiveFrom: z.string().nullable(),
  acceptedAt: Instant.nullable(),
  acceptedBy: z.string(),
  note: z.string(),
  /** Areas of each level, coarsest first. */
  areas: z.array(z.int()),
  /** How many problems the person saw who accepted it. */
  problems: z.int(),
});
export type DistrictVersion = z.infer<typeof DistrictVersion>;

/** The newest day first, the base last. */
export const DistrictVersions = z.object({ versions: z.array(DistrictVersion) });
