import { CaseRow } from './cases.ts';
import { Instant, InstantInput, z } from './schema.ts';

/** A moment, or the sequence of an entry: the picture is of what was recorded up to it. Neither is the head. */
export const BoardAt = z
  .strictObject({
    time: InstantInput.optional(),
    sequence: z.int().min(0).optional(),
    limit: z.int().min(0).max(10_000).default(200),
  })
  .refine(({ time, sequence }) => time === undefined || sequence === undefined, 'name a time or a sequence');

/** A unit that held open cases; null is the district desk. */
const Holder = z.object({ unit: z.string().nullable(), open: z.int(), overdue: z.int() });

/**
 * The board as it was known then. `sequence`, `recordedAt` are those of the last entry that counts (0 and null before the
 * first), `asOf` the moment that overdue is meant of. `cases` are the open ones, due first, at most `limit`; their texts
 * are as masked as those of `cases.list`.
 */
export const Board = z.object({
  sequence: z.int(),
  recordedAt: Instant.nullable(),
  asOf: Instant,
  counts: z.object({ total: z.int(), open: z.int(), overdue: z.int() }),
  states: z.array(z.object({ state: CaseRow.shape.state, open: z.int() })),
  holders: z.array(Holder),
  cases: z.array(CaseRow),
});
export type Board = z.infer<typeof Board>;
