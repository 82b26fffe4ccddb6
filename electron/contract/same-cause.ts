import { caseStateNames, type CaseStateName } from '#domain/case/lifecycle.ts';
import { CaseRow } from './cases.ts';
import { Code, Instant, InstantInput, z } from './schema.ts';

const Lon = z.number().min(-180).max(180);
const Lat = z.number().min(-90).max(90);
const Share = z.number().min(0).max(1);
const ClassKey = {
  standardRef: z.string().max(80),
  kind: z.enum(['component', 'matter', 'other']),
  code: z.string().max(80),
};

/** Of a case that is recorded. */
const OfCase = z.strictObject({ id: Code });
const Limit = { limit: z.int().min(1).max(50).default(10) };

/** Of a report that is being written. Both coordinates or none. */
const OfDraft = z
  .strictObject({
    ...Limit,
    classRef: z.strictObject({ ...ClassKey, name: z.string().max(200) }).optional(),
    lon: Lon.nullable().default(null),
    lat: Lat.nullable().default(null),
    address: z.string().max(500).default(''),
    description: z.string().max(2_000),
    /** Left out: now. */
    reportedAt: InstantInput.optional(),
  })
  .refine(({ lon, lat }) => (lon === null) === (lat === null), { path: ['lat'], message: 'lon and lat go together' });

export const DuplicatesQuery = z.union([OfCase.extend(Limit), OfDraft]);
export type DuplicatesQuery = z.infer<typeof DuplicatesQuery>;

/** Why two cases may have the same cause 同因. `same_grid` and `address` stand in for a distance where a point is missing. */
const SameCauseReason = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('same_class') }),
  z.object({ kind: z.literal('similar_class'), share: Share }),
  z.object({ kind: z.literal('distance'), metres: z.number() }),
  z.object({ kind: z.literal('same_grid') }),
  z.object({ kind: z.literal('address'), share: Share }),
  /** Between the two reports. */
  z.object({ kind: z.literal('time'), ms: z.int() }),
  z.object({ kind: z.literal('text'), share: Share }),
  z.object({ kind: z.literal('same_reporter') }),
]);

/**
 * Likely duplicates, best first, among open cases and those closed in the last 90 days. From `isStrong` on a person
 * should be asked. `asOf` is the journal sequence that the answer is true for; `isWhole`: false soon after a start, while ended
 * cases are still being taken in; `isPlaceholder`: the thresholds are not
 * the district's own yet (可配置).
 */
export const Duplicates = z.object({
  candidates: z.array(
    z.object({
      id: z.string(),
      score: Share,
      isStrong: z.boolean(),
      reasons: z.array(SameCauseReason),
      row: CaseRow,
    }),
  ),
  asOf: z.int(),
  isWhole: z.boolean(),
  isPlaceholder: z.boolean(),
});
export type Duplicates = z.infer<typeof Duplicates>;

/** Cases closed longer ago than 90 days are not looked at, so neither are more days. */
const Around = {
  radiusMetres: z.number().min(1).max(1_000).default(50),
  days: z.int().min(1).max(90).default(90),
  limit: z.int().min(1).max(200).default(50),
};

export const NearbyQuery = z.union([
  OfCase.extend(Around),
  z.strictObject({ ...Around, lon: Lon, lat: Lat, class: z.strictObject(ClassKey).optional() }),
]);
export type NearbyQuery = z.infer<typeof NearbyQuery>;

/**
 * What was reported at a spot in the last days, or is still open there: newest report first, without the case asked
 * about. `count` and `countByClass` (most first) are of all of them, `rows` of the first ones. `isSameClass` as the case
 * or the class asked for. `unit` handled it, or holds it now. `isRepeat` 屡诉未决: so many reports of one class at the place,
 * the case asked about included, however far was asked. A case without a point has no rows.
 */
export const Nearby = z.object({
  rows: z.array(
    z.object({
      id: z.string(),
      className: z.string(),
      isSameClass: z.boolean(),
      metres: z.number(),
      unit: z.string().nullable(),
      state: z.enum(caseStateNames as [CaseStateName, ...CaseStateName[]]),
      reportedAt: Instant,
      closedAt: Instant.nullable(),
    }),
  ),
  count: z.int(),
  countByClass: z.array(z.object({ className: z.string(), count: z.int() })),
  isRepeat: z.boolean(),
  asOf: z.int(),
  isWhole: z.boolean(),
  isPlaceholder: z.boolean(),
});
export type Nearby = z.infer<typeof Nearby>;
