import { indicatorIds } from '#domain/metrics/indicators.ts';
import { groupKinds } from '#domain/metrics/measures.ts';
import { CaseRow } from './cases.ts';
import { Code, InstantInput, z } from './schema.ts';

const Day = z.iso.date();
const Indicator = z.enum(indicatorIds);

/**
 * A period of days in Beijing, `to` excluded, and what cases are grouped by. `asOf`: only what was recorded until then; left out,
 * everything. Deadlines of today and later do not count yet. Areas and rules are those in force on the day of each case, whenever it is counted.
 */
const period = { group: z.enum(groupKinds), from: Day, to: Day, asOf: InstantInput.optional() };
const isOrdered = ({ from, to }: { readonly from: string; readonly to: string }) => from < to;
const order = 'the period ends before it begins';

/** Numerator, denominator (null of a count) and value; null is 0/0. Of times `n` and `value` are seconds. */
export const Figure = z.object({ n: z.number(), d: z.number().nullable(), value: z.number().nullable() });
export type Figure = z.infer<typeof Figure>;

/** `of`: code of one group; left out, all that anything was ever counted for. */
export const FiguresGet = z
  .strictObject({ indicator: Indicator, of: Code.optional(), ...period })
  .refine(isOrdered, order);

const counted = {
  /** Journal sequence of the last entry that counts. */
  sequence: z.int(),
  /** False when entries of a damaged journal are missing. */
  isWhole: z.boolean(),
};
const Named = { of: z.string(), name: z.string() };

/** `before` 环比 is of the period of the same length right before, whole months before whole months; `yearBefore` 同比. */
export const FiguresGot = z.object({
  ...counted,
  kind: z.enum(['share', 'mean', 'count', 'quantile']),
  from: Day,
  to: Day,
  rows: z.array(z.object({ ...Named, ...Figure.shape, before: Figure, yearBefore: Figure })),
});

/** Several indicators of all groups of a kind; `trend` is of one, over as many months up to the period's last one. */
export const FiguresTable = z
  .strictObject({
    indicators: z.array(Indicator).min(1).max(24),
    trend: z.strictObject({ indicator: Indicator, months: z.int().min(1).max(36) }).optional(),
    ...period,
  })
  .refine(isOrdered, order);

/** Score and rank by the scheme in force on the period's last day; ranks are null where a weighted share is 0/0. */
const Score = z.object({
  score: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  rank: z.int().nullable(),
  bandFrom: z.int().nullable(),
  bandTo: z.int().nullable(),
  grade: z.string().nullable(),
  isSmall: z.boolean(),
  /** Rank in the period before. */
  rankBefore: z.int().nullable(),
});
export type Score = z.infer<typeof Score>;

const TableRow = z.object({
  ...Named,
  figures: z.array(Figure),
  trend: z.array(z.number().nullable()),
  score: Score.nullable(),
});
export type FiguresRow = z.infer<typeof TableRow>;

/** Rows by rank, those without one by code; figures in the order of the indicators asked for. `total` is the district. */
export const FiguresTableGot = z.object({
  ...counted,
  months: z.array(Day),
  rows: z.array(TableRow),
  total: TableRow,
  scheme: z
    .object({
      code: z.string(),
      isPlaceholder: z.boolean(),
      target: z.number().nullable(),
      smallBelow: z.number(),
      weights: z.array(z.object({ indicator: Indicator, weight: z.number() })),
      grades: z.array(z.object({ code: z.string(), from: z.number(), zh: z.string(), en: z.string() })),
    })
    .nullable(),
});
export type FiguresTableGot = z.infer<typeof FiguresTableGot>;

/** `part`: the cases of the numerator, of the denominator, or of the denominator that the numerator lacks. */
export const FiguresCases = z
  .strictObject({
    indicator: Indicator,
    part: z.enum(['n', 'd', 'rest']).default('n'),
    of: Code.optional(),
    ...period,
    limit: z.int().min(1).max(200).default(50),
    after: z.string().max(40).optional(),
  })
  .refine(isOrdered, order);

/** The cases behind a number, by number; `row` is null of one that cannot be read now. `after` goes on. */
export const FiguresCasesGot = z.object({
  ...counted,
  count: z.int(),
  rows: z.array(z.object({ id: z.string(), weight: z.number(), row: CaseRow.nullable() })),
  after: z.string().nullable(),
});
export type FiguresCasesGot = z.infer<typeof FiguresCasesGot>;
