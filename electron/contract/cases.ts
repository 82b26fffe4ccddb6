import { roles } from '#domain/access/roles.ts';
import { caseStateNames, recordKinds, type CaseStateName } from '#domain/case/lifecycle.ts';
import { caseActions } from '#domain/case/transitions.ts';
import { refusalCodes } from '#domain/case/refusal.ts';
import { handleModes, supervisionKinds, verificationResults } from '#domain/case/side.ts';
import { photoKinds, photoSteps } from '#domain/case/photos.ts';
import { clockNames, holderPosts, hopOutcomes, sources } from '#domain/case/state.ts';
import { AttachmentHash } from './attachments.ts';
import { MaskedReporter } from './people.ts';
import { Code, Instant, InstantInput, z } from './schema.ts';

const StateName = z.enum(caseStateNames as [CaseStateName, ...CaseStateName[]]);
export const SourceName = z.enum(sources);
const Post = z.enum(holderPosts);
const Clock = z.enum(clockNames);
const Record = z.enum(recordKinds);
export const Lon = z.number().min(-180).max(180);
export const Lat = z.number().min(-90).max(90);

/** A case 案件 as a row of lists and of the map. Instants are epoch milliseconds, positions WGS-84 degrees. */
export const CaseRow = z.object({
  id: z.string(),
  /** 案件 or 工单. */
  record: Record,
  version: z.int(),
  /** Journal sequence of the last change. */
  sequence: z.int(),
  state: StateName,
  stateSince: Instant,
  source: SourceName,
  classKind: z.enum(['component', 'matter', 'other']),
  classCode: z.string(),
  className: z.string(),
  description: z.string(),
  address: z.string(),
  lon: Lon.nullable(),
  lat: Lat.nullable(),
  gridCode: z.string().nullable(),
  holderUnit: z.string().nullable(),
  holderPost: Post.nullable(),
  holderSince: Instant.nullable(),
  clock: Clock.nullable(),
  /** When the running clock began and ends; null when none runs. */
  clockStartedAt: Instant.nullable(),
  dueAt: Instant.nullable(),
  reportedAt: Instant,
  recordedAt: Instant,
  closedAt: Instant.nullable(),
  returnCount: z.int(),
  reworkCount: z.int(),
  /** 督办 that wait for an answer, and reports merged into this one 并案. */
  openSupervisions: z.int(),
  mergedCount: z.int(),
  /** Of an urgent class 紧急: past its limit it is level Ⅰ. */
  isUrgent: z.boolean(),
  isDemo: z.boolean(),
  isArchived: z.boolean(),
});
export type CaseRow = z.infer<typeof CaseRow>;

/**
 * Which cases. `state` is a state, a list of them, or `open` / `closed`. `gridCode` is the beginning of the code of the
 * case's grid or of any area above it. `unit` is the unit that holds the case now. `text` is looked for in description,
 * address, class name, case number and outside number. `overdue` compares the running clock with the host's time.
 * `openedFrom` ≤ moment of the report < `openedTo`, so that days lie side by side.
 */
export const CaseFilter = z.strictObject({
  record: Record.optional(),
  state: z.union([StateName, z.enum(['open', 'closed']), z.array(StateName).min(1)]).optional(),
  gridCode: Code.optional(),
  unit: Code.optional(),
  text: z.string().max(200).optional(),
  source: z.union([SourceName, z.array(SourceName).min(1)]).optional(),
  overdue: z.boolean().optional(),
  openedFrom: InstantInput.optional(),
  openedTo: InstantInput.optional(),
});
export type CaseFilter = z.infer<typeof CaseFilter>;

export const CaseCountQuery = z.strictObject({ filter: CaseFilter.default({}) }).default({ filter: {} });
/** `count` cases fit the filter, `open` of them are open; true up to `sequence`. */
export const CaseCount = z.object({ count: z.int(), open: z.int(), sequence: z.int() });
export type CaseCount = z.infer<typeof CaseCount>;

/** Newest report first. `after` is the cursor of the page before. */
export const CaseListQuery = z.strictObject({
  filter: CaseFilter.default({}),
  limit: z.int().min(1).max(1_000).default(100),
  after: z.string().max(200).optional(),
});
export const CasePage = z.object({
  rows: z.array(CaseRow),
  /** Cursor of the next page; null on the last one. */
  after: z.string().nullable(),
  sequence: z.int(),
});
export type CasePage = z.infer<typeof CasePage>;

