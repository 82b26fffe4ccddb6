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

/** `behind` is how many entries the projection (lists, search) lies behind the journal. */
export const Health = z.object({
  status: z.enum(['ok', 'warning', 'error']),
  version: z.string(),
  hostTime: Instant,
  startedAt: Instant,
  dataFolder: z.string(),
  journal: z.object({ id: z.string(), sequence: z.int(), hash: z.string(), isReadOnly: z.boolean() }),
  projection: z.object({ state: z.enum(['ready', 'rebuilding', 'down']), sequence: z.int(), behind: z.int() }),
  cases: z.object({ open: z.int(), total: z.int() }),
  simulation: z.object({ state: z.enum(['off', 'running', 'paused']), speed: z.number(), ratePerHour: z.number() }),
  connections: z.int(),
  facts: z.array(HealthFact),
});
export type Health = z.infer<typeof Health>;

/** Result of walking the whole journal: every checksum, hash and sequence. */
export const JournalReport = z.object({
  ok: z.boolean(),
  journalId: z.string(),
  entries: z.int(),
  segments: z.int(),
  head: z.string(),
  problems: z.array(
    z.object({ segment: z.string(), offset: z.int(), sequence: z.int().nullable(), reason: z.string() }),
  ),
});
export type JournalReport = z.infer<typeof JournalReport>;

/** Turns the simulator (演示数据) on or off while the host runs. */
export const SimulationSet = z.strictObject({ isRunning: z.boolean() });
export const SimulationState = z.object({ state: z.enum(['off', 'running', 'paused']) });
