import { CaseRow } from './cases.ts';
import { PackedCases } from './packed-cases.ts';
import { Instant, InstantInput, z } from './schema.ts';

const ONE_MOMENT = 'name a time or a sequence';

function isOneMoment({ time, sequence }: { readonly time?: unknown; readonly sequence?: unknown }): boolean {
  return time === undefined || sequence === undefined;
}

/** A moment, or the sequence of an entry: the picture is of what was recorded up to it. Neither is the head. */
export const BoardAt = z
  .strictObject({
    time: InstantInput.optional(),
    sequence: z.int().min(0).optional(),
    limit: z.int().min(0).max(10_000).default(200),
  })
  .refine(isOneMoment, ONE_MOMENT);

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

/**
 * What a picture of the past knows.
 *
 * `then` 当时所知: what had been recorded by that instant, as a desk saw it then.
 *
 * `now` 现在所知: how things stood at that instant, as far as is known today. It differs from `then` in this alone:
 * 1. A report counts from the instant at which it was made (上报时间; of a ticket 下单时间), if it was recorded more than a
 *    second later: less is the way through the host. Until it was recorded it is in its first state, nobody holds it, and
 *    no clock has begun that began later.
 * 2. A case that a file brought as ended stands open from its report to its end.
 * 3. A case that was voided 作废 since is not there.
 * 4. A case that was merged since, and is merged today, is not there: its main case is, and counts its report. Before the
 *    main case itself was reported, it stands where the earliest of its merged reports stood.
 * 5. A case that had been merged then, and was taken apart since, stands by itself, as it did before it was merged.
 * Acts count from when they were recorded: the journal knows no other time of theirs. Deadlines are those that counted then.
 */
export const Knowledge = z.enum(['then', 'now']);
export type Knowledge = z.infer<typeof Knowledge>;

/**
 * The map at an instant, or right after an entry, and what changed since another picture. `from` names a picture that was
 * answered before: only what differs from it is told then.
 */
export const BoardStepTo = z
  .strictObject({
    time: InstantInput.optional(),
    sequence: z.int().min(0).optional(),
    knowledge: Knowledge.default('then'),
    from: z.string().max(80).optional(),
  })
  .refine(isOneMoment, ONE_MOMENT);

/** The moment of a later `board.step` of what is known `now`. */
export const BoardLearn = z
  .strictObject({ time: InstantInput.optional(), sequence: z.int().min(0).optional() })
  .refine(isOneMoment, ONE_MOMENT);

/** Of the `of` entries that were recorded since the moment so many are `known`: the picture is quick once all are. */
export const BoardLearnt = z.object({ known: z.int(), of: z.int() });
export type BoardLearnt = z.infer<typeof BoardLearnt>;

/**
 * All open cases of an instant, or their changes since `from`; when that is null, everything is told: it was not asked
 * for, or the host has forgotten it. Rows are those of `cases.list`, masked alike. `sequence`, `recordedAt`, `asOf` as in
 * {@link Board}; `knownUntil` is the sequence up to which is known what is known `now`.
 */
export const BoardStep = z.object({
  picture: z.string(),
  from: z.string().nullable(),
  knowledge: Knowledge,
  sequence: z.int(),
  recordedAt: Instant.nullable(),
  asOf: Instant,
  knownUntil: z.int(),
  open: z.int(),
  upserts: PackedCases,
  removed: z.array(z.string()),
});
export type BoardStep = z.infer<typeof BoardStep>;

/**
 * A span of the journal, the whole of it if nothing is named, and into how many bars it may be cut at most. Nothing lies before
 * the first entry: the span begins there at the earliest.
 */
export const BoardRangeOf = z.strictObject({
  from: InstantInput.optional(),
  to: InstantInput.optional(),
  most: z.int().min(1).max(400).default(120),
});

/**
 * How far back the past goes. `first`, `last`: when the first and the last entry were recorded, null while there is none.
 * `entries` are counts of recorded entries in bars of `barMs`, the first from `from` on; bars begin on whole hours or days
 * of Beijing when they are that wide. Every entry of the span is in one bar, of a long journal perhaps in the bar beside its
 * own: by at most a twenty-fifth of what the whole journal would have in each bar.
 */
export const BoardRange = z.object({
  first: Instant.nullable(),
  last: Instant.nullable(),
  sequence: z.int(),
  from: Instant,
  barMs: z.int(),
  entries: z.array(z.int()),
});
export type BoardRange = z.infer<typeof BoardRange>;
