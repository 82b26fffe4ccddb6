import { lineKinds } from '#domain/shift/handover-lines.ts';
import { posts } from '#domain/reference/rows.ts';
import { Code, Instant, z } from './schema.ts';

const Level = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
const Key = z.string().max(200);

/** A person with a post at the desk, from the table of people. `display` is what the table says; null for one who left it. */
const DeskPerson = z.object({
  id: z.string(),
  display: z.string(),
  post: z.enum(posts).nullable(),
});

const Signature = DeskPerson.extend({ at: Instant });
export type Signature = z.infer<typeof Signature>;

const Counts = z.record(z.enum(lineKinds), z.int());

/** A handover 交接班 that two persons signed; `sequence` and `head` are the journal's. `unknown`: lines that nobody marked 已知悉. */
export const HandoverRow = z.object({
  number: z.int(),
  since: Instant.nullable(),
  at: Instant,
  sequence: z.int(),
  head: z.string(),
  counts: Counts,
  outgoing: Signature,
  incoming: Signature,
});
export type HandoverRow = z.infer<typeof HandoverRow>;

/**
 * The seat 席位: who is on duty, and the handover under way. `signOn`: whether the site wants people to sign on; it is a policy,
 * as the minutes until the desk covers itself are (0: never). `revision` grows with every change of it.
 */
export const ShiftState = z.object({
  seat: z.string(),
  signOn: z.object({ isOn: z.boolean(), isPlaceholder: z.boolean() }),
  lockAfter: z.object({ minutes: z.int(), isPlaceholder: z.boolean() }),
  people: z.array(DeskPerson.extend({ hasPin: z.boolean(), isPlaceholder: z.boolean() })),
  onDuty: Signature.nullable(),
  lock: z.object({ since: Instant, by: z.enum(['key', 'idle']) }).nullable(),
  outgoing: Signature.nullable(),
  last: HandoverRow.nullable(),
  revision: z.int(),
});
export type ShiftState = z.infer<typeof ShiftState>;

/** One line; what its fields mean is said beside `HandoverLine` of the domain. */
export const HandoverLine = z.object({
  key: z.string(),
  kind: z.enum(lineKinds),
  caseId: z.string().nullable(),
  name: z.string(),
  area: z.string().nullable(),
  what: z.string().nullable(),
  at: Instant.nullable(),
  level: Level.nullable(),
  isNew: z.boolean(),
  detail: z.record(z.string(), z.string()),
});
export type HandoverLine = z.infer<typeof HandoverLine>;

/**
 * The form of a handover. `counts` counts all; `lines` has all at risk, past due since the handover before, and waiting, and of the
 * rest the first ones. `isCompared` is false at the first handover, or when the past can't be read. `notes` by the key of a line,
 * empty for the whole; a note whose line is gone stays. `hash` names what the outgoing person signed; null before.
 */
export const HandoverForm = z.object({
  number: z.int(),
  since: Instant.nullable(),
  at: Instant,
  sequence: z.int(),
  head: z.string(),
  isCompared: z.boolean(),
  open: z.int(),
  counts: Counts,
  lines: z.array(HandoverLine),
  notes: z.array(z.object({ key: z.string(), text: z.string() })),
  known: z.array(z.string()),
  outgoing: Signature.nullable(),
  incoming: Signature.nullable(),
  hash: z.string().nullable(),
});
export type HandoverForm = z.infer<typeof HandoverForm>;

const Pin = z.string().regex(/^\d{6}$/);
/** `isNewPin`: the person has none yet, and sets it by this. */
const PinOf = z.strictObject({ person: Code, pin: Pin, isNewPin: z.boolean().default(false) });
export const SignOn = PinOf;
/** The incoming person names the form that was read, by its hash. */
export const SignHandover = z.discriminatedUnion('side', [
  PinOf.extend({ side: z.literal('outgoing') }),
  PinOf.extend({ side: z.literal('incoming'), hash: z.string().length(64) }),
]);
export const HandoverNote = z.strictObject({ key: Key, text: z.string().trim().max(2_000) });
export const HandoverMark = z.strictObject({ keys: z.array(Key.min(1)).min(1).max(5_000), isKnown: z.boolean() });
export const HandoverQuery = z.strictObject({
  before: z.int().min(1).optional(),
  limit: z.int().min(1).max(200).default(20),
});
/** Newest first. `next`: what to ask `before` for more; null at the end. */
export const HandoverPage = z.object({ handovers: z.array(HandoverRow), next: z.int().nullable() });
export const HandoverRef = z.strictObject({ number: z.int().min(1) });
export const SeatLock = z.strictObject({ by: z.enum(['key', 'idle']) });
export const SeatUnlock = z.strictObject({ pin: Pin });
export const PersonRef = z.strictObject({ person: Code });