export const CaseRef = z.strictObject({ id: Code });

/**
 * A case as it is now; with a `sequence` as it was right after that entry of the journal, and its clocks as of `time` then
 * (left out: now). What is past offers no actions and does not say who reported. A case that began later is `not_found`.
 */
export const CaseMoment = z.strictObject({
  id: Code,
  sequence: z.int().min(1).optional(),
  time: Instant.optional(),
});

const Hop = z.object({
  unit: z.string().nullable(),
  personId: z.string().nullable(),
  sentAt: Instant,
  sentBy: z.string(),
  endedAt: Instant.nullable(),
  outcome: z.enum(hopOutcomes).nullable(),
  opinion: z.string().nullable(),
});

/** An order 子单 beside the lead's own. */
const Order = z.object({
  id: z.string(),
  unit: z.string(),
  personId: z.string().nullable(),
  role: z.enum(['co', 'main']),
  via: z.enum(['dispatch', 'whistle', 'relay']),
  state: z.enum(['waiting', 'sent', 'accepted', 'arrived', 'answered', 'waived']),
  sentAt: Instant.nullable(),
  acceptedAt: Instant.nullable(),
  arrivedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  words: z.string().nullable(),
});
export type Order = z.infer<typeof Order>;

/** 逐级批示, step by step. */
const Endorsement = z.object({
  mayDispatchFirst: z.boolean(),
  steps: z.array(
    z.object({
      post: z.string(),
      personId: z.string().nullable(),
      state: z.enum(['waiting', 'current', 'endorsed', 'skipped', 'sent_back']),
      startedAt: Instant.nullable(),
      dueAt: Instant.nullable(),
      limitMinutes: z.number(),
      endedAt: Instant.nullable(),
      endedBy: z.string().nullable(),
      opinion: z.string().nullable(),
      delegatedBy: z.array(z.string()),
    }),
  ),
});

const Supervision = z.object({
  id: z.string(),
  kind: z.enum(supervisionKinds),
  level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  party: z.string(),
  reason: z.string(),
  at: Instant,
  by: z.string(),
  answerBy: Instant.nullable(),
  answer: z.object({ at: Instant, by: z.string(), words: z.string() }).nullable(),
});

const Appeal = z.object({
  kind: z.enum(['overdue', 'exclude']),
  at: Instant,
  by: z.string(),
  reason: z.string(),
  reviews: z.array(z.object({ at: Instant, by: z.string(), isGranted: z.boolean(), opinion: z.string() })),
  result: z.enum(['pending', 'granted', 'refused']),
});

const MergedReport = z.object({
  caseId: z.string(),
  source: SourceName,
  reporterId: z.string().nullable(),
  external: z.object({ feed: z.string(), id: z.string() }).nullable(),
  reportedAt: Instant,
  description: z.string(),
  handleDueAt: Instant.nullable(),
  at: Instant,
});

/** Facts that only a ticket 工单 has. */
const Ticket = z.object({
  timeClass: z.string(),
  issuedAt: Instant,
  isConfidential: z.boolean(),
  signedAt: Instant.nullable(),
  acceptedAt: Instant.nullable(),
  contactDueAt: Instant,
  firstContactAt: Instant.nullable(),
  contactResult: z.string().nullable(),
  returnRequest: z.object({ at: Instant, by: z.string(), reasonCode: z.string(), reason: z.string() }).nullable(),
  round: z.int(),
  reply: z.string().nullable(),
  solved: z.string().nullable(),
  satisfied: z.string().nullable(),
});

/** A photo of a case, without its bytes: `attachment.open` gives these. Positions are WGS-84 degrees. */
const CasePhoto = z.object({
  hash: AttachmentHash,
  kind: z.enum(photoKinds),
  lon: Lon.nullable(),
  lat: Lat.nullable(),
  takenAt: Instant.nullable(),
  step: z.enum(photoSteps),
  at: Instant,
  by: z.string(),
});
export type CasePhoto = z.infer<typeof CasePhoto>;

