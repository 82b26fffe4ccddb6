import { BINS, figureKinds } from '#domain/wall/day-figures.ts';
import { CaseRow, HistoryStep } from './cases.ts';
import { Code, Instant, z } from './schema.ts';

/** What a display shows; see the scenes of domain/wall. */
export const Scene = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('watch') }),
  z.strictObject({ kind: z.literal('night') }),
  z.strictObject({ kind: z.literal('review') }),
  z.strictObject({ kind: z.literal('incident'), caseId: Code.nullable() }),
  z.strictObject({ kind: z.literal('topic'), classCode: Code.nullable(), area: Code.nullable() }),
]);

/** Name of a display, chosen by whoever sets the wall up; it stands in the address of its page. */
export const DisplayId = z.string().regex(/^[\p{L}\p{N}_-]{1,40}$/u, 'letters, digits, _ and - only');

const DwellSeconds = z.int().min(60).max(86_400);
const Scenes = z.array(Scene).min(1).max(12);
const Turns = z.strictObject({ scenes: Scenes, dwellSeconds: DwellSeconds });

/** Minutes since midnight in Beijing. */
const Minute = z.int().min(0).max(1_439);
const Night = z.strictObject({ from: Minute, to: Minute });

export const Shown = z.object({
  scene: Scene,
  why: z.enum(['turn', 'paused', 'night', 'push', 'interrupt']),
  since: Instant,
  until: Instant.nullable(),
  by: z.string().nullable(),
  replaced: Scene.nullable(),
});
export type Shown = z.infer<typeof Shown>;

/** `pitchMm`: width of a device pixel, `seatM`: distance of the farthest seat. Both or neither are known. */
const Sight = z.strictObject({ pitchMm: z.number().min(0.05).max(20), seatM: z.number().min(0.3).max(100) });

/** `place` in the order of ids: displays reload one after another. `plan` null: that of the whole wall. */
const DisplayState = z.object({
  id: DisplayId,
  isConnected: z.boolean(),
  /** Device pixels of the page, as it said when it was last seen; null before. */
  width: z.int().nullable(),
  height: z.int().nullable(),
  sight: Sight.nullable(),
  plan: Turns.nullable(),
  isPaused: z.boolean(),
  place: z.int(),
  shown: Shown,
});
export type DisplayState = z.infer<typeof DisplayState>;

/** An urgent matter that calls for the wall 待确认的突发; `display` is the one that it has taken. */
const Call = z.object({
  id: z.string(),
  caseId: z.string(),
  since: Instant,
  acknowledgedAt: Instant.nullable(),
  display: DisplayId.nullable(),
});

export const WallOverview = z.object({
  plan: Turns,
  isPaused: z.boolean(),
  night: Night.nullable(),
  displays: z.array(DisplayState),
  calls: z.array(Call),
});
export type WallOverview = z.infer<typeof WallOverview>;

/** One page of a display says that it is there, every few seconds. Device pixels. */
export const Hello = z.strictObject({
  display: DisplayId,
  width: z.int().min(1).max(65_536),
  height: z.int().min(1).max(65_536),
});

/**
 * Changes what is named and leaves the rest. `display` left out: the whole wall. `plan` null on a display: that of the wall
 * again. Turns begin anew with a new plan.
 */
export const WallSet = z.strictObject({
  display: DisplayId.optional(),
  plan: Turns.nullable().optional(),
  isPaused: z.boolean().optional(),
  night: Night.nullable().optional(),
  sight: Sight.nullable().optional(),
});

/** Puts a scene on a display for some minutes 上墙. */
export const WallPush = z.strictObject({
  display: DisplayId,
  scene: Scene,
  minutes: z.int().min(1).max(1_440),
});

/** Takes a pushed scene off a display, or says that an urgent matter was seen. */
export const WallRelease = z.union([
  z.strictObject({ display: DisplayId }),
  z.strictObject({ call: z.string().max(200) }),
]);

/** One figure of the day: its line so far, and the usual band of all bins; `bandDays` of past days are known. */
const DayFigure = z.object({
  kind: z.enum(figureKinds),
  line: z.array(z.int().nullable()).length(BINS),
  low: z.array(z.int().nullable()).length(BINS),
  high: z.array(z.int().nullable()).length(BINS),
  bandDays: z.int(),
});

/** `received` today; null while the search tables can't be asked. */
export const WallFigures = z.object({ at: Instant, received: z.int().nullable(), day: z.array(DayFigure) });
export type WallFigures = z.infer<typeof WallFigures>;

/**
 * What every wall page follows: the host's time once a second, what each display shows, the figures of the day. A display
 * that a person has not set up shows what `*` shows.
 */
export const WallItem = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('beat'), hostTime: Instant, isArchiveDown: z.boolean() }),
  z.object({ kind: z.literal('display'), state: DisplayState }),
  z.object({ kind: z.literal('calls'), calls: z.array(Call) }),
  z.object({ kind: z.literal('figures'), figures: WallFigures }),
]);
export type WallItem = z.infer<typeof WallItem>;

/** One hop or order of an incident: who, since when, how far. */
const Task = z.object({
  unit: z.string().nullable(),
  kind: z.enum(['hop', 'order']),
  state: z.string(),
  since: Instant,
  arrivedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
});

/** What is happening with a case, who is on it, and every step so far, oldest first; no words of people. */
export const Incident = z.object({
  row: CaseRow,
  tasks: z.array(Task),
  steps: z.array(
    HistoryStep.pick({ sequence: true, version: true, at: true, type: true }).extend({ unit: z.string().nullable() }),
  ),
});
export type Incident = z.infer<typeof Incident>;

/** Reports of a span and what became of them: `ended` of these have ended. */
const Period = z.object({ from: Instant, received: z.int(), ended: z.int() });
/** This month so far by township. `overdue` are open now, whenever they were reported. */
const Township = z.object({ area: z.string(), received: z.int(), ended: z.int(), open: z.int(), overdue: z.int() });

/** Twelve months with the present one as last, and the townships. */
export const WallReview = z.object({ at: Instant, months: z.array(Period).length(12), townships: z.array(Township) });
export type WallReview = z.infer<typeof WallReview>;
