import { alarmStates } from '#domain/alarms/alarm.ts';
import { alarmConditions } from '#domain/alarms/alarm-type.ts';
import { sources } from '#domain/case/state.ts';
import { Instant, z } from './schema.ts';

const Priority = z.union([z.literal(1), z.literal(2), z.literal(3)]);
const Act = z.object({ by: z.string(), at: Instant });
const AlarmId = z.int().min(1);

const About = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('case'), caseId: z.string(), className: z.string() }),
  z.object({ kind: z.literal('area'), className: z.string(), value: z.number(), against: z.number() }),
  z.object({ kind: z.literal('source'), source: z.enum(sources) }),
  z.object({ kind: z.literal('fact'), code: z.string(), detail: z.record(z.string(), z.string()) }),
  z.object({ kind: z.literal('search'), behind: z.int() }),
]);

/**
 * One row of the alarm list 告警. `typeId` is a row of the table `alarm-types`, which says what to do. `active` counts the
 * subjects whose condition stands; 0 and state `new` is returned to normal and not acknowledged. `count`: how often raised.
 */
export const AlarmRow = z.object({
  id: AlarmId,
  typeId: z.string(),
  condition: z.enum(alarmConditions),
  priority: Priority,
  isShelvable: z.boolean(),
  place: z.object({ area: z.string().nullable(), grid: z.string().nullable() }),
  about: About,
  state: z.enum(alarmStates),
  raisedAt: Instant,
  lastAt: Instant,
  count: z.int(),
  active: z.array(z.string()),
  endedAt: Instant.nullable(),
  acknowledged: Act.nullable(),
  inHand: Act.nullable(),
  shelf: Act.extend({ reason: z.string(), until: Instant }).nullable(),
});
export type AlarmRow = z.infer<typeof AlarmRow>;

const RateBin = z.object({ at: Instant, groups: z.int() });

/**
 * How many new groups come: `recent` within ten minutes; `floodSince` while they are a flood; `isDense` while groups are
 * drawn together by cause; `bins` of ten minutes of the last three hours that have any.
 */
export const AlarmRateRow = z.object({
  asOf: Instant,
  recent: z.int(),
  floodSince: Instant.nullable(),
  isDense: z.boolean(),
  bins: z.array(RateBin),
});
export type AlarmRateRow = z.infer<typeof AlarmRateRow>;

/** One change of the alarms that stand. */
export const AlarmChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('alarm'), alarm: AlarmRow }),
  z.object({ kind: z.literal('gone'), id: AlarmId }),
  z.object({ kind: z.literal('rate'), rate: AlarmRateRow }),
]);
export type AlarmChange = z.infer<typeof AlarmChange>;

const Ids = z.array(AlarmId).min(1).max(5_000);
export const AlarmRefs = z.strictObject({ ids: Ids });
/** `until`: at most one shift from now, policy `alarm_shelf_longest`. */
export const AlarmShelving = z.strictObject({
  ids: Ids,
  reason: z.string().trim().min(2).max(200),
  until: Instant,
});

/** Which alarms it was done for, and which stand differently by now or are gone. */
export const AlarmsDone = z.object({ done: z.array(AlarmId), left: z.array(AlarmId) });
export type AlarmsDone = z.infer<typeof AlarmsDone>;

/**
 * The last 30 days (A7). `types`: the ten that rang most, with their share of all; aim ≤ 5 % each. `shares` of the priorities;
 * aim 5/15/80. `stale`: standing for more than a day; aim < 5. `suppressions`: what is shelved; `unapproved` of them without
 * an end that policy allows; aim 0. `bins` of a day that have any.
 */
export const AlarmReport = z.object({
  asOf: Instant,
  days: z.int(),
  raised: z.int(),
  shares: z.array(z.object({ priority: Priority, count: z.int() })),
  types: z.array(z.object({ typeId: z.string(), priority: Priority, count: z.int() })),
  stale: z.array(AlarmRow),
  suppressions: z.array(AlarmRow),
  unapproved: z.int(),
  bins: z.array(RateBin),
});
export type AlarmReport = z.infer<typeof AlarmReport>;