/** Whether an action could be taken now by the asking principal, and if not, why; `photo` is what it needs beside words. */
export const ActionOffer = z.object({
  action: z.enum(caseActions),
  photo: z.enum(['any', 'after']).nullable(),
  refusal: z.object({ code: z.enum(refusalCodes), detail: z.record(z.string(), z.string()) }).nullable(),
});
export type ActionOffer = z.infer<typeof ActionOffer>;

export const CaseDetail = CaseRow.extend({
  /**
   * The grid of the net in force that holds the place of an open case: another one than `gridCode`, that of its time, where
   * grids were redrawn since. Null outside of every grid, without a place, of cases that ended, and of moments past.
   */
  presentGridCode: z.string().nullable(),
  standardRef: z.string(),
  reporterId: z.string().nullable(),
  external: z.object({ feed: z.string(), id: z.string() }).nullable(),
  /** Facts of an outside file that no field holds. */
  extra: z.record(z.string(), z.string()),
  chain: z.array(Hop),
  handlerId: z.string().nullable(),
  collectorId: z.string().nullable(),
  /** Deadline of handling: the case's own, or the earliest of the reports merged into it. */
  handleDueAt: Instant.nullable(),
  /** The deadline reaches into a year whose holidays are not in the calendar. */
  isProvisional: z.boolean(),
  handleFinishedAt: Instant.nullable(),
  returnedTo: z.enum(['ACCEPTOR', 'DISPATCHER', 'DEPT']).nullable(),
  lastCheck: z.enum(['passed', 'failed', 'unable']).nullable(),
  condition: z.string().nullable(),
  mode: z.enum(handleModes),
  orders: z.array(Order),
  firstReceiver: z.string().nullable(),
  redispatchTo: z.string().nullable(),
  endorsement: Endorsement.nullable(),
  verification: z
    .object({ collectorId: z.string(), result: z.enum(verificationResults).nullable(), opinion: z.string().nullable() })
    .nullable(),
  extensionRequest: z
    .object({ at: Instant, by: z.string(), reason: z.string(), waitsFor: z.enum(['DEPT', 'DISPATCHER']) })
    .nullable(),
  extensionCount: z.int(),
  suspensionRequest: z.object({ at: Instant, by: z.string(), until: Instant, reason: z.string() }).nullable(),
  suspension: z.object({ since: Instant, until: Instant, reason: z.string(), previous: StateName }).nullable(),
  supervisions: z.array(Supervision),
  urgeCount: z.int(),
  escalationCount: z.int(),
  isHardCase: z.boolean(),
  appeal: Appeal.nullable(),
  merged: z.array(MergedReport),
  mergedInto: z.string().nullable(),
  /** Until when the last dispatch can be recalled; null when it can't. */
  recallUntil: Instant.nullable(),
  endReason: z.string().nullable(),
  photos: z.array(CasePhoto),
  /** Null where nothing is kept, and for whom it is not meant. */
  reporter: MaskedReporter.nullable(),
  ticket: Ticket.nullable(),
  actions: z.array(ActionOffer),
});
export type CaseDetail = z.infer<typeof CaseDetail>;

/** One step of a case, as the journal has it. `facts` are the fields of the event that are not listed here. */
export const HistoryStep = z.object({
  sequence: z.int(),
  version: z.int(),
  at: Instant,
  type: z.string(),
  by: z.object({ id: z.string(), role: z.enum(roles), unit: z.string().nullable() }),
  facts: z.record(z.string(), z.json()),
});
export type HistoryStep = z.infer<typeof HistoryStep>;
export const CaseHistory = z.object({ id: z.string(), steps: z.array(HistoryStep) });
export type CaseHistory = z.infer<typeof CaseHistory>;

/** Proof that a command is recorded, with the sequence that holds it. */
export const Receipt = z.object({
  commandId: z.string(),
  sequence: z.int(),
  caseId: z.string(),
  version: z.int(),
  state: StateName,
});
export type Receipt = z.infer<typeof Receipt>;

/** One change on the live picture of open cases. A case that closes is removed. */
export const CaseChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('upsert'), row: CaseRow }),
  z.object({ kind: z.literal('remove'), id: z.string() }),
]);
export type CaseChange = z.infer<typeof CaseChange>;
