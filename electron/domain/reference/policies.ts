import type { Day } from './day.ts';

/** What a policy's value looks like. Numbers say their unit, which the table repeats for its readers. */
export type PolicyKind =
  | { readonly type: 'number'; readonly unit: string; readonly min: number; readonly max: number }
  | { readonly type: 'flag' }
  | { readonly type: 'choice'; readonly choices: readonly string[] };

const count = (min: number, max: number) => ({ type: 'number', unit: 'count', min, max }) as const;
const span = <const Unit extends string>(unit: Unit, max: number) => ({ type: 'number', unit, min: 0, max }) as const;
const flag = { type: 'flag' } as const;

/** Every policy that the program asks for; the table `policies` has a row for each. Source: domain.md §4.4, 4.5, 7, 15. */
export const policyKinds = {
  /** How long the sender may take an order back before the unit accepts it 撤回. */
  recall_window: span('second', 86_400),
  /** Requests of 延期 that may be approved per case, and of 挂账; the longest 挂账. */
  max_extensions: count(0, 20),
  max_suspensions: count(0, 20),
  max_suspension_days: span('natural_day', 3_650),
  /** After 返工: the original deadline stays, or the rest of the limit goes on. */
  rework_deadline: { type: 'choice', choices: ['keep', 'resume'] },
  /** Where the handling clock starts: domain.md §5.1. */
  handle_clock_start: { type: 'choice', choices: ['dispatch', 'register'] },
  /** Where the clock of a ticket starts: issued by the city, or signed. */
  ticket_clock_start: { type: 'choice', choices: ['issue', 'sign'] },
  appeal_reviewers: count(1, 5),
  /** How long after closing a case may be appealed. */
  appeal_window: span('natural_day', 365),
  force_close_by_admin: flag,
  /** Urgent classes may go out before they are registered or endorsed. */
  urgent_dispatch_first: flag,
  /** White-listed responsibilities go out without a person. */
  automatic_dispatch: flag,
  /** Acts of collectors and handlers that need a photo: 上报, 核实, 处置反馈 (处置后), 核查 (domain.md §4.4, rows 1, 3, 11, 16). */
  photo_at_report: flag,
  photo_at_verify: flag,
  photo_at_result: flag,
  photo_at_check: flag,
  /** So many returns of one case between the same two sides are shown as 推诿. */
  ping_pong_returns: count(1, 20),
  /** Share of the limit below which a case is 临期. */
  due_soon_share: { type: 'number', unit: 'share', min: 0, max: 1 },
  similar_case_distance: { type: 'number', unit: 'meter', min: 0, max: 10_000 },
  similar_case_window: span('hour', 8_760),
  ticket_return_window: span('work_hour', 240),
  ticket_appeal_window: span('natural_day', 365),
  max_ticket_rounds: count(1, 20),
  /** 七天一预警: whichever is reached first within seven days. */
  warning_7d_count: count(1, 10_000),
  warning_7d_growth: { type: 'number', unit: 'share', min: 0, max: 100 },
  warning_7d_repeats: count(1, 1_000),
  warning_7d_due_soon: count(1, 1_000),
  /** 未诉先办: a class within so many days again is a repeat, at a place as wide as `similar_case_distance`. */
  repeat_window: span('natural_day', 365),
  /** How many bursts a week may be false alarms on average, and which share of the hot spots found. */
  foresight_false_alarms: { type: 'number', unit: 'count', min: 0.001, max: 1_000 },
  foresight_false_share: { type: 'number', unit: 'share', min: 0, max: 1 },
  /** From which age on the last known position of a person or vehicle is shown as old 未更新, and as silent 失联. */
  position_old_after: span('minute', 1_440),
  position_silent_after: span('minute', 1_440),
  /** The longest an alarm may be shelved 搁置: one shift (desk-wall-briefing.md §3, A3). */
  alarm_shelf_longest: span('minute', 1_440),
  /** Whether people sign on at the seat 席位; minutes without input until its windows are covered, 0 for never (security.md S4). */
  shift_sign_on: flag,
  desk_lock_after: span('minute', 1_440),
  /** So many wrong PINs in a row shut a person out, for so long; each further round for twice as long (security.md S2). */
  pin_tries: count(1, 20),
  pin_block: span('minute', 60),
  /** How many members the mechanism has (domain.md §8.1), beside which computed counts stand. */
  target_townships: count(0, 1_000),
  target_departments: count(0, 1_000),
  target_zones: count(0, 1_000),
  target_utility_companies: count(0, 1_000),
} as const satisfies Record<string, PolicyKind>;

export type PolicyKey = keyof typeof policyKinds;
type KeysOf<Type extends PolicyKind['type']> = {
  [Key in PolicyKey]: (typeof policyKinds)[Key]['type'] extends Type ? Key : never;
}[PolicyKey];
export type NumberPolicy = KeysOf<'number'>;
export type FlagPolicy = KeysOf<'flag'>;
export type ChoicePolicy = KeysOf<'choice'>;
export type ChoiceOf<Key extends ChoicePolicy> = (typeof policyKinds)[Key]['choices'][number];

/** The policies in force; on a day that no row of a policy holds, its nearest row counts. */
export interface Policies {
  number(key: NumberPolicy, day: Day): number;
  isOn(key: FlagPolicy, day: Day): boolean;
  choice<Key extends ChoicePolicy>(key: Key, day: Day): ChoiceOf<Key>;
  isPlaceholder(key: PolicyKey, day: Day): boolean;
}

export function isPolicyKey(key: string): key is PolicyKey {
  return Object.hasOwn(policyKinds, key);
}

/** What is wrong with a value, null if nothing is. */
export function policyFault(key: PolicyKey, value: string): 'not_a_number' | 'out_of_range' | 'not_allowed' | null {
  const kind: PolicyKind = policyKinds[key];
  if (kind.type === 'flag') return value === 'true' || value === 'false' ? null : 'not_allowed';
  if (kind.type === 'choice') return kind.choices.includes(value) ? null : 'not_allowed';
  if (!/^\d{1,12}(\.\d{1,9})?$/.test(value)) return 'not_a_number';
  return Number(value) < kind.min || Number(value) > kind.max ? 'out_of_range' : null;
}
