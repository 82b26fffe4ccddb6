import { roles } from '#domain/access/roles.ts';
import { caseActions, caseStateNames, type CaseStateName } from '#domain/case/lifecycle.ts';
import { refusalCodes } from '#domain/case/refusal.ts';
import { sources } from '#domain/case/state.ts';
import { Code, Instant, InstantInput, Words, z } from './schema.ts';

const StateName = z.enum(caseStateNames as [CaseStateName, ...CaseStateName[]]);
const SourceName = z.enum(sources);
const Post = z.enum(['ACCEPTOR', 'DISPATCHER', 'DEPT', 'HANDLER', 'COLLECTOR']);
const Clock = z.enum(['register', 'dispatch', 'handle', 'check']);
const Lon = z.number().min(-180).max(180);
const Lat = z.number().min(-90).max(90);

/** A case 案件 as a row of lists and of the map. Instants are epoch milliseconds, positions WGS-84 degrees. */
export const CaseRow = z.object({
  id: z.string(),
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

const Hop = z.object({
  unit: z.string().nullable(),
  sentAt: Instant,
  sentBy: z.string(),
  endedAt: Instant.nullable(),
  outcome: z.enum(['sent_on', 'accepted', 'fed_back', 'returned']).nullable(),
  opinion: z.string().nullable(),
});

/** Whether an action could be taken now by the asking principal, and if not, why. */
export const ActionOffer = z.object({
  action: z.enum(caseActions),
  refusal: z.object({ code: z.enum(refusalCodes), detail: z.record(z.string(), z.string()) }).nullable(),
});
export type ActionOffer = z.infer<typeof ActionOffer>;

export const CaseDetail = CaseRow.extend({
  standardRef: z.string(),
  reporterId: z.string().nullable(),
  external: z.object({ feed: z.string(), id: z.string() }).nullable(),
  /** Facts of an outside file that no field holds. */
  extra: z.record(z.string(), z.string()),
  chain: z.array(Hop),
  handlerId: z.string().nullable(),
  collectorId: z.string().nullable(),
  handleDueAt: Instant.nullable(),
  handleFinishedAt: Instant.nullable(),
  returnedTo: z.enum(['ACCEPTOR', 'DISPATCHER']).nullable(),
  lastCheck: z.enum(['passed', 'failed', 'unable']).nullable(),
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

const commandId = { commandId: z.string().min(8).max(80).optional() };
const onCase = { ...commandId, id: Code, expectedVersion: z.int().min(1).optional() };

export const ReportCase = z.strictObject({
  ...commandId,
  source: SourceName.default('desk'),
  classRef: z.strictObject({
    standardRef: z.string().max(80),
    kind: z.enum(['component', 'matter', 'other']),
    code: z.string().max(80),
    name: z.string().max(200),
  }),
  lon: Lon.nullable().default(null),
  lat: Lat.nullable().default(null),
  address: z.string().max(500).default(''),
  description: Words,
  reportedAt: Instant.optional(),
});
export const RegisterCase = z.strictObject({ ...onCase, condition: Words });
export const DispatchCase = z.strictObject({ ...onCase, unit: Code, opinion: z.string().max(2_000).optional() });
export const AcceptCase = z.strictObject({ ...onCase, handlerId: Code });
export const HandleCase = z.strictObject({ ...onCase, result: Words });
export const FeedBackCase = z.strictObject({ ...onCase, opinion: z.string().max(2_000).optional() });
export const RequestCheck = z.strictObject({ ...onCase, collectorId: Code });
export const CheckCase = z.strictObject({
  ...onCase,
  result: z.enum(['passed', 'failed', 'unable']),
  opinion: z.string().max(2_000).optional(),
});
export const ReworkCase = z.strictObject({ ...onCase, reason: Words });
export const ReturnCase = z.strictObject({ ...onCase, reason: Words });
export const CloseCase = z.strictObject({ ...onCase, condition: Words });

/** One change on the live picture of open cases. A case that closes is removed. */
export const CaseChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('upsert'), row: CaseRow }),
  z.object({ kind: z.literal('remove'), id: z.string() }),
]);
export type CaseChange = z.infer<typeof CaseChange>;
