import { burstLevels } from '#domain/foresight/foresee.ts';
import { chainSteps } from '#domain/metrics/chain-log.ts';
import { unitKinds } from '#domain/reference/rows.ts';
import { CaseRow } from './cases.ts';
import { Instant, z } from './schema.ts';

const Day = z.iso.date();

/** `to`: the day before which everything counts, Beijing; left out, tomorrow, so that today counts with all it may still bring. */
export const ForesightGet = z.strictObject({ to: Day.optional() });

/** An area or unit; the district and its desk have an empty code. */
const Named = z.object({ code: z.string(), name: z.string() });
/** A class of cases: kind and code as `matter:06042`, with its name on the last day. */
const ClassNamed = z.object({ key: z.string(), name: z.string() });
/** How many cases there are, and the numbers of the first 200. */
const cases = { count: z.int(), cases: z.array(z.string()) };
/** How far off the baseline was: so many weeks told by what came before, their mean count, mean error, and that of the year before. */
const BackTest = z.object({ weeks: z.int(), mean: z.number(), error: z.number(), naiveError: z.number() });

/** More reports of a class in seven days than season and chance explain; `chance` of so many or more. */
const Burst = z.object({
  ...{ kind: z.literal('burst'), level: z.enum(burstLevels), area: Named, class: ClassNamed },
  ...{ seen: z.int(), expected: z.number(), chance: z.number(), backTest: BackTest.nullable() },
  ...cases,
});

/** Grids that lie together with more reports around them in 28 days than elsewhere; hot for so many windows of 28 days in a row. */
const Spot = z.object({
  ...{ kind: z.literal('spot'), areas: z.array(Named), seen: z.int(), expected: z.number(), z: z.number() },
  windows: z.int(),
  /** The classes with most reports there. */
  classes: z.array(z.object({ ...ClassNamed.shape, count: z.int() })),
  ...cases,
});

/** The same class at the same place again and again; the place is that of the latest report, WGS-84. */
const Repeat = z.object({
  ...{ kind: z.literal('repeat'), class: ClassNamed, lon: z.number(), lat: z.number(), area: Named },
  ...cases,
});

/** Two units between which cases went to and fro, A → B → A, so many times in all. */
const PingPong = z.object({ kind: z.literal('ping_pong'), a: Named, b: Named, times: z.int(), ...cases });

/** A unit and a step where cases lost most time beyond what the step usually takes; seconds. The slowest case comes first. */
const WorstHop = z.object({
  ...{ kind: z.literal('worst_hop'), unit: Named, step: z.enum(chainSteps) },
  ...{ medianSeconds: z.number(), usualSeconds: z.number(), longestSeconds: z.number(), lostSeconds: z.number() },
  ...cases,
});

const ForesightItem = z.discriminatedUnion('kind', [Burst, Spot, Repeat, PingPong, WorstHop]);
export type ForesightItem = z.infer<typeof ForesightItem>;

/** A way through kinds of units that several cases took; the median from report to end, null where none ended. */
const Variant = z.object({
  path: z.array(z.enum(unitKinds)),
  medianSeconds: z.number().nullable(),
  ...cases,
});

export const ForesightGot = z.object({
  madeAt: Instant,
  /** Journal sequence of the last entry that counts. */
  sequence: z.int(),
  /** False when entries of a damaged journal are missing. */
  isWhole: z.boolean(),
  /** Less than four weeks were recorded before the window: nothing is a burst yet. */
  isYoung: z.boolean(),
  /** First days of the windows of bursts, of hot spots and chains, and of repeats; `to` is the day after the last. */
  ...{ burstsFrom: Day, spotsFrom: Day, repeatsFrom: Day, to: Day },
  rules: z.object({
    falseAlarms: z.number(),
    falseShare: z.number(),
    growth: z.number(),
    least: z.int(),
    repeatDays: z.int(),
    repeatMetres: z.number(),
    repeatLeast: z.int(),
    pingPongs: z.int(),
    isPlaceholder: z.boolean(),
  }),
  /** The first 50 of each kind, the most striking first. */
  items: z.array(ForesightItem),
  /** Cases whose ways are told: ended in the window, or open. */
  chains: z.object({ cases: z.int(), variants: z.array(Variant) }),
});
export type ForesightGot = z.infer<typeof ForesightGot>;

export const ForesightCases = z.strictObject({
  ids: z
    .array(z.string().regex(/^\d{14}$/))
    .min(1)
    .max(200),
});

/** In the order asked for; `row` is null of one that cannot be read now. */
export const ForesightCasesGot = z.object({
  rows: z.array(z.object({ id: z.string(), row: CaseRow.nullable() })),
});
export type ForesightCasesGot = z.infer<typeof ForesightCasesGot>;
