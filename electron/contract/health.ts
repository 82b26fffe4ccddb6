import { Instant, z } from './schema.ts';

/**
 * An outside failure or a state worth knowing, on screen until it ends. `code` has its words in the message catalog;
 * `detail` fills them in. Never personal data.
 */
export const HealthFact = z.object({
  id: z.string(),
  severity: z.enum(['info', 'warning', 'error']),
  code: z.string(),
  detail: z.record(z.string(), z.string()),
  since: Instant,
});
export type HealthFact = z.infer<typeof HealthFact>;

/** `behind` is how many entries the projection (lists, search) lies behind the journal, `bytes` the memory of its tables. */
export const Health = z.object({
  status: z.enum(['ok', 'warning', 'error']),
  version: z.string(),
  hostTime: Instant,
  startedAt: Instant,
  dataFolder: z.string(),
  journal: z.object({ id: z.string(), sequence: z.int(), hash: z.string(), isReadOnly: z.boolean() }),
  projection: z.object({
    state: z.enum(['ready', 'rebuilding', 'down']),
    sequence: z.int(),
    behind: z.int(),
    bytes: z.int(),
  }),
  cases: z.object({ open: z.int(), total: z.int() }),
  simulation: z.object({ state: z.enum(['off', 'running', 'paused']), speed: z.number(), ratePerHour: z.number() }),
  connections: z.int(),
  /** Id of the district in force, as `district.get` has it: another one means that net and tables are to be read anew. */
  district: z.string(),
  facts: z.array(HealthFact),
});
export type Health = z.infer<typeof Health>;

/**
 * What a fault in the journal is. `changed`: bytes are not as they were written. `missing`: entries were taken out, or a
 * file of them. `missing_segment`: surely a whole file. `swapped`: entries or files out of their order. `doubled`: written
 * twice. `cut`: the end is gone. `foreign`: a file of another journal. `unreadable`: the disk refuses.
 */
export const damageKinds = [
  'changed',
  'missing',
  'missing_segment',
  'swapped',
  'doubled',
  'cut',
  'foreign',
  'unreadable',
] as const;
export type DamageKind = (typeof damageKinds)[number];

/**
 * A fault in the journal: the file, the byte in it (of a compressed one: in its contents), and the entries `sequence` to
 * `through` that cannot be trusted; null where that cannot be told.
 */
export const JournalProblem = z.object({
  kind: z.enum(damageKinds),
  segment: z.string(),
  offset: z.int(),
  sequence: z.int().nullable(),
  through: z.int().nullable(),
  reason: z.string(),
});
export type JournalProblem = z.infer<typeof JournalProblem>;

/** Result of walking the whole journal: every checksum, hash and sequence. `entries` are whole and in their place. */
export const JournalReport = z.object({
  ok: z.boolean(),
  journalId: z.string(),
  entries: z.int(),
  segments: z.int(),
  /** Of these, how many are compressed. */
  packed: z.int(),
  /** Last entry that was found, and its hash. */
  sequence: z.int(),
  head: z.string(),
  problems: z.array(JournalProblem),
});
export type JournalReport = z.infer<typeof JournalReport>;

/** Turns the simulator (演示数据) on or off while the host runs. */
export const SimulationSet = z.strictObject({ isRunning: z.boolean() });
export const SimulationState = z.object({ state: z.enum(['off', 'running', 'paused']) });
