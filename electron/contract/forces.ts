import { forceKinds } from '#domain/forces/force.ts';
import { Code, Instant, InstantInput, z } from './schema.ts';

/** At most so many positions in one `positions.report`. */
const maxReportedPositions = 1_000;

/**
 * One position as a terminal or gateway sends it; WGS-84 degrees, `at` by the sender's clock. `id` is a pseudonym, the
 * number of a post or vehicle: letters, digits and `.`, `_`, `-`, so that no name can be one.
 */
export const PositionRow = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9._-]{1,40}$/),
  kind: z.enum(forceKinds),
  unit: Code,
  lon: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
  at: InstantInput,
});
export type PositionRow = z.infer<typeof PositionRow>;

/** Rows are read one by one, each a {@link PositionRow}: a bad one does not stop its neighbours. */
export const PositionsReport = z.strictObject({
  rows: z.array(z.unknown()).min(1).max(maxReportedPositions),
});

/**
 * Why a position was refused. `bad_row`: `field` does not fit. `personal_number`: the id holds a phone or identity number.
 * `outside`: far from the district. `too_late`: more than an hour old. `full`: nobody new fits. `other_kind`: the number is
 * somebody else's.
 */
export const positionReasons = ['bad_row', 'personal_number', 'outside', 'too_late', 'full', 'other_kind'] as const;
export type PositionReason = (typeof positionReasons)[number];

/**
 * `taken` + `older` + `refused.length` + `dropped` = rows. `older`: a later position is known. `dropped`: more than the
 * rate of the account allows; the next position replaces them. `row` counts from 0.
 */
export const PositionsTaken = z.object({
  taken: z.int(),
  older: z.int(),
  refused: z.array(z.object({ row: z.int(), reason: z.enum(positionReasons), field: z.string() })),
  dropped: z.int(),
});
export type PositionsTaken = z.infer<typeof PositionsTaken>;

/** Who stands behind each slot, field by field; `words` are named by their place in `kinds` and `units`. */
const PackedPeople = z.object({
  words: z.array(z.string()),
  slots: z.array(z.int()),
  ids: z.array(z.string()),
  kinds: z.array(z.int()),
  units: z.array(z.int()),
  demo: z.array(z.int()),
});
export type PackedPeople = z.infer<typeof PackedPeople>;

/**
 * Where they are, field by field: some 25 bytes each, where a list of objects has 130. `lons`, `lats`: steps of 1e-6
 * degrees from `origin`, which is in such steps itself; `ages`: milliseconds before `asOf` of the batch; `marks`: bits in
 * the order of `positionMarks`.
 */
const PackedPositions = z.object({
  origin: z.tuple([z.int(), z.int()]),
  slots: z.array(z.int()),
  lons: z.array(z.int()),
  lats: z.array(z.int()),
  ages: z.array(z.int()),
  marks: z.array(z.int()),
});
export type PackedPositions = z.infer<typeof PackedPositions>;

/** What became of all positions since the host began: those that were lost are counted, never silent (LV3). */
const PositionTally = z.object({ taken: z.int(), older: z.int(), refused: z.int(), dropped: z.int() });
export type PositionTally = z.infer<typeof PositionTally>;

/**
 * One batch of positions: first everybody, then what changed since, at most four times a second. `people`: those who are
 * new, or work for another unit now. `limits`: from which age on a position is old, and silent.
 */
export const ForceBatch = z.object({
  asOf: Instant,
  limits: z.object({ oldMs: z.int(), silentMs: z.int(), isPlaceholder: z.boolean() }),
  tally: PositionTally,
  people: PackedPeople,
  moved: PackedPositions,
  gone: z.array(z.int()),
});
export type ForceBatch = z.infer<typeof ForceBatch>;

export const ForceRef = z.strictObject({ id: PositionRow.shape.id });

/** Where somebody was within the last hour, oldest first. Reading it is on record. */
export const ForceTrack = z.object({
  id: z.string(),
  points: z.array(z.object({ at: Instant, lon: z.number(), lat: z.number() })),
});
export type ForceTrack = z.infer<typeof ForceTrack>;
